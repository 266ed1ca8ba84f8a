"""The key to each picture: every sign, and what it says."""

from collections.abc import Iterator

from markupsafe import Markup

from baton.relationships.presenters.ecomap.facts import Tie
from baton.relationships.presenters.ecomap.layout import Strand
from baton.relationships.presenters.ecomap.svg import strand
from baton.relationships.presenters.genogram.svg import FONT, INK, PAPER, QUIET

Sign = tuple[str, str]
WIDE, HIGH = 64, 30
SHAPE = f'fill="{PAPER}" stroke="{INK}" stroke-width="1.6"'
LINE = f'<path d="M4 15H60" fill="none" stroke="{INK}" stroke-width="1.6"'


def genogram_key() -> list[tuple[Markup, str]]:
    """Each sign of a genogram, drawn, with what it says."""
    return [(_drawn(shape), said) for shape, said in _of_a_genogram()]


def ecomap_key() -> list[tuple[Markup, str]]:
    """Each sign of an ecomap, drawn, with what it says."""
    return [(_drawn(shape), said) for shape, said in _of_an_ecomap()]


def _of_a_genogram() -> Iterator[Sign]:
    square = f'<rect x="21" y="4" width="22" height="22" {SHAPE}/>'
    yield square, "Male"
    yield f'<circle cx="32" cy="15" r="11" {SHAPE}/>', "Female"
    yield f'<polygon points="32,3 44,15 32,27 20,15" {SHAPE}/>', "Another gender, or not known"
    yield f'<polygon points="32,4 43,24 21,24" {SHAPE}/>', "Not born yet"
    yield square + f'<rect x="24.5" y="7.5" width="15" height="15" {SHAPE}/>', "A child whom the help is for"
    yield square + f'<path d="M21 4L43 26M43 4L21 26" {SHAPE}/>', "Has died"
    yield f"{LINE}/>", "Married, or civil partners"
    yield f'{LINE} stroke-dasharray="7 5"/>', "A couple, not married"
    yield f'{LINE} stroke-dasharray="1.5 4.5"/>', "Parents of a child; nobody recorded more"
    yield f'{LINE}/><path d="M28 24L36 6" stroke="{INK}"/>', "Separated"
    yield f'{LINE}/><path d="M25 24L33 6M31 24L39 6" stroke="{INK}"/>', "Divorced"
    down = f'<path d="M32 3V27" fill="none" stroke="{INK}" stroke-width="1.6"'
    yield f"{down}/>", "Child by birth"
    yield f'{down} stroke-dasharray="7 5"/>', "Adopted child"
    yield f'{down} stroke-dasharray="1.5 4.5"/>', "Foster child"
    yield f'{down} stroke-dasharray="10 4 2 4"/>', "Child with a guardian or a carer in the family"
    home = f'fill="#f3f7fa" stroke="{QUIET}" stroke-width="1.6" stroke-dasharray="2 5" stroke-linecap="round"'
    yield f'<rect x="6" y="4" width="52" height="22" {home}/>', "Live together"


def _of_an_ecomap() -> Iterator[Sign]:
    for strength, said in (("strong", "Strong"), ("ordinary", "Ordinary"), ("weak", "Weak or uncertain"),
                           ("stressful", "Stressful or in conflict")):  # fmt: skip
        yield _strand(Tie(strength)), said
    yield _strand(Tie("ordinary", "from_family")), "The arrow points to who is given strength"


def _strand(tie: Tie) -> str:
    return "".join(strand(Strand(tie, (4, 15), (60, 15))))


def _drawn(shape: str) -> Markup:
    return Markup(  # noqa: S704 - made here, of nothing that anybody typed
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
        f' aria-hidden="true" focusable="false" font-family="{FONT}">{shape}</svg>'
    )
