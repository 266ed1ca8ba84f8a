"""The lines of a picture: between partners, from parents to children, and round those who live together."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import pairwise

from baton.relationships.presenters.genogram.facts import ADOPTIVE, BIRTH, FOSTER, GUARDIAN
from baton.relationships.presenters.genogram.tracks import Bar, set_tracks
from baton.relationships.presenters.genogram.unions import Couples, Union

Point = tuple[float, float]
HALF = 22.0  # of a symbol
TRACK = 12.0
ARCH = 11.0
WHOLE, DASHED, DOTTED, MIXED = "whole", "dashed", "dotted", "mixed"
STYLES = {BIRTH: WHOLE, ADOPTIVE: DASHED, GUARDIAN: MIXED, FOSTER: DOTTED}
ASIDE = 9.0  # a second line to a child reaches its symbol beside the first


@dataclass(frozen=True)
class Line:
    """One stroke; `owner` is the union it belongs to."""

    owner: int
    points: tuple[Point, ...]
    style: str = WHOLE
    is_double: bool = False


@dataclass(frozen=True)
class Past:
    """The way of a line past others in its row; `place` counts such lines from the symbols outwards."""

    row: int
    goes_over: bool
    place: int


@dataclass(frozen=True)
class Stand:
    """Where the rows and people of a picture are: `middles` are the heights of the symbols' middles."""

    xs: dict[int, float]
    rows: dict[int, int]
    middles: dict[int, float]
    stems: dict[int, float]
    halves: dict[int, float] = field(default_factory=dict)  # of the room each person's words take
    feet: dict[int, float] = field(default_factory=dict)  # where the words of each row end

    def at(self, person: int) -> Point:
        return self.xs[person], self.middles[self.rows[person]]


def bars_of(couples: Couples, xs: dict[int, float], rows: dict[int, int], stems: dict[int, float]) -> list[Bar]:
    """The line over each group of siblings, and over each child that other parents reach too; tracks are set."""
    bars = []
    for union in couples.unions:
        by_style: dict[tuple[str, int], list[int]] = defaultdict(list)
        for child in union.children:
            by_style[(STYLES.get(union.kinds.get(child, BIRTH), DOTTED), 0)].append(child)
        for child, kind in union.others:
            by_style[(STYLES.get(kind, DOTTED), 1)].append(child)
        top = max((rows[parent] for parent in union.parents), default=-1)
        for (style, beside), children in sorted(by_style.items(), reverse=True):
            places = {child: xs[child] + ASIDE * beside for child in children}
            stem = _stem_of(union, stems, xs) if union.parents else None
            row = min(rows[child] for child in children)
            bars.append(Bar(union.number, row, stem, places, style, joins_row=top, joints=_joints(couples, places)))
    set_tracks(bars)
    return bars


def lines_of(couples: Couples, stand: Stand, bars: list[Bar]) -> list[Line]:
    """Every line, in a fixed order."""
    found, starts = [], {}
    past = ways_past(couples, stand)
    for union in couples.unions:
        if len(union.parents) == 2:
            line, starts[union.number] = _between_partners(couples, union, stand, past.get(union.number))
            found.append(line)
    for bar in bars:
        found += _of_children(bar, stand, starts.get(bar.union))
    return found


def crossings(lines: list[Line]) -> int:
    """How often lines of different unions cross."""
    strokes = [(line.owner, one, other) for line in lines for one, other in pairwise(line.points) if one != other]
    flat = [(owner, y, min(a, c), max(a, c)) for owner, (a, y), (c, z) in strokes if y == z]
    steep = [(owner, a, min(y, z), max(y, z)) for owner, (a, y), (c, z) in strokes if y != z and a == c]
    return sum(
        1
        for owner, y, left, right in flat
        for other, x, top, bottom in steep
        if owner != other and left + 1 < x < right - 1 and top + 1 < y < bottom - 1
    )


def _stem_of(union: Union, stems: dict[int, float], xs: dict[int, float]) -> float:
    middle = sum(xs[parent] for parent in union.parents) / len(union.parents)
    return stems.get(union.number, middle)


