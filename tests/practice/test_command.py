"""The rules on the command line: JSON in, JSON out, and clear words for what was wrong."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from baton.practice import command
from baton.practice.command import check, explain, main
from tests.practice.stories import day

EPISODE: dict[str, Any] = {
    "episode": {"level": 3, "route": "request", "children": [{"id": "c1", "date_of_birth": "2013-05-01"}]},
    "events": [
        {"kind": "request_received", "at": "2026-10-05T09:30:00+01:00"},
        {"kind": "lead_practitioner_allocated", "at": "2026-10-06T14:00:00+01:00"},
        {"kind": "planning_meeting_held", "at": "2026-11-06T10:00:00Z"},
    ],
}
KEYS = {"timescale", "title", "owed_by", "for", "started_by", "status", "met_at", "source", "rivals", "explanation"}


def answer(place: str = "dorset", on: str = "2026-12-01", given: object = EPISODE) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(explain(place, day(on), json.dumps(given)))
    return listed


def by_id(listed: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["timescale"]: each for each in listed}


def with_event(**event: object) -> dict[str, Any]:
    return {**EPISODE, "events": [*EPISODE["events"], event]}


def test_every_deadline_has_exactly_the_promised_keys() -> None:
    for each in answer():
        assert set(each) - {"due_on", "due_at"} == KEYS
        assert ("due_on" in each) != ("due_at" in each)
        assert set(each["source"]) == {"document", "paragraph"}
        assert all(("due_on" in rival) != ("due_at" in rival) and rival["source"] for rival in each["rivals"])


def test_a_review_is_written_out_in_full() -> None:
    assert by_id(answer())["review"] == {
        "timescale": "review",
        "title": "Review",
        "owed_by": "lead_practitioner",
        "for": None,
        "started_by": {"kind": "planning_meeting_held", "at": "2026-11-06T10:00:00+00:00"},
        "due_on": "2026-12-18",
        "status": "upcoming",
        "met_at": None,
        "source": {"document": "DOR", "paragraph": "15.1"},
        "rivals": [
            {
                "due_on": "2027-02-06",
                "source": {"document": "DOR", "paragraph": "2.4"},
                "note": "Help lasts as long as it takes, with a review every three months.",
            },
            {
                "due_on": "2027-02-06",
                "source": {"document": "DOR", "paragraph": "9"},
                "note": "The pathway chart reviews every three months.",
            },
        ],
        "explanation": "Review due by Friday 18 December 2026: six weeks after the planning meeting on 6 November."
        " Dorset framework 15.1. Under 2.4 and 9 it would be three months.",
    }


def test_hours_are_due_at_an_instant_and_met_at_another() -> None:
    found = by_id(answer())
    assert found["screen_request"]["due_at"] == "2026-10-07T09:30:00+01:00"
    assert found["screen_request"]["status"] == "overdue"
    assert found["allocate"]["met_at"] == "2026-10-06T14:00:00+01:00"
    assert found["length_of_help"]["rivals"][0]["earliest_on"] == "2027-04-06"


@pytest.mark.parametrize(("on", "status"), [("2026-12-18", "due_soon"), ("2026-12-19", "overdue")])
def test_a_status_is_that_of_the_end_of_the_day(on: str, status: str) -> None:
    assert by_id(answer(on=on))["review"]["status"] == status


def test_events_after_the_day_are_not_known_yet() -> None:
    late = with_event(kind="review_held", at="2026-12-02T00:10:00Z")
    assert by_id(answer(given=late))["review"]["met_at"] is None
    assert [each["status"] for each in answer(on="2026-12-02", given=late) if each["timescale"] == "review"] == [
        "met",
        "upcoming",
    ]


def test_events_may_say_for_whom_which_tool_and_more() -> None:
    given = with_event(
        kind="tool_scored", at="2026-10-20T10:00:00Z", **{"for": "c1"}, tool="Exploitation screen", record="x:1"
    )
    screen = by_id(answer("derby", given=given))["exploitation_screen"]
    assert (screen["for"], screen["status"]) == ("c1", "met")
    assert screen["rivals"] == [
        {"due_on": "2026-11-17", "source": screen["source"], "note": screen["rivals"][0]["note"]}
    ]
    young = {**EPISODE, "episode": {"level": 2, "children": [{"id": "c1", "date_of_birth": "2016-02-01"}]}}
    assert by_id(answer("derby", given=young))["exploitation_screen"]["rivals"][0]["is_needed"] is False


def test_a_review_may_be_no_meeting() -> None:
    planned = with_event(kind="plan_agreed", at="2026-10-20T10:00:00Z")
    reviewed = {
        **planned,
        "events": [*planned["events"], {"kind": "review_held", "at": "2026-11-20T10:00:00Z", "meeting": False}],
    }
    assert by_id(answer("doncaster", given=reviewed))["review_level_3"]["met_at"] is None


def test_an_episode_may_say_little() -> None:
    assert answer(given={"episode": {}, "events": []})
    assert answer(given={"episode": {"level": None, "flags": [], "children": [{"id": "c"}]}})


def test_an_unknown_tool_is_told_and_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    answer("derby", given=with_event(kind="tool_scored", at="2026-10-20T10:00:00Z", tool="ruler"))
    assert '"ruler" stops no clock' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{", "not JSON"),
        ("[]", "the file is not an object"),
        ("{}", 'the file has no "episode"'),
        ('{"episode": 3}', "the file.episode is not an object"),
        ('{"episode": {}, "event": []}', 'unknown key "event"'),
        ('{"episode": {}, "events": {}}', "events is not a list"),
        ('{"episode": {}, "events": [1]}', r"events\[0\] is not an object"),
        ('{"episode": {"level": "3"}}', "episode.level is not a whole number"),
        ('{"episode": {"level": true}}', "episode.level is not a whole number"),
        ('{"episode": {"route": "post"}}', 'route is "post"; write one of request, step_down'),
        ('{"episode": {"flags": [1]}}', "flags is not a list of texts"),
        ('{"episode": {"levle": 3}}', 'episode has an unknown key "levle"'),
        ('{"episode": {"children": [{}]}}', r'children\[0\] has no "id"'),
        ('{"episode": {"children": [{"id": "c", "date_of_birth": "May"}]}}', 'date_of_birth is "May"'),
        ('{"episode": {}, "events": [{"at": "2026-10-05T09:30:00Z"}]}', r'events\[0\] has no "kind"'),
        ('{"episode": {}, "events": [{"kind": "closed"}]}', r'events\[0\] has no "at"'),
        ('{"episode": {}, "events": [{"kind": "nap", "at": "2026-10-05T09:30:00Z"}]}', '"nap", which is not a kind'),
        ('{"episode": {}, "events": [{"kind": "closed", "at": "noon"}]}', r'events\[0\].at is "noon"'),
        ('{"episode": {}, "events": [{"kind": "closed", "at": "2026-10-05T09:30:00"}]}', "no timezone"),
        (
            '{"episode": {}, "events": [{"kind": "closed", "at": "2026-10-05T09:30:00Z", "meeting": "no"}]}',
            "meeting is not true or false",
        ),
        ('{"episode": {}, "events": [{"kind": "closed", "at": "2026-10-05T09:30:00Z", "who": 1}]}', 'key "who"'),
    ],
)
def test_what_is_wrong_in_the_json_is_named_with_its_place(given: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        explain("dorset", day("2026-12-01"), given)


def run(tmp_path: Path, *arguments: str, text: str | None = None) -> int:
    file = tmp_path / "episode.json"
    file.write_text(text or json.dumps(EPISODE), encoding="utf-8")
    return main(["deadlines", "explain", *arguments, "--json", str(file)])


def test_the_command_prints_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--framework", "dorset", "--on", "2026-12-01") == 0
    assert len(json.loads(capsys.readouterr().out)) == len(answer())


def test_the_command_reads_what_is_piped_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(EPISODE)))
    assert main(["deadlines", "explain", "--framework", "derby", "--on", "2026-12-01", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("framework", "on", "text", "said"),
    [
        ("leeds", "2026-12-01", None, "no framework for leeds"),
        ("dorset", "2001-01-01", None, "no framework in force on 2001-01-01"),
        ("dorset", "2026-12-01", "{", "not JSON"),
    ],
)
def test_a_mistake_ends_with_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], framework: str, on: str, text: str | None, said: str
) -> None:
    assert run(tmp_path, "--framework", framework, "--on", on, text=text) == command.MISTAKE
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadlines", "explain", "--framework", "dorset", "--on", "2026-12-01", "--json", "/no/such"]) == 2
    assert "/no/such cannot be read" in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run(tmp_path, "--framework", "dorset", "--on", "tomorrow")
    assert refused.value.code == command.MISTAKE
    assert '"tomorrow" is not a day' in capsys.readouterr().err


def test_frameworks_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frameworks", "check"]) == 0
    assert capsys.readouterr().out == "The frameworks of derby, doncaster, dorset are in order\n"
    assert check() == []


def test_mistakes_in_frameworks_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "frameworks" / "atlantis"
    place.mkdir(parents=True)
    (place / "framework.yaml").write_text("place: atlantis\n", encoding="utf-8")
    assert main(["frameworks", "check", "--root", str(place.parent)]) == command.MISTAKE
    assert "frameworks/atlantis/framework.yaml:1: " in capsys.readouterr().err
