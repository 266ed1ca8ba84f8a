"""Runs of an import as pages show them: rows of a list, facts, tables of numbers."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse

from baton.importing.models import ReportLine, Run
from baton.importing.presenters.reports import KINDS, LEVEL_WORDS, OUTCOMES, brought_by
from baton.platform.dates_in_words import moment

Table = dict[str, Any]
LEFT = ("Sheet", "Column", "Why", "Rows that say something")


class RunRow(NamedTuple):
    """One run of a list."""

    name: str
    under: str
    state: str
    href: str


def runs_in_words(runs: Iterable[Run]) -> list[RunRow]:
    """Each run: its number and system, when and by whom, how many records it brought."""
    return [
        RunRow(
            f"{run.pk}: {run.title}",
            f"{moment(run.started_at)}, by {run.started_by.name}{_brought(run)}",
            run.state,
            reverse("import-run", args=[run.pk]),
        )
        for run in runs
    ]


def facts_of(run: Run) -> list[tuple[str, str]]:
    """Who brought what when, and whether it was taken back."""
    facts = [
        ("Number", str(run.pk)),
        ("Name of the system in the records", run.source),
        ("Begun", f"{moment(run.started_at)}, by {run.started_by.name}"),
    ]
    if run.ended_at:
        facts.append(("Ended", moment(run.ended_at)))
    return [*facts, ("Taken back", _taken_back(run))]


def tables_of(run: Run) -> list[Table]:
    """The report in tables: rows of each sheet, records of each kind, what was found, who may be known already."""
    shown = [
        _table("What became of the rows", ("Sheet", "Read", *map(str.capitalize, OUTCOMES.values())), _sheets(run)),
        _table("What became of the records", ("Kind", *_titles()), _kinds(run)),
        _table("Columns and sheets of which nothing is brought", LEFT, _left(run)),
        *(_table(words, ("What", "Field", "Rows"), _said(run, level)) for level, words in LEVEL_WORDS.items()),
        _table("New people who may be known already", ("How sure", "People"), list(run.known.items())),
    ]
    return [each for each in shown if each["rows"]]


def levels_of(level: str) -> list[dict[str, Any]]:
    """The choices of what to see in the report of single rows."""
    choices = [("", "All"), *LEVEL_WORDS.items()]
    return [
        {"text": words, "href": f"?show={each.replace(' ', '+')}" if each else "?", "current": each == level}
        for each, words in choices
    ]


def lines_in_words(lines: Iterable[ReportLine]) -> list[tuple[str, ...]]:
    """Sheet and line, what was found and came of it, what the row was to become, and which field of it."""
    return [
        (f"{each.sheet}, line {each.line}", each.words, each.get_outcome_display(), KINDS[each.kind], each.field)
        for each in lines
    ]


def _brought(run: Run) -> str:
    if run.state == Run.State.TRIED:
        return ""
    brought = [f"{title.lower()} {number:,}" for title, number in brought_by(run) if number]
    return f": {', '.join(brought)}" if brought else ""


def _taken_back(run: Run) -> str:
    if run.state == Run.State.TRIED:
        return "There is nothing to take back: it was only tried."
    if run.undone_by is None:
        return f"No. An operator can: baton import undo {run.pk}"
    said = f"{moment(run.undone_at)}, by {run.undone_by.name}: {_families(run.families_taken_back)}"
    stay = run.families_that_stay
    return f"{said}. Somebody has worked on {_families(stay)} since, and they stay." if stay else f"{said}."


def _families(number: int) -> str:
    return "one family" if number == 1 else f"{number:,} families"


def _table(caption: str, head: Iterable[str], rows: list[Any]) -> Table:
    columns = tuple(head)
    words = {"Field": 2, "Column": 3}.get(columns[1], 1)
    numeric = tuple(range(words, len(columns)))
    return {"caption": caption, "head": columns, "rows": rows, "numeric": numeric}


def _sheets(run: Run) -> list[list[str]]:
    return [
        [row["sheet"], f"{row['read']:,}", *(f"{row.get(outcome, 0):,}" for outcome in OUTCOMES)] for row in run.rows
    ]


def _titles() -> list[str]:
    return [words.capitalize() for outcome, words in OUTCOMES.items() if outcome != "not_asked"]


def _kinds(run: Run) -> list[list[str]]:
    return [
        [title, *(f"{run.counts[kind].get(outcome, 0):,}" for outcome in OUTCOMES if outcome != "not_asked")]
        for kind, title in KINDS.items()
        if kind in run.counts
    ]


def _left(run: Run) -> list[list[str]]:
    return [[sheet, column or "All of it", why, f"{times:,}"] for sheet, column, why, times in run.not_brought]


def _said(run: Run, level: str) -> list[list[str]]:
    return [[words, field, f"{times:,}"] for of, field, words, times in run.said if of == level]
