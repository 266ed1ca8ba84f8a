"""Each timescale of each place, by the adopted reading and by its rivals: one table of facts for each place."""

import pytest

from baton.practice.deadlines import Deadline
from baton.practice.facts import EpisodeFacts, Happened
from baton.practice.loading import load_framework
from baton.practice.rivals import RivalDue
from tests.practice.stories import LEVEL_2, LEVEL_3, at, child, day, found, happened, one, story

ROAD = story(
    ("request_received", "2026-10-05"),
    ("request_screened", "2026-10-06"),
    ("lead_practitioner_allocated", "2026-10-07"),
    ("assessment_started", "2026-10-12"),
    ("visit_made", "2026-10-12"),
    ("assessment_authorised", "2026-10-23"),
    ("planning_meeting_held", "2026-11-06"),
    ("plan_agreed", "2026-11-06"),
)


def first(place: str, timescale: str, events: list[Happened], episode: EpisodeFacts = LEVEL_3) -> Deadline:
    return found(place, timescale, events, episode=episode)[0]


def due(deadline: Deadline | RivalDue) -> str:
    if deadline.due_at:
        return f"{deadline.due_at:%Y-%m-%d %H:%M}"
    return str(deadline.due_on)


@pytest.mark.parametrize(
    ("timescale", "owed_by", "adopted", "rivals"),
    [
        ("screen_request", "hub_adviser", "2026-10-07 09:30", ["2026-10-06 09:30"]),
        ("allocate", "team_manager", "2026-10-07 09:30", ["2026-10-07 09:30"]),
        ("first_visit", "lead_practitioner", "2026-10-14", ["2026-10-10"] * 3),
        ("written_consent", "lead_practitioner", "2026-10-12", []),
        ("assessment", "lead_practitioner", "2026-10-25", ["2026-10-27", "2026-10-27", "2026-10-27"]),
        ("planning_meeting", "lead_practitioner", "2026-11-02", ["2026-11-04"]),
        ("visit", "lead_practitioner", "2026-11-20", ["2026-10-26"]),
        ("review", "lead_practitioner", "2026-12-18", ["2027-02-06", "2027-02-06"]),
        ("record_visit", "lead_practitioner", "2026-10-13 09:30", []),
        ("supervision", "team_manager", "2026-11-04", ["2026-11-07"]),
        ("length_of_help", "team_manager", "2027-04-07", ["2027-10-07", "2027-04-07"]),
        ("oversight_allocation", "team_manager", "2026-10-14", []),
        ("oversight_introductory_visit", "team_manager", "2026-10-19", []),
        ("oversight_assessment_completed", "team_manager", "2026-10-30", []),
        ("oversight_planning_meeting", "team_manager", "2026-11-13", []),
    ],
)
def test_dorset(timescale: str, owed_by: str, adopted: str, rivals: list[str]) -> None:
    deadline = first("dorset", timescale, ROAD)
    assert deadline.owed_by == owed_by
    assert due(deadline) == adopted
    assert [due(rival) for rival in deadline.rivals] == rivals


def test_dorset_keeps_the_lower_end_of_a_range() -> None:
    (nine, standards) = first("dorset", "length_of_help", ROAD).rivals
    assert (nine.earliest_on, standards.earliest_on) == (day("2027-04-07"), day("2027-01-07"))


@pytest.mark.parametrize(
    ("event", "timescale", "adopted"),
    [
        ("review_held", "oversight_review", "2026-12-18"),
        ("lead_practitioner_changed", "oversight_transfer", "2026-12-18"),
        ("closure_decided", "oversight_closure", "2026-12-18"),
        ("closed", "oversight_closure", "2026-12-18"),
    ],
)
def test_dorset_asks_for_oversight_within_a_working_week(event: str, timescale: str, adopted: str) -> None:
    assert due(first("dorset", timescale, [*ROAD, happened(event, "2026-12-11")])) == adopted


def test_dorset_lists_what_is_counted_for_teams_without_giving_an_episode_a_deadline() -> None:
    framework = load_framework("dorset")
    assert framework.timescale("group_supervision").scope == "team"
    assert framework.timescale("repeat_request").scope == "measure"
    assert not found("dorset", "group_supervision", ROAD)
    assert not found("dorset", "repeat_request", ROAD)


@pytest.mark.parametrize(
    ("timescale", "episode", "adopted", "rivals"),
    [
        ("review_level_2", LEVEL_2, "2027-01-29", ["2026-12-18", "2026-12-18"]),
        ("review_level_3", LEVEL_3, "2026-12-18", ["2026-12-18", "2026-12-18"]),
        ("star_level_3", LEVEL_3, "2026-10-23", []),
    ],
)
def test_doncaster(timescale: str, episode: EpisodeFacts, adopted: str, rivals: list[str]) -> None:
    deadline = first("doncaster", timescale, ROAD, episode)
    assert due(deadline) == adopted
    assert [due(rival) for rival in deadline.rivals] == rivals
    assert all(rival.earliest_on == day("2026-12-04") for rival in deadline.rivals)


