"""Figures as tables, each with what it counts. They are those of DOR performance framework that need no name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from baton.episodes.models import Episode
from baton.measures.queries import Figure
from baton.people.models import Person
from baton.platform.models import Organisation
from baton.practice.codes import code_list
from baton.practice.frameworks import Framework
from baton.requests.models import HelpRequest

MARKS = {"few": "fewer than 5", "rest": "all but fewer than 5", "hidden": "hidden"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
LENGTHS = {
    "3": "Up to 3 months",
    "6": "Over 3, up to 6 months",
    "9": "Over 6, up to 9 months",
    "12": "Over 9, up to 12 months",
    "more": "Over 12 months",
}
AGES = {"0-4": "0 to 4", "5-9": "5 to 9", "10-15": "10 to 15", "16-17": "16 and 17", "18+": "18 and over"}
NOT_SAID = {"-": "Not said"}
BY_LOCALITY, BY_TEAM = ".locality", ".team"


@dataclass(frozen=True)
class Names:
    """What the cells of a quarter's tables are called."""

    framework: Framework
    quarter: date
    teams: Mapping[str, str]
    localities: Mapping[str, str]

    def months(self) -> dict[str, str]:
        first = self.quarter
        return {f"{first.year}-{number:02}": MONTHS[number - 1] for number in range(first.month, first.month + 3)}

    def reasons(self) -> dict[str, str]:
        return {each.id: each.title for each in self.framework.reasons}

    def decisions(self) -> dict[str, str]:
        return {each.id: each.title for each in self.framework.decisions} | {"-": "Not answered yet"}

    def levels(self) -> dict[str, str]:
        return {str(each.number): f"Level {each.number}: {each.title}" for each in self.framework.levels}

    def places(self) -> dict[str, str]:
        return {**self.localities, "-": "No locality"}


@dataclass(frozen=True)
class Table:
    """A table as a page and a file show it: what is counted, in a sentence. The first column names the row."""

    title: str
    counts: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True)
class Sheet:
    """Tables about one thing."""

    title: str
    tables: list[Table]


@dataclass(frozen=True)
class _Kind:
    tab: str
    title: str
    counts: str
    first: str
    called: Callable[[Names], Mapping[str, str]]


def _listed(titles: Iterable[tuple[str, str]], nothing: str = "Not said") -> Callable[[Names], Mapping[str, str]]:
    known = {**dict(titles), "-": nothing}
    return lambda names: known


SEVERAL = "One with several reasons counts for each."
OF_CHILDREN = "Children of families with an open episode at the end of the quarter, to the nearest 5."
ETHNICITIES = [(code, each.title) for code, each in code_list("ethnicity").codes.items()]
ENDS = [(state.value, str(state.label)) for state in (Episode.State.CLOSED, Episode.State.STEPPED_UP)]
AGAIN = [("again", "Asked within 12 months"), ("first", "Not asked within 12 months")]
REQUESTS = (
    _Kind("requests.month", "By month", "Requests by the month they came.", "Month", Names.months),
    _Kind("requests.source", "By who asked", "Requests by who sent them.", "Who", _listed(HelpRequest.Source.choices)),
    _Kind(
        "requests.agency",
        "By agency",
        "Requests by the kind of organisation that sent them.",
        "Agency",
        _listed(Organisation.Kind.choices, "No organisation"),
    ),
    _Kind("requests.reason", "By reason", f"Requests by reason. {SEVERAL}", "Reason", Names.reasons),
    _Kind("requests.outcome", "By decision", "Requests by how they were answered since.", "Decision", Names.decisions),
    _Kind("requests.repeat", "Repeat requests", "Whether somebody had asked for the family.", "Before", _listed(AGAIN)),
)
OPENED = (
    _Kind("opened.month", "Begun by month", "Episodes by the month they began.", "Month", Names.months),
    _Kind("opened.route", "Begun by route", "Episodes by how they came.", "Route", _listed(Episode.Route.choices)),
    _Kind("opened.level", "Begun by level", "Episodes that began, by level of need.", "Level", Names.levels),
    _Kind("opened.reason", "Begun by reason", f"Episodes that began. {SEVERAL}", "Reason", Names.reasons),
    _Kind("opened.locality", "Begun by locality and team", "Episodes that began, by team.", "Team", Names.places),
)
ENDED = (
    _Kind("ended.month", "Ended by month", "Episodes by the month they ended.", "Month", Names.months),
    _Kind("ended.how", "How help ended", "Episodes that ended, closed or stepped up.", "How", _listed(ENDS)),
    _Kind("ended.length", "Length of help", "Episodes that ended, by time open.", "Open", _listed(LENGTHS.items())),
    _Kind("ended.locality", "Ended by locality and team", "Episodes that ended, by team.", "Team", Names.places),
)
NOW = (
    _Kind("now.level", "Families by level", "Open episodes, to the nearest 5.", "Level", Names.levels),
    _Kind("now.age", "Children by age", OF_CHILDREN, "Age", _listed(AGES.items())),
    _Kind("now.sex", "Children by sex", OF_CHILDREN, "Sex", _listed(Person.Sex.choices)),
    _Kind("now.ethnicity", "Children by ethnicity", OF_CHILDREN, "Ethnicity", _listed(ETHNICITIES, "Not recorded")),
)
SHEETS = (
    ("Requests for help", REQUESTS),
    ("Help that began", OPENED),
    ("Help that ended", ENDED),
    ("Helped at the end of the quarter", NOW),
)


