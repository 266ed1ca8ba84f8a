"""The small extracts that come with Baton, written to a folder."""

from pathlib import Path

import pytest

from baton.command.line import run
from baton.importing.reading.mapping import presets, read_mapping
from baton.importing.reading.sheets import find_sheet


@pytest.mark.parametrize("name", presets())
def test_each_mapping_comes_with_every_sheet_it_reads(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "extract"
    assert run(["import", "example", name, str(folder)]) == 0
    for sheet in read_mapping(name).sheets:
        assert find_sheet(folder, sheet.sheet), sheet.sheet
        assert all(find_sheet(folder, beside.sheet) for beside in sheet.beside)


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ssd_person.csv").write_text("mine")
    assert run(["import", "example", "ssd", str(tmp_path)]) == 1
    assert "holds ssd_person.csv already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["ssd_person.csv"]
    assert (tmp_path / "ssd_person.csv").read_text() == "mine"


def test_an_unknown_name_is_answered_with_those_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "example", "carefirst", str(tmp_path)]) == 1
    assert "There are: eclipse, liquidlogic, mosaic, ssd." in capsys.readouterr().err