def test_doncaster_scores_a_star_before_closing() -> None:
    ending = [*ROAD, happened("closure_decided", "2027-01-11"), happened("closed", "2027-01-20")]
    assert due(one("doncaster", "star_end", ending)) == "2027-01-20"
    assert one("doncaster", "star_end", ending).state == "ended_unmet"
    scored = [*ending, happened("tool_scored", "2027-01-18", tool="my_star")]
    assert one("doncaster", "star_end", scored).state == "met"


def test_doncaster_needs_both_stars_at_level_3() -> None:
    family = happened("tool_scored", "2026-10-14", tool="family_star")
    child_star = happened("tool_scored", "2026-10-15", tool="my_star")
    assert one("doncaster", "star_level_3", [*ROAD, family]).state == "open"
    both = one("doncaster", "star_level_3", [*ROAD, family, child_star])
    assert (both.state, both.met_by) == ("met", child_star)
    assert one("doncaster", "star_level_3", ROAD, episode=LEVEL_2).state == "not_needed"


@pytest.mark.parametrize(
    ("timescale", "meeting", "state"),
    [
        ("review_level_2", False, "met"),
        ("review_level_2", True, "met"),
        ("review_level_2", None, "met"),
        ("review_level_3", True, "met"),
        ("review_level_3", None, "met"),
        ("review_level_3", False, "open"),
    ],
)
def test_doncaster_wants_a_meeting_for_a_review_at_level_3_only(
    timescale: str, meeting: bool | None, state: str
) -> None:
    episode = LEVEL_2 if timescale == "review_level_2" else LEVEL_3
    reviewed = [*ROAD, happened("review_held", "2026-12-01", meeting=meeting)]
    assert first("doncaster", timescale, reviewed, episode).state == state


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_doncaster_reviews_each_level_by_its_own_interval(level: int) -> None:
    needed = {
        timescale
        for timescale in ("review_level_2", "review_level_3")
        if first("doncaster", timescale, ROAD, EpisodeFacts(level)).state != "not_needed"
    }
    assert needed == {2: {"review_level_2"}, 3: {"review_level_3"}}.get(level, set())


def test_doncaster_waits_for_the_level_to_be_decided() -> None:
    waiting = first("doncaster", "review_level_3", ROAD, EpisodeFacts(None))
    assert waiting.state == "not_started"
    assert "level of need has not been decided" in waiting.explanation


@pytest.mark.parametrize(
    ("place", "unset"),
    [
        ("dorset", []),
        ("doncaster", ["screen_request", "allocate", "first_visit", "assessment"]),
        (
            "derby",
            ["screen_request", "allocate", "first_visit", "assessment", "planning_meeting", "review", "supervision"],
        ),
    ],
)
def test_what_a_place_leaves_unset_is_said_and_never_filled_in(place: str, unset: list[str]) -> None:
    framework = load_framework(place)
    assert [each.id for each in framework.unset] == unset
    assert not {each.id for each in framework.unset} & {each.id for each in framework.timescales}
    assert all(each.reason and each.source.document for each in framework.unset)


@pytest.mark.parametrize(
    ("timescale", "adopted", "rivals"),
    [("length_of_help", "2027-07-07", ["2027-07-07"]), ("senior_sign_off", "2027-10-07", [])],
)
def test_derby(timescale: str, adopted: str, rivals: list[str]) -> None:
    deadline = one("derby", timescale, ROAD)
    assert due(deadline) == adopted
    assert [due(rival) for rival in deadline.rivals] == rivals


@pytest.mark.parametrize(
    ("born", "state", "strictly_needed"),
    [
        ("2016-10-08", "not_needed", None),  # ten the day after allocation
        ("2016-10-07", "open", False),  # ten on the day
        ("2015-10-08", "open", False),
        ("2015-10-07", "open", True),  # eleven on the day
        (None, "open", True),  # nobody knows: the protective reading
    ],
)
def test_derby_screens_each_child_of_ten_or_over(born: str | None, state: str, strictly_needed: bool | None) -> None:
    screen = one("derby", "exploitation_screen", ROAD, episode=EpisodeFacts(3, children=(child("c1", born),)))
    assert (screen.state, screen.for_id) == (state, "c1")
    if strictly_needed is not None:
        assert due(screen) == "2026-11-18"
        assert [rival.is_needed for rival in screen.rivals] == [strictly_needed]
        assert [rival.due_on is not None for rival in screen.rivals] == [strictly_needed]


