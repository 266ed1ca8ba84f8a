"""How clocks start, stop, repeat and end, whatever the rule; and what a manager's date changes."""

from datetime import datetime

import pytest

from baton.practice.deadlines import Status, deadlines
from baton.practice.loading import load_framework
from tests.practice.stories import (
    LEVEL_3,
    STEP_DOWN,
    all_deadlines,
    at,
    day,
    directed,
    found,
    happened,
    one,
    story,
)

PLANNED = story(("planning_meeting_held", "2026-11-06"))


def test_a_clock_that_nothing_started_has_no_date() -> None:
    review = one("dorset", "review", [])
    assert (review.state, review.status, review.due_on, review.due_at) == ("not_started", "not_started", None, None)
    assert (review.started_by, review.met_by, review.met_at, review.lasts_until) == (None, None, None, None)


@pytest.mark.parametrize(
    ("reviewed", "state"),
    [
        ("2026-12-18 00:01", "met"),
        ("2026-12-18 23:59", "met"),
        ("2026-12-19 00:01", "met_late"),
        ("2026-11-06 09:30", "met"),
        ("2026-11-06 09:29", "open"),
        ("2026-11-01", "open"),
    ],
)
def test_the_due_day_is_in_time_and_what_came_before_the_start_does_not_count(reviewed: str, state: str) -> None:
    review = found("dorset", "review", [*PLANNED, happened("review_held", reviewed)])[0]
    assert review.state == state


@pytest.mark.parametrize(
    ("screened", "state"),
    [("2026-10-07 09:30", "met"), ("2026-10-07 09:31", "met_late"), ("2026-10-05 09:29", "open")],
)
def test_hours_end_at_their_instant(screened: str, state: str) -> None:
    events = story(("request_received", "2026-10-05 09:30"), ("request_screened", screened))
    assert one("dorset", "screen_request", events).state == state


def test_hours_in_the_doubled_hour_of_october_are_told_apart() -> None:
    received = happened("request_received", "2026-10-23 01:30")
    first_half_past_one = datetime.fromisoformat("2026-10-25T01:30:00+01:00")
    second_half_past_one = datetime.fromisoformat("2026-10-25T01:30:00+00:00")
    for moment, status in ((first_half_past_one, "due_soon"), (second_half_past_one, "overdue")):
        (screening,) = [
            each
            for each in deadlines(load_framework("dorset"), LEVEL_3, [received], at=moment)
            if each.timescale == "screen_request"
        ]
        assert screening.status == status


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-11-07", "upcoming"),
        ("2026-12-10 23:59", "upcoming"),
        ("2026-12-11 00:00", "due_soon"),
        ("2026-12-18 23:59", "due_soon"),
        ("2026-12-19 00:00", "overdue"),
    ],
)
def test_a_deadline_is_due_soon_within_the_rules_warning(on: str, status: str) -> None:
    review = one("dorset", "review", PLANNED, on=on)
    assert review.status == status
    assert review.state == "open"


@pytest.mark.parametrize(
    ("on", "status"),
    [("2026-10-06 21:29", "upcoming"), ("2026-10-06 21:30", "due_soon"), ("2026-10-07 09:31", "overdue")],
)
def test_hours_warn_by_the_hour(on: str, status: str) -> None:
    events = story(("request_received", "2026-10-05 09:30"))
    assert one("dorset", "screen_request", events, on=on).status == status


def test_a_deadline_says_from_when_it_is_due_soon() -> None:
    assert one("dorset", "review", PLANNED).warn_from == at("2026-12-10 23:59:59.999999")
    across_the_clocks = one("dorset", "screen_request", story(("request_received", "2026-10-23 09:00")))
    assert across_the_clocks.due_at == at("2026-10-25 08:00")
    assert across_the_clocks.warn_from == at("2026-10-24 21:00")
    assert one("dorset", "review", []).warn_from is None


def test_the_frameworks_own_last_instant_is_kept_beside_a_managers_date() -> None:
    given = directed("review", "2026-11-20")
    assert one("dorset", "review", PLANNED).framework_lasts_until is None
    assert one("dorset", "review", PLANNED, directed=[given]).framework_lasts_until == at("2026-12-18 23:59:59.999999")


