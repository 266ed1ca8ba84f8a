"""Each mapping that comes with Baton, from a small extract with real trouble to the record and back."""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from baton.importing.jobs import take_back
from baton.importing.models import Run
from baton.platform.database import as_owner
from baton.platform.models import Change
from tests.factories.places import Place
from tests.importing.systems import SYSTEMS, System
from tests.importing.test_undoing import everything

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
OUTCOMES = {"new": "New", "stopped": "Not brought"}
Row = dict[str, str]


def brought(system: System, folder: Path, place: Place, *, out: str, is_dry: bool) -> tuple[list[Row], Run, str]:
    """The lines of the report, the run, and the summary."""
    call_command(
        "import_extract", system.name, str(folder), report=folder / out, email=place.administrator.email,
        team=place.team.name, dry_run=is_dry,
    )  # fmt: skip
    with (folder / out / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    with as_owner():
        return lines, Run.objects.latest("pk"), (folder / out / "summary.txt").read_text()


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_an_extract_comes_whole_each_trouble_in_a_line_and_goes_again(
    system: System, tmp_path: Path, place: Place, capsys: Any
) -> None:
    system.write(tmp_path)
    before = everything()

    tried, dry, summary = brought(system, tmp_path, place, out="tried", is_dry=True)
    assert everything() == before
    each_trouble_has_its_line(system, tried)
    every_row_is_somewhere(system, dry, tried)
    names_nobody(system, summary)

    lines, run, _ = brought(system, tmp_path, place, out="brought", is_dry=False)
    assert lines == tried, "the dry run promised something else"
    assert (run.counts, run.rows, run.said) == (dry.counts, dry.rows, dry.said)
    stands = everything()
    assert stands != before

    with as_owner():
        changes = Change.objects.count()
    again, _, _ = brought(system, tmp_path, place, out="again", is_dry=False)
    assert {line["outcome"] for line in again} <= {"As it was", "Not brought"}
    assert everything() == stands
    with as_owner():
        assert Change.objects.count() == changes

    take_back(run=run, by=place.administrator)
    assert everything() == before


def each_trouble_has_its_line(system: System, lines: list[Row]) -> None:
    for (kind, source_id), (outcome, words) in system.found.items():
        told = [line for line in lines if (line["kind"], line["id there"]) == (kind, source_id)]
        said = [line for line in told if words in line["what"] and line["outcome"] == OUTCOMES[outcome]]
        assert len(said) == 1, (kind, source_id, told)
    unexpected = {
        (line["kind"], line["id there"]): line["what"]
        for line in lines
        if line["outcome"] == "Not brought" and (line["kind"], line["id there"]) not in system.found
    }
    allowed = {key: words for key, words in unexpected.items() if "line" in words or "marked" in words}
    assert unexpected == allowed, "stopped and not expected"


def every_row_is_somewhere(system: System, run: Run, lines: list[Row]) -> None:
    assert sum(row["not_asked"] for row in run.rows) == system.not_asked
    for row in run.rows:
        outcomes = [row.get(outcome, 0) for outcome in ("new", "changed", "same", "stopped", "not_asked")]
        assert sum(outcomes) == row["read"], row
        told = {line["line"] for line in lines if line["sheet"] == row["sheet"]}
        assert len(told) == row["read"] - row["not_asked"], row


def names_nobody(system: System, summary: str) -> None:
    cells = {cell for text in system.sheets.values() for line in text.splitlines()[1:] for cell in line.split(",")}
    private = {cell for cell in cells if cell.istitle() and len(cell) > 4} | {"Harrowick", "Piran", "Kerensa"}
    assert not [cell for cell in private if cell in summary]
