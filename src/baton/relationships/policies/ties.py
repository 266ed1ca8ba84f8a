"""What must be true of a tie of the family's network before it is kept."""

from dataclasses import dataclass
from datetime import date

from baton.relationships.states import Energy, Strength


@dataclass(frozen=True)
class ToldTie:
    """A tie as somebody tells it; `member` is the id of whose it is, none for the whole family's."""

    name: str
    kind: str
    member: int | None = None
    strength: str = Strength.ORDINARY
    energy: str = Energy.NEITHER
    from_on: date | None = None
    until_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class TieFacts:
    """What is told, and the days of the same tie as it is recorded already."""

    told: ToldTie
    today: date
    others: tuple[tuple[date | None, date | None], ...] = ()


def it_has_a_name(facts: TieFacts) -> bool:
    """Enter who or what it is."""
    return bool(facts.told.name.strip())


def tie_ends_after_it_starts(facts: TieFacts) -> bool:
    """It cannot end before it starts. Check both dates."""
    told = facts.told
    return told.from_on is None or told.until_on is None or told.from_on <= told.until_on


def tie_dates_are_past(facts: TieFacts) -> bool:
    """Dates must be today or in the past."""
    return all(on is None or on <= facts.today for on in (facts.told.from_on, facts.told.until_on))


def tie_is_not_said_twice(facts: TieFacts) -> bool:
    """This is in the network already for the same time. Change what is there, or end it first."""
    told = facts.told
    return not any(
        (until is None or told.from_on is None or told.from_on < until)
        and (told.until_on is None or start is None or start < told.until_on)
        for start, until in facts.others
    )


TO_TIE = (it_has_a_name, tie_ends_after_it_starts, tie_dates_are_past, tie_is_not_said_twice)