def test_the_status_can_be_asked_for_at_another_moment() -> None:
    review = one("dorset", "review", PLANNED, on="2026-11-07")
    assert review.status_at(at("2027-01-01")) is Status.OVERDUE


def test_a_deadline_lasts_until_the_end_of_its_day_or_its_instant() -> None:
    events = story(("request_received", "2026-10-05 09:30"), ("planning_meeting_held", "2026-11-06"))
    assert one("dorset", "review", events).lasts_until == at("2026-12-18 23:59:59.999999")
    assert one("dorset", "screen_request", events).lasts_until == at("2026-10-07 09:30")


def test_a_repeating_clock_starts_again_on_the_day_it_was_stopped_late_or_not() -> None:
    events = [*PLANNED, happened("review_held", "2027-01-05"), happened("review_held", "2027-02-01")]
    runs = found("dorset", "review", events)
    assert [(run.state, run.due_on) for run in runs] == [
        ("met_late", day("2026-12-18")),
        ("met", day("2027-02-16")),
        ("open", day("2027-03-15")),
    ]
    assert [run.started_by for run in runs] == [events[0], events[1], events[2]]


def test_a_second_start_does_not_set_a_repeating_clock_back() -> None:
    events = [*PLANNED, happened("planning_meeting_held", "2026-12-01")]
    assert one("dorset", "review", events).due_on == day("2026-12-18")


def test_two_visits_at_one_instant_are_two_visits() -> None:
    events = [*PLANNED, *(happened("visit_made", "2026-11-16", record=f"visits.Visit:{number}") for number in (1, 2))]
    assert [run.state for run in found("dorset", "visit", events)] == ["met", "met", "open"]


@pytest.mark.parametrize("ending", ["closed", "stepped_up"])
@pytest.mark.parametrize(("on", "was_late"), [("2026-12-18", False), ("2026-12-19", True)])
def test_what_is_not_done_when_help_ends_stays_visible_as_not_done(ending: str, on: str, was_late: bool) -> None:
    review = one("dorset", "review", [*PLANNED, happened(ending, on)])
    assert (review.state, review.status) == ("ended_unmet", "ended_unmet")
    assert review.ended_by == happened(ending, on)
    assert review.fell_due_before_end is was_late


def test_help_that_ended_ends_clocks_for_good() -> None:
    events = [*PLANNED, happened("closed", "2026-12-01"), happened("review_held", "2026-12-02")]
    assert one("dorset", "review", events).state == "ended_unmet"
    late = story(("closed", "2026-11-01"), ("planning_meeting_held", "2026-11-06"))
    assert one("dorset", "review", late).state == "not_started"


def test_a_review_at_the_very_end_is_met_and_starts_no_further_clock() -> None:
    events = [*PLANNED, happened("review_held", "2026-12-01"), happened("closed", "2026-12-01")]
    assert [run.state for run in found("dorset", "review", events)] == ["met"]


@pytest.mark.parametrize("ending", ["closed", "stepped_up"])
def test_the_end_of_help_stops_the_length_of_help(ending: str) -> None:
    allocated = happened("lead_practitioner_allocated", "2026-10-07")
    assert one("dorset", "length_of_help", [allocated, happened(ending, "2027-04-07")]).state == "met"
    assert one("dorset", "length_of_help", [allocated, happened(ending, "2027-04-08")]).state == "met_late"


def test_oversight_of_closure_is_still_owed_after_closure() -> None:
    events = story(("closure_decided", "2026-12-01"), ("closed", "2026-12-02"))
    assert one("dorset", "oversight_closure", events, on="2026-12-09").status == "overdue"
    noted = [*events, happened("oversight_recorded", "2026-12-07", point="closure")]
    assert one("dorset", "oversight_closure", noted).state == "met"


def test_oversight_is_met_by_a_note_on_its_own_point() -> None:
    events = [*PLANNED, happened("oversight_recorded", "2026-11-09", point="review")]
    assert one("dorset", "oversight_planning_meeting", events).state == "open"
    noted = [*events, happened("oversight_recorded", "2026-11-10", point="planning_meeting")]
    assert one("dorset", "oversight_planning_meeting", noted).state == "met"


