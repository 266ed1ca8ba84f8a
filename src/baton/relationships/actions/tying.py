"""Recording who and what supports a family, or weighs on it; and how that changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from baton.people.models import Family, FamilyMember
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, Refused, require
from baton.practice.calendar import day_of
from baton.relationships.models import NetworkTie
from baton.relationships.permissions import may_change_tie, may_relate
from baton.relationships.policies.ties import TO_TIE, TieFacts, ToldTie

FIELDS = ("name", "kind", "strength", "energy", "from_on", "until_on", "note")
NOT_OF_THE_FAMILY = "Choose somebody of this family, or the whole family."


@action(allowed=may_relate)
def add_tie(*, family: Family, told: ToldTie, by: User, at: datetime) -> NetworkTie:
    """Add a tie to a family's network. Raises `Refused`."""
    return _add(family, [told], by, at)[0]


@action(allowed=may_relate)
def add_ties(*, family: Family, told: Sequence[ToldTie], by: User, at: datetime) -> Family:
    """Add several ties to a family's network at once. Raises `Refused`."""
    _add(family, told, by, at)
    return family


@action(allowed=may_change_tie)
def change_tie(
    *, tie: NetworkTie, strength: str, energy: str, from_on: date, version: int, by: User, at: datetime
) -> NetworkTie:
    """Note that a tie became stronger or weaker: what was ends that day, and what is begins.

    Raises `Refused`, and `EditedMeanwhile` when somebody saved it since.
    """
    now = _locked(tie, version)
    if now.from_on == from_on:
        told = replace(told_of(now), strength=strength, energy=energy)
        return correct_tie(tie=now, told=told, version=version, by=by, at=at)
    _end(now, from_on, at)
    told = replace(told_of(now), strength=strength, energy=energy, from_on=from_on, until_on=None)
    return _add(now.family, [told], by, at)[0]


@action(allowed=may_change_tie)
def correct_tie(*, tie: NetworkTie, told: ToldTie, version: int, by: User, at: datetime) -> NetworkTie:
    """Put right what is recorded of a tie. What stood is in the history.

    Raises `Refused`, and `EditedMeanwhile` when somebody saved it since.
    """
    now = _locked(tie, version)
    _check(now.family, [told], day_of(at), without=now)
    _set(now, told)
    now.version += 1
    now.save()
    return now


@action(allowed=may_change_tie)
def end_tie(*, tie: NetworkTie, ended_on: date, version: int, by: User, at: datetime) -> NetworkTie:
    """Note the day from which a tie is no more. Raises `Refused`, and `EditedMeanwhile`."""
    now = _locked(tie, version)
    _end(now, ended_on, at)
    return now


@action(allowed=may_change_tie)
def strike_tie(*, tie: NetworkTie, because: str, by: User, at: datetime) -> NetworkTie:
    """Strike out a tie that should never have been recorded; it stays to be read. Raises `Refused`."""
    if not because.strip():
        raise Refused("Say why it should not have been recorded.")
    now = NetworkTie.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    now.struck_at, now.struck_by, now.struck_because = at, by, because.strip()
    now.version += 1
    now.save(update_fields=["struck_at", "struck_by", "struck_because", "version"])
    return now


def told_of(tie: NetworkTie) -> ToldTie:
    """What stands of a tie, as it would be told."""
    return ToldTie(member=tie.member_id, **{name: getattr(tie, name) for name in FIELDS})


def _add(family: Family, told: Sequence[ToldTie], by: User, at: datetime) -> list[NetworkTie]:
    _check(family, told, day_of(at))
    made = []
    for each in told:
        row = NetworkTie(family=family, recorded_at=at, recorded_by=by)
        _set(row, each)
        made.append(row)
    return NetworkTie.objects.bulk_create(made)


def _set(row: NetworkTie, told: ToldTie) -> None:
    for name in FIELDS:
        setattr(row, name, getattr(told, name))
    row.name, row.member_id = told.name.strip(), told.member


def _check(family: Family, told: Sequence[ToldTie], today: date, without: NetworkTie | None = None) -> None:
    named = {each.member for each in told if each.member is not None}
    if named - set(FamilyMember.objects.filter(family=family).values_list("person_id", flat=True) if named else ()):
        raise Refused(NOT_OF_THE_FAMILY)
    rows = NetworkTie.objects.filter(family=family, struck_at__isnull=True)
    standing = [
        (_key(told_of(row)), (row.from_on, row.until_on)) for row in rows if row.pk != getattr(without, "pk", 0)
    ]
    for each in told:
        days = tuple(days for key, days in standing if key == _key(each))
        require(TO_TIE, TieFacts(each, today, days))
        standing.append((_key(each), (each.from_on, each.until_on)))


def _key(told: ToldTie) -> tuple[str, str, int | None]:
    return told.name.strip().lower(), told.kind, told.member


def _locked(tie: NetworkTie, version: int) -> NetworkTie:
    rows = NetworkTie.objects.select_for_update(of=("self",)).select_related("family")
    now = rows.get(pk=tie.pk, struck_at__isnull=True)
    if now.version != version:
        raise EditedMeanwhile({name: getattr(now, name) for name in FIELDS}, version=now.version, by="Somebody else")
    return now


def _end(now: NetworkTie, ended_on: date, at: datetime) -> None:
    require(TO_TIE, TieFacts(replace(told_of(now), until_on=ended_on), day_of(at)))
    now.until_on = ended_on
    now.version += 1
    now.save(update_fields=["until_on", "version"])
