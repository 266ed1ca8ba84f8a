"""Names people are called, and how common names are: two lists made by hand beside this file."""

from collections import defaultdict
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ONE_IN = {"family": 5000, "given": 1000}  # of a name that is not among the common ones


@cache
def called() -> dict[str, frozenset[str]]:
    """Each name and form with the names it may stand for: "liz" for "elizabeth", "alex" for two."""
    stands_for: dict[str, set[str]] = defaultdict(set)
    for line in _lines("nicknames.txt"):
        name, forms = line.split(":")
        for form in (name, *forms.split()):
            stands_for[form].add(name)
    return {form: frozenset(names) for form, names in stands_for.items()}


def may_be_called(one: str, other: str) -> bool:
    """Whether two plain first names are forms of one name."""
    return bool(called().get(one, frozenset()) & called().get(other, frozenset()))


@cache
def forms_of(name: str) -> frozenset[str]:
    """Every form a plain first name may be known by, itself among them."""
    names = called().get(name, frozenset())
    return frozenset({name} | {form for form, meant in called().items() if meant & names})


@cache
def shares() -> dict[tuple[str, str], float]:
    """The share of people who bear a name, by kind (family or given) and name."""
    found: dict[tuple[str, str], float] = {}
    for line in _lines("common_names.txt"):
        kind, words = line.split(":")
        names = words.split()
        found |= {(kind, name): 1 / int(number) for name, number in zip(names[::2], names[1::2], strict=True)}
    return found


def share_of(kind: str, name: str) -> float:
    """How likely it is that somebody bears this name by chance."""
    return shares().get((kind, name), 1 / ONE_IN[kind])


def _lines(file: str) -> list[str]:
    text = (HERE / file).read_text()
    return [line for line in text.splitlines() if line and not line.startswith("#")]