def test_each_review_asks_for_its_own_oversight() -> None:
    events = [
        *story(("review_held", "2026-12-01"), ("review_held", "2027-01-12")),
        happened("oversight_recorded", "2026-12-03", point="review"),
    ]
    assert [each.state for each in found("dorset", "oversight_review", events)] == ["met", "open"]


def test_a_note_of_another_kind_of_record_still_belongs_to_its_review() -> None:
    events = [
        happened("review_held", "2026-12-01", record="plans.Review:1"),
        happened("oversight_recorded", "2026-12-03", point="review", record="oversight.OversightNote:9"),
    ]
    assert one("dorset", "oversight_review", events).state == "met"


def test_a_visit_is_recorded_by_the_record_that_is_its_own() -> None:
    events = [
        happened("visit_made", "2026-11-10 10:00", record="visits.Visit:1"),
        happened("visit_made", "2026-11-11 10:00", record="visits.Visit:2"),
        happened("visit_recorded", "2026-11-11 12:00", record="visits.Visit:2"),
    ]
    assert [each.state for each in found("dorset", "record_visit", events)] == ["open", "met"]


def test_a_record_dated_before_its_visit_does_not_record_it() -> None:
    events = [
        happened("visit_made", "2026-11-10 10:00", record="visits.Visit:1"),
        happened("visit_recorded", "2026-11-09 12:00", record="visits.Visit:1"),
    ]
    assert one("dorset", "record_visit", events).state == "open"


@pytest.mark.parametrize("names", [(None, None), ("a", "a"), ("visits.Visit:1", None)])
def test_one_record_is_the_record_of_one_visit(names: tuple[str | None, str | None]) -> None:
    events = [
        happened("visit_made", "2026-11-10 10:00", record=names[0]),
        happened("visit_made", "2026-11-11 10:00"),
        happened("visit_recorded", "2026-11-11 12:00", record=names[1]),
    ]
    assert [each.state for each in found("dorset", "record_visit", events)] == ["met_late", "open"]


def test_written_consent_is_due_on_the_day_of_the_first_visit() -> None:
    allocated = happened("lead_practitioner_allocated", "2026-10-07")
    waiting = one("dorset", "written_consent", [allocated])
    assert (waiting.state, waiting.status, waiting.due_on) == ("open", "upcoming", None)
    visited = [allocated, happened("visit_made", "2026-10-12"), happened("visit_made", "2026-10-26")]
    assert one("dorset", "written_consent", visited).due_on == day("2026-10-12")
    for when, state in (("2026-10-08", "met"), ("2026-10-12 18:00", "met"), ("2026-10-13", "met_late")):
        signed = [*visited, happened("written_consent_recorded", when)]
        assert one("dorset", "written_consent", signed).state == state


def test_a_step_down_is_not_assessed_again() -> None:
    events = story(("request_received", "2026-10-05"))
    assessment = one("dorset", "assessment", events, episode=STEP_DOWN)
    assert (assessment.state, assessment.due_on, assessment.rivals) == ("not_needed", None, ())
    assert "8.1" in assessment.explanation


def test_a_rule_for_each_child_asks_nothing_of_an_episode_without_children() -> None:
    assert found("derby", "exploitation_screen", []) == []


def test_what_happens_after_the_moment_is_not_known_yet() -> None:
    events = [*PLANNED, happened("review_held", "2026-12-01")]
    assert one("dorset", "review", events, on="2026-11-30").state == "open"


def test_the_15_days_from_the_first_visit_are_kept_beside_the_20() -> None:
    events = story(("request_received", "2026-10-05"), ("visit_made", "2026-10-20"))
    from_allocation, also, from_visit = one("dorset", "assessment", events).rivals
    assert (from_allocation.due_on, also.due_on, from_visit.due_on) == (None, None, day("2026-11-04"))
    assert from_visit.started_by == events[1]
    assert from_visit.source.paragraph == "15.1"


def test_a_rival_clock_may_run_before_the_adopted_one() -> None:
    events = story(("request_received", "2026-10-05"))
    (rival,) = one("dorset", "planning_meeting", events).rivals
    assert rival.due_on == day("2026-11-04")


