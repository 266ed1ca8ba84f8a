"""Framework files as entries that know their file and line, so that every mistake is named where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same reader in C, where the system has it


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A mistake in the framework data: the file, the line, what is wrong, and what to do about it."""

    file: str
    line: int
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. {self.fix}"


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it stands in a file."""

    value: object
    line: int


@dataclass
class Entry:
    """A mapping of a framework file. Reading a key notes it as known; what is left unread at `close` is a mistake."""

    file: str
    line: int
    values: dict[str, Written]
    problems: list[Problem]
    read: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether the key is written and not empty."""
        return key in self.values and self.values[key].value is not None

    def complain(self, message: str, fix: str, *, key: str | None = None) -> None:
        """Note a mistake on the key's line, or on the entry's own."""
        line = self.values[key].line if key is not None and key in self.values else self.line
        self.problems.append(Problem(self.file, line, message, fix))

    def text(self, key: str) -> str:
        """A text that must be there."""
        if not self.has(key):
            self._missing(key)
        return self.optional_text(key) or ""

    def optional_text(self, key: str) -> str | None:
        """A text that may be missing. Numbers are taken as they are written."""
        value = self._take(key)
        if value is None or isinstance(value, str):
            return value.strip() if value else None
        self.complain(f'"{key}" is not a text', "Write it as one line of words", key=key)
        return None

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        if not self.has(key):
            self._missing(key)
        return self.optional_number(key) or 0

    def optional_number(self, key: str) -> int | None:
        """A whole number that may be missing."""
        value = self._take(key)
        if value is None or (isinstance(value, str) and value.strip().isdigit()):
            return None if value is None else int(value)
        self.complain(f'"{key}" is not a whole number', "Write it in figures, such as 3", key=key)
        return None

    def flag(self, key: str) -> bool:
        """A yes or no; no when it is missing."""
        value = self._take(key)
        if value in (None, "yes", "no", "true", "false"):
            return value in ("yes", "true")
        self.complain(f'"{key}" is neither yes nor no', "Write yes or no", key=key)
        return False

    def day(self, key: str) -> date:
        """A date that must be there."""
        if not self.has(key):
            self._missing(key)
        return self.optional_day(key) or date.min

    def optional_day(self, key: str) -> date | None:
        """A date that may be missing."""
        value = self._take(key)
        try:
            return None if value is None else date.fromisoformat(str(value))
        except ValueError:
            self.complain(f'"{key}" is not a date', "Write year, month and day, such as 2026-11-22", key=key)
            return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or one text for a list of one; empty when missing."""
        value = self._take(key)
        listed = [item.value for item in value] if isinstance(value, list) else [] if value is None else [value]
        texts = tuple(item for item in listed if isinstance(item, str))
        if len(texts) == len(listed):
            return texts
        self.complain(f'"{key}" is not a list of words', "Write one item to a line, each after a dash", key=key)
        return ()

    def entry(self, key: str) -> "Entry":
        """A mapping that must be there; an empty one, with a note, when it is not."""
        if not self.has(key):
            self._missing(key)
        found = self._as_entries(key, [Written(self._take(key), self._line_of(key))])
        return found[0] if found else Entry(self.file, self._line_of(key), {}, [])

    def entries(self, key: str) -> tuple["Entry", ...]:
        """A list of mappings; empty when missing."""
        value = self._take(key)
        if value is None or isinstance(value, list):
            return self._as_entries(key, value or [])
        self.complain(f'"{key}" is not a list', "Begin each item with a dash", key=key)
        return ()

    def items(self) -> Iterator[tuple[str, str]]:
        """Every key with its text, for mappings whose keys are free."""
        for key in self.values:
            yield key, self.text(key)

    def close(self) -> None:
        """Note every key that nothing read."""
        for key in self.values.keys() - self.read:
            known = ", ".join(sorted(self.read))
            self.complain(f'Unknown key "{key}"', f"Remove it or use one of: {known}", key=key)

    def _take(self, key: str) -> object:
        self.read.add(key)
        return self.values[key].value if key in self.values else None

    def _line_of(self, key: str) -> int:
        return self.values[key].line if key in self.values else self.line

    def _missing(self, key: str) -> None:
        self.complain(f'"{key}" is missing', f'Add a line that begins "{key}:"')

    def _as_entries(self, key: str, listed: list[Written]) -> tuple["Entry", ...]:
        mappings = [item for item in listed if isinstance(item.value, dict)]
        if len(mappings) < len([item for item in listed if item.value is not None]):
            self.complain(
                f'"{key}" holds something that has no keys', "Write each item as lines of key: value", key=key
            )
        return tuple(Entry(self.file, item.line, item.value, self.problems) for item in mappings)  # type: ignore[arg-type]


def read_entry(path: Path, problems: list[Problem], *, called: str) -> Entry:
    """Read a YAML file as one entry. What cannot be read is added to the problems and gives an empty entry."""
    values: object = None
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
        values = _Nodes(called, problems).value_of(node) if node else None
    except FileNotFoundError:
        problems.append(Problem(called, 1, "The file is missing", "Add it; another place's file shows its shape"))
        return Entry(called, 1, {}, [])
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(Problem(called, _line_of_error(error), "The file is not readable as YAML", _why(error)))
        return Entry(called, 1, {}, [])
    if not isinstance(values, dict):
        problems.append(Problem(called, 1, "The file has no keys at its top", "Begin with lines of key: value"))
        return Entry(called, 1, {}, [])
    return Entry(called, 1, values, problems)


@dataclass
class _Nodes:
    """Turns YAML nodes into values with lines. Scalars stay as they are written; an empty one or ~ is None."""

    file: str
    problems: list[Problem]

    def value_of(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode):
            return [Written(self.value_of(item), item.start_mark.line + 1) for item in node.value]
        return None if node.tag == "tag:yaml.org,2002:null" else node.value

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Written]:
        found: dict[str, Written] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                message = f'"{key}" is written twice, first on line {found[key].line}'
                self.problems.append(Problem(self.file, line, message, "Keep one of the two"))
            found[key] = Written(self.value_of(value_node), line)
        return found


def _line_of_error(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _why(error: Exception) -> str:
    reason = getattr(error, "problem", None) or str(error)
    return f"Look at the indentation, colons and quotation marks here ({reason})"
