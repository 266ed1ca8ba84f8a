"""Sheets in whatever encoding and with whatever sign between."""

import csv
import io
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.importing.reading.sheets import Sheet, SheetError, encoding_of, find_sheet, header_of, rows_of
from tests.importing.workbooks import a_workbook

NAMES = st.text(string.ascii_letters + "éèêëñöüßçåøæÉÑÖÜ'’- ", min_size=1, max_size=20).map(str.strip).filter(bool)
CELLS = st.text(string.ascii_letters + string.digits + "éñöü£ ,;|\t\"'", max_size=15).map(str.strip)
SAFE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def written(path: Path, rows: list[list[str]], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@SAFE
@given(NAMES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.sampled_from(",;\t|"))
def test_a_name_is_read_in_any_encoding_and_between_any_sign(
    tmp_path: Path, name: str, encoding: str, delimiter: str
) -> None:
    path = written(
        tmp_path / "a.csv", [["ID", "Name", "Town"], ["1", name, "Poole"]], encoding=encoding, delimiter=delimiter
    )
    assert list(rows_of(Sheet(path))) == [(2, {"id": "1", "name": name, "town": "Poole"})]


@SAFE
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8))
def test_every_row_that_says_something_is_read_at_its_line(tmp_path: Path, rows: list[list[str]]) -> None:
    path = written(tmp_path / "b.csv", [["A", "B", "C"], *rows])
    read = list(rows_of(Sheet(path), delimiter=","))
    assert [list(row.values()) for _, row in read] == [row for row in rows if any(row)]
    assert [line for line, _ in read] == [line for line, row in enumerate(rows, start=2) if any(row)]


def test_a_cell_of_several_lines_does_not_shift_those_after_it(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [["ID", "Address"], ["1", "1 Test Lane\nPoole"], ["2", "x"]])
    assert [line for line, _ in rows_of(Sheet(path))] == [2, 4]


def test_text_without_a_mark_is_utf8_where_all_of_it_is_and_else_of_windows(tmp_path: Path) -> None:
    assert encoding_of(written(tmp_path / "a.csv", [["Zoë"]])) == "utf-8"
    assert encoding_of(written(tmp_path / "b.csv", [["Zoë"]], encoding="cp1252")) == "cp1252"
    assert encoding_of(written(tmp_path / "c.csv", [["Zoe"]], encoding="utf-16-le")) == "utf-16-le"


def test_a_sheet_is_found_whatever_the_case_of_its_name(tmp_path: Path) -> None:
    written(tmp_path / "SSD_Person.CSV", [["a"]])
    found = find_sheet(tmp_path, "ssd_person")
    assert found is not None
    assert found.path.name == "SSD_Person.CSV"
    assert find_sheet(tmp_path, "ssd_family") is None


def test_two_columns_of_one_name_and_too_many_cells_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="two columns"):
        header_of(Sheet(written(tmp_path / "a.csv", [["ID", "id"]])))
    with pytest.raises(SheetError, match="line 2: more cells"):
        list(
            rows_of(
                Sheet(written(tmp_path / "b.csv", [["ID"], ["1", "2"]])),
            )
        )
    with pytest.raises(SheetError, match="empty"):
        header_of(Sheet(written(tmp_path / "c.csv", [])))


def test_a_workbook_gives_its_cells_as_they_are(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "Extract.xlsx", "People", [["ID", "Born"], ["P1", 42127]])
    found = find_sheet(tmp_path, "people")
    assert found == Sheet(path, "People")
    assert list(rows_of(found)) == [(2, {"id": "P1", "born": 42127.0})]


def test_what_is_no_workbook_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(b"not one")
    with pytest.raises(SheetError, match="Save it anew"):
        find_sheet(tmp_path, "people")


def test_the_names_of_columns_may_stand_below_a_title(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Extract of November", "", ""], ["Person", "", "Episode"], ["ID", "Born", "Start"]]
    found = Sheet(a_workbook(tmp_path / "a.xlsx", "All", [*rows, ["P1", 42127, ""]]))
    assert header_of(found, wanted={"id", "born", "start"}) == (3, ("ID", "Born", "Start"))
    assert list(rows_of(found, wanted={"id", "born", "start"})) == [(4, {"id": "P1", "born": 42127.0, "start": ""})]
    assert header_of(found) == (1, ("Extract of November", "", ""))
