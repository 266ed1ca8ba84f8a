"""Puts a genogram together: rows, places, lines and words, as numbers that a drawing is made of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from baton.relationships.presenters.genogram.coordinates import Placing
from baton.relationships.presenters.genogram.facts import FamilyFacts, Somebody
from baton.relationships.presenters.genogram.generations import rows_of
from baton.relationships.presenters.genogram.household import Box, Corner, boxes_round, outlines
from baton.relationships.presenters.genogram.lines import (
    ARCH,
    HALF,
    TRACK,
    Line,
    Stand,
    bars_of,
    crossings,
    lines_of,
    ways_past,
)
from baton.relationships.presenters.genogram.tracks import FIRST_CLEARANCE, Bar, tracks_by_row
from baton.relationships.presenters.genogram.unions import Couples, Union, couples_of
from baton.relationships.presenters.letters import width_of, wrapped

MOST_PEOPLE = 150
NAME, SMALL = 13.0, 11.0
LINE, WORDS_ROOM, ROUND = 15.0, 104.0, 9.0
EDGE, BELOW_WORDS = 24.0, 16.0
TRIED = 12  # ways of beginning that are tried while lines cross; each takes five milliseconds of forty people


@dataclass(frozen=True)
class Symbol:
    """One person as drawn: the middle of their symbol and the lines of words below it."""

    person: Somebody
    x: float
    y: float
    names: tuple[str, ...]
    smalls: tuple[str, ...]
    half: float


@dataclass(frozen=True)
class OnLine:
    """What stands on a couple's line: words over it, and strokes through it for a separation or divorce."""

    x: float
    y: float
    words: str
    strokes: int


