"""What must be true before a request is sent, taken, answered or told."""

from dataclasses import replace
from typing import Any

import pytest

from baton.platform.refusals import Refused, require, unmet
from baton.requests import policies
from baton.requests.policies import HoldingFacts, ScreeningFacts, SendingFacts, TellingFacts

SENDING = SendingFacts(
    enquirer_is_named=True,
    enquirer_can_be_reached=True,
    worries_are_written=True,
    children=1,
    consent_is_given=True,
    consent_giver_is_named=True,
)
SCREENING = ScreeningFacts(
    is_answered=False,
    decision="opens_episode",
    reason_is_written=True,
    answer_is_written=True,
    answered_how_is_said=True,
    signpost_is_named=False,
    team_is_named=True,
    level_is_early_help=True,
    consent_is_given=True,
    children=2,
    family_has_open_episode=False,
    family_is_chosen=True,
)
NOTHING = ScreeningFacts(
    is_answered=False,
    decision="",
    reason_is_written=False,
    answer_is_written=False,
    answered_how_is_said=False,
    signpost_is_named=False,
    team_is_named=False,
    level_is_early_help=False,
    consent_is_given=False,
    children=0,
    family_has_open_episode=True,
    family_is_chosen=False,
)


def test_a_complete_request_may_be_sent() -> None:
    assert unmet(policies.TO_SEND, SENDING) == ()


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({"enquirer_is_named": False}, policies.enquirer_is_named),
        ({"enquirer_can_be_reached": False}, policies.enquirer_can_be_reached),
        ({"worries_are_written": False}, policies.worries_are_written),
        ({"children": 0}, policies.a_child_is_named),
        ({"consent_giver_is_named": False}, policies.consent_giver_is_named),
    ],
)
def test_what_is_missing_from_a_request_is_said(change: dict[str, Any], policy: Any) -> None:
    assert unmet(policies.TO_SEND, replace(SENDING, **change)) == (policy.__doc__,)


def test_without_agreement_nobody_need_have_given_it() -> None:
    facts = replace(SENDING, consent_is_given=False, consent_giver_is_named=False)
    assert unmet(policies.TO_SEND, facts) == ()


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        (HoldingFacts(is_answered=False, held_by_me=False, held_by_colleague=False), True),
        (HoldingFacts(is_answered=False, held_by_me=True, held_by_colleague=False), True),
        (HoldingFacts(is_answered=False, held_by_me=False, held_by_colleague=True), False),
        (HoldingFacts(is_answered=False, held_by_me=False, held_by_colleague=True, from_colleague=True), True),
        (HoldingFacts(is_answered=True, held_by_me=False, held_by_colleague=False), False),
    ],
)
def test_a_request_is_taken_by_one_adviser_at_a_time(facts: HoldingFacts, may: bool) -> None:
    assert (unmet(policies.TO_TAKE, facts) == ()) is may


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        (HoldingFacts(is_answered=False, held_by_me=True, held_by_colleague=False), True),
        (HoldingFacts(is_answered=False, held_by_me=False, held_by_colleague=True), False),
        (HoldingFacts(is_answered=True, held_by_me=True, held_by_colleague=False), False),
    ],
)
def test_only_who_has_a_request_gives_it_back(facts: HoldingFacts, may: bool) -> None:
    assert (unmet(policies.TO_GIVE_BACK, facts) == ()) is may


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({"is_answered": True}, policies.not_answered_before),
        ({"decision": ""}, policies.outcome_is_chosen),
        ({"reason_is_written": False}, policies.reason_is_written),
        ({"answer_is_written": False}, policies.enquirer_is_answered),
        ({"answered_how_is_said": False}, policies.way_of_answering_is_said),
        ({"decision": "signpost"}, policies.signpost_is_named),
        ({"team_is_named": False}, policies.team_is_named),
        ({"level_is_early_help": False}, policies.level_is_early_help),
        ({"consent_is_given": False}, policies.consent_is_given),
        ({"children": 0}, policies.a_child_is_known),
        ({"family_is_chosen": False}, policies.which_family_is_said),
        ({"family_has_open_episode": True}, policies.family_has_no_open_episode),
    ],
)
def test_what_stands_in_the_way_of_opening_early_help_is_said(change: dict[str, Any], policy: Any) -> None:
    assert unmet(policies.TO_SCREEN, replace(SCREENING, **change)) == (policy.__doc__,)


def test_early_help_opens_when_everything_is_there() -> None:
    assert unmet(policies.TO_SCREEN, SCREENING) == ()


@pytest.mark.parametrize("decision", ["supports_lead", "advice", "signpost"])
def test_other_answers_need_neither_team_level_nor_agreement(decision: str) -> None:
    bare = replace(
        NOTHING, decision=decision, reason_is_written=True, answer_is_written=True, answered_how_is_said=True
    )
    assert unmet(policies.TO_SCREEN, replace(bare, signpost_is_named=True)) == ()


def test_passing_to_social_care_is_held_back_by_nothing() -> None:
    assert unmet(policies.TO_SCREEN, replace(NOTHING, decision="social_care")) == ()


def test_a_request_cannot_end_without_an_outcome_and_an_answer() -> None:
    with pytest.raises(Refused) as refused:
        require(policies.TO_SCREEN, NOTHING)
    assert policies.outcome_is_chosen.__doc__ in refused.value.sentences
    assert policies.enquirer_is_answered.__doc__ in refused.value.sentences


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (TellingFacts(is_answered=False, still_to_tell=False, answer_is_written=True), policies.a_decision_was_made),
        (TellingFacts(is_answered=True, still_to_tell=False, answer_is_written=True), policies.nobody_told_them_yet),
        (TellingFacts(is_answered=True, still_to_tell=True, answer_is_written=False), policies.answer_is_written),
    ],
)
def test_telling_afterwards_needs_something_to_tell(facts: TellingFacts, policy: Any) -> None:
    assert unmet(policies.TO_TELL, facts) == (policy.__doc__,)
