"""Where everything stands: the family in the middle, its supports round it, nothing over anything else."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from baton.relationships.presenters.ecomap.facts import NetworkFacts, Support, Tie
from baton.relationships.presenters.letters import width_of, wrapped

NAME, SMALL, LINE = 13.0, 11.0, 15.0
WORDS_ROOM, APART, EDGE = 120.0, 14.0, 16.0
MOST_SUPPORTS, MOST_NAMES = 60, 8
FAR = 1_000_000.0
CLEAR = 54.0  # the least a line runs between the family and a support
SIDE_BY_SIDE = 11.0  # between the lines of two ties to one support
Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """One support as drawn: the middle of its box, half of its size, and its words."""

    support: Support
    x: float
    y: float
    half_width: float
    half_height: float
    names: tuple[str, ...]
    smalls: tuple[str, ...]

    @property
    def box(self) -> Box:
        return (
            self.x - self.half_width,
            self.y - self.half_height,
            self.x + self.half_width,
            self.y + self.half_height,
        )

    def at(self, x: float, y: float) -> "Shape":
        return Shape(self.support, x, y, self.half_width, self.half_height, self.names, self.smalls)


@dataclass(frozen=True)
class Strand:
    """The line of one tie, from the family's edge to the support's."""

    tie: Tie
    start: Point
    end: Point


@dataclass(frozen=True)
class Ecomap:
    """An ecomap in numbers; the unit is a pixel at its natural size."""

    width: float
    height: float
    middle: Point
    radius: float
    family: tuple[str, ...]
    members: tuple[str, ...]
    shapes: tuple[Shape, ...]
    strands: tuple[Strand, ...]
    left_out: int = 0


def ecomap_of(facts: NetworkFacts) -> Ecomap:
    """Lay a network out. Any facts give a picture, with at most sixty supports in it."""
    ordered = sorted(facts.supports, key=lambda s: (s.kind, s.name.lower(), s.name))
    blank = [_shape(support) for support in ordered[:MOST_SUPPORTS]]
    family = tuple(wrapped(facts.family, size=NAME, room=WORDS_ROOM))[:3]
    members = facts.members[:MOST_NAMES]
    if len(facts.members) > MOST_NAMES:
        members = (*members[:-1], f"and {len(facts.members) - MOST_NAMES + 1} more")
    radius = _radius(family, members)
    placed = _placed_round(blank, radius)
    left = min([-radius, *(shape.box[0] for shape in placed)]) - EDGE
    top = min([-radius, *(shape.box[1] for shape in placed)]) - EDGE
    shapes = tuple(shape.at(round(shape.x - left, 1), round(shape.y - top, 1)) for shape in placed)
    middle = (round(-left, 1), round(-top, 1))
    return Ecomap(
        width=max([middle[0] + radius, *(shape.box[2] for shape in shapes)]) + EDGE,
        height=max([middle[1] + radius, *(shape.box[3] for shape in shapes)]) + EDGE,
        middle=middle,
        radius=radius,
        family=family,
        members=tuple(members),
        shapes=shapes,
        strands=tuple(strand for shape in shapes for strand in _strands(shape, middle, radius)),
        left_out=len(ordered) - len(blank),
    )


def overlap(one: Box, other: Box, apart: float = 0.0) -> bool:
    """Whether two boxes come nearer to each other than they may."""
    across = one[0] < other[2] + apart and other[0] < one[2] + apart
    return across and one[1] < other[3] + apart and other[1] < one[3] + apart


def passes(start: Point, end: Point, box: Box) -> bool:
    """Whether a line goes through a box."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        low, high, way = box[axis], box[axis + 2], end[axis] - start[axis]
        if abs(way) < 1e-9:
            if not low < start[axis] < high:
                return False
            continue
        enters, leaves = sorted(((low - start[axis]) / way, (high - start[axis]) / way))
        first, last = max(first, enters), min(last, leaves)
    return first < last


def _shape(support: Support) -> Shape:
    names = tuple(wrapped(support.name, size=NAME, room=WORDS_ROOM))[:3]
    whose = list(dict.fromkeys(tie.whose for tie in support.ties if tie.whose))
    smalls = [support.kind]
    if whose:
        smalls += list(wrapped("with " + _listed(whose), size=SMALL, room=WORDS_ROOM))[:2]
    wide = max([width_of(line, NAME) for line in names] + [width_of(line, SMALL) for line in smalls], default=0.0)
    high = LINE * (len(names) + len(smalls))
    return Shape(support, 0, 0, round(wide / 2 + 14, 1), round(high / 2 + 9, 1), names, tuple(smalls))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _radius(family: tuple[str, ...], members: tuple[str, ...]) -> float:
    """Of the circle in the middle, so that all of its words lie within."""
    lines = [*((name, NAME) for name in family), *((name, SMALL + 1) for name in members)]
    high = LINE * len(lines) / 2
    needed = [
        math.hypot(width_of(words, size) / 2, max(abs(LINE * place - high), abs(LINE * (place + 1) - high)))
        for place, (words, size) in enumerate(lines)
    ]
    return round(max([58.0, *(each + 6 for each in needed)]), 1)


def _placed_round(shapes: list[Shape], radius: float) -> list[Shape]:
    """Each on a ray of its own, as near as it neither touches another nor stands on another's ray."""
    rays = [_ray(place, len(shapes)) for place in range(len(shapes))]
    placed: list[Shape] = []
    for place, shape in enumerate(shapes):
        others = [ray for other, ray in enumerate(rays) if other != place]
        far = radius + CLEAR
        while not _is_clear(here := shape.at(rays[place][0] * far, rays[place][1] * far), placed, others, radius):
            far += 8
        placed.append(here)
    return placed


def _ray(place: int, of: int) -> Point:
    """The way out from the middle, the first straight up. The picture is wider than high, as paper and screens are."""
    angle = 2 * math.pi * place / of
    return 1.2 * math.sin(angle), -math.cos(angle)


def _is_clear(here: Shape, placed: list[Shape], rays: list[Point], radius: float) -> bool:
    left, top, right, bottom = here.box
    if math.hypot(max(left, min(0.0, right)), max(top, min(0.0, bottom))) < radius + CLEAR:
        return False
    if any(overlap(here.box, other.box, APART) for other in placed):
        return False
    wider = (left - 8, top - 8, right + 8, bottom + 8)
    return not any(passes((0.0, 0.0), (x * FAR, y * FAR), wider) for x, y in rays)


def _strands(shape: Shape, middle: Point, radius: float) -> Iterator[Strand]:
    """One line for each different tie, side by side."""
    ties = [next(same) for _, same in groupby(sorted(shape.support.ties, key=_alike), key=_alike)][:4]
    across, down = shape.x - middle[0], shape.y - middle[1]
    long = math.hypot(across, down)
    along = (across / long, down / long)
    until = 1 - min(
        shape.half_width / abs(across) if across else math.inf, shape.half_height / abs(down) if down else math.inf
    )
    for place, tie in enumerate(ties):
        aside = SIDE_BY_SIDE * (place - (len(ties) - 1) / 2)
        start, end = radius + 4, long * until - 4
        yield Strand(tie, _point(middle, along, start, aside), _point(middle, along, end, aside))


def _alike(tie: Tie) -> tuple[str, str]:
    return tie.strength, tie.energy


def _point(middle: Point, along: Point, out: float, aside: float) -> Point:
    x = middle[0] + along[0] * out - along[1] * aside
    y = middle[1] + along[1] * out + along[0] * aside
    return round(x, 1), round(y, 1)
