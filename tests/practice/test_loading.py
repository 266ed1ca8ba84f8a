"""Mistakes in framework files are named by file, line and fix; versions are picked by the day."""

import shutil
from pathlib import Path

import pytest

from baton.practice.entries import Problem
from baton.practice.loading import (
    FRAMEWORKS,
    FrameworkError,
    UnknownFrameworkError,
    check_frameworks,
    framework_in_force,
    framework_versions,
    load_framework,
    places,
)
from tests.practice.stories import day


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of Dorset's framework and the sources, free to be spoilt."""
    copy = tmp_path / "frameworks"
    for folder in ("sources", "dorset"):
        shutil.copytree(FRAMEWORKS / folder, copy / folder)
    return copy


def spoil(root: Path, file: str, old: str, new: str) -> Path:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def line_of(path: Path, part: str) -> int:
    return next(at for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if part in line)


def test_the_frameworks_that_come_with_baton_are_in_order() -> None:
    assert check_frameworks() == []
    assert places() == ("derby", "doncaster", "dorset")


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "fix"),
    [
        ("timescales.yaml", "within: 48 hours", "within: 48 moons", "48 moons", "48 hours"),
        ("timescales.yaml", "source: DOR 1.2", "source: DOR 1.9", 'DOR has no "1.9"', "Cite a listed paragraph"),
        ("timescales.yaml", "source: DOR 1.2", "source: XYZ 1.9", "unknown document", "Cite a listed paragraph"),
        ("timescales.yaml", "also: [DOR 14.1,", "also: [DOR 99.1,", 'DOR has no "99.1"', "Cite"),
        ("timescales.yaml", "starts_with: request_received", "starts_with: request_sent", "request_sent", "happenings"),
        ("timescales.yaml", "owed_by: hub_adviser", "owed_by: the_hub", "not a role", "hub_adviser"),
        ("timescales.yaml", "warn: 12 hours", "warn: 2 months", "A warning is counted", "2 days"),
        ("timescales.yaml", "scope: team", "scope: village", "not a scope", "locality"),
        ("timescales.yaml", "repeats: yes", "repeats: often", "neither yes nor no", "yes or no"),
        ("timescales.yaml", "repeats: yes", "repeats: yes\n    each_time: yes", "both repeat", "Keep one"),
        ("timescales.yaml", "- id: allocate", "- id: screen_request", "already used on line", "another"),
        ("timescales.yaml", "- id: allocate", "- id: Allocate It", "not an id", "small letters"),
        ("timescales.yaml", "routes: [request]", "routes: [post]", "not a route", "step_down"),
        ("timescales.yaml", "routes: [request]", "levels: [9]", "not a level of need", "1, 2, 3, 4"),
        ("timescales.yaml", "routes: [request]", "unless: [rain]", "not a named exception", "Use one of"),
        ("timescales.yaml", "routes: [request]", "age_from: 10", "An age needs a child", "for_each_child"),
        ("timescales.yaml", "checked_on: 2026-11-22", "checked_on: last week", "not a date", "2026-11-22"),
        ("timescales.yaml", "title: Screening decision", "titel: Screening decision", 'Unknown key "titel"', "title"),
        ("timescales.yaml", "    within: 48 hours\n", "", "not clear when this is due", "exactly one"),
        ("timescales.yaml", "    stops_with: request_screened\n", "", '"stops_with" is missing', "happenings"),
        (
            "timescales.yaml",
            "stops_with: visit_made",
            "stops_with: {event: visit_made, tool: ruler}",
            "not a tool",
            "star",
        ),
        (
            "timescales.yaml",
            "stops_with: visit_made",
            "stops_with: {event: sneeze}",
            "not a kind of event",
            "happenings",
        ),
        (
            "timescales.yaml",
            "stops_with: visit_made",
            "stops_with: visit_made\n    stops_when: maybe",
            "maybe",
            "any, all",
        ),
        ("timescales.yaml", "note: The table", "hint: The table", '"note" is missing', "note:"),
        ("oversight.yaml", "event: review_held", "event: reviewed", '"reviewed" is not a kind', "happenings"),
        ("oversight.yaml", "    event: review_held\n", "", "names no event", "happenings"),
        ("oversight.yaml", "owed_by: team_manager", "owed_by: nobody", "not a role", "team_manager"),
        ("decisions.yaml", "kind: signpost", "kind: shrug", '"kind" is "shrug"', "opens_episode"),
        ("records.yaml", "proved_by: genogram_recorded", "proved_by: drawing", "drawing", "happenings"),
        ("levels.yaml", "number: 2", "number: two", "not a whole number", "figures"),
        ("levels.yaml", "    number: 2\n", "", '"number" is missing', "number:"),
        ("levels.yaml", "levels:\n", "levels:\n  - just words\n", "has no keys", "key: value"),
        ("levels.yaml", "indicators: []", "indicators: [[nested]]", "not a list of words", "dash"),
        ("assessment.yaml", "about: family", "about: neighbours", "neighbours", "child, parents, family"),
        ("assessment.yaml", "- id: concerns", "- id: strengths", "already used", "another"),
        ("assessment.yaml", "boxes: [views]", "boxes: [shoe]", "not a box", "strengths"),
        ("framework.yaml", "name: Dorset", "name: Dorset\nname: Dorset again", "written twice", "Keep one"),
        ("framework.yaml", "name: Dorset", "name: [Dorset]", "not a text", "words"),
        ("framework.yaml", "exceptions: []", "exceptions: none", "not a list", "dash"),
        ("framework.yaml", "in_force_from: 2020-01-01\n", "", '"in_force_from" is missing', "in_force_from:"),
        ("framework.yaml", "name: Dorset", "name: Dorset\n  : [", "not readable as YAML", "indentation"),
        ("lawful_basis.yaml", "basis: null", "basis: Public task", '"set_by" is missing', "set_by:"),
        (
            "lawful_basis.yaml",
            "    note: The framework does not name a lawful basis. Dorset fills it in before use.\n",
            "",
            "No basis is set",
            "note",
        ),
        ("agreement.yaml", "source: DOR 5.1", "source: DOR 99", "points nowhere", "Cite"),
        ("closure.yaml", "kind: met", "kind: sort_of", "sort_of", "partly_met"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_its_fix(
    root: Path, file: str, old: str, new: str, message: str, fix: str
) -> None:
    spoil(root, f"dorset/{file}", old, new)
    mistakes = [each for each in check_frameworks(root) if message in each.message]
    assert mistakes, check_frameworks(root)
    assert mistakes[0].file == f"frameworks/dorset/{file}"
    assert fix in mistakes[0].fix
    with pytest.raises(FrameworkError, match=f"frameworks/dorset/{file}:"):
        framework_versions.__wrapped__("dorset", root=root)


@pytest.mark.parametrize("written", ["source: DOR 1.9", "within: 3 moons", "title: [1]", "surplus: 1"])
def test_a_mistake_is_named_with_its_line(root: Path, written: str) -> None:
    key = written.split(":")[0]
    old = {"source": "source: DOR 1.2", "within": "within: 48 hours", "title": "title: Screening decision"}.get(key)
    path = spoil(root, "dorset/timescales.yaml", old or "    theme: Front door", written if old else f"    {written}")
    (mistake, *_) = [each for each in check_frameworks(root) if each.line == line_of(path, written)]
    assert str(mistake).startswith(f"frameworks/dorset/timescales.yaml:{mistake.line}: ")


def test_a_file_that_is_missing_or_empty_is_named(root: Path) -> None:
    (root / "dorset/reasons.yaml").unlink()
    (root / "dorset/records.yaml").write_text("", encoding="utf-8")
    (root / "dorset/tools.yaml").write_bytes(b"\xff\xfe\x00")
    messages = {each.file: each.message for each in check_frameworks(root)}
    assert messages["frameworks/dorset/reasons.yaml"] == "The file is missing"
    assert messages["frameworks/dorset/records.yaml"] == "The file has no keys at its top"
    assert messages["frameworks/dorset/tools.yaml"] == "The file is not readable as YAML"


def test_a_paragraph_listed_twice_is_named(root: Path) -> None:
    spoil(root, "sources/DOR.yaml", '- id: "1.1"', '- id: "1.2"')
    assert any("listed twice" in each.message for each in check_frameworks(root))


def test_every_mistake_is_told_at_once(root: Path) -> None:
    spoil(root, "dorset/timescales.yaml", "within: 48 hours", "within: 48 moons")
    spoil(root, "dorset/levels.yaml", "number: 2", "number: two")
    with pytest.raises(FrameworkError) as refused:
        framework_versions("dorset", root=root)
    assert {each.file.rpartition("/")[2] for each in refused.value.problems} >= {"timescales.yaml", "levels.yaml"}
    assert str(refused.value).count("\n") == len(refused.value.problems) - 1


def test_a_problem_reads_as_one_line() -> None:
    assert str(Problem("a.yaml", 3, "It is wrong", "Mend it")) == "a.yaml:3: It is wrong. Mend it"


@pytest.fixture
def two_versions(root: Path) -> Path:
    """Dorset with a second version from 2027 that reviews every four weeks, in a folder of its own."""
    shutil.copytree(root / "dorset", root / "later")
    shutil.move(root / "later", root / "dorset" / "version-3")
    spoil(
        root,
        "dorset/framework.yaml",
        "in_force_from: 2020-01-01",
        "in_force_from: 2020-01-01\nin_force_until: 2026-12-31",
    )
    spoil(root, "dorset/version-3/framework.yaml", 'version: "2.0"', 'version: "3.0"')
    spoil(root, "dorset/version-3/framework.yaml", "in_force_from: 2020-01-01", "in_force_from: 2027-01-01")
    spoil(root, "dorset/version-3/timescales.yaml", "within: 6 weeks", "within: 4 weeks")
    return root


def test_an_episode_keeps_the_version_it_began_under(two_versions: Path) -> None:
    assert load_framework("dorset", version="2.0", root=two_versions).timescale("review").amount == 6
    assert load_framework("dorset", version="3.0", root=two_versions).timescale("review").amount == 4
    assert load_framework("dorset", root=two_versions).version == "3.0"
    with pytest.raises(UnknownFrameworkError, match=r"it has 2\.0, 3\.0"):
        load_framework("dorset", version="9", root=two_versions)


@pytest.mark.parametrize(("on", "version"), [("2020-01-01", "2.0"), ("2026-12-31", "2.0"), ("2027-01-01", "3.0")])
def test_the_version_in_force_is_that_of_the_day(two_versions: Path, on: str, version: str) -> None:
    assert framework_in_force("dorset", on=day(on), root=two_versions).version == version


def test_before_the_first_version_nothing_is_in_force() -> None:
    with pytest.raises(UnknownFrameworkError, match="in force on 2019-12-31"):
        framework_in_force("dorset", on=day("2019-12-31"))


def test_an_unknown_place_is_told_which_there_are() -> None:
    with pytest.raises(UnknownFrameworkError, match="derby, doncaster, dorset"):
        load_framework("atlantis")


def test_a_framework_is_read_once() -> None:
    assert load_framework("dorset") is load_framework("dorset")
    assert len({load_framework("dorset"), load_framework("dorset"), load_framework("derby")}) == 2
