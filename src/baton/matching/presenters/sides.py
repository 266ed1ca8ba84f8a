"""Two records side by side, field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baton.matching.models import PossibleDuplicate
from baton.people.models import FamilyMember, Person
from baton.people.presenters.facts import Values, coded, interpreter, number, support
from baton.platform.dates_in_words import long_day


@dataclass(frozen=True)
class Kept:
    """Something a record says of a person: its name on the page, and the columns it lies in, which go together."""

    key: str
    label: str
    columns: tuple[str, ...]
    words: Callable[[Values], str] | None = None  # where what is kept is a code


FIELDS = (
    Kept("name", "Name", ("given_name", "family_name")),
    Kept("known_as", "Known as", ("known_as",)),
    Kept("born", "Date of birth", ("date_of_birth", "due_on")),
    Kept("died", "Date of death", ("died_on",)),
    Kept("sex", "Sex", ("sex",), coded("sex", "sex")),
    Kept("gender", "Gender", ("gender",), coded("gender", "gender")),
    Kept("ethnicity", "Ethnicity", ("ethnicity",), coded("ethnicity", "ethnicity")),
    Kept("language", "First language", ("first_language",), coded("language", "first_language")),
    Kept("interpreter", "Interpreter", ("interpreter_needed", "interpreter_language"), interpreter),
    Kept("communication", "Communication", ("communication",)),
    Kept("nhs", "NHS number", ("nhs_number", "no_nhs_number"), number("nhs_number", "no_nhs_number")),
    Kept("upn", "Unique pupil number", ("upn", "no_upn"), number("upn", "no_upn")),
    Kept("uln", "Unique learner number", ("uln", "no_uln"), number("uln", "no_uln")),
    Kept("disabilities", "Disabilities", ("disabilities",), coded("disability", "disabilities")),
    Kept("send", "Special educational needs", ("send", "send_needs"), support),
    Kept("phone", "Phone", ("phone",)),
    Kept("email", "Email", ("email",)),
    Kept("address", "Address", ("address", "postcode")),
    Kept("school", "School", ("school",)),
)
SILENT: tuple[object, ...] = ("", None, False, [], "U")
NOT_SAID = "Not recorded"


@dataclass(frozen=True)
class Side:
    """One field of both records, and whether somebody must choose between them."""

    kept: Kept
    one: str
    other: str
    differ: bool
    must_choose: bool


def sides_of(pair: PossibleDuplicate) -> list[Side]:
    """Every field that either record says something of."""
    sides = []
    for kept in FIELDS:
        one, other = (_values(person, kept) for person in (pair.one, pair.other))
        said = [any(value not in SILENT for value in values) for values in (one, other)]
        if any(said):
            differ = one != other
            sides.append(Side(kept, in_words(kept, one), in_words(kept, other), differ, differ and all(said)))
    return sides


def columns_taken(pair: PossibleDuplicate, *, keep: str, chosen: Mapping[str, str]) -> list[str]:
    """The columns whose value is to be that of the record that goes: those chosen, and those the other is silent on."""
    gone = "other" if keep == "one" else "one"
    taken: list[str] = []
    for side in sides_of(pair):
        values = {"one": side.one, "other": side.other}
        only_there = values[keep] == NOT_SAID and values[gone] != NOT_SAID
        if side.differ and (chosen.get(side.kept.key) == gone or (not side.must_choose and only_there)):
            taken += side.kept.columns
    return taken


def _values(person: Person, kept: Kept) -> list[Any]:
    return [getattr(person, column) for column in kept.columns]


def in_words(kept: Kept, values: Sequence[Any]) -> str:
    if all(value in SILENT for value in values):
        return NOT_SAID
    if kept.words is not None:
        return kept.words(dict(zip(kept.columns, values, strict=True))) or NOT_SAID
    return " ".join(long_day(value) if isinstance(value, date) else str(value) for value in values if value)


def families_in_words(members: Sequence[FamilyMember]) -> list[str]:
    """One line a family: "Quillfeather family, North team", and that somebody left it."""
    lines = []
    for member in members:
        team = f", {member.family.team.name}" if member.family.team else ""
        left = f", left on {long_day(member.until_on)}" if member.until_on else ""
        lines.append(f"{member.family.name} family ({member.get_part_display().lower()}){team}{left}")
    return lines
