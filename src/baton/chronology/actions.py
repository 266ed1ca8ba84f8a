"""Writing in a chronology by hand, putting it right, taking it back; and copies for a meeting."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from baton.chronology.models import CopiedEntry, Copy, Entry, EntryChange
from baton.chronology.permissions import may_correct, may_write
from baton.chronology.policies import TO_COPY, TO_WRITE, CopyFacts, EntryFacts, it_stands
from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.people.models import Family
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of
from baton.practice.happenings import Happening


@dataclass(frozen=True)
class Told:
    """What an entry tells."""

    happened_on: date
    kind: str
    what: str
    agency: str
    source: str
    until_on: date | None = None
    significance: str = Entry.Significance.ORDINARY
    why: str = ""
    person_id: int | None = None


@dataclass(frozen=True)
class Chosen:
    """One entry chosen for a copy, in the words it has now."""

    came_from: str
    record_id: int
    when: str
    title: str
    text: str = ""
    about: str = ""
    agency: str = ""
    source: str = ""
    why: str = ""


@action(allowed=may_write, events=(Happening.CHRONOLOGY_UPDATED,))
def add_entry(*, family: Family, told: Told, by: User, at: datetime) -> Entry:
    """Add something that happened. While help is open, the chronology counts as updated. Raises `Refused`."""
    require(TO_WRITE, _facts(told, at))
    entry = Entry.objects.create(family=family, written_at=at, written_by=by, **asdict(told))
    episode = Episode.objects.filter(family=family, ended_at__isnull=True).first()
    if episode:
        record_event(kind=Happening.CHRONOLOGY_UPDATED, episode=episode, record=entry, at=at)
    return entry


@action(allowed=may_correct)
def correct_entry(*, entry: Entry, told: Told, version: int, by: User, at: datetime) -> Entry:
    """Put an entry right; how it stood is kept. Raises `Refused`, and `EditedMeanwhile` when somebody did so since."""
    now = _locked(entry, version, told)
    require(TO_WRITE, _facts(told, at, has_been_withdrawn=now.withdrawn_at is not None))
    was = {name: getattr(now, name) for name in asdict(told)}
    if was == asdict(told):
        return now
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in was.items()}
    EntryChange.objects.create(entry=now, family_id=now.family_id, was=plain, at=at, by=by)
    for name, value in asdict(told).items():
        setattr(now, name, value)
    now.version += 1
    now.save()
    return now


@action(allowed=may_correct)
def withdraw_entry(*, entry: Entry, because: str, version: int, by: User, at: datetime) -> Entry:
    """Take back an entry that should not be there; it is kept with the reason and not shown. Raises `Refused`."""
    now = _locked(entry, version, None)
    told = Told(now.happened_on, now.kind, now.what, now.agency, now.source)
    require((it_stands,), _facts(told, at, has_been_withdrawn=now.withdrawn_at is not None))
    now.withdrawn_at, now.withdrawn_by, now.withdrawn_because = at, by, because
    now.version += 1
    now.save()
    return now


@action(allowed=may_write)
def make_copy(*, family: Family, title: str, purpose: str, chosen: Sequence[Chosen], by: User, at: datetime) -> Copy:
    """Copy chosen entries in the words they have now, for a meeting. Raises `Refused` when none is chosen."""
    require(TO_COPY, CopyFacts(len(chosen)))
    copy = Copy.objects.create(family=family, title=title, purpose=purpose, made_at=at, made_by=by)
    rows = [
        CopiedEntry(copy=copy, family=family, position=position, **asdict(each))
        for position, each in enumerate(chosen, start=1)
    ]
    CopiedEntry.objects.bulk_create(rows)
    return copy


def theirs_of(entry: Entry) -> dict[str, object]:
    """What stands of an entry, by the names of the form."""
    stands = {name: getattr(entry, name) for name in Told.__dataclass_fields__}
    return stands | {"person": str(entry.person_id or "")}


def _locked(entry: Entry, version: int, told: Told | None) -> Entry:
    now = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if now.version != version:
        raise EditedMeanwhile(theirs_of(now) if told else {}, version=now.version, by="Somebody else")
    return now


def _facts(told: Told, at: datetime, *, has_been_withdrawn: bool = False) -> EntryFacts:
    return EntryFacts(
        happened_on=told.happened_on,
        until_on=told.until_on,
        today=day_of(at),
        is_significant=told.significance == Entry.Significance.HIGH,
        why=told.why,
        has_been_withdrawn=has_been_withdrawn,
    )