def quarter_in_words(first: date) -> str:
    """ "July to September 2026"."""
    return f"{MONTHS[first.month - 1]} to {MONTHS[first.month + 1]} {first.year}"


def sheets_in_words(figures: Mapping[str, list[Figure]], names: Names) -> list[Sheet]:
    """Every table there is something of, under what it is about."""
    sheets = [Sheet(title, list(_tables(kinds, figures, names))) for title, kinds in SHEETS]
    timely = _timely(figures, names)
    return [sheet for sheet in [*sheets, Sheet("In time or late", [timely] if timely.rows else [])] if sheet.tables]


def number_in_words(figure: Figure) -> str:
    """The number, or why it is not said."""
    return MARKS[figure.mark] if figure.number is None else f"{figure.number:,}"


def rows_to_download(sheets: Iterable[Sheet], quarter: date) -> Iterator[tuple[str, ...]]:
    """The same tables as rows of a file: quarter, sheet, table, row, what, number."""
    yield ("Quarter", "About", "Table", "Row", "Counted", "Number")
    for sheet in sheets:
        for table in sheet.tables:
            for name, *numbers in table.rows:
                for what, number in zip(table.head[1:], numbers, strict=True):
                    yield (quarter.isoformat(), sheet.title, table.title, name, what, number.replace(",", ""))


def _tables(kinds: Iterable[_Kind], figures: Mapping[str, list[Figure]], names: Names) -> Iterator[Table]:
    for kind in kinds:
        found = figures.get(kind.tab, [])
        if found:
            rows = [*_rows(kind, found, figures, names), *_totals(found)]
            yield Table(kind.title, kind.counts, (kind.first, "Number"), rows)


def _rows(
    kind: _Kind, found: list[Figure], figures: Mapping[str, list[Figure]], names: Names
) -> Iterator[tuple[str, ...]]:
    called = {**NOT_SAID, **kind.called(names)}
    order = {cell: place for place, cell in enumerate(kind.called(names))}
    for each in sorted(found, key=lambda figure: (order.get(figure.cell, len(order)), figure.cell)):
        if each.cell:
            yield called.get(each.cell, each.cell), number_in_words(each)
        if each.cell and kind.tab.endswith(BY_LOCALITY):
            yield from _teams_of(each, figures, names)


def _teams_of(locality: Figure, figures: Mapping[str, list[Figure]], names: Names) -> list[tuple[str, ...]]:
    teams = figures.get(locality.table.replace(BY_LOCALITY, BY_TEAM), [])
    return sorted(
        (f"– {names.teams[each.cell]}", number_in_words(each)) for each in teams if each.part == locality.cell
    )


def _totals(found: Iterable[Figure]) -> Iterator[tuple[str, ...]]:
    yield from (("All", number_in_words(each)) for each in found if not each.cell)


def _timely(figures: Mapping[str, list[Figure]], names: Names) -> Table:
    rows: list[tuple[str, ...]] = []
    for rule in names.framework.clocks:
        found = {each.cell: number_in_words(each) for each in figures.get(f"timely.{rule.id}", [])}
        if found:
            rows.append((rule.title, found[""], found["on_time"], found["late"]))
    counts = "What fell due in the quarter by the framework’s own days, whatever date a manager set instead."
    return Table("Timescales", counts, ("What was due", "Due", "In time", "Late or not done"), rows)
