"""How each thing that is known of two people compares: one level each, or none where either is silent."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from baton.matching.likeness.facts import Facts
from baton.matching.likeness.names import may_be_called
from baton.matching.likeness.sounds import sound_of

NEAR_NAME = 0.88  # Jaro-Winkler
MALE_OR_FEMALE = {"M", "F"}
Level = str
Compare = Callable[[str, str], Level]


def levels_of(one: Facts, other: Facts) -> dict[str, Level]:
    """The level of every comparison that both records allow, by its name."""
    found = _names(one, other) | {
        "born": born(one.born, other.born),
        "sex": _sex(one.sex, other.sex),
        "postcode": _closest(one.postcodes, other.postcodes, _postcode, ("same", "near", "district", "different")),
        "address": _closest(one.addresses, other.addresses, address, ("same", "near", "street", "different")),
        "school": _closest(one.schools, other.schools, _school, ("same", "different")),
        "phone": _closest(one.phones, other.phones, _equal, ("same", "different")),
        "identifier": _identifier(one, other),
    }
    return {name: level for name, level in found.items() if level}


def _names(one: Facts, other: Facts) -> dict[str, Level]:
    """First and family name, or that they stand the wrong way round."""
    given = _closest(
        one.given, other.given, given_name, ("same", "called", "near", "sounds", "part", "initial", "different")
    )
    family = _closest(one.family, other.family, family_name, ("same", "near", "sounds", "part", "different"))
    if "same" not in (given, family) and _swapped(one, other):
        return {"given": "swapped"}
    return {"given": given, "family": family}


def _swapped(one: Facts, other: Facts) -> bool:
    """Whether the first name of each is the family name of the other, one of the two to within a letter."""
    there = [(given, family) for given, family in product(one.given, other.family) if _is_near(given, family)]
    back = [(family, given) for family, given in product(one.family, other.given) if _is_near(family, given)]
    if there and back:
        return True
    half_silent = not (one.given and one.family and other.given and other.family)
    return half_silent and bool(there or back)


def _is_near(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and OSA.distance(one, other) <= 1)


def given_name(one: str, other: str) -> Level:
    """How two first names compare: "liz" and "elizabeth" are forms of one."""
    if one == other:
        return "same"
    if may_be_called(one, other) or may_be_called(one.split()[0], other.split()[0]):
        return "called"
    if 1 in (len(one), len(other)):
        return "initial" if one[0] == other[0] else "different"
    return _spelling(one, other)


def family_name(one: str, other: str) -> Level:
    """How two family names compare: "marsh" is part of "marsh otterby"."""
    return "same" if one.replace(" ", "") == other.replace(" ", "") else _spelling(one, other)


def _spelling(one: str, other: str) -> Level:
    if _is_near(one, other):
        return "near"
    if set(one.split()) & set(other.split()) or (min(len(one), len(other)) > 3 and (one in other or other in one)):
        return "part"
    if JaroWinkler.similarity(one, other) >= NEAR_NAME:
        return "near"
    return "sounds" if len(sound_of(one)) > 1 and sound_of(one) == sound_of(other) else "different"


def born(one: date | None, other: date | None) -> Level:
    """How two dates of birth compare."""
    if one is None or other is None:
        return ""
    if one == other:
        return "same"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "swapped"
    if OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}") == 1:
        return "digit"
    if (one.month, one.day) == (other.month, other.day):
        return "birthday"
    if one.year == other.year and (one.month == other.month or one.day == other.day):
        return "month"
    return "year" if one.year == other.year else "different"


def _sex(one: str, other: str) -> Level:
    if not {one, other} <= MALE_OR_FEMALE:
        return ""
    return "same" if one == other else "different"


def _postcode(one: str, other: str) -> Level:
    if one == other:
        return "same"
    if len(one) == len(other) and OSA.distance(one, other) == 1:
        return "near"
    return "district" if len(one) > 4 and one[:-3] == other[:-3] else "different"


def address(one: str, other: str) -> Level:
    """How two addresses compare, whatever the order of their parts; another house of one street is another address."""
    if one == other:
        return "same"
    alike = fuzz.token_sort_ratio(one, other)
    numbers = [{word for word in words.split() if word[0].isdigit()} for words in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return "street" if alike >= 80 else "different"
    if alike >= 92:
        return "same"
    return "near" if alike >= 70 else "different"


def _school(one: str, other: str) -> Level:
    return "same" if fuzz.token_set_ratio(one, other) >= 90 else "different"


def _equal(one: str, other: str) -> Level:
    return "same" if one == other else "different"


def _identifier(one: Facts, other: Facts) -> Level:
    """The best of the identifiers of which both have one of the same kind."""
    theirs = dict(other.identifiers)
    pairs = [(value, theirs[kind]) for kind, value in one.identifiers if kind in theirs]
    levels = {
        "same" if mine == their else "near" if OSA.distance(mine, their) == 1 else "different" for mine, their in pairs
    }
    return next((level for level in ("same", "near", "different") if level in levels), "")


def _closest(ones: Sequence[str], others: Sequence[str], compare: Compare, order: tuple[Level, ...]) -> Level:
    """The best level that any of one person's and any of the other's reach; none where either has none."""
    if not ones or not others:
        return ""
    levels = {compare(one, other) for one, other in product(ones, others)}
    return next((level for level in order if level in levels), "")
