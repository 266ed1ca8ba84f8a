"""The command line says what it can do, and loads no more than it needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from baton.command.commands import COMMANDS, Command
from baton.command.line import find, run

NO_DJANGO = "import sys; from baton.command.line import run; run(sys.argv[1:]); sys.exit('django' in sys.modules)"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: str(command.words))
def test_every_command_explains_itself(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([*command.words.split(), "--help"])
    assert ended.value.code == 0
    assert f"baton {command.words}" in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"baton {words}" in said and command.about in said for words, command in COMMANDS.items())


def test_a_group_lists_its_own_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["db"]) == 0
    said = capsys.readouterr().out
    assert "baton db backup" in said
    assert "baton serve" not in said


@pytest.mark.parametrize("words", [["nonsense"], ["db", "nonsense"], []])
def test_what_is_not_understood_ends_with_two(words: list[str]) -> None:
    assert run(words) == 2


def test_the_longest_command_is_found() -> None:
    found = find(["db", "start", "--run-as", "nobody"])
    assert found
    assert found.words == "db start"


def test_the_rules_need_no_django() -> None:
    words = [sys.executable, "-c", NO_DJANGO, "frameworks", "check"]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_a_managed_database_is_not_started_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/baton")
    assert run(["db", "start"]) == 1
    assert "those who manage it" in capsys.readouterr().err


def test_a_stopped_cluster_is_reported_as_such(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("BATON_VAR", str(tmp_path))
    assert run(["db", "status"]) == 1
    assert "does not run" in capsys.readouterr().out


def test_a_place_that_is_no_name_is_refused_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    before = os.environ.get("BATON_PLACE")
    try:
        assert run(["db", "status", "--place", "no/where"]) == 1
    finally:
        os.environ.pop("BATON_PLACE", None)
        if before:
            os.environ["BATON_PLACE"] = before
    assert "a place is named in small letters" in capsys.readouterr().err


def test_a_reader_who_leaves_ends_a_command_quietly(tmp_path: Path) -> None:
    story = tmp_path / "episode.json"
    child = {"id": "c1", "date_of_birth": "2013-05-01"}
    story.write_text(json.dumps({"episode": {"level": 3, "route": "request", "children": [child]}, "events": []}))
    words = ["deadlines", "explain", "--framework", "dorset", "--on", "2026-12-01", "--json", str(story)]
    for _ in range(3):
        running = subprocess.Popen(
            [sys.executable, "-m", "baton", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert running.stdout is not None
        running.stdout.close()
        _, said = running.communicate(timeout=60)
        assert (running.returncode, said) == (141, b"")
