"""Reads of visits."""

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from baton.consent.models import Consent
from baton.episodes.models import Deadline, Episode
from baton.people.models import FamilyMember, Person
from baton.platform.dates_in_words import moment
from baton.platform.prepared import prepared
from baton.visits.models import Seen, Visit
from baton.visits.states import HAPPENED, PLANNED

WRITE_UP = ("purpose", "action", "reflection", "analysis")
RECORD_VISIT = "record_visit"  # the clock of writing a visit up, where a framework sets it


def get_visit(visit_id: int) -> Visit:
    """The visit with its family, episode and who was seen, if the asker holds the family; `Http404` otherwise."""
    found = Visit.objects.select_related(
        "episode__team", "family__team", "practitioner", "recorded_by", "changed_by"
    ).prefetch_related("seen__person")
    return get_object_or_404(found, pk=visit_id)


def planned_visits(episode: Episode) -> QuerySet[Visit]:
    """The planned visits of an episode, the next one first, at most twenty."""
    return (
        Visit.objects.filter(episode=episode, state=PLANNED)
        .select_related("practitioner")
        .order_by("planned_for", "pk")[:20]
    )


def past_visits(episode: Episode) -> QuerySet[Visit]:
    """The visits made, failed and called off, newest first. Three queries with who was seen."""
    visits = Visit.objects.filter(episode=episode).exclude(state=PLANNED).select_related("practitioner")
    return visits.prefetch_related("seen__person").order_by(Coalesce("happened_at", "planned_for").desc(), "-pk")


def what_stands(visit: Visit, *, in_full: bool = False) -> dict[str, str]:
    """What a recorded visit says, in words, by the names of the form; nothing of one that has not been recorded.

    A write-up that is not finished does not stand yet; `in_full` gives it all the same. One query.
    """
    if visit.state not in HAPPENED:
        return {}
    seen = Seen.objects.filter(visit=visit).select_related("person").order_by("person_id")
    written = {name: getattr(visit, name) for name in WRITE_UP}
    return {
        "outcome": visit.get_state_display(),
        "happened_at": moment(visit.happened_at),
        "place": visit.get_place_display(),
        "seen": ", ".join(f"{each.person.name}{' (alone)' if each.alone else ''}" for each in seen),
        "failed_because": visit.failed_because,
        **(written if in_full or all(text.strip() for text in written.values()) else {}),
    }


def persons_of(episode: Episode) -> dict[int, Person]:
    """Everybody who is or was in the family, children first, then by age. One query, the first time it is asked."""
    known = vars(episode)  # a form asks, and so does the action that takes what was typed
    if "everybody" not in known:
        known["everybody"] = {member.person_id: member.person for member in _everybody_in(episode.family_id)}
    everybody: dict[int, Person] = known["everybody"]
    return everybody


@prepared
def _everybody_in(family_id: int) -> QuerySet[FamilyMember]:
    found = FamilyMember.objects.filter(family=family_id).select_related("person")
    return found.order_by("part", "person__date_of_birth", "person_id")


def has_written_consent(family_id: int) -> bool:
    """Whether somebody of the family has agreed in writing and not withdrawn. One query."""
    standing = Consent.objects.filter(family_id=family_id, purpose=Consent.Purpose.HELP, withdrawn_at__isnull=True)
    return standing.filter(method=Consent.Method.WRITTEN).exists()


def write_up_due(visit: Visit) -> datetime | None:
    """Until when the visit is to be written up, while that is owed and the framework sets a time."""
    owed = Deadline.objects.filter(
        episode_id=visit.episode_id,
        timescale=RECORD_VISIT,
        record=visit._meta.db_table,
        record_id=visit.pk,
        state=Deadline.State.OPEN,
    )
    return owed.values_list("lasts_until", flat=True).first()
