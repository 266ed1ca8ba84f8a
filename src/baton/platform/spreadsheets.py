"""Tables that leave as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

# A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection"); an apostrophe before it makes it text.
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as a CSV file to download, readable by Excel, in which nothing is taken for a formula."""
    written = StringIO()
    csv.writer(written).writerows([safe(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def safe(cell: object) -> object:
    """Numbers as they are; text that would be a formula with an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(BEGIN_FORMULAS):
        return f"'{cell}"
    return cell