def test_the_fortnight_is_also_counted_from_visits_before_the_planning_meeting() -> None:
    events = story(("visit_made", "2026-10-12"), ("planning_meeting_held", "2026-10-30"), ("visit_made", "2026-11-06"))
    before, after = found("dorset", "visit", events)
    assert before.rivals[0].due_on == day("2026-10-26")
    assert after.rivals[0].due_on == day("2026-11-20")


def test_a_managers_date_counts_and_the_frameworks_stays_beside_it() -> None:
    review = one("dorset", "review", PLANNED, directed=[directed("review", "2026-11-20")], on="2026-11-21")
    assert (review.due_on, review.framework_due_on) == (day("2026-11-20"), day("2026-12-18"))
    assert review.status == "overdue"
    assert review.directed is not None


def test_a_measure_may_count_by_the_managers_date_or_the_frameworks() -> None:
    events = [*PLANNED, happened("review_held", "2026-12-01")]
    given = directed("review", "2026-11-20", started_at=at("2026-11-06"))
    review = found("dorset", "review", events, directed=[given])[0]
    assert (review.state, review.framework_state) == ("met_late", "met")
    assert found("dorset", "review", PLANNED, directed=[given])[0].framework_state == "open"


def test_a_managers_date_replaces_hours_by_a_day() -> None:
    events = story(("request_received", "2026-10-05 09:30"), ("lead_practitioner_allocated", "2026-10-08 17:00"))
    allocation = one("dorset", "allocate", events, directed=[directed("allocate", "2026-10-08")])
    assert (allocation.due_at, allocation.due_on, allocation.state) == (None, day("2026-10-08"), "met")
    assert allocation.framework_due_at == at("2026-10-07 09:30")
    assert allocation.framework_state == "met_late"


def test_a_managers_date_without_a_start_is_for_the_latest_run() -> None:
    events = [*PLANNED, happened("review_held", "2026-12-01")]
    runs = found("dorset", "review", events, directed=[directed("review", "2026-12-24")])
    assert [run.due_on for run in runs] == [day("2026-12-18"), day("2026-12-24")]


def test_the_last_of_two_managers_dates_counts_and_one_for_nothing_is_left_aside() -> None:
    given = [
        directed("review", "2026-11-20"),
        directed("review", "2026-11-24"),
        directed("review", "2026-11-25", started_at=at("2020-01-01")),
        directed("no_such_rule", "2026-11-26"),
    ]
    assert one("dorset", "review", PLANNED, directed=given).due_on == day("2026-11-24")


def test_a_managers_date_follows_the_record_that_started_the_clock_when_that_is_corrected() -> None:
    given = directed("review", "2026-11-20", started_at=at("2026-11-06"), record="plans.Meeting:7")
    moved = [*PLANNED[:-1], happened("planning_meeting_held", "2026-11-09", record="plans.Meeting:7")]
    assert one("dorset", "review", moved, directed=[given]).due_on == day("2026-11-20")
    assert one("dorset", "review", PLANNED, directed=[given]).due_on == day("2026-12-18")


def test_a_managers_date_may_be_for_one_child() -> None:
    events = [happened("child_found", "2026-10-24", for_id=name) for name in ("c1", "c2")]
    given = [directed("return_interview", "2026-10-30", for_id="c2")]
    interviews = found("derby", "return_interview", events, directed=given)
    assert [each.due_on for each in interviews] == [None, day("2026-10-30")]


def test_a_managers_date_shows_before_the_clock_starts() -> None:
    review = one("dorset", "review", [], directed=[directed("review", "2026-11-20")])
    assert (review.state, review.due_on) == ("not_started", day("2026-11-20"))


def test_a_moment_without_a_timezone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        deadlines(load_framework("dorset"), LEVEL_3, [], at=datetime(2026, 10, 5))  # noqa: DTZ001


def test_deadlines_come_in_the_order_of_the_rules() -> None:
    order = list(dict.fromkeys(each.timescale for each in all_deadlines("dorset", PLANNED)))
    assert order == [rule.id for rule in load_framework("dorset").clocks]
