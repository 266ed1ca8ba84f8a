"""What a run found and did, in words: the summary, and a line for every row."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from baton.importing.models import Run, Staged
from baton.importing.queries.matches import KnownPerhaps
from baton.importing.queries.reports import Report
from baton.platform.dates_in_words import moment

KINDS = {
    "family": "Families", "person": "People", "membership": "Memberships of families", "home": "Homes",
    "involvement": "Agencies that work with somebody", "relationship": "Relationships",
    "request": "Requests", "episode": "Episodes", "event": "Events",
}  # fmt: skip
LEVEL_WORDS = {"stops": "Not brought", "left out": "Brought without a value", "note": "Worth knowing"}
# What became of a row; together they are all rows that were read.
OUTCOMES = {
    "new": "new", "changed": "changed there", "same": "as before", "stopped": "not brought",
    "not_asked": "not asked for by the mapping",
}  # fmt: skip
LINE_HEADER = ("sheet", "line", "kind", "id there", "outcome", "finding", "field", "what")
MATCH_HEADER = ("sheet", "line", "id there", "person in Baton", "how sure", "score", "why", "why not")
Lines = Iterable[tuple[str, int, str, str, str, list[list[str]]]]


def summary(run: Run, report: Report, *, is_dry: bool, at: datetime) -> Iterator[str]:
    """The summary as lines of text. It holds counts and kinds of finding, and nothing of anybody."""
    yield f"{run.title}: {'a dry run; nothing was kept' if is_dry else f'run {run.pk}'}. {moment(at)}."
    yield ""
    yield from _sheets(report.rows)
    yield ""
    yield from _table(report.counts)
    if report.not_brought:
        yield from ("", "Columns and sheets of which nothing is brought:")
        yield from (f"  {words}" for words in not_brought_in_words(report.not_brought))
    for level, words in LEVEL_WORDS.items():
        rows = [each for each in report.said if each[0] == level]
        if rows:
            yield from ("", f"{words}:")
            yield from (f"  {times:>9,}  {field}: {what}" for _, field, what, times in rows)
    if report.known:
        yield from ("", "New people who may be known already (matches.csv says who, and why):")
        yield from (f"  {number:>9,}  {sure}" for sure, number in report.known.items())
    for kind, number in report.gone:
        yield f"{KINDS[kind]} brought before that are not in this extract: {number:,}. Nothing was done with them."


def not_brought_in_words(found: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Each column, sheet or code of which nothing was made, and why."""
    for sheet, column, why, times in found:
        what = f"{sheet}, {column}" if column else sheet
        rows = f"; it says something in {times:,} row{'' if times == 1 else 's'}" if times else ""
        yield f"not brought: {what}, because {why}{rows}"


def line_rows(lines: Lines) -> Iterator[tuple[str, ...]]:
    """A line of the report for every row, or for each thing that was found in it."""
    for sheet, line, kind, source_id, outcome, findings in lines:
        told = (sheet, str(line), kind, source_id, str(Staged.Outcome(outcome).label))
        if not findings:
            yield (*told, "", "", "")
        for level, field, words in findings:
            yield (*told, LEVEL_WORDS[level], field, words)


def match_rows(known: Iterable[KnownPerhaps]) -> Iterator[tuple[str, ...]]:
    """A line for each person of Baton whom a new one may be."""
    for each in known:
        score = each.likeness
        yield (
            each.sheet, str(each.line), each.source_id, str(each.person_id), score.how_sure, f"{score.sure:.3f}",
            "; ".join(score.why), "; ".join(score.why_not),
        )  # fmt: skip


def _sheets(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        became = [f"{number:,} {OUTCOMES[outcome]}" for outcome in OUTCOMES if (number := row.get(outcome, 0))]
        yield f"{row['sheet']}: {row['read']:,} rows read" + (f": {', '.join(became)}" if became else "")


def _table(counts: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    outcomes = list(Staged.Outcome)
    yield f"{'':<26}" + "".join(f"{outcome.label:>28}" for outcome in outcomes)
    for kind, title in KINDS.items():
        if kind in counts:
            yield f"{title:<26}" + "".join(f"{counts[kind].get(outcome.value, 0):>28,}" for outcome in outcomes)


def run_in_words(run: Run) -> str:
    """A run as one line: its number, what, when, by whom, and how many records it brought."""
    brought = ", ".join(f"{number:,} {title.lower()}" for title, number in brought_by(run))
    undone = f" by {run.undone_by.name}, {moment(run.undone_at)}" if run.undone_by and run.undone_at else ""
    state = f"{run.get_state_display()}{undone}"
    return f"{run.pk}: {run.title}, {moment(run.started_at)}, by {run.started_by.name}. {state}. {brought}".strip()


def brought_by(run: Run) -> list[tuple[str, int]]:
    """How many new or changed records of each kind a run brought."""
    numbers = [(title, run.counts.get(kind, {})) for kind, title in KINDS.items()]
    return [(title, found.get("new", 0) + found.get("changed", 0)) for title, found in numbers if found]
