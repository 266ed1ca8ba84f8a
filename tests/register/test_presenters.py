"""Rules in words. No database."""

from datetime import UTC, date, datetime

import pytest

from baton.practice.frameworks import Framework
from baton.practice.loading import load_framework
from baton.practice.timescales import Timescale
from baton.register import presenters, queries

MONDAY = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)


def rule_of(place: str, rule: str) -> tuple[Framework, Timescale]:
    framework = load_framework(place)
    return framework, framework.timescale(rule)


@pytest.mark.parametrize(
    ("place", "rule", "words"),
    [
        ("dorset", "screen_request", "48 hours after the request"),
        ("dorset", "first_visit", "Five working days after allocation"),
        ("dorset", "review", "Every six weeks, counted from the planning meeting"),
        ("dorset", "written_consent", "By the day of the visit"),
        ("dorset", "group_supervision", "Every eight weeks"),
        ("doncaster", "audit", "Every month"),
        ("derby", "measure_before_therapy", "Before the start of therapy"),
    ],
)
def test_a_rule_says_when_it_falls_due(place: str, rule: str, words: str) -> None:
    assert presenters.amount_in_words(rule_of(place, rule)[1]) == words


def test_readings_that_say_the_same_are_one_with_all_their_sources() -> None:
    words = presenters.rule_in_words(*rule_of("dorset", "first_visit"))
    (rival,) = words.rivals
    assert rival.words == "Five days after the request"
    assert rival.source == "Dorset framework 11, the practice standards and the performance framework"


def test_a_rule_says_for_whom_it_is() -> None:
    assert presenters.rule_in_words(*rule_of("doncaster", "review_level_2")).applies == "At level 2"
    assert presenters.rule_in_words(*rule_of("dorset", "assessment")).applies == "After a request"
    assert presenters.rule_in_words(*rule_of("dorset", "review")).applies == "For every family"
    assert (
        presenters.rule_in_words(*rule_of("derby", "exploitation_screen")).applies == "For each child aged 10 or over"
    )
    assert presenters.rule_in_words(*rule_of("derby", "length_of_help")).applies.startswith("Not for: homeless")


def test_a_rule_says_since_when_it_holds_and_when_it_was_checked() -> None:
    words = presenters.rule_in_words(*rule_of("dorset", "review"))
    assert words.in_force == "In force since 1 January 2020"
    assert words.checked_on == date(2026, 11, 22)
    assert words.warned == "Due soon from seven days before"


def test_who_owes_it_has_the_places_own_title() -> None:
    assert presenters.rule_in_words(*rule_of("dorset", "review")).owed_by == "Early Help practitioner"


def test_only_what_can_be_worked_out_leads_to_the_calculator() -> None:
    assert "rule=dorset.review" in presenters.rule_in_words(*rule_of("dorset", "review")).calculator
    assert presenters.rule_in_words(*rule_of("derby", "report")).calculator == ""


def test_the_calculators_answer_gives_each_reading_its_date() -> None:
    framework, rule = rule_of("dorset", "length_of_help")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    words = presenters.worked_in_words(worked)
    assert words.due == "Monday 5 April 2027"
    assert "six months after allocation" in words.explanation
    assert [rival.words for rival in words.rivals] == [
        "Between Monday 5 April 2027 and Tuesday 5 October 2027",
        "Between Tuesday 5 January 2027 and Monday 5 April 2027",
    ]


def test_a_reading_that_starts_elsewhere_keeps_its_words() -> None:
    framework, rule = rule_of("dorset", "planning_meeting")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert presenters.worked_in_words(worked).rivals[0].words == "30 days after the request"


def test_what_waits_for_another_event_has_no_date_yet() -> None:
    framework, rule = rule_of("dorset", "written_consent")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert presenters.worked_in_words(worked).due == "No date yet"
