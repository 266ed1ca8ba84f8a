"""Tables of the documents, read as rows."""

from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"


def tables_of(page: str) -> list[list[str]]:
    """The cells of every row of every table of a page, without the lines that head them."""
    rows = [line for line in (DOCUMENTS / page).read_text().splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    heads = {number - 1 for number, row in enumerate(cells) if set("".join(row)) <= set("-|: ")}
    return [row for number, row in enumerate(cells) if number not in heads and number - 1 not in heads]
