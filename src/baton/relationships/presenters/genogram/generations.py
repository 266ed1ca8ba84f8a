"""Which row each person stands in: partners side by side, children below all of their parents."""

from collections import defaultdict, deque

from baton.relationships.presenters.genogram.facts import FamilyFacts
from baton.relationships.presenters.genogram.unions import Couples

Steps = dict[int, list[tuple[int, int]]]


def rows_of(couples: Couples, facts: FamilyFacts) -> dict[int, int]:
    """The row of each person, the oldest generation being 0. Everybody has one, whatever is recorded."""
    rows = _walked(couples, facts)
    downward = [
        (parent, child)
        for union in couples.unions
        for child in (*union.children, *(other for other, _ in union.others))
        for parent in union.parents
    ]
    sideways = [(union.parents[0], union.parents[1]) for union in couples.unions if len(union.parents) == 2]
    for turn in range(2 * len(rows) + 2):
        level = turn < len(rows)  # after that, partners of different generations stay apart
        if not (_push_down(rows, downward) | (level and _draw_level(rows, sideways))):
            break
    used = {row: place for place, row in enumerate(sorted(set(rows.values())))}
    return {person: used[row] for person, row in rows.items()}


def _walked(couples: Couples, facts: FamilyFacts) -> dict[int, int]:
    """Rows as somebody would count them from the child concerned; unconnected people by age beside them."""
    steps = _steps(couples, facts)
    rows: dict[int, int] = {}
    first = sorted(couples.people, key=lambda p: (not couples.people[p].concerned, p < 0, p))
    for person in first:
        if person in rows:
            continue
        part, offset = _walk_from(person, steps), 0
        if rows:
            offset = _row_of_that_age(couples, rows, person)
        for each, row in part.items():
            rows.setdefault(each, row + offset)
    return rows


def _walk_from(start: int, steps: Steps) -> dict[int, int]:
    found, ahead = {start: 0}, deque([start])
    while ahead:
        here = ahead.popleft()
        for there, down in steps[here]:
            if there not in found:
                found[there] = found[here] + down
                ahead.append(there)
    return found


def _steps(couples: Couples, facts: FamilyFacts) -> Steps:
    steps: Steps = defaultdict(list)
    for union in couples.unions:
        everybody = [(parent, 0) for parent in union.parents]
        everybody += [(child, 1) for child in (*union.children, *(other for other, _ in union.others))]
        hub, at = everybody[0] if everybody else (0, 0)
        for person, level in everybody[1:]:
            steps[hub].append((person, level - at))
            steps[person].append((hub, at - level))
    for remark in facts.remarks:
        if couples.people.keys() >= {remark.one, remark.other}:
            steps[remark.one].append((remark.other, remark.rows_up))
            steps[remark.other].append((remark.one, -remark.rows_up))
    return steps


def _row_of_that_age(couples: Couples, rows: dict[int, int], person: int) -> int:
    """The row whose people were born nearest to somebody who is related to nobody drawn so far."""
    born = couples.people[person].born
    known: dict[int, list[int]] = defaultdict(list)
    for each, row in rows.items():
        birth = couples.people[each].born
        if birth:
            known[row].append(birth.year)
    if born is None or not known:
        return 0
    return min(known, key=lambda row: (abs(sum(known[row]) / len(known[row]) - born.year), row))


def _push_down(rows: dict[int, int], downward: list[tuple[int, int]]) -> bool:
    moved = False
    for parent, child in downward:
        if rows[child] <= rows[parent]:
            rows[child] = rows[parent] + 1
            moved = True
    return moved


def _draw_level(rows: dict[int, int], sideways: list[tuple[int, int]]) -> bool:
    moved = False
    for one, other in sideways:
        if rows[one] != rows[other]:
            rows[one] = rows[other] = max(rows[one], rows[other])
            moved = True
    return moved
