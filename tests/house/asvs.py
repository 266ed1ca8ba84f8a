"""Makes docs/security/asvs.md from docs/security/asvs.csv: `python -m tests.house.asvs`."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "security"
PAGE, ROWS, IDS = FOLDER / "asvs.md", FOLDER / "asvs.csv", FOLDER / "asvs-ids.csv"
STATUSES = ("met", "open", "not applicable")
NAMED = re.compile(r"\b(?:src|tests|docs|deploy|pyproject)[\w/.-]*\.\w+(?:::\w+)?")
CHAPTERS = {
    "1": "What goes in and out is encoded",
    "2": "Input and the order of work",
    "3": "Browsers",
    "4": "Requests and services",
    "5": "Files",
    "6": "Proving who one is",
    "7": "Sessions",
    "8": "Who may do what",
    "9": "Tokens",
    "10": "Directories (OAuth and OpenID Connect)",
    "11": "Cryptography",
    "12": "Connections",
    "13": "Configuration",
    "14": "Data",
    "15": "How it is built",
    "16": "Logs and errors",
    "17": "Calls",
}
HEAD = """# Baton beside the OWASP Application Security Verification Standard 5.0.0
Each requirement of levels 1 and 2, by its number and in our own words; its own words are at the
[Open Worldwide Application Security Project](https://owasp.org/www-project-application-security-verification-standard/).
*Met* names the test or file that shows it. *Open* says what is missing, also where something is done that no test
shows. Nobody outside the project has verified any of this.

The numbers and levels in `asvs-ids.csv` are from the standard, © OWASP Foundation, under
[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/). This page is made from `asvs.csv` by
`python -m tests.house.asvs`; change it there.
"""


@dataclass(frozen=True)
class Row:
    """One requirement and how Baton stands to it."""

    number: str
    level: str
    words: str
    status: str
    because: str

    @property
    def chapter(self) -> str:
        return self.number.split(".")[0]

    @property
    def named(self) -> list[str]:
        """The files and tests it names."""
        return NAMED.findall(self.because)


def rows() -> list[Row]:
    with ROWS.open(newline="") as file:
        return [Row(*each) for each in list(csv.reader(file))[1:]]


def levels() -> dict[str, str]:
    """Each requirement's number and its level."""
    with IDS.open(newline="") as file:
        return {row["id"]: row["level"] for row in csv.DictReader(file)}


def page() -> str:
    counts = Counter(row.status for row in rows())
    text = [HEAD, "Of {} requirements {} are met, {} open, {} not applicable.\n".format(
        len(rows()), *(counts[status] for status in STATUSES))]  # fmt: skip
    for chapter, of_chapter in groupby(rows(), key=lambda row: row.chapter):
        text += [f"## {chapter}. {CHAPTERS[chapter]}", "| | level | | | |\n|---|---|---|---|---|"]
        text += [f"| {r.number} | {r.level} | {r.words} | {r.status} | {_told(r)} |" for r in of_chapter]
        text.append("")
    return "\n".join(text)


def _told(row: Row) -> str:
    """Why, with the files and tests it names set as code."""
    return NAMED.sub(lambda found: f"`{found[0]}`", row.because)


if __name__ == "__main__":
    PAGE.write_text(page())
