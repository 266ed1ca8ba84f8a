"""The facts of a person in words, and what stood before: "was Male until 3 March 2026, changed by Mina Manager"."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from baton.people.models import Person, PersonChange
from baton.platform.dates_in_words import long_day, moment
from baton.practice.codes import code_list

Values = Mapping[str, Any]
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class Fact:
    """One fact: the word in its address, what it is called, its fields on the person, and its words."""

    slug: str
    title: str
    fields: tuple[str, ...]
    words: Callable[[Values], str]


@dataclass(frozen=True)
class RowInWords:
    """One row of a person's record: what it is, what stands, where it is changed, and what stood before."""

    key: str
    value: str
    change: str
    before: tuple[str, ...] = ()
    under: str = ""
    action: str = "Change"


def coded(name: str, field: str) -> Callable[[Values], str]:
    """The words of a code, or of several."""

    def words(values: Values) -> str:
        held = values.get(field) or ""
        codes = held if isinstance(held, (list, tuple)) else [held]
        return ", ".join(code_list(name).title_of(code) for code in codes if code)

    return words


def birth(values: Values) -> str:
    born, due = as_day(values.get("date_of_birth")), as_day(values.get("due_on"))
    return f"Born {long_day(born)}" if born else f"Due {long_day(due)}" if due else ""


def death(values: Values) -> str:
    died = as_day(values.get("died_on"))
    return f"Died {long_day(died)}" if died else ""


def number(field: str, without: str = "") -> Callable[[Values], str]:
    """A number, or why there is none."""

    def words(values: Values) -> str:
        held, reason = values.get(field) or "", values.get(without) or ""
        return spaced(field, held) or (f"None: {code_list(without).title_of(reason)}" if reason else "")

    return words


def support(values: Values) -> str:
    kind = coded("send", "send")(values)
    needs = coded("send_need", "send_needs")(values)
    return ": ".join(filter(None, (kind, needs)))


def interpreter(values: Values) -> str:
    if not values.get("interpreter_needed"):
        return "No interpreter"
    language = coded("language", "interpreter_language")(values)
    return f"Interpreter needed: {language}" if language else "Interpreter needed"


def written(field: str) -> Callable[[Values], str]:
    """The text as it was written."""
    return lambda values: values.get(field) or ""


def spaced(field: str, held: str) -> str:
    """An NHS number as people read it out: three, three, four."""
    return f"{held[:3]} {held[3:6]} {held[6:]}" if field == "nhs_number" and held else held


def as_day(value: date | str | None) -> date | None:
    """A date, also one kept as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


FACTS: Mapping[str, Fact] = {
    fact.slug: fact
    for fact in (
        Fact("birth", "Date of birth", ("date_of_birth", "due_on"), birth),
        Fact("death", "Date of death", ("died_on",), death),
        Fact("sex", "Sex", ("sex",), coded("sex", "sex")),
        Fact("gender", "Gender", ("gender",), coded("gender", "gender")),
        Fact("ethnicity", "Ethnicity", ("ethnicity",), coded("ethnicity", "ethnicity")),
        Fact("nhs-number", "NHS number", ("nhs_number", "no_nhs_number"), number("nhs_number", "no_nhs_number")),
        Fact("upn", "Unique pupil number (UPN)", ("upn", "no_upn"), number("upn", "no_upn")),
        Fact("uln", "Unique learner number (ULN)", ("uln", "no_uln"), number("uln", "no_uln")),
        Fact("disability", "Disability", ("disabilities",), coded("disability", "disabilities")),
        Fact("send", "Special educational needs", ("send", "send_needs"), support),
        Fact("language", "First language", ("first_language",), coded("language", "first_language")),
        Fact("interpreter", "Interpreter", ("interpreter_needed", "interpreter_language"), interpreter),
        Fact("communication", "How best to communicate", ("communication",), written("communication")),
    )
}


def fact_in_words(fact: Fact, person: Person, changes: Iterable[PersonChange], *, change: str) -> RowInWords:
    """One fact as a row; `changes` are those of the person, the latest first."""
    stands = fact.words({name: getattr(person, name) for name in fact.fields})
    before = tuple(_was(fact, each) for each in changes if each.subject == fact.slug)
    return RowInWords(fact.title, stands or NOT_RECORDED, change, before)


def _was(fact: Fact, change: PersonChange) -> str:
    stood = fact.words(change.was) or NOT_RECORDED.lower()
    who = f", changed by {change.by.name}" if change.by else ""
    return f"{stood} until {moment(change.at)}{who}"
