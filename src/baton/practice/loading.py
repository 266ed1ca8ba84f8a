"""Loads the frameworks of places from their folders, checks them, and picks the version in force on a day."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from baton.practice import reading_lists
from baton.practice.citations import Document, Paragraph
from baton.practice.entries import Entry, Problem, read_entry
from baton.practice.frameworks import Framework
from baton.practice.reading import Vocabulary
from baton.practice.reading_timescales import read_oversight, read_timescales

FRAMEWORKS = Path(__file__).resolve().parents[3] / "frameworks"
SOURCES = "sources"
LISTS = (
    "framework", "records", "reasons", "decisions", "levels", "roles", "tools", "outcomes", "closure", "agreement",
    "lawful_basis", "retention",
)  # fmt: skip
FILES = (*LISTS, "timescales", "oversight", "assessment")


class FrameworkError(ValueError):
    """A framework's files hold mistakes; each is one line of the message and one item of `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class UnknownFrameworkError(LookupError):
    """There is no such place, no such version of it, or none in force on that day."""


def places(root: Path = FRAMEWORKS) -> tuple[str, ...]:
    """The places that have a framework, by the names of their folders."""
    return tuple(sorted(folder.parent.name for folder in root.glob("*/framework.yaml")))


def load_framework(place: str, *, version: str | None = None, root: Path = FRAMEWORKS) -> Framework:
    """A version of a place's framework; the newest when none is named. Raises UnknownFrameworkError, FrameworkError."""
    versions = framework_versions(place, root=root)
    if version is None:
        return versions[-1]
    for framework in versions:
        if framework.version == version:
            return framework
    known = ", ".join(each.version for each in versions)
    raise UnknownFrameworkError(f"{place} has no framework version {version}; it has {known}")


def framework_in_force(place: str, *, on: date, root: Path = FRAMEWORKS) -> Framework:
    """The version of a place's framework in force on a day. Raises UnknownFrameworkError, FrameworkError."""
    for framework in reversed(framework_versions(place, root=root)):
        until = framework.in_force_until
        if framework.in_force_from <= on and (until is None or on <= until):
            return framework
    raise UnknownFrameworkError(f"{place} has no framework in force on {on.isoformat()}")


@lru_cache(maxsize=64)
def framework_versions(place: str, *, root: Path = FRAMEWORKS) -> tuple[Framework, ...]:
    """Every version of a place's framework, oldest first. Raises UnknownFrameworkError, FrameworkError."""
    if place not in places(root):
        raise UnknownFrameworkError(f"There is no framework for {place}; there is one for {', '.join(places(root))}")
    problems: list[Problem] = []
    documents = read_documents(root, problems)
    versions = [_read_version(folder, root, documents, problems) for folder in _version_folders(root / place)]
    if problems:
        raise FrameworkError(sorted(set(problems)))
    return tuple(sorted(versions, key=lambda framework: framework.in_force_from))


def check_frameworks(root: Path = FRAMEWORKS) -> list[Problem]:
    """Every mistake in every framework under a folder, by file and line; empty when there is none."""
    problems: list[Problem] = []
    documents = read_documents(root, problems)
    for place in places(root):
        for folder in _version_folders(root / place):
            _read_version(folder, root, documents, problems)
    return sorted(set(problems))


def read_documents(root: Path, problems: list[Problem]) -> Mapping[str, Document]:
    """The council documents and their paragraphs, by short code."""
    files = (read_entry(path, problems, called=_called(path, root)) for path in sorted((root / SOURCES).glob("*.yaml")))
    return {document.id: document for document in map(_document, files)}


def _document(file: Entry) -> Document:
    entries = file.entries("paragraphs")
    _refuse_same_paragraph(entries)
    paragraphs = (_paragraph(entry) for entry in entries)
    made = Document(
        file.text("id"),
        file.text("title"),
        file.text("publisher"),
        file.text("called"),
        {paragraph.id: paragraph for paragraph in paragraphs},
    )
    file.close()
    return made