@dataclass(frozen=True)
class Picture:
    """A genogram in numbers; the unit is a pixel at its natural size."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]
    on_lines: tuple[OnLine, ...]
    homes: tuple[tuple[Corner, ...], ...]
    rows: int
    left_out: int = 0

    @property
    def focus(self) -> tuple[float, str]:
        """Where a reader begins, from the left, and what is there: the children concerned, else the middle."""
        xs = [symbol.x for symbol in self.symbols if symbol.person.concerned]
        return ((min(xs) + max(xs)) / 2, "children") if xs else (self.width / 2, "middle")

    @property
    def crossings(self) -> int:
        return crossings(list(self.lines))


def picture_of(facts: FamilyFacts) -> Picture:
    """Lay a family out. Any facts give a picture: what contradicts itself is drawn as far as it goes together."""
    kept = tuple(sorted({each.id: each for each in facts.people}.values(), key=lambda p: (not p.concerned, p.id)))
    shown = FamilyFacts(kept[:MOST_PEOPLE], facts.parentages, facts.partnerships, facts.siblings, facts.remarks)
    layout = _Layout(shown)
    stand, lines = min(_tried(layout), key=lambda tried: (crossings(tried[1]), _width_of(tried[0])))
    return _as_picture(layout, stand, lines, left_out=len(kept) - len(shown.people))


def _width_of(stand: Stand) -> float:
    return max(stand.xs.values(), default=0.0)


class _Layout:
    """What stays the same, wherever the drawing begins."""

    def __init__(self, facts: FamilyFacts) -> None:
        self.couples = couples_of(facts)
        self.rows = rows_of(self.couples, facts)
        self.words = {number: _words_of(person) for number, person in self.couples.people.items()}
        self.halves = {number: max(HALF, wide) for number, (_, _, wide) in self.words.items()}
        self.spans = _spans(self.couples)

    def begun_with(self, roots: list[int]) -> tuple[Stand, list[Line]]:
        placed = Placing(self.couples, self.rows, self.halves, self.spans).everybody(roots)
        xs, stems = _from_the_edge(placed.people, placed.stems, self.halves)
        bars = bars_of(self.couples, xs, self.rows, stems)
        flat = Stand(xs, self.rows, dict.fromkeys(self.rows.values(), 0.0), stems, self.halves)
        stand = _with_heights(self.couples, flat, self.words, bars)
        return stand, lines_of(self.couples, stand, bars)


def _tried(layout: _Layout) -> Iterator[tuple[Stand, list[Line]]]:
    for roots in _beginnings(layout.couples):
        stand, lines = layout.begun_with(roots)
        yield stand, lines
        if crossings(lines) == 0:
            return


def _beginnings(couples: Couples) -> list[list[int]]:
    """Whom to begin with: a parent of the child concerned, the one with more partners first; then who is next to them.

    Whoever is in the middle of the family, as a grandparent of many often is, leaves the fewest long ways round.
    """
    everybody = sorted((p for p in couples.people if p > 0), key=lambda p: (not couples.people[p].concerned, p))
    everybody += sorted(p for p in couples.people if p <= 0)
    if not everybody:
        return [[]]
    home = couples.home.get(everybody[0])
    parents = sorted(home.parents, key=lambda p: (-len(couples.of[p]), couples.people[p].sex != "M")) if home else []
    with_partners = (each for each in _outwards(couples, everybody[0]) if couples.of.get(each))
    first = list(dict.fromkeys([*parents, everybody[0], *with_partners]))
    return [[start, *everybody] for start in first[:TRIED]]


def _outwards(couples: Couples, start: int) -> list[int]:
    """Everybody reached from somebody, the nearest first, and parents before partners and children."""
    found = {start: None}
    ahead = [start]
    for here in ahead:
        home = couples.home.get(here)
        unions = couples.of.get(here, [])
        near = [*(home.parents if home else ()), *(each for union in unions for each in union.parents)]
        near += [child for union in unions for child in union.children]
        ahead += [each for each in dict.fromkeys(near) if each not in found]
        found |= dict.fromkeys(near)
    return list(found)


def _as_picture(layout: _Layout, stand: Stand, lines: list[Line], *, left_out: int) -> Picture:
    symbols = tuple(
        Symbol(person, *stand.at(number), *layout.words[number][:2], layout.halves[number])
        for number, person in sorted(layout.couples.people.items())
    )
    return Picture(
        width=max((s.x + s.half for s in symbols), default=0) + EDGE,
        height=max(stand.feet.values(), default=0) + EDGE,
        symbols=symbols,
        lines=tuple(lines),
        on_lines=tuple(_on_lines(layout.couples, stand, lines)),
        homes=tuple(tuple(loop) for loop in outlines(boxes_round(_runs_at_home(symbols, stand)))),
        rows=len(stand.middles),
        left_out=left_out,
    )


def _words_of(person: Somebody) -> tuple[tuple[str, ...], tuple[str, ...], float]:
    """The lines below a symbol, names and then smaller ones, and half of the room they take."""
    if not person.name:
        return (), (), 4.0
    names = tuple(wrapped(person.name, size=NAME, room=WORDS_ROOM))[:4] if person.id > 0 else ()
    smalls = [line for text in person.under for line in wrapped(text, size=SMALL, room=WORDS_ROOM)][:4]
    if person.id <= 0:
        smalls = list(wrapped(person.name, size=SMALL, room=WORDS_ROOM))
    wide = [width_of(line, NAME) for line in names] + [width_of(line, SMALL) for line in smalls]
    return names, tuple(smalls), max(wide, default=0) / 2


def _spans(couples: Couples) -> dict[int, float]:
    return {
        union.number: 2 * HALF + 12 + width_of(union.partnership.words, SMALL)
        for union in couples.unions
        if union.partnership and union.partnership.words
    }


def _from_the_edge(
    people: dict[int, float], stems: dict[int, float], halves: dict[int, float]
) -> tuple[dict[int, float], dict[int, float]]:
    left = min((x - halves[person] for person, x in people.items()), default=0.0) - EDGE
    return {p: round(x - left, 1) for p, x in people.items()}, {u: round(x - left, 1) for u, x in stems.items()}


def _with_heights(
    couples: Couples,
    flat: Stand,
    words: dict[int, tuple[tuple[str, ...], tuple[str, ...], float]],
    bars: list[Bar],
) -> Stand:
    """How high each row stands: below the words of the row above, with room for the lines between them."""
    past: dict[tuple[int, bool], int] = defaultdict(int)
    for way in ways_past(couples, flat).values():
        past[way.row, way.goes_over] += 1
    tracks = tracks_by_row(bars)
    lines: dict[int, int] = defaultdict(int)
    for person, row in flat.rows.items():
        lines[row] = max(lines[row], len(words[person][0]) + len(words[person][1]))
    middles: dict[int, float] = {}
    feet: dict[int, float] = {}
    foot = EDGE - BELOW_WORDS
    for row in sorted(set(flat.rows.values())):
        between = past[row, True] * ARCH
        if row in tracks:
            between += FIRST_CLEARANCE + TRACK * (tracks[row] - 1)
        top = foot + BELOW_WORDS + between
        middles[row] = top + HALF
        feet[row] = top + 2 * HALF + 5 + LINE * lines[row]
        foot = feet[row] + ARCH * past[row, False]
    for bar in bars:
        bar.clearance = FIRST_CLEARANCE + past[bar.row, True] * ARCH
    return Stand(flat.xs, flat.rows, middles, flat.stems, flat.halves, feet)


def _on_lines(couples: Couples, stand: Stand, lines: list[Line]) -> list[OnLine]:
    found = []
    by_owner = {line.owner: line for line in reversed(lines)}
    for union in couples.unions:
        if union.partnership is None or union.number not in by_owner:
            continue
        strokes = {"separated": 1, "divorced": 2}.get(union.partnership.standing, 0)
        if union.partnership.words or strokes:
            x, y = _middle_of(union, by_owner[union.number], stand)
            found.append(OnLine(x, y, union.partnership.words, strokes))
    return found


def _middle_of(union: Union, line: Line, stand: Stand) -> tuple[float, float]:
    """The middle of a couple's line; of one that passes somebody, where its children hang."""
    middle = len(line.points) // 2
    one, other = line.points[middle - 1], line.points[middle]
    if len(line.points) > 2 and union.number in stand.stems:
        return stand.stems[union.number], one[1]
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _runs_at_home(symbols: tuple[Symbol, ...], stand: Stand) -> dict[int, list[Box]]:
    """Boxes round neighbours in a row who live together, with nobody else between them."""
    by_row: dict[int, list[Symbol]] = defaultdict(list)
    for symbol in symbols:
        by_row[stand.rows[symbol.person.id]].append(symbol)
    runs: dict[int, list[Box]] = {}
    for row, found in by_row.items():
        found.sort(key=lambda symbol: symbol.x)
        together = [[each] for each in found[:1]]
        for before, each in pairwise(found):
            if before.person.at_home == each.person.at_home:
                together[-1].append(each)
            else:
                together.append([each])
        boxes = [_box(run, stand.feet[row]) for run in together if run[0].person.at_home]
        if boxes:
            runs[row] = boxes
    return runs


def _box(run: list[Symbol], foot: float) -> Box:
    left, right = run[0].x - run[0].half - ROUND, run[-1].x + run[-1].half + ROUND
    return round(left, 1), round(run[0].y - HALF - ROUND, 1), round(right, 1), round(foot + 4, 1)
