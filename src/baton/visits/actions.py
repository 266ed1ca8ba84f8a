"""Planning, recording and correcting visits."""

from datetime import datetime

from baton.episodes.actions import event_of, note_correction, record_events, take_back_event
from baton.episodes.models import Episode, Event
from baton.people.models import Person
from baton.platform.actions import action
from baton.platform.added import add_rows
from baton.platform.dates_in_words import moment
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.happenings import Happening
from baton.visits.models import Seen, Visit
from baton.visits.permissions import may_correct, may_work_on
from baton.visits.policies import TO_CALL_OFF, TO_MOVE, TO_PLAN, TO_RECORD, PlanFacts, Told, VisitFacts
from baton.visits.queries import persons_of, what_stands

OF_A_VISIT = (Happening.VISIT_MADE, Happening.VISIT_FAILED, Happening.VISIT_RECORDED)
TEXTS = ("place", "purpose", "action", "reflection", "analysis", "failed_because")


@action(allowed=may_work_on)
def plan_visit(*, episode: Episode, planned_for: datetime, place: str, purpose: str, by: User, at: datetime) -> Visit:
    """Plan a visit with its purpose (DOR 14.3, 14.4). Raises `Refused` when a policy of `TO_PLAN` is not met."""
    require(TO_PLAN, PlanFacts(planned_for=planned_for, now=at, episode_is_open=episode.is_open))
    return Visit.objects.create(
        episode=episode,
        family_id=episode.family_id,
        practitioner=by,
        state=Visit.State.PLANNED,
        planned_for=planned_for,
        place=place,
        purpose=purpose,
    )


@action(allowed=may_work_on, events=OF_A_VISIT)
def record_visit(*, episode: Episode, told: Told, by: User, at: datetime) -> Visit:
    """Write down a visit that nobody had planned here, made or failed. Raises `Refused` by `TO_RECORD`.

    The visit counts as recorded, for the framework's clock, once purpose, action, reflection and analysis are
    written (DOR 18.1).
    """
    visit = Visit(episode=episode, family_id=episode.family_id, practitioner=by, state=Visit.State.PLANNED)
    return _write(visit, told, persons_of(episode), by, at)


@action(allowed=may_correct, events=OF_A_VISIT)
def write_visit(*, visit: Visit, told: Told, version: int, because: str = "", by: User, at: datetime) -> Visit:
    """Write down a planned visit, or correct a recorded one; its events follow. Raises `Refused` by `TO_RECORD`.

    What stood in a recorded visit is kept with who changed it and why (`because`); finishing a write-up needs no
    reason. Raises `EditedMeanwhile` when somebody saved it since `version`.
    """
    family = persons_of(visit.episode)
    visit = _locked(visit, version)
    before = what_stands(visit)
    if visit.state == Visit.State.PLANNED:
        visit.practitioner = by
    visit.version += 1
    visit = _write(visit, told, family, by, at)
    if before:
        after = what_stands(visit, in_full=True)
        note_correction(episode=visit.episode, record=visit, before=before, after=after, because=because, by=by, at=at)
    return visit


@action(allowed=may_correct)
def move_visit(*, visit: Visit, planned_for: datetime, because: str, version: int, by: User, at: datetime) -> Visit:
    """Move a planned visit to another time, with the reason; when it was planned for before is kept.

    Raises `Refused` by `TO_MOVE` or without a reason, and `EditedMeanwhile` when somebody saved it since `version`.
    """
    visit = _locked(visit, version)
    is_planned = visit.state == Visit.State.PLANNED
    require(TO_MOVE, PlanFacts(planned_for, at, episode_is_open=visit.episode.is_open, is_planned=is_planned))
    before = {"planned_for": moment(visit.planned_for)}
    after = {"planned_for": moment(planned_for)}
    note_correction(episode=visit.episode, record=visit, before=before, after=after, because=because, by=by, at=at)
    visit.planned_for, visit.changed_by = planned_for, by
    visit.version += 1
    visit.save(update_fields=["planned_for", "changed_by", "version"])
    return visit


@action(allowed=may_correct)
def call_off_visit(*, visit: Visit, version: int, by: User, at: datetime) -> Visit:
    """Call a planned visit off before it happens. Raises `Refused` by `TO_CALL_OFF`, or `EditedMeanwhile`."""
    visit = _locked(visit, version)
    is_planned = visit.state == Visit.State.PLANNED
    require(
        TO_CALL_OFF, PlanFacts(planned_for=at, now=at, episode_is_open=visit.episode.is_open, is_planned=is_planned)
    )
    visit.state = Visit.State.CANCELLED
    visit.changed_by = by
    visit.version += 1
    visit.save(update_fields=["state", "changed_by", "version"])
    return visit


