"""Reads of what a family agreed to."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import BooleanField, Case, F, Func, Max, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Greatest
from django.shortcuts import get_object_or_404

from baton.consent.models import Consent, Refusal, Renewal
from baton.episodes.models import Allocation, Episode, Event
from baton.episodes.queries.episodes import IS_HELD
from baton.people.models import Family, FamilyMember, Involvement, Person
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening

# Grandparents and cousins of a large family stand after those whose agreement is asked every time.
WHO_IS_ASKED_FIRST = Case(
    When(part__in=(FamilyMember.Part.PARENT, FamilyMember.Part.CARER), then=Value(0)),
    When(part=FamilyMember.Part.CHILD, then=Value(1)),
    default=Value(2),
)


def get_consent(consent_id: int) -> Consent:
    """One agreement with its family, if the asker holds that; `Http404` otherwise. One query."""
    held = Consent.objects.filter(IS_HELD).select_related("family__team", "person")
    return get_object_or_404(held, pk=consent_id)


def get_held_family(family_id: int) -> Family:
    """The family, if the asker holds it rather than knows of it as the hub does; `Http404` otherwise. One query."""
    is_held = Func(F("id"), function="guard.holds", output_field=BooleanField())
    return get_object_or_404(Family.objects.filter(is_held).select_related("team"), pk=family_id)


def consents_of(family_id: int) -> QuerySet[Consent]:
    """What a family agreed to and withdrew, newest first, at most two hundred, each with its renewals. Two queries."""
    renewals = Prefetch("renewals", Renewal.objects.select_related("recorded_by").order_by("-asked_at", "-pk"))
    found = Consent.objects.filter(family_id=family_id).select_related(
        "recorded_by", "withdrawal_recorded_by", "considered_by"
    )
    return found.prefetch_related(renewals).order_by("-given_at", "-pk")[:200]


def standing_consents(family_id: int) -> QuerySet[Consent]:
    """What is agreed to now, by giver, each with `said_at`: when they last said so. One query."""
    standing = Consent.objects.filter(family_id=family_id, withdrawn_at__isnull=True)
    said_at = Greatest(F("given_at"), Max("renewals__asked_at"))  # a null is left out
    return standing.annotate(said_at=said_at).order_by("given_by", "purpose", "organisation", "pk")


def last_review_at(family_id: int) -> datetime | None:
    """When the plan was last reviewed while help is open. One query."""
    reviews = Event.objects.filter(
        family_id=family_id, kind=Happening.REVIEW_HELD, episode__state__in=(Episode.State.WAITING, Episode.State.OPEN)
    )
    last: datetime | None = reviews.aggregate(last=Max("at"))["last"]
    return last


def due_for_renewal(standing: Iterable[Consent], *, reviewed_at: datetime | None) -> list[Consent]:
    """Of `standing_consents`, what nobody has asked about again on the day of the last review or since."""
    if reviewed_at is None:
        return []
    reviewed_on: date = day_of(reviewed_at)
    return [each for each in standing if day_of(each.said_at) < reviewed_on]  # type: ignore[attr-defined]


def of_the_same_giver(consent: Consent) -> QuerySet[Consent]:
    """Everything the same person agreed to in this family, on record by person or by name alone."""
    same = Q(person=consent.person_id) if consent.person_id else Q(person__isnull=True, given_by=consent.given_by)
    return Consent.objects.filter(same, family_id=consent.family_id)


def refusals_of(family_id: int) -> QuerySet[Refusal]:
    """What people of a family were asked and did not agree to, what stands first, then the newest; at most a hundred.

    One query.
    """
    found = Refusal.objects.filter(family_id=family_id).select_related("recorded_by", "considered_by", "superseded_by")
    return found.order_by(F("superseded_by").asc(nulls_first=True), "-asked_at", "-pk")[:100]


def standing_refusals(family_id: int) -> QuerySet[Refusal]:
    """What people were asked, did not agree to and have not agreed to since. One query."""
    return Refusal.objects.filter(family_id=family_id, superseded_by__isnull=True).order_by("-asked_at", "-pk")


def get_refusal(refusal_id: int) -> Refusal:
    """One answer of somebody who does not agree, if the asker holds the family; `Http404` otherwise. One query."""
    return get_object_or_404(Refusal.objects.filter(IS_HELD).select_related("family__team"), pk=refusal_id)


def said_by_the_same(name: str, person: Person | None, *, called: str) -> Q:
    """What this person said, or somebody of their name where one of the two is not on record; `called` its column."""
    same_name = Q(**{f"{called}__iexact": name})
    return Q(person=person) | (Q(person__isnull=True) & same_name) if person else same_name


def has_consent(family_id: int) -> bool:
    """Whether anybody of the family agrees to help now. One query."""
    helped = Consent.objects.filter(family_id=family_id, purpose=Consent.Purpose.HELP)
    return helped.filter(withdrawn_at__isnull=True).exists()


def membership_of(person: Person, family: Family) -> FamilyMember | None:
    """How somebody belongs to a family, now or once; nothing where they do not. One query."""
    return (
        FamilyMember.objects.filter(family=family, person=person).order_by(F("until_on").desc(nulls_first=True)).first()
    )


def agencies_known(family_id: int, members: Iterable[FamilyMember]) -> list[tuple[str, str]]:
    """Agencies that work with these members or were agreed about: (kind, name), each once, by name. Two queries."""
    people = [member.person for member in members]
    involved = Involvement.objects.filter(person__in=[person.pk for person in people], until_on__isnull=True)
    agreed = Consent.objects.filter(family_id=family_id).exclude(organisation="")
    found = dict.fromkeys(("school", person.school) for person in people if person.school)
    found |= dict.fromkeys(involved.values_list("agency", "organisation"))
    found |= dict.fromkeys(agreed.values_list("agency", "organisation"))
    return sorted((pair for pair in found if pair[1]), key=lambda pair: (pair[1].casefold(), pair[0]))


def open_episode_of(family_id: int) -> Episode | None:
    """The family's episode that is open now, with its lead's allocation; nothing between episodes. Two queries."""
    leads = Allocation.objects.filter(until_at__isnull=True).select_related("practitioner")
    episodes = Episode.objects.filter(family_id=family_id, state__in=(Episode.State.WAITING, Episode.State.OPEN))
    return episodes.select_related("team").prefetch_related(Prefetch("allocations", leads)).first()


def has_not_agreed(
    members: Iterable[FamilyMember], standing: Iterable[Consent], refusals: Iterable[Refusal] = ()
) -> list[FamilyMember]:
    """Of these members, those of whom no agreement to early help stands and who have not said no.

    By name where who said so is not on record.
    """
    said = [(each.person_id, each.given_by) for each in standing if each.purpose == Consent.Purpose.HELP]
    said += [
        (each.person_id, each.said_by) for each in refusals if each.purpose == Consent.Purpose.HELP and each.stands
    ]
    people = {person for person, _ in said}
    names = {name.casefold() for person, name in said if person is None}
    return [each for each in members if each.person_id not in people and each.person.name.casefold() not in names]


def who_can_agree(family_id: int) -> QuerySet[FamilyMember]:
    """Everybody alive in the family now: parents and carers, then young people, then the wider family. One query."""
    now = FamilyMember.objects.filter(family_id=family_id, until_on__isnull=True, person__died_on__isnull=True)
    return now.select_related("person").order_by(WHO_IS_ASKED_FIRST, "person__date_of_birth", "pk")
