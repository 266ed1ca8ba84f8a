"""Reads of sharing: decisions, the agreements they may go under, the documents that may go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from baton.assessments.models import Assessment
from baton.chronology.models import Copy
from baton.consent.models import Consent, Refusal
from baton.documents.models import Document as Uploaded
from baton.episodes.queries.episodes import IS_HELD
from baton.people.models import Family
from baton.plans.models import Plan
from baton.platform.dates_in_words import long_day
from baton.sharing.models import Decision, DocumentLeft, HandedOut


@dataclass(frozen=True)
class Document:
    """Something of a family's record that may be handed out, and what it is in words."""

    what: str
    record_id: int
    described: str
    shown_on: date | None = None


MOST_OFFERED = 200  # documents that were added, to choose from
WITH_WHAT_LEFT = (
    Prefetch("copy", HandedOut.objects.defer("content")),
    Prefetch("document_left", DocumentLeft.objects.select_related("document")),
)


def decisions_of(family_id: int) -> QuerySet[Decision]:
    """What was decided about a family, newest first, each with what left by it but for the content. Three queries."""
    found = Decision.objects.filter(family_id=family_id).select_related("agreement", "person", "recorded_by")
    return found.prefetch_related(*WITH_WHAT_LEFT).order_by("-decided_at", "-pk")


def to_the_same(decisions: QuerySet[Decision], like: Decision) -> QuerySet[Decision]:
    """Of these, those about the same agency or person as one of them."""
    if like.person_id:
        return decisions.filter(person=like.person_id)
    return decisions.filter(organisation__iexact=like.organisation)


def receivers_of(family_id: int) -> list[Decision]:
    """One decision, the first, for each agency or person anything was decided about. One query."""
    firsts: dict[object, Decision] = {}
    for each in Decision.objects.filter(family_id=family_id).select_related("person").order_by("pk"):
        firsts.setdefault(each.person_id or each.organisation.casefold(), each)
    return list(firsts.values())


def get_decision(decision_id: int) -> Decision:
    """A decision with its family and what left, if the asker holds those; `Http404` otherwise. Three queries."""
    held = Decision.objects.filter(IS_HELD).prefetch_related(*WITH_WHAT_LEFT)
    return get_object_or_404(held.select_related("family__team", "agreement", "person", "recorded_by"), pk=decision_id)


def get_handed_out(decision_id: int) -> HandedOut:
    """The copy that left by a decision, if the asker holds the family; `Http404` otherwise. One query."""
    return get_object_or_404(HandedOut.objects.filter(IS_HELD).select_related("decision"), decision=decision_id)


def document_that_left(decision_id: int) -> DocumentLeft | None:
    """The document that left by a decision, if the asker holds the family and one did. One query."""
    found = DocumentLeft.objects.filter(IS_HELD).select_related("decision__person", "document")
    return found.filter(decision=decision_id).first()


def agreements_to_share(family_id: int) -> list[Consent]:
    """For each giver and agency the agreement to share that they gave last, standing or withdrawn. One query."""
    given = Consent.objects.filter(family_id=family_id, purpose=Consent.Purpose.SHARE).order_by("-given_at", "-pk")
    return sorted(_last_of_each(given), key=lambda each: (not each.stands, each.organisation.casefold(), each.pk))


def refusals_to_share(family_id: int) -> QuerySet[Refusal]:
    """Who was asked about sharing, does not agree and has not agreed since, by agency. One query."""
    asked = Refusal.objects.filter(family_id=family_id, purpose=Consent.Purpose.SHARE, superseded_by__isnull=True)
    return asked.order_by("organisation", "said_by", "pk")


def uploaded_standing(family_id: int) -> QuerySet[Uploaded]:
    """Documents added to a family's record and not withdrawn, the newest first, at most two hundred. One query."""
    standing = Uploaded.objects.filter(family_id=family_id, withdrawn_at__isnull=True)
    return standing.select_related("person", "added_by").order_by("-dated_on", "-pk")[:MOST_OFFERED]


def uploaded_that_may_leave(family_id: int) -> QuerySet[Uploaded]:
    """Documents added to a family's record that may be handed out, the newest first, at most two hundred. One query."""
    standing = Uploaded.objects.filter(family_id=family_id, withdrawn_at__isnull=True)
    found = standing.exclude(scan=Uploaded.Scan.INFECTED).select_related("person", "added_by")
    return found.order_by("-dated_on", "-pk")[:MOST_OFFERED]


def as_document(uploaded: Uploaded) -> Document:
    """A document that was added, as what is decided about."""
    return Document(Decision.What.DOCUMENT, uploaded.pk, uploaded.in_a_line)


def made_in_the_record(family: Family, *, on: date) -> list[Document]:
    """What Baton makes of a family's record: plans, authorised assessments, pictures, copies. Three queries."""
    plans = Plan.objects.filter(family=family).select_related("episode").order_by("-episode__opened_at", "-pk")
    assessments = Assessment.objects.filter(family=family, state=Assessment.State.AUTHORISED).order_by("-pk")
    copies = Copy.objects.filter(family=family).order_by("-made_at", "-pk")
    return [
        *(Document(Decision.What.PLAN, each.episode_id, _plan_in_words(each, on)) for each in plans),
        *(
            Document(Decision.What.ASSESSMENT, each.pk, f"The assessment, version {each.number}")
            for each in assessments
        ),
        _drawn(Decision.What.GENOGRAM, family.pk, on),
        _drawn(Decision.What.NETWORK, family.pk, on),
        *(_copy_of_chronology(each) for each in copies),
    ]


def _plan_in_words(plan: Plan, on: date) -> str:
    ended = plan.episode.ended_at
    return (
        f"The plan of the help that ended on {long_day(ended)}" if ended else f"The plan as it stood on {long_day(on)}"
    )


def _drawn(what: Decision.What, family_id: int, on: date) -> Document:
    drawn = "genogram" if what == Decision.What.GENOGRAM else "ecomap"
    return Document(what, family_id, f"The {drawn} as it was on {long_day(on)}", shown_on=on)


def _copy_of_chronology(copy: Copy) -> Document:
    described = f"A copy of the chronology, made on {long_day(copy.made_at)}: {copy.title}"
    return Document(Decision.What.CHRONOLOGY, copy.pk, described)


def _last_of_each(given: Iterable[Consent]) -> Iterable[Consent]:
    last: dict[object, Consent] = {}
    for each in given:
        last.setdefault((each.person_id or each.given_by, each.organisation.casefold()), each)
    return last.values()


def document_of(family: Family, what: str, record_id: int, *, on: date) -> Document:
    """A document of this family, named in words; `Http404` where there is none. An assessment goes once authorised."""
    if what == Decision.What.PLAN:
        get_object_or_404(Plan, family=family, episode=record_id)
        return Document(what, record_id, f"The plan as it stood on {long_day(on)}")
    if what == Decision.What.ASSESSMENT:
        found = get_object_or_404(Assessment, family=family, pk=record_id, state=Assessment.State.AUTHORISED)
        return Document(what, record_id, f"The assessment, version {found.number}")
    if what == Decision.What.CHRONOLOGY:
        return _copy_of_chronology(get_object_or_404(Copy, family=family, pk=record_id))
    if what in (Decision.What.GENOGRAM, Decision.What.NETWORK) and record_id == family.pk:
        return _drawn(Decision.What(what), family.pk, on)
    raise Http404("There is no such document of this family.")