def _paragraph(entry: Entry) -> Paragraph:
    number, title = entry.text("id"), entry.text("title")
    named = number if number[:1].isdigit() else f"“{title}”"
    made = Paragraph(number, title, entry.optional_text("called") or named)
    entry.close()
    return made


def _refuse_same_paragraph(entries: tuple[Entry, ...]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.text("id") in seen:
            entry.complain(f'Paragraph "{entry.text("id")}" is listed twice', "Keep one of the two", key="id")
        seen.add(entry.text("id"))


def _version_folders(place: Path) -> list[Path]:
    return sorted(path.parent for path in place.rglob("framework.yaml"))


def _called(path: Path, root: Path) -> str:
    return str(path.relative_to(root.parent))


def _read_version(folder: Path, root: Path, documents: Mapping[str, Document], problems: list[Problem]) -> Framework:
    """One version's files as a framework. What is wrong in them is added to the problems."""
    paths = {name: folder / f"{name}.yaml" for name in FILES}
    files = {name: read_entry(path, problems, called=_called(path, root)) for name, path in paths.items()}
    known = _vocabulary(files, documents)
    made = Framework(documents=documents, **_main(files, known), **_rules(files, known), **_lists(files, known))
    files["agreement"].day("checked_on")
    for name in LISTS:
        files[name].close()
    return made


def _vocabulary(files: Mapping[str, Entry], documents: Mapping[str, Document]) -> Vocabulary:
    tools = ((entry.text("id"), entry.texts("known_as")) for entry in files["tools"].entries("tools"))
    return Vocabulary(
        documents,
        roles=frozenset(entry.text("id") for entry in files["roles"].entries("roles")),
        tools={tool: frozenset((tool, *others)) for tool, others in tools},
        flags=frozenset(entry.text("id") for entry in files["framework"].entries("exceptions")),
        levels=frozenset(entry.number("number") for entry in files["levels"].entries("levels")),
    )


def _main(files: Mapping[str, Entry], known: Vocabulary) -> dict[str, Any]:
    main = files["framework"]
    return {
        "place": main.text("place"),
        "name": main.text("name"),
        "version": main.text("version"),
        "in_force_from": main.day("in_force_from"),
        "in_force_until": main.optional_day("in_force_until"),
        "terms": dict(main.entry("terms").items()),
        "social_care_contact": reading_lists.social_care_contact(main.entry("social_care_contact"), known),
    }


def _rules(files: Mapping[str, Entry], known: Vocabulary) -> dict[str, Any]:
    since = files["framework"].optional_day("in_force_from") or date.min
    timescales, unset = read_timescales(files["timescales"], known, since=since)
    return {
        "timescales": timescales,
        "unset": unset,
        "oversight": read_oversight(files["oversight"], known, since=since),
        "assessment": reading_lists.read_assessment(files["assessment"], known),
    }


def _lists(files: Mapping[str, Entry], known: Vocabulary) -> dict[str, Any]:
    read = reading_lists.read_list
    return {
        "exceptions": read(files["framework"], "exceptions", reading_lists.named_exception, known),
        "records": read(files["records"], "records", reading_lists.record, known),
        "reasons": read(files["reasons"], "reasons", reading_lists.listed, known),
        "decisions": read(files["decisions"], "decisions", reading_lists.decision, known),
        "levels": read(files["levels"], "levels", reading_lists.level, known),
        "roles": read(files["roles"], "roles", reading_lists.role, known),
        "tools": read(files["tools"], "tools", reading_lists.tool, known),
        "outcomes": read(files["outcomes"], "outcomes", reading_lists.listed, known),
        "closure_reasons": read(files["closure"], "reasons", reading_lists.listed, known),
        "retention": read(files["retention"], "rules", reading_lists.retention_rule, known),
        "goal_outcomes": read(files["closure"], "goal_outcomes", reading_lists.goal_outcome, known),
        "agreement": read(files["agreement"], "says", reading_lists.listed, known),
        "leaflet": files["agreement"].optional_text("leaflet") or "",
        "lawful_bases": read(files["lawful_basis"], "purposes", reading_lists.processing, known),
        "lawful_bases_checked_on": files["lawful_basis"].day("checked_on"),
    }