def _joints(couples: Couples, places: dict[int, float]) -> dict[int, float]:
    """Where each child's line leaves the bar: twins leave it at one point."""
    joints = dict(places)
    for one, other in pairwise(sorted(places, key=lambda child: places[child])):
        born, next_born = couples.people[one].born, couples.people[other].born
        if born and next_born and abs((born - next_born).days) <= 1:
            joints[one] = joints[other] = (places[one] + places[other]) / 2
    return joints


def ways_past(couples: Couples, stand: Stand) -> dict[int, Past]:
    """How the lines of partners go who have somebody between them: over those without parents, under the others."""
    counted: dict[tuple[int, bool], int] = defaultdict(int)
    found = {}
    apart = [u for u in couples.unions if len(u.parents) == 2 and _same_row(u, stand)]
    for union in sorted(apart, key=lambda u: (abs(stand.xs[u.parents[0]] - stand.xs[u.parents[1]]), u.number)):
        between = _people_between(union, stand)
        if between:
            row = stand.rows[union.parents[0]]
            over = sum(each in couples.home for each in between)
            under = sum(bool(other.children) for each in between for other in couples.of.get(each, ()))
            goes_over = over <= under
            found[union.number] = Past(row, goes_over, counted[row, goes_over])
            counted[row, goes_over] += 1
    return found


def _between_partners(couples: Couples, union: Union, stand: Stand, past: Past | None) -> tuple[Line, Point]:
    """Their line, and where the children's line begins."""
    one, other = sorted(union.parents, key=lambda each: stand.xs[each])
    (left, y), (right, z) = stand.at(one), stand.at(other)
    stem = _stem_of(union, stand.stems, stand.xs)
    partnership = union.partnership
    style = DOTTED if partnership is None else WHOLE if partnership.married else DASHED
    line = Line(union.number, (), style, is_double=_are_related(couples, one, other))
    if past is not None and past.goes_over:
        arch = y - HALF - ARCH * (past.place + 1)
        a, b = left + HALF / 2, right - HALF / 2
        return replace(line, points=((a, y - HALF), (a, arch), (b, arch), (b, z - HALF))), (stem, arch)
    if past is not None:
        foot = stand.feet.get(past.row, y) + ARCH * (past.place + 1) - 2
        a, b = left + stand.halves[one] + 8, right - stand.halves[other] - 8
        points = ((left + HALF, y), (a, y), (a, foot), (b, foot), (b, y), (right - HALF, y))
        return replace(line, points=points), (stem, foot)
    if y != z:
        return replace(line, points=((left, y), (right, z))), (stem, max(y, z))
    return replace(line, points=((left + HALF, y), (right - HALF, z))), (stem, y)


def _of_children(bar: Bar, stand: Stand, start: Point | None) -> list[Line]:
    height = stand.middles[bar.row] - HALF - _above(bar)
    found = []
    joints = bar.joints.values()
    ends = [*joints, bar.stem] if bar.stem is not None else [*joints]
    if start is not None and bar.stem is not None:
        found.append(Line(bar.union, (start, (bar.stem, height)), bar.style))
    if max(ends) - min(ends) > 0.5:
        found.append(Line(bar.union, ((min(ends), height), (max(ends), height)), bar.style))
    for child, x in bar.places.items():
        top = stand.at(child)[1] - HALF
        found.append(Line(bar.union, ((bar.joints[child], height), (x, top)), bar.style))
    return found


def _above(bar: Bar) -> float:
    """How far above the symbols of the row its bar lies."""
    return bar.clearance + TRACK * bar.track


def _same_row(union: Union, stand: Stand) -> bool:
    one, other = union.parents
    return stand.rows[one] == stand.rows[other]


def _people_between(union: Union, stand: Stand) -> list[int]:
    one, other = sorted(stand.xs[each] for each in union.parents)
    row = stand.rows[union.parents[0]]
    return [each for each, x in stand.xs.items() if one < x < other and stand.rows[each] == row]


def _are_related(couples: Couples, one: int, other: int) -> bool:
    """Whether a couple has an ancestor in common."""
    return bool(_ancestors(couples, one) & _ancestors(couples, other))


def _ancestors(couples: Couples, person: int) -> set[int]:
    found: set[int] = set()
    ahead = [person]
    while ahead:
        home = couples.home.get(ahead.pop())
        if home is not None:
            new = {parent for parent in home.parents if parent not in found}
            found |= new
            ahead += new
    return found
