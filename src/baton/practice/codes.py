"""Lists of codes with the days they are in force: what a screen offers on a day, and what a code meant when written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from baton.practice.entries import Entry, Problem, read_entry

CODES = Path(__file__).resolve().parents[3] / "codes"


class CodesError(ValueError):
    """The files of codes hold mistakes, one line of the message each."""


@dataclass(frozen=True)
class Code:
    """One code: what it is written as, what it is called, and the days it is in force, both included."""

    code: str
    title: str
    group: str = ""
    from_on: date = date.min
    until_on: date = date.max

    def in_force(self, on: date) -> bool:
        """Whether the code may be chosen on a day."""
        return self.from_on <= on <= self.until_on


@dataclass(frozen=True)
class CodeList:
    """A list of codes in the order a screen shows them, its source, and the day a person last compared it with that."""

    id: str
    title: str
    source: str
    codes: Mapping[str, Code] = field(default_factory=dict)
    checked_on: date | None = None

    def on(self, on: date) -> tuple[Code, ...]:
        """The codes in force on a day."""
        return tuple(code for code in self.codes.values() if code.in_force(on))

    def title_of(self, code: str) -> str:
        """What a code is or was called; the code itself where nobody listed it."""
        return self.codes[code].title if code in self.codes else code


def code_list(name: str) -> CodeList:
    """A list by its id. Raises KeyError, and CodesError when the files hold mistakes."""
    return code_lists()[name]


@lru_cache(maxsize=4)
def code_lists(root: Path = CODES) -> Mapping[str, CodeList]:
    """Every list of codes by its id. Raises CodesError."""
    problems: list[Problem] = []
    lists = _read(root, problems)
    if problems:
        raise CodesError("\n".join(map(str, sorted(set(problems)))))
    return lists


def check_codes(root: Path = CODES) -> list[Problem]:
    """Every mistake in the files of codes, by file and line; empty when there is none."""
    problems: list[Problem] = []
    _read(root, problems)
    return sorted(set(problems))


def _read(root: Path, problems: list[Problem]) -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for path in sorted(root.glob("*.yaml")):
        file = read_entry(path, problems, called=f"{root.name}/{path.name}")
        for entry in file.entries("lists"):
            made = _list(entry)
            if made.id in lists:
                entry.complain(f'The list "{made.id}" is there already', "Give it another id", key="id")
            lists[made.id] = made
        file.close()
    return lists


def _list(entry: Entry) -> CodeList:
    codes: dict[str, Code] = {}
    for each in entry.entries("codes"):
        code = _code(each)
        if code.code in codes:
            each.complain(f'The code "{code.code}" is in the list already', "Keep one of the two", key="code")
        codes[code.code] = code
    made = CodeList(entry.text("id"), entry.text("title"), entry.text("source"), codes, entry.optional_day("checked"))
    entry.close()
    return made


def _code(entry: Entry) -> Code:
    from_on, until_on = entry.optional_day("from") or date.min, entry.optional_day("until") or date.max
    if until_on < from_on:
        entry.complain("The code ends before it begins", "Check both days", key="until")
    made = Code(entry.text("code"), entry.text("title"), entry.optional_text("group") or "", from_on, until_on)
    entry.close()
    return made
