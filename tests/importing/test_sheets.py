"""Sheets in whatever encoding and with whatever sign between."""

import csv
import io
import string
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.importing.reading.sheets import Sheet, SheetError, columns_of, encoding_of, find_sheet, rows_of

NAMES = st.text(string.ascii_letters + "éèêëñöüßçåøæÉÑÖÜ'’- ", min_size=1, max_size=20).map(str.strip).filter(bool)
CELLS = st.text(string.ascii_letters + string.digits + "éñöü£ ,;|\t\"'", max_size=15).map(str.strip)
SAFE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


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
        columns_of(Sheet(written(tmp_path / "a.csv", [["ID", "id"]])))
    with pytest.raises(SheetError, match="line 2: more cells"):
        list(
            rows_of(
                Sheet(written(tmp_path / "b.csv", [["ID"], ["1", "2"]])),
            )
        )
    with pytest.raises(SheetError, match="empty"):
        columns_of(Sheet(written(tmp_path / "c.csv", [])))


def test_a_workbook_gives_its_cells_as_they_are(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "Extract.xlsx", "People", [["ID", "Born"], ["P1", 42127]])
    found = find_sheet(tmp_path, "people")
    assert found == Sheet(path, "People")
    assert list(rows_of(found)) == [(2, {"id": "P1", "born": 42127.0})]


def test_what_is_no_workbook_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "people.xlsx").write_bytes(b"not one")
    with pytest.raises(SheetError, match="Save it anew"):
        find_sheet(tmp_path, "people")


def a_workbook(path: Path, tab: str, rows: list[list[object]]) -> Path:
    """The smallest workbook there is, by hand."""
    cells = "".join(
        f'<row r="{y}">' + "".join(_cell(f"{chr(64 + x)}{y}", cell) for x, cell in enumerate(row, start=1)) + "</row>"
        for y, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{tab}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


def _cell(at: str, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'
