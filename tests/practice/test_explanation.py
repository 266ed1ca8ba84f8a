"""What practitioners read under a date."""

import pytest

from baton.practice.facts import EpisodeFacts, Happened
from tests.practice.stories import STEP_DOWN, directed, found, happened, one, story

PLANNED = story(("planning_meeting_held", "2026-11-06"))
REVIEW = (
    "six weeks after the planning meeting on 6 November. Dorset framework 15.1."
    " Under 2.4 and 9 it would be three months."
)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (PLANNED, f"Review due by Friday 18 December 2026: {REVIEW}"),
        (
            [*PLANNED, happened("review_held", "2026-12-14")],
            f"Review done on Monday 14 December 2026, in time. It was due by Friday 18 December 2026: {REVIEW}",
        ),
        (
            [*PLANNED, happened("review_held", "2026-12-21")],
            f"Review done late, on Monday 21 December 2026. It was due by Friday 18 December 2026: {REVIEW}",
        ),
        (
            [*PLANNED, happened("closed", "2026-12-21")],
            "Review not done before closure on Monday 21 December 2026."
            f" It was due by Friday 18 December 2026: {REVIEW}",
        ),
        (
            [*PLANNED, happened("stepped_up", "2026-12-01")],
            "Review not done before the step-up on Tuesday 1 December 2026."
            f" It would have been due by Friday 18 December 2026: {REVIEW}",
        ),
        (
            [],
            "Review has no date yet: it is due six weeks after the planning meeting, and that has not happened."
            " Dorset framework 15.1. Under 2.4 and 9 it would be three months.",
        ),
    ],
)
def test_a_review_explains_itself(events: list[Happened], said: str) -> None:
    assert found("dorset", "review", events)[0].explanation == said


def test_hours_say_the_time_of_day() -> None:
    assert one("dorset", "screen_request", story(("request_received", "2026-10-05"))).explanation == (
        "Screening decision due by 09:30 on Wednesday 7 October 2026: 48 hours after the request on 5 October at 09:30."
        " Dorset framework 1.2. Under the performance framework it would be 24 hours."
    )


def test_a_start_in_another_year_says_its_year() -> None:
    ending = one("dorset", "length_of_help", story(("lead_practitioner_allocated", "2026-10-07"))).explanation
    assert "six months after allocation on 7 October 2026." in ending
    assert "Under 9 it would be six to twelve months." in ending


def test_rivals_that_start_elsewhere_say_from_what_they_count() -> None:
    said = one("dorset", "assessment", story(("request_received", "2026-10-05"))).explanation
    assert "Under 14.2 and 15.1 it would be 20 days after allocation." in said
    assert "Under 15.1 it would be 15 days after the visit." in said


def test_three_paragraphs_that_say_the_same_share_a_sentence() -> None:
    said = one("dorset", "first_visit", story(("lead_practitioner_allocated", "2026-10-07"))).explanation
    assert (
        "Under 11, the practice standards and the performance framework it would be five days after the request."
        in said
    )


def test_a_managers_date_names_who_and_why_and_keeps_the_frameworks() -> None:
    assert one("dorset", "review", PLANNED, directed=[directed("review", "2026-11-20")]).explanation == (
        "Review due by Friday 20 November 2026, a date set by Manager Example: the family is away."
        f" The framework gives Friday 18 December 2026: {REVIEW}"
    )


def test_a_managers_date_keeps_the_frameworks_instant() -> None:
    events = story(("request_received", "2026-10-05"))
    said = one("dorset", "allocate", events, directed=[directed("allocate", "2026-10-08")]).explanation
    assert "The framework gives 09:30 on Wednesday 7 October 2026: 48 hours after the request" in said


def test_a_managers_date_before_the_clock_starts_stands_alone() -> None:
    said = one("dorset", "review", [], directed=[directed("review", "2026-11-20")]).explanation
    assert said.startswith(
        "Review due by Friday 20 November 2026, a date set by Manager Example: the family is away. Dorset"
    )


def test_a_managers_date_for_what_follows_an_event_has_no_framework_date_beside_it() -> None:
    events = story(("lead_practitioner_allocated", "2026-10-07"))
    said = one("dorset", "written_consent", events, directed=[directed("written_consent", "2026-10-09")]).explanation
    assert "The framework gives" not in said


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "Written consent due by the day of the visit, which has not happened yet. Dorset framework 14.1."),
        (
            story(("written_consent_recorded", "2026-10-08")),
            "Written consent done on Thursday 8 October 2026, in time: it is due by the day of the visit."
            " Dorset framework 14.1.",
        ),
        (
            story(("closed", "2026-10-08")),
            "Written consent not done before closure on Thursday 8 October 2026: it is due by the day of the visit."
            " Dorset framework 14.1.",
        ),
        (
            story(("visit_made", "2026-10-12")),
            "Written consent due by Monday 12 October 2026: by the day of the visit. Dorset framework 14.1.",
        ),
    ],
)
def test_what_goes_with_an_event_says_with_which(events: list[Happened], said: str) -> None:
    allocated = happened("lead_practitioner_allocated", "2026-10-07")
    assert one("dorset", "written_consent", [allocated, *events]).explanation == said


def test_what_must_come_first_says_before_what() -> None:
    said = one("derby", "measure_before_therapy", story(("therapy_started", "2026-11-16"))).explanation
    assert said.startswith(
        "RCADS or SCORE-15 before therapy due by 09:30 on Monday 16 November 2026: before the start of therapy."
    )


def test_what_is_not_needed_says_why_and_no_more() -> None:
    said = one("dorset", "assessment", [], episode=STEP_DOWN).explanation
    assert said.startswith("Assessment not needed: the plan of a step-down comes with it")
    assert "Under" not in said


def test_headings_are_quoted_and_documents_named() -> None:
    said = one("doncaster", "review_level_3", story(("plan_agreed", "2026-11-06")), episode=EpisodeFacts(3)).explanation
    assert "Doncaster lead practitioner guidance, “Level 3 assessments”." in said
    assert "it would be four to six weeks" in said
