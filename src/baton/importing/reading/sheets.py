"""Sheets of an extract, row by row: CSV in whatever encoding and with whatever sign between, and XLSX."""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

BOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
TEXTS = {".csv", ".txt", ".tsv"}
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",;\t|"
HEAD = 65_536  # bytes looked at to find the sign between columns
MOST_LETTERS = 1_000_000  # in one cell
ABOVE_THE_NAMES = 10  # lines with a title, or with headings over several columns
Row = tuple[int, Mapping[str, Any]]
Line = tuple[int, Sequence[Any]]


class SheetError(ValueError):
    """A sheet cannot be read; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Sheet:
    """One table of an extract: a CSV file, or one sheet of a workbook."""

    path: Path
    tab: str = ""

    @property
    def name(self) -> str:
        return f"{self.path.name}, sheet {self.tab}" if self.tab else self.path.name


def find_sheet(folder: Path, name: str, tab: str = "") -> Sheet | None:
    """The sheet a mapping names, whatever the case of its letters: a file with this name, with or without ending, or
    else a tab of that name in a workbook of the folder."""
    wanted = name.casefold()
    files = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith("~")
    )
    for path in files:
        if wanted in (path.name.casefold(), path.stem.casefold()):
            return Sheet(path, tab or (_first_tab(path) if path.suffix.lower() in BOOKS else ""))
    for path in files:
        if path.suffix.lower() in BOOKS:
            for found in _tabs(path):
                if found.casefold() == wanted:
                    return Sheet(path, found)
    return None


def sheets_in(folder: Path) -> list[str]:
    """The names of a folder's sheets without their endings, of workbooks those of their tabs."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.name[0] not in "~.")
    names: list[str] = []
    for path in files:
        tabs = _tabs(path) if path.suffix.lower() in BOOKS else []
        names += tabs if len(tabs) > 1 else [path.stem]
    return names


def stem_of(name: str) -> str:
    """The name of a sheet as a mapping writes it, in small letters and without the ending of its file."""
    return Path(name).stem.casefold() if Path(name).suffix.lower() in ENDINGS else name.casefold()


def header_of(
    sheet: Sheet, *, encoding: str = "", delimiter: str = "", wanted: Set[str] = frozenset()
) -> tuple[int, tuple[str, ...]]:
    """On which line the names of columns stand, and what they are. Raises SheetError."""
    line, header, _ = _open(sheet, encoding, delimiter, wanted)
    return line, header


def rows_of(sheet: Sheet, *, encoding: str = "", delimiter: str = "", wanted: Set[str] = frozenset()) -> Iterator[Row]:
    """Every row that is not empty, with its line as a person would count it. Raises SheetError.

    Columns are found by their names in small letters. A cell of a workbook stays what it is there: number, date, text.
    The names stand on the first line, or below a title on the one that has most of the `wanted`, in small letters.
    """
    _, header, rows = _open(sheet, encoding, delimiter, wanted)
    names = [name.casefold() for name in header]
    for line, cells in rows:
        if any(cell not in ("", None) for cell in cells):
            if len(cells) > len(names) and any(cell not in ("", None) for cell in cells[len(names) :]):
                raise SheetError(f"{sheet.name}, line {line}: more cells than columns. Check the sign between columns.")
            yield line, dict(zip(names, cells, strict=False))


def encoding_of(path: Path) -> str:
    """The encoding of a text file: by its mark, else UTF-8 where all of it is, else that of western Windows."""
    with path.open("rb") as file:
        head = file.read(4)
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return encoding
        if head[1:2] == b"\x00" or head[:1] == b"\x00":
            return "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while part := file.read(1 << 20):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def delimiter_of(path: Path, encoding: str) -> str:
    """The sign between columns: the one that parts the first line into the most, outside quotation marks."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = file.read(HEAD).splitlines()[:1]
    counts = {sign: len(next(csv.reader(first, delimiter=sign), [])) for sign in DELIMITERS} if first else {}
    return max(counts, key=lambda sign: counts[sign]) if counts else ","


def _open(sheet: Sheet, encoding: str, delimiter: str, wanted: Set[str]) -> tuple[int, tuple[str, ...], Iterator[Line]]:
    rows = _book(sheet) if sheet.path.suffix.lower() in BOOKS else _text(sheet, encoding, delimiter)
    said = [(line, cells) for line, cells in islice(rows, ABOVE_THE_NAMES) if any(_names(cells))]
    if not said:
        raise SheetError(f"{sheet.name} is empty: its first line must name the columns.")
    held = [len(wanted & {name.casefold() for name in _names(cells)}) for _, cells in said]
    at = held.index(max(held))
    line, cells = said[at]
    header = _names(cells)
    _refuse_same_names(sheet, header)
    return line, header, chain(said[at + 1 :], rows)


def _names(cells: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(cell).strip().lstrip("\ufeff") for cell in cells)


def _refuse_same_names(sheet: Sheet, header: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for name in filter(None, header):
        if name.casefold() in seen:
            raise SheetError(f'{sheet.name} has two columns called "{name}". Rename one of them in the extract.')
        seen.add(name.casefold())


def _text(sheet: Sheet, encoding: str, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(MOST_LETTERS)
    encoding = encoding or encoding_of(sheet.path)
    delimiter = delimiter or delimiter_of(sheet.path, encoding)
    errors = "replace" if encoding == "cp1252" else "strict"  # five bytes mean nothing there
    try:
        with sheet.path.open(encoding=encoding, errors=errors, newline="") as file:
            reader = csv.reader((part.replace("\0", "") for part in file), delimiter=delimiter)
            begins = 1
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
    except (UnicodeError, csv.Error, LookupError) as error:
        raise SheetError(f"{sheet.name} cannot be read as {encoding} text: {error}. Name its encoding.") from error


def _book(sheet: Sheet) -> Iterator[Line]:
    try:
        with CalamineWorkbook.from_path(sheet.path) as book:
            found = book.get_sheet_by_name(sheet.tab) if sheet.tab else book.get_sheet_by_index(0)
            begins = (found.start or (0, 0))[0] + 1
            yield from enumerate(found.to_python(skip_empty_area=True), start=begins)
    except (CalamineError, OSError) as error:
        raise SheetError(f"{sheet.name} cannot be read as a workbook: {error}. Save it anew as XLSX or CSV.") from error


def _tabs(path: Path) -> list[str]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            return list(book.sheet_names)
    except (CalamineError, OSError) as error:
        raise SheetError(f"{path.name} cannot be read as a workbook: {error}. Save it anew as XLSX or CSV.") from error


def _first_tab(path: Path) -> str:
    return next(iter(_tabs(path)), "")
