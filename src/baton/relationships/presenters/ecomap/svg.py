"""The ecomap as SVG, by presentation attributes alone."""

import math
from collections.abc import Iterator

from markupsafe import Markup

from baton.relationships.presenters.ecomap.facts import (
    BOTH,
    FROM_FAMILY,
    STRESSFUL,
    STRONG,
    TO_FAMILY,
    WEAK,
)
from baton.relationships.presenters.ecomap.layout import LINE, NAME, SMALL, Ecomap, Point, Shape, Strand
from baton.relationships.presenters.genogram.svg import HOME, INK, PAPER, QUIET, svg, text

WIDTHS = {STRONG: 4.5}
ARROW = 9.0
TOOTH, BITE = 7.0, 5.0  # of the jagged line of a stressful tie


def drawn(ecomap: Ecomap, *, title: str, told: str, name: str = "ecomap") -> Markup:
    """The whole picture; `told` says in a sentence what it shows, `name` begins its ids."""
    return svg(ecomap.width, ecomap.height, _parts(ecomap), title=title, told=told, name=name)


def strand(tie: Strand) -> Iterator[str]:
    """One line: thick for a strong tie, broken for a weak one, jagged for a stressful one; arrows show who gives."""
    thick, dash = WIDTHS.get(tie.tie.strength, 1.8), ' stroke-dasharray="7 6"' if tie.tie.strength == WEAK else ""
    start, end = tie.start, tie.end
    if tie.tie.energy in (TO_FAMILY, BOTH):
        yield _arrow(end, start)
        start = _towards(start, end, ARROW - 1)
    if tie.tie.energy in (FROM_FAMILY, BOTH):
        yield _arrow(start, end)
        end = _towards(end, start, ARROW - 1)
    points = _jagged(start, end) if tie.tie.strength == STRESSFUL else [start, end]
    drawn_through = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield (
        f'<polyline points="{drawn_through}" fill="none" stroke="{INK}" stroke-width="{thick:g}"'
        f' stroke-linejoin="round"{dash}/>'
    )


def _parts(ecomap: Ecomap) -> Iterator[str]:
    for each in ecomap.strands:
        yield from strand(each)
    x, y = ecomap.middle
    yield f'<circle cx="{x:g}" cy="{y:g}" r="{ecomap.radius:g}" fill="{HOME}" stroke="{INK}" stroke-width="2.4"/>'
    lines = [(words, NAME, True) for words in ecomap.family] + [(words, SMALL + 1, False) for words in ecomap.members]
    for place, (words, size, bold) in enumerate(lines):
        yield text(words, x, y - LINE * len(lines) / 2 + LINE * place + 11, size=size, bold=bold)
    for shape in ecomap.shapes:
        yield from _shape(shape)


def _shape(shape: Shape) -> Iterator[str]:
    left, top, right, bottom = shape.box
    yield (
        f'<rect x="{left:g}" y="{top:g}" width="{right - left:g}" height="{bottom - top:g}" rx="18" fill="{PAPER}"'
        f' stroke="{INK}" stroke-width="1.6"/>'
    )
    for place, line in enumerate((*shape.names, *shape.smalls)):
        is_name = place < len(shape.names)
        where = top + 9 + LINE * place + 11
        yield text(line, shape.x, where, size=NAME if is_name else SMALL, colour=INK if is_name else QUIET)


def _jagged(start: Point, end: Point) -> list[Point]:
    across, down = end[0] - start[0], end[1] - start[1]
    long = math.hypot(across, down)
    teeth = max(2, int(long / TOOTH))
    points = [start]
    for tooth in range(1, teeth):
        part, side = tooth / teeth, BITE if tooth % 2 else -BITE
        points.append((start[0] + across * part - down / long * side, start[1] + down * part + across / long * side))
    return [*points, end]


def _towards(here: Point, there: Point, far: float) -> Point:
    long = math.hypot(there[0] - here[0], there[1] - here[1]) or 1.0
    return here[0] + (there[0] - here[0]) / long * far, here[1] + (there[1] - here[1]) / long * far


def _arrow(tail: Point, tip: Point) -> str:
    back = _towards(tip, tail, ARROW)
    aside = ((tip[1] - back[1]) * 0.5, (back[0] - tip[0]) * 0.5)
    corners = (tip, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1]))
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)}" fill="{INK}"/>'