def test_derby_meets_the_screening_of_the_child_it_was_for() -> None:
    episode = EpisodeFacts(3, children=(child("c1", "2012-01-01"), child("c2", "2013-01-01")))
    scored = [*ROAD, happened("tool_scored", "2026-11-02", tool="exploitation_screen", for_id="c2")]
    states = {each.for_id: each.state for each in found("derby", "exploitation_screen", scored, episode=episode)}
    assert states == {"c1": "open", "c2": "met"}


@pytest.mark.parametrize(
    "flag", ["homeless_16_17", "no_recourse_to_public_funds", "privately_fostered", "other_statutory_duty"]
)
def test_derby_lets_help_last_longer_for_a_named_exception(flag: str) -> None:
    for timescale in ("length_of_help", "senior_sign_off"):
        exempt = one("derby", timescale, ROAD, episode=EpisodeFacts(3, flags=frozenset({flag})))
        assert exempt.state == "not_needed"
        assert "named exception" in exempt.explanation


def test_derby_asks_for_sign_off_only_while_help_is_open() -> None:
    assert one("derby", "senior_sign_off", [*ROAD, happened("closed", "2027-01-11")]).state == "met"
    signed = [*ROAD, happened("senior_sign_off_given", "2027-10-08")]
    assert one("derby", "senior_sign_off", signed, on="2027-12-01").state == "met_late"
    assert one("derby", "senior_sign_off", ROAD, on="2027-10-08").status == "overdue"


@pytest.mark.parametrize(
    ("scored", "state"),
    [("2026-11-10", "met"), ("2026-11-16 14:00", "met"), ("2026-11-17", "met_late"), (None, "open")],
)
def test_derby_measures_before_therapy_begins(scored: str | None, state: str) -> None:
    events = [*ROAD, happened("therapy_started", "2026-11-16 14:00")]
    measured = [happened("tool_scored", scored, tool="rcads")] if scored else []
    therapy = one("derby", "measure_before_therapy", events + measured)
    assert therapy.state == state
    assert therapy.due_at == at("2026-11-16 14:00")


def test_derby_looks_at_the_progression_tool_before_each_meeting() -> None:
    events = [
        *ROAD,
        happened("tool_scored", "2026-10-20", tool="spider_graph"),
        happened("review_held", "2026-12-04"),
        happened("review_held", "2027-01-15", meeting=False),  # no meeting, so no deadline
    ]
    runs = found("derby", "progression_tool", events)
    assert [(run.state, run.due_on) for run in runs] == [
        ("met", day("2026-11-06")),
        ("ended_unmet", day("2026-12-04")),
        ("open", None),
    ]
    assert "was due by Friday 4 December 2026" in runs[1].explanation
    assert runs[2].status == "upcoming"


def test_derby_counts_a_score_on_the_day_of_the_meeting() -> None:
    scored = happened("tool_scored", "2026-11-06 16:00", tool="change_balloon")
    again = happened("tool_scored", "2026-11-06 17:00", tool="change_balloon")
    runs = found("derby", "progression_tool", [*ROAD, scored, again])
    assert [run.met_by for run in runs] == [scored, again]


def test_derby_asks_nothing_more_of_the_progression_tool_once_help_ended() -> None:
    runs = found(
        "derby", "progression_tool", [*ROAD, happened("closed", "2026-12-01"), happened("review_held", "2026-12-04")]
    )
    assert [run.state for run in runs] == ["ended_unmet"]


def test_derby_holds_a_return_interview_each_time_a_child_is_found() -> None:
    events = [
        happened("child_found", "2026-10-24 12:00", for_id="c1"),
        happened("child_found", "2026-10-24 13:00", for_id="c2"),
        happened("return_interview_held", "2026-10-27 11:00", for_id="c2"),
    ]
    first_child, second_child = found("derby", "return_interview", events)
    assert (first_child.for_id, first_child.state) == ("c1", "open")
    assert first_child.due_at == at("2026-10-27 11:00")  # 72 hours, one of them given back by the clocks
    assert (second_child.for_id, second_child.state) == ("c2", "met")


def test_derby_surveys_the_family_during_help_and_at_its_end() -> None:
    ending = [*ROAD, happened("survey_answered", "2026-12-01"), happened("closure_decided", "2027-01-11")]
    assert one("derby", "survey", ending).state == "met"
    assert one("derby", "survey_at_end", ending).state == "open"
    assert one("derby", "survey_at_end", [*ending, happened("closed", "2027-01-15")]).state == "ended_unmet"


@pytest.mark.parametrize(
    ("timescale", "scope"), [("panel", "locality"), ("report", "quarter"), ("annual_report", "year")]
)
def test_derby_lists_what_no_episode_owes(timescale: str, scope: str) -> None:
    assert load_framework("derby").timescale(timescale).scope == scope
    assert not found("derby", timescale, ROAD)