def _locked(visit: Visit, version: int) -> Visit:
    locked = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("episode", "changed_by")
    now = locked.get(pk=visit.pk)
    if now.version != version:
        name = now.changed_by.name if now.changed_by else "Somebody else"
        raise EditedMeanwhile(theirs_of(now), version=now.version, by=name)
    return now


def theirs_of(visit: Visit) -> dict[str, object]:
    """What stands in a visit, by the names of the form."""
    seen = list(Seen.objects.filter(visit=visit).values_list("person_id", "alone"))
    return {
        "happened_at": visit.happened_at or visit.planned_for,
        "outcome": visit.state,
        "seen": [str(person) for person, _ in seen],
        "alone": [str(person) for person, alone in seen if alone],
        **{name: getattr(visit, name) for name in TEXTS},
    }


def _write(visit: Visit, told: Told, family: dict[int, Person], by: User, at: datetime) -> Visit:
    require(TO_RECORD, _facts(visit, told, frozenset(family), at))
    before = visit.state
    visit.state = Visit.State.MADE if told.made else Visit.State.FAILED
    visit.happened_at = told.happened_at
    for name in TEXTS:
        setattr(visit, name, getattr(told, name))
    if visit.recorded_at is None:
        visit.recorded_at, visit.recorded_by = at, by
    visit.changed_by = by
    is_new = visit.pk is None
    visit.save()
    _write_seen(visit, told, is_new)
    _tell(visit, told, family, before, is_new, at)
    return visit


def _facts(visit: Visit, told: Told, family: frozenset[int], at: datetime) -> VisitFacts:
    return VisitFacts(
        told=told,
        now=at,
        requested_at=visit.episode.requested_at,
        ended_at=visit.episode.ended_at,
        family=family,
        state=visit.state,
    )


def _write_seen(visit: Visit, told: Told, is_new: bool) -> None:
    if not is_new:
        Seen.objects.filter(visit=visit).delete()
    seen = sorted(told.everybody_seen)
    add_rows([Seen(visit=visit, family_id=visit.family_id, person_id=each, alone=each in told.alone) for each in seen])


def _tell(visit: Visit, told: Told, family: dict[int, Person], before: str, is_new: bool, at: datetime) -> None:
    """Let the events say what the record says now."""
    kind, other = Happening.VISIT_MADE, Happening.VISIT_FAILED
    if not told.made:
        kind, other = other, kind
    if not is_new and before in (Visit.State.MADE, Visit.State.FAILED) and before != visit.state:
        take_back_event(kind=other, episode=visit.episode, record=visit)
    said = _summary(visit, told, family)
    events = [event_of(kind=kind, episode=visit.episode, record=visit, at=told.happened_at, summary=said)]
    if not told.made:
        if before == Visit.State.MADE:
            take_back_event(kind=Happening.VISIT_RECORDED, episode=visit.episode, record=visit)
    elif told.is_written_up and (is_new or not _was_recorded(visit)):
        kind, said = Happening.VISIT_RECORDED, "Written up in full"
        events += [event_of(kind=kind, episode=visit.episode, record=visit, at=at, summary=said)]
    record_events(events)


def _was_recorded(visit: Visit) -> bool:
    """Whether the write-up was finished after the visit; a visit corrected to a later day is recorded anew."""
    recorded = Event.objects.filter(
        record=visit._meta.db_table, record_id=visit.pk, kind=Happening.VISIT_RECORDED, at__gte=visit.happened_at
    )
    return recorded.exists()


def _summary(visit: Visit, told: Told, family: dict[int, Person]) -> str:
    """ "At home. Saw Ashby (alone) and Marigold." """
    place = f"{visit.get_place_display()}. " if visit.place else ""
    if not told.made:
        return f"{place}{told.failed_because}"
    seen = [
        f"{person.known_as or person.given_name}{' (alone)' if key in told.alone else ''}"
        for key, person in family.items()
        if key in told.everybody_seen
    ]
    names = seen[0] if len(seen) == 1 else f"{', '.join(seen[:-1])} and {seen[-1]}"
    return f"{place}Saw {names}."
