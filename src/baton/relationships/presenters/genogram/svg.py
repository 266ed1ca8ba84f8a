"""The genogram as SVG, by presentation attributes alone: no style and no script, so that any page may carry it."""

from collections.abc import Iterator

from markupsafe import Markup

from baton.relationships.presenters.genogram.lines import HALF, Line
from baton.relationships.presenters.genogram.picture import LINE, NAME, SMALL, OnLine, Picture, Symbol

INK, QUIET, PAPER = "#0b0c0c", "#505a5f", "#ffffff"
DASHES = {"dashed": "7 5", "dotted": "1.5 4.5", "mixed": "10 4 2 4"}
FONT = "Noto Sans, Arial, sans-serif"
INSIDE = HALF - 5  # of the second outline of the child concerned


def drawn(picture: Picture, *, title: str, told: str, name: str = "genogram") -> Markup:
    """The whole picture; `told` says in a sentence what it shows, `name` begins its ids."""
    w, h = round(picture.width), round(picture.height)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="baton-picture" role="img" aria-labelledby="{0}-title {0}-told"'
        ' width="{1}" height="{2}" viewBox="0 0 {1} {2}" font-family="{3}">'
        '<title id="{0}-title">{4}</title><desc id="{0}-told">{5}</desc>'
    ).format(name, w, h, FONT, title, told)
    return head + Markup("").join(_parts(picture, w, h)) + Markup("</svg>")


def _parts(picture: Picture, w: int, h: int) -> Iterator[Markup]:
    yield Markup('<rect width="{}" height="{}" fill="{}"/>').format(w, h, PAPER)
    for loop in picture.homes:
        points = " ".join(f"{x:g},{y:g}" for x, y in loop)
        yield Markup(
            '<polygon points="{}" fill="#f3f7fa" stroke="{}" stroke-width="1.6" stroke-dasharray="2 5"'
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        ).format(points, QUIET)
    yield Markup('<g fill="none" stroke="{}" stroke-width="1.6">').format(INK)
    for line in picture.lines:
        yield from _line(line)
    yield Markup("</g>")
    for on_line in picture.on_lines:
        yield from _on_line(on_line)
    for symbol in picture.symbols:
        if symbol.person.name:
            yield Markup("").join(_symbol(symbol))


def _line(line: Line) -> Iterator[Markup]:
    dash = Markup(' stroke-dasharray="{}"').format(DASHES[line.style]) if line.style in DASHES else ""
    for aside in (-2.0, 2.0) if line.is_double else (0.0,):
        points = " ".join(f"{x:g},{y + aside:g}" for x, y in line.points)
        yield Markup('<polyline points="{}"{}/>').format(points, dash)


def _on_line(on: OnLine) -> Iterator[Markup]:
    if on.words:
        yield Markup(
            '<text x="{:g}" y="{:g}" font-size="{:g}" text-anchor="middle" fill="{}" stroke="{}" stroke-width="3"'
            ' paint-order="stroke">{}</text>'
        ).format(on.x, on.y - 12, SMALL, QUIET, PAPER, on.words)
    for stroke in range(on.strokes):
        x = on.x - 12 + 6 * stroke
        yield Markup('<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}" stroke="{}" stroke-width="1.8"/>').format(
            x - 4, on.y + 9, x + 4, on.y - 9, INK
        )


def _symbol(symbol: Symbol) -> Iterator[Markup]:
    person, x, y = symbol.person, symbol.x, symbol.y
    nobody = person.id <= 0
    ink, dash = (QUIET, Markup(' stroke-dasharray="3 3"')) if nobody else (INK, Markup(""))
    yield Markup('<g fill="{}" stroke="{}" stroke-width="{}"{}>').format(PAPER, ink, 1.4 if nobody else 2, dash)
    yield _shape(symbol, HALF)
    if person.concerned:
        yield _shape(symbol, INSIDE)
    if person.died:
        yield Markup('<path d="M{0:g} {2:g}L{1:g} {3:g}M{1:g} {2:g}L{0:g} {3:g}"/>').format(
            x - HALF, x + HALF, y - HALF, y + HALF
        )
    yield Markup("</g>")
    inside = "?" if nobody else person.inside
    if inside:
        yield _inside(symbol, inside)
    under = y + HALF + 16
    for place, line in enumerate((*symbol.names, *symbol.smalls)):
        is_name = place < len(symbol.names)
        yield Markup('<text x="{:g}" y="{:g}" font-size="{:g}" text-anchor="middle" fill="{}"{}>{}</text>').format(
            x, under + LINE * place, NAME if is_name else SMALL, INK if is_name else QUIET,
            Markup(' font-weight="bold"') if is_name and person.concerned else "", line,
        )  # fmt: skip


def _inside(symbol: Symbol, inside: str) -> Markup:
    """The age; of somebody who died with paper round it, so that it reads over the cross."""
    low = 7 if symbol.person.unborn else 5
    size = 11 if symbol.person.unborn or len(inside) > 3 else 14
    return Markup(
        '<text x="{:g}" y="{:g}" font-size="{}" text-anchor="middle" fill="{}" stroke="{}" stroke-width="4"'
        ' paint-order="stroke">{}</text>'
    ).format(symbol.x, symbol.y + low, size, QUIET if symbol.person.id <= 0 else INK, PAPER, inside)


def _shape(symbol: Symbol, half: float) -> Markup:
    """A square for a male, a circle for a female, a diamond where neither is known or meant, a triangle before birth."""
    x, y, person = symbol.x, symbol.y, symbol.person
    if person.unborn:
        return Markup('<polygon points="{:g},{:g} {:g},{:g} {:g},{:g}"/>').format(
            x, y - half, x + half, y + half * 0.8, x - half, y + half * 0.8
        )
    if person.sex == "M":
        return Markup('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>').format(
            x - half, y - half, 2 * half, 2 * half
        )
    if person.sex == "F":
        return Markup('<circle cx="{:g}" cy="{:g}" r="{:g}"/>').format(x, y, half)
    return Markup('<polygon points="{0:g},{2:g} {3:g},{1:g} {0:g},{4:g} {5:g},{1:g}"/>').format(
        x, y, y - half, x + half, y + half, x - half
    )
