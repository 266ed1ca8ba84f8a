"""What must be true before a plan is agreed, a meeting counts and help ends: tables of facts, no database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from baton.plans.policies.closure import (
    TO_CLOSE,
    TO_CLOSE_UNSTARTED,
    TO_PROPOSE,
    TO_SEND_BACK,
    ClosingFacts,
    ProposalFacts,
    ReturnFacts,
    UnstartedFacts,
    records_missing,
)
from baton.plans.policies.meetings import TO_RECORD_MEETING, MeetingFacts
from baton.plans.policies.plan import (
    TO_AGREE,
    TO_CHANGE,
    TO_REMOVE,
    TO_TICK,
    ActionFacts,
    AgreementFacts,
    ChangeFacts,
    RemovalFacts,
)
from baton.plans.policies.reviews import may_be_collected, review_rules
from baton.platform.refusals import Policy, unmet
from baton.practice.facts import EpisodeFacts
from baton.practice.loading import framework_in_force

TODAY = date(2026, 11, 9)
HELP_ENDED = "Help for this family has ended. What was written stays as it is."

AGREED = AgreementFacts(
    episode_is_open=True,
    is_agreed=False,
    goals=2,
    goals_without_action=0,
    review_on=date(2026, 12, 18),
    agreed_on=TODAY,
    agreed_with="Marigold",
    today=TODAY,
)
MEETING = MeetingFacts(
    episode_is_open=True,
    is_review=False,
    is_ending=False,
    met=True,
    may_be_collected=False,
    chair="Wilf Worker",
    note_taker="Tess Teacher",
    asked=3,
    answered=2,
    childs_views="Ashby wants a quiet morning.",
    decision="",
    help_ends=False,
    shared_back="",
    held_on=TODAY,
    next_on=date(2026, 12, 18),
    today=TODAY,
)
REVIEW = replace(MEETING, is_review=True, decision="continue")
UPDATES = replace(REVIEW, met=False, may_be_collected=True, chair="", note_taker="", shared_back="By letter")
PROPOSAL = ProposalFacts(episode_is_open=True, work_began=True, goals_without_outcome=0, leads_next="The school")
CLOSING = ClosingFacts(
    episode_is_open=True,
    is_proposed=True,
    is_sent_back=False,
    goals_without_outcome=0,
    leads_next="The school",
    missing=(),
    why_without="",
)


def said(policies: Sequence[Policy], facts: object) -> str:
    return " ".join(unmet(policies, facts))


def test_a_plan_with_goals_actions_and_a_review_date_can_be_agreed() -> None:
    assert said(TO_AGREE, AGREED) == ""


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"episode_is_open": False}, HELP_ENDED),
        ({"is_agreed": True}, "This plan is agreed already."),
        ({"goals": 0}, "Write down at least one goal"),
        ({"goals_without_action": 1}, "Give each goal at least one action"),
        ({"review_on": None}, "Set the date on which the plan will be reviewed."),
        ({"review_on": TODAY}, "Set a review date later than the day on which the plan is agreed."),
        ({"agreed_on": date(2026, 11, 10)}, "Enter a day that has come"),
        ({"agreed_with": " "}, "Say with whom in the family the plan was agreed."),
    ],
)
def test_a_plan_is_not_agreed_while_something_is_wanting(changed: dict[str, object], sentence: str) -> None:
    sentences = unmet(TO_AGREE, replace(AGREED, **changed))  # type: ignore[arg-type]
    assert len(sentences) == 1
    assert sentences[0].startswith(sentence)


def test_a_plan_is_changed_while_help_goes_on_and_not_after() -> None:
    assert said(TO_CHANGE, ChangeFacts(episode_is_open=True)) == ""
    assert said(TO_CHANGE, ChangeFacts(episode_is_open=False)) == HELP_ENDED


def test_what_was_agreed_is_not_taken_out_of_the_plan() -> None:
    assert said(TO_REMOVE, RemovalFacts(episode_is_open=True, plan_is_agreed=False)) == ""
    assert said(TO_REMOVE, RemovalFacts(episode_is_open=True, plan_is_agreed=True)).startswith("What was agreed stays")


def test_an_action_is_done_by_today_at_the_latest() -> None:
    assert said(TO_TICK, ActionFacts(episode_is_open=True, done_on=TODAY, today=TODAY)) == ""
    assert said(TO_TICK, ActionFacts(episode_is_open=True, done_on=None, today=TODAY)) == ""
    later = ActionFacts(episode_is_open=True, done_on=date(2026, 11, 10), today=TODAY)
    assert said(TO_TICK, later).startswith("Enter a day that has come")


@pytest.mark.parametrize("facts", [MEETING, REVIEW, UPDATES, replace(MEETING, is_ending=True, next_on=None)])
def test_a_meeting_that_is_told_in_full_is_recorded(facts: MeetingFacts) -> None:
    assert said(TO_RECORD_MEETING, facts) == ""


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (replace(MEETING, episode_is_open=False), HELP_ENDED),
        (replace(MEETING, held_on=date(2026, 11, 10)), "Record a meeting after it was held."),
        (replace(UPDATES, may_be_collected=False), "At this level of need a review is a meeting."),
        (replace(MEETING, answered=0), "Say who came to the meeting."),
        (replace(UPDATES, answered=0), "Write down at least one update that you collected."),
        (replace(MEETING, note_taker=" "), "Say who chaired the meeting and who took the notes."),
        (replace(MEETING, note_taker="wilf  WORKER "), "Name another note taker:"),
        (replace(MEETING, childs_views=""), "Write what the children think"),
        (replace(REVIEW, decision=""), "Say what the review decided"),
        (replace(UPDATES, shared_back=" "), "Say how everybody heard"),
        (replace(MEETING, next_on=None), "Set the date of the next review"),
        (replace(MEETING, next_on=TODAY), "Set a next date later"),
    ],
)
def test_a_meeting_is_not_recorded_while_something_is_wanting(facts: MeetingFacts, sentence: str) -> None:
    sentences = unmet(TO_RECORD_MEETING, facts)
    assert [each for each in sentences if each.startswith(sentence)] == list(sentences)
    assert sentences


def test_a_review_that_ends_help_sets_no_next_date() -> None:
    assert said(TO_RECORD_MEETING, replace(REVIEW, decision="close", help_ends=True, next_on=None)) == ""


@pytest.mark.parametrize(
    ("place", "level", "collected"),
    [
        ("doncaster", 2, True),
        ("doncaster", 3, False),
        ("doncaster", None, False),  # nobody has decided the level: a review is a meeting until they do
        ("dorset", 2, False),  # the framework speaks of review meetings and of nothing else
        ("dorset", 3, False),
        ("derby", 2, False),  # no interval is set, and nothing said of reviews without a meeting
    ],
)
def test_where_a_review_may_be_collected_updates(place: str, level: int | None, collected: bool) -> None:
    framework = framework_in_force(place, on=TODAY)
    assert may_be_collected(framework, EpisodeFacts(level=level)) is collected


@pytest.mark.parametrize(
    ("place", "level", "rules"),
    [
        ("doncaster", 2, ["review_level_2"]),
        ("doncaster", 3, ["review_level_3"]),
        ("doncaster", None, []),
        ("dorset", 3, ["review"]),
        ("derby", 3, []),
    ],
)
def test_which_rules_ask_for_a_review(place: str, level: int | None, rules: list[str]) -> None:
    framework = framework_in_force(place, on=TODAY)
    assert [rule.id for rule in review_rules(framework, EpisodeFacts(level=level))] == rules


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, ""),
        ({"episode_is_open": False}, HELP_ENDED),
        ({"work_began": False}, "Nobody leads the work yet, so the manager can close it alone."),
        ({"goals_without_outcome": 1}, "Say of each goal how it ended."),
        ({"leads_next": " "}, "Say who leads next, or that the family carries on by itself."),
    ],
)
def test_what_a_proposal_to_close_asks_for(changed: dict[str, object], sentence: str) -> None:
    assert said(TO_PROPOSE, replace(PROPOSAL, **changed)) == sentence  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, ""),
        ({"episode_is_open": False}, HELP_ENDED),
        ({"is_proposed": False}, "The lead practitioner has not proposed to close yet."),
        ({"is_sent_back": True}, "You sent this back."),
        ({"goals_without_outcome": 2}, "Say of each goal how it ended."),
        ({"leads_next": ""}, "Say who leads next"),
        ({"missing": ("Genogram",)}, "Records are missing. Say why"),
        ({"missing": ("Genogram",), "why_without": "The family moved away."}, ""),
    ],
)
def test_what_closing_asks_for(changed: dict[str, object], sentence: str) -> None:
    sentences = unmet(TO_CLOSE, replace(CLOSING, **changed))  # type: ignore[arg-type]
    assert len(sentences) == (1 if sentence else 0)
    assert " ".join(sentences).startswith(sentence)


def test_a_proposal_is_sent_back_with_a_reason_while_it_waits() -> None:
    facts = ReturnFacts(episode_is_open=True, waits_for_manager=True, reason="Score the Star first.")
    assert said(TO_SEND_BACK, facts) == ""
    assert said(TO_SEND_BACK, replace(facts, reason="")) == "Say what the lead practitioner should put right."
    assert said(TO_SEND_BACK, replace(facts, waits_for_manager=False)) == "No proposal to close is waiting for you."


def test_only_what_nobody_has_begun_is_ended_without_a_proposal() -> None:
    assert said(TO_CLOSE_UNSTARTED, UnstartedFacts(episode_is_open=True, work_began=False)) == ""
    assert said(TO_CLOSE_UNSTARTED, UnstartedFacts(episode_is_open=True, work_began=True)).startswith("Somebody leads")


def test_a_record_is_there_when_any_of_its_events_is() -> None:
    records = framework_in_force("dorset", on=TODAY).records
    assert len(records_missing(records, ())) == len(records) == 14
    kinds = {"planning_meeting_held", "supervision_held"}
    lacking = {record.id for record in records_missing(records, kinds)}
    assert {record.id for record in records} - lacking == {"plan", "supervision_and_oversight"}
