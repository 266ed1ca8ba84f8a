"""Ranks the people a search may mean: the score of what was typed against what is known of each, with its reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from baton.matching.likeness.comparing import family_name, given_name
from baton.matching.likeness.facts import Facts
from baton.matching.likeness.names import forms_of
from baton.matching.likeness.scoring import Likeness, Reason, likeness
from baton.matching.likeness.typed import Typed

IDENTIFIERS = ("nhs", "upn", "uln")
AGE_FITS, AGE_MISSES = 5.0, -5.0  # bits: one in thirty is born in a given year
LETTERS_OF_A_BEGINNING = 2
BEGINS = 4.0  # bits of a name of which somebody typed the beginning


@dataclass(frozen=True)
class Ranked:
    """How well one person fits what was typed, in bits, and why."""

    bits: float
    sure: float
    how_sure: str
    why: tuple[str, ...]
    why_not: tuple[str, ...]


def facts_from(kept: Mapping[str, Any]) -> Facts:
    """The facts as the database keeps them."""
    born = kept.get("born")
    return Facts(
        given=_unique(kept.get("given", ())),
        family=_unique(kept.get("family", ())),
        born=date.fromisoformat(born) if born else None,
        sex=kept.get("sex", ""),
        postcodes=tuple(kept.get("postcodes", ())),
        addresses=tuple(kept.get("addresses", ())),
        schools=tuple(kept.get("schools", ())),
        phones=tuple(kept.get("phones", ())),
        identifiers=tuple((kind, kept[kind]) for kind in IDENTIFIERS if kept.get(kind)),
    )


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def all_forms(names: tuple[str, ...]) -> list[str]:
    """Every form of each word as a first name: typed "liz", somebody may be kept as "elizabeth"."""
    whole = {" ".join(names)} if names else set()
    return sorted(whole.union(*(forms_of(name) for name in names)))


def rank(typed: Typed, person: Facts) -> Ranked:
    """Weigh one person against what was typed, read in the way that suits them best."""
    readings = [likeness(reading, person) for reading in _readings(typed, person)]
    best = max(readings, key=lambda each: each.bits)
    reasons = [*best.reasons, *_by_age(typed, person), *_by_beginning(typed, person, best)]
    bits = best.bits + sum(reason.bits for reason in reasons[len(best.reasons) :])
    sure = 1 / (1 + 2 ** max(-1000.0, min(1000.0, -bits)))
    told = Likeness(sure, bits, tuple(sorted(reasons, key=lambda reason: -reason.bits)))
    return Ranked(bits, told.sure, told.how_sure, told.why, told.why_not)


def _readings(typed: Typed, person: Facts) -> Iterator[Facts]:
    """A word may be a first name, a last name, or of the name of a school."""
    base = Facts(born=typed.born, postcodes=typed.postcodes)
    for number in typed.numbers:
        base = replace(
            base,
            identifiers=(*base.identifiers, *((kind, value) for kind, value in person.identifiers if value == number)),
            phones=(*base.phones, *((number,) if number in person.phones else ())),
        )
    school_words = {word for school in person.schools for word in school.split()}
    of_school = tuple(word for word in typed.names if word in school_words and not _is_a_name(word, person))
    names = tuple(word for word in typed.names if word not in of_school)
    if of_school:
        base = replace(base, schools=person.schools)
    if len(names) == 1:
        is_first = any(given_name(names[0], name) in ("same", "called", "near") for name in person.given)
        yield replace(base, given=names, family=()) if is_first else replace(base, family=names)
    elif names:
        for cut in range(1, len(names)):
            yield replace(base, given=_either(names[:cut]), family=_either(names[cut:]))
            yield replace(base, given=_either(names[cut:]), family=_either(names[:cut]))
    else:
        yield base


def _either(words: tuple[str, ...]) -> tuple[str, ...]:
    """Several words are one name of several words, or its first alone."""
    return (" ".join(words), *words) if len(words) > 1 else words


def _is_a_name(word: str, person: Facts) -> bool:
    return any(given_name(word, name) in ("same", "called", "near") for name in person.given) or any(
        family_name(word, name) in ("same", "near") for name in person.family
    )


def _by_age(typed: Typed, person: Facts) -> Iterator[Reason]:
    if typed.born_from is None or typed.born_to is None or person.born is None:
        return
    fits = typed.born_from <= person.born <= typed.born_to
    words = f"aged {typed.age}" if typed.age is not None else f"born in {person.born.year}"
    yield Reason(
        "age", "fits" if fits else "misses", AGE_FITS if fits else AGE_MISSES, words if fits else "another age"
    )


def _by_beginning(typed: Typed, person: Facts, best: Likeness) -> Iterator[Reason]:
    """A name of which only the beginning was typed is not another name."""
    known = {(reason.comparison, reason.level): reason for reason in best.reasons}
    for word, (kind, names) in product(typed.names, (("given", person.given), ("family", person.family))):
        different = known.get((kind, "different"))
        if different and len(word) >= LETTERS_OF_A_BEGINNING and any(name.startswith(word) for name in names):
            known.pop((kind, "different"))
            called = "first" if kind == "given" else "last"
            yield Reason(kind, "begins", BEGINS - different.bits, f"{called} name begins with {word.title()}")
