"""The genogram as SVG, by presentation attributes alone: no style and no script, so that any page may carry it."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from baton.relationships.presenters.genogram.lines import HALF, Line
from baton.relationships.presenters.genogram.picture import LINE, NAME, SMALL, OnLine, Picture, Symbol

INK, QUIET, PAPER, HOME = "#0b0c0c", "#505a5f", "#ffffff", "#f3f7fa"
DASHES = {"dashed": "7 5", "dotted": "1.5 4.5", "mixed": "10 4 2 4"}
FONT = "Noto Sans, Arial, sans-serif"
INSIDE = HALF - 5  # of the second outline of the child concerned


def drawn(picture: Picture, *, title: str, told: str, name: str = "genogram") -> Markup:
    """The whole picture; `told` says in a sentence what it shows, `name` begins its ids."""
    return svg(picture.width, picture.height, _parts(picture), title=title, told=told, name=name)


def svg(width: float, height: float, parts: Iterator[str], *, title: str, told: str, name: str) -> Markup:
    """A picture of parts on white paper, with its name and what it shows for those who do not see it."""
    w, h = round(width), round(height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="baton-picture" role="img"'
        f' aria-labelledby="{name}-title {name}-told" width="{w}" height="{h}" viewBox="0 0 {w} {h}"'
        f' font-family="{FONT}"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-told">{escape(told)}</desc><rect width="{w}" height="{h}" fill="{PAPER}"/>'
    )
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704 - every text in it is escaped where it is set


def text(
    words: str, x: float, y: float, *, size: float, colour: str = INK, bold: bool = False, paper: float = 0.0
) -> str:
    """Words in the middle of a place; with `paper` round them, where they stand on a line."""
    weight = ' font-weight="bold"' if bold else ""
    round_it = f' stroke="{PAPER}" stroke-width="{paper:g}" paint-order="stroke"' if paper else ""
    where = f'x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="middle" fill="{colour}"'
    return f"<text {where}{weight}{round_it}>{escape(words)}</text>"


def _parts(picture: Picture) -> Iterator[str]:
    for loop in picture.homes:
        yield (
            f'<polygon points="{_points(loop)}" fill="{HOME}" stroke="{QUIET}" stroke-width="1.6"'
            ' stroke-dasharray="2 5" stroke-linecap="round" stroke-linejoin="round"/>'
        )
    yield f'<g fill="none" stroke="{INK}" stroke-width="1.6">'
    for line in picture.lines:
        yield from _line(line)
    yield "</g>"
    for on_line in picture.on_lines:
        yield from _on_line(on_line)
    for symbol in picture.symbols:
        if symbol.person.name:
            yield from _symbol(symbol)


def _points(points: tuple[tuple[float, float], ...], down: float = 0.0) -> str:
    return " ".join(f"{x:g},{y + down:g}" for x, y in points)


def _line(line: Line) -> Iterator[str]:
    dash = f' stroke-dasharray="{DASHES[line.style]}"' if line.style in DASHES else ""
    for aside in (-2.0, 2.0) if line.is_double else (0.0,):
        yield f'<polyline points="{_points(line.points, aside)}"{dash}/>'


def _on_line(on: OnLine) -> Iterator[str]:
    if on.words:
        yield text(on.words, on.x, on.y - 12, size=SMALL, colour=QUIET, paper=3)
    for stroke in range(on.strokes):
        x = on.x - 12 + 6 * stroke
        yield (
            f'<line x1="{x - 4:g}" y1="{on.y + 9:g}" x2="{x + 4:g}" y2="{on.y - 9:g}" stroke="{INK}"'
            ' stroke-width="1.8"/>'
        )


def _symbol(symbol: Symbol) -> Iterator[str]:
    person, x, y = symbol.person, symbol.x, symbol.y
    nobody = person.id <= 0
    ink, width, dash = (QUIET, 1.4, ' stroke-dasharray="3 3"') if nobody else (INK, 2, "")
    yield f'<g fill="{PAPER}" stroke="{ink}" stroke-width="{width}"{dash}>{_shape(symbol, HALF)}'
    if person.concerned:
        yield _shape(symbol, INSIDE)
    if person.died:
        left, right, top, bottom = x - HALF, x + HALF, y - HALF, y + HALF
        yield f'<path d="M{left:g} {top:g}L{right:g} {bottom:g}M{right:g} {top:g}L{left:g} {bottom:g}"/>'
    yield "</g>"
    inside = "?" if nobody else person.inside
    if inside:
        size = 11 if person.unborn or len(inside) > 3 else 14
        yield text(inside, x, y + (7 if person.unborn else 5), size=size, colour=QUIET if nobody else INK, paper=4)
    under = y + HALF + 16
    for place, line in enumerate((*symbol.names, *symbol.smalls)):
        if place < len(symbol.names):
            yield text(line, x, under + LINE * place, size=NAME, bold=person.concerned)
        else:
            yield text(line, x, under + LINE * place, size=SMALL, colour=QUIET)


def _shape(symbol: Symbol, half: float) -> str:
    """A square for a male, a circle for a female, a triangle before birth; a diamond for anybody else."""
    x, y, person = symbol.x, symbol.y, symbol.person
    if person.unborn:
        low = y + half * 0.8
        return f'<polygon points="{_points(((x, y - half), (x + half, low), (x - half, low)))}"/>'
    if person.sex == "M":
        return f'<rect x="{x - half:g}" y="{y - half:g}" width="{2 * half:g}" height="{2 * half:g}"/>'
    if person.sex == "F":
        return f'<circle cx="{x:g}" cy="{y:g}" r="{half:g}"/>'
    return f'<polygon points="{_points(((x, y - half), (x + half, y), (x, y + half), (x - half, y)))}"/>'
