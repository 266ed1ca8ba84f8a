"""Gathering what is held on somebody, and marking what of it concerns other people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import connection

from baton.platform.actions import action
from baton.platform.dates_in_words import long_day
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.rights.models import AccessRequest, Item, Mark, Release
from baton.rights.permissions import may_answer
from baton.rights.policies.redaction import mentions, passages_of
from baton.rights.queries.gathering import Name, Row, names_of, rows_held, subject_ids
from baton.rights.queries.in_words import Told, people_in, person_columns, row_in_words

LOOKS = "platform_accessentry"
# Who asked for help with a family, where they are no member of staff: a neighbour who worries must be able to.
PRIVATE_SOURCES = ("other", "family", "young_person")
TOLD_BY = ("enquirer_name", "enquirer_phone", "enquirer_email")


@action(allowed=may_answer)
def gather(*, request: AccessRequest, by: User, at: datetime) -> AccessRequest:
    """Gather everything held on the people of a request, anew if it was done before; decisions on the same rows stay.

    Whatever names other people is marked. Raises `Refused` when nobody is named or a copy was released already.
    """
    now = AccessRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    subjects = subject_ids(now.pk)
    if not subjects:
        raise Refused("Say first whose record is meant.")
    if Release.objects.filter(request=now).exists():
        raise Refused("A copy was released already.")
    with connection.cursor() as cursor:
        cursor.execute("select guard.tell_the_named(%s, '', '', null)", [now.pk])
    decided = _decided(now)
    Mark.objects.filter(request=now).delete()
    Item.objects.filter(request=now).delete()
    _write(now, _with_looks_together(rows_held(now.pk)), subjects, decided)
    now.gathered_at = at
    now.save(update_fields=["gathered_at"])
    return now


def _write(
    request: AccessRequest, rows: Sequence[Row], subjects: frozenset[int], decided: Mapping[tuple[object, ...], Mark]
) -> None:
    names = names_of(request.pk, people_in(rows))
    staff = {user.pk: user.name for user in User.objects.only("given_name", "family_name")}
    others = {each.id: each for each in names.values() if each.id not in subjects}
    own = [each.given for each in names.values() if each.id in subjects]
    told = [(row, row_in_words(row, names, staff)) for row in rows]
    told = sorted(
        ((row, said) for row, said in told if said.lines), key=lambda pair: (not _is_person(pair[0]), pair[1].section)
    )
    items = Item.objects.bulk_create(
        _item(request, row, said, position, subjects, names) for position, (row, said) in enumerate(told)
    )
    marks = [
        mark
        for item, (row, _) in zip(items, told, strict=True)
        for mark in (*_marks(item, others, own), *_informants(item, row, names, subjects))
    ]
    by_hand = _by_hand_again(items, decided)
    Mark.objects.bulk_create([*(_as_decided(mark, decided) for mark in marks), *by_hand])


def _item(
    request: AccessRequest, row: Row, said: Told, position: int, subjects: frozenset[int], names: Mapping[int, Name]
) -> Item:
    named = [value for column in person_columns(row.table) if (value := row.said.get(column))]
    another = named[0] if named and not subjects & set(named) and named[0] in names else None
    return Item(
        request=request,
        family_id=row.family_id,
        person_id=another,
        table=row.table,
        row_id=row.row_id,
        position=position,
        section=said.section,
        heading=said.heading,
        lines=said.lines,
    )


def _marks(item: Item, others: Mapping[int, Name], own: Sequence[str]) -> list[Mark]:
    """A whole row about somebody else, and each other person who is named in what it says."""
    told = {"item": item, "request_id": item.request_id, "family_id": item.family_id}
    if item.person_id is not None:
        return [Mark(**told, person_id=item.person_id, name=others[item.person_id].whole, is_whole=True)]
    text = "\n".join(words for _, words in item.lines)
    found = []
    for other in others.values():
        passages = passages_of(other.given, other.family, other.known_as, not_these=own)
        if mentions(text, passages):
            found.append(Mark(**told, person_id=other.id, name=other.whole, passages=passages))
    return found


def _informants(item: Item, row: Row, names: Mapping[int, Name], subjects: frozenset[int]) -> list[Mark]:
    """Somebody who is no member of staff asked for help with the family."""
    if row.table != "requests_helprequest" or row.said["source"] not in PRIVATE_SOURCES:
        return []
    name = row.said["enquirer_name"]
    if any(names[each].whole == name for each in subjects if each in names):
        return []
    passages = [said for column in TOLD_BY if (said := row.said.get(column))]
    told = {"request_id": item.request_id, "family_id": item.family_id}
    return [Mark(item=item, **told, name=name, passages=passages)] if passages else []


def _decided(request: AccessRequest) -> dict[tuple[object, ...], Mark]:
    found = Mark.objects.filter(request=request).select_related("item")
    return {_key(mark): mark for mark in found if mark.by_hand or mark.state != Mark.State.UNDECIDED}


def _key(mark: Mark) -> tuple[object, ...]:
    return (mark.item.table, mark.item.row_id, mark.is_whole, mark.name, tuple(mark.passages))


def _as_decided(mark: Mark, decided: Mapping[tuple[object, ...], Mark]) -> Mark:
    before = decided.get(_key(mark))
    if before:
        mark.state, mark.reason, mark.note = before.state, before.reason, before.note
        mark.decided_by_id, mark.decided_at = before.decided_by_id, before.decided_at
    return mark


def _by_hand_again(items: Sequence[Item], decided: Mapping[tuple[object, ...], Mark]) -> list[Mark]:
    """What an officer marked by hand, on rows that are still there."""
    now = {(item.table, item.row_id): item for item in items}
    again = []
    for before in decided.values():
        item = now.get((before.item.table, before.item.row_id))
        if before.by_hand and item:
            told = {"request_id": item.request_id, "family_id": item.family_id, "by_hand": True}
            again.append(_as_decided(
                Mark(item=item, **told, name=before.name, is_whole=before.is_whole, passages=before.passages), decided
            ))  # fmt: skip
    return again


def _is_person(row: Row) -> bool:
    return row.table == "people_person"


def _with_looks_together(rows: Sequence[Row]) -> list[Row]:
    """The looks of each member of staff as one row: a page would otherwise be a line for each page they opened."""
    looks: dict[tuple[int, int | None], list[Row]] = {}
    for row in rows:
        if row.table == LOOKS:
            looks.setdefault((row.said["by_id"], row.family_id), []).append(row)
    together = []
    for each in looks.values():
        days = sorted({row.said["at"][:10] for row in each})
        said = each[0].said | {
            "what": _how_often(len(each), [date.fromisoformat(day) for day in days]),
            "roles": [],
        }
        together.append(replace(each[0], said=said | {"at": max(row.said["at"] for row in each), "why": ""}))
    return [*(row for row in rows if row.table != LOOKS), *together]


def _how_often(times: int, days: list[date]) -> str:
    """ "Once, on 3 March 2026", "7 times on 2 days, from 3 March 2026 to 5 March 2026"."""
    if times == 1:
        return f"Once, on {long_day(days[0])}"
    if len(days) == 1:
        return f"{times} times on {long_day(days[0])}"
    return f"{times} times on {len(days)} days, from {long_day(days[0])} to {long_day(days[-1])}"
