"""What must be true before an assessment moves on: one test a sentence, no database."""

from dataclasses import replace

import pytest

from baton.assessments import policies, states
from baton.assessments.policies import (
    TO_AUTHORISE,
    TO_RETURN,
    TO_REVISE,
    TO_SCORE,
    TO_START,
    TO_SUBMIT,
    TO_WRITE,
    JudgeFacts,
    RevisionFacts,
    ScoreFacts,
    StartFacts,
    SubmitFacts,
    WriteFacts,
)
from baton.platform.refusals import Refused, require, unmet

READY = SubmitFacts(
    state="started", analysis_is_written=True, strengths_are_written=True, outcomes_marked=3, unheard=(), unwritten=()
)
EVERY_POLICY = {*TO_AUTHORISE, *TO_RETURN, *TO_REVISE, *TO_SCORE, *TO_START, *TO_SUBMIT, *TO_WRITE}


def sentence(policy: object) -> str:
    return str(policy.__doc__).strip()


def test_a_whole_assessment_may_be_submitted() -> None:
    assert unmet(TO_SUBMIT, READY) == ()
    assert unmet(TO_SUBMIT, replace(READY, state="returned")) == ()


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (replace(READY, state="submitted"), policies.is_not_submitted_yet),
        (replace(READY, state="authorised"), policies.is_not_submitted_yet),
        (replace(READY, unwritten=("Child's health: Ashby",)), policies.children_are_in_every_section),
        (replace(READY, unheard=("Ashby",)), policies.every_child_is_heard),
        (replace(READY, strengths_are_written=False), policies.strengths_are_written),
        (replace(READY, analysis_is_written=False), policies.analysis_is_written),
        (replace(READY, outcomes_marked=0), policies.outcomes_are_marked),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(facts: SubmitFacts, policy: object) -> None:
    assert unmet(TO_SUBMIT, facts) == (sentence(policy),)


def test_all_that_is_missing_is_said_at_once() -> None:
    nothing = SubmitFacts("started", False, False, 0, unheard=("Ashby",), unwritten=("Child's health: Ashby",))
    with pytest.raises(Refused) as refusal:
        require(TO_SUBMIT, nothing)
    assert len(refusal.value.sentences) == 5


def test_an_assessment_starts_in_an_open_episode_without_another_being_written() -> None:
    assert unmet(TO_START, StartFacts(episode_is_open=True, one_is_being_written=False)) == ()
    closed = unmet(TO_START, StartFacts(episode_is_open=False, one_is_being_written=False))
    assert closed == (sentence(policies.episode_is_open),)
    second = unmet(TO_START, StartFacts(episode_is_open=True, one_is_being_written=True))
    assert second == (sentence(policies.none_is_being_written),)


@pytest.mark.parametrize(
    ("state", "may"), [("started", True), ("returned", True), ("submitted", False), ("authorised", False)]
)
def test_an_assessment_is_written_in_only_while_it_is_with_its_writers(state: str, may: bool) -> None:
    assert (unmet(TO_WRITE, WriteFacts(state=state)) == ()) is may


@pytest.mark.parametrize("state", ["started", "returned", "authorised"])
def test_a_manager_answers_only_what_was_submitted(state: str) -> None:
    assert unmet(TO_AUTHORISE, JudgeFacts(state)) == (sentence(policies.waits_for_the_manager),)
    assert unmet(TO_RETURN, JudgeFacts(state, comment="More of Ashby.")) == (sentence(policies.waits_for_the_manager),)


def test_nobody_authorises_what_they_submitted() -> None:
    assert unmet(TO_AUTHORISE, JudgeFacts("submitted")) == ()
    assert unmet(TO_AUTHORISE, JudgeFacts("submitted", judges_own_work=True)) == (
        sentence(policies.somebody_else_wrote_it),
    )


def test_returning_says_what_should_change() -> None:
    assert unmet(TO_RETURN, JudgeFacts("submitted", comment="More of Ashby.")) == ()
    assert unmet(TO_RETURN, JudgeFacts("submitted", comment="  ")) == (sentence(policies.comment_is_written),)


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (RevisionFacts(False, "authorised", True), policies.help_is_still_open),
        (RevisionFacts(True, "started", True), policies.is_authorised),
        (RevisionFacts(True, "authorised", False), policies.is_the_newest),
    ],
)
def test_a_new_version_follows_the_newest_authorised_one_while_help_is_open(
    facts: RevisionFacts, policy: object
) -> None:
    assert unmet(TO_REVISE, RevisionFacts(True, "authorised", True)) == ()
    assert unmet(TO_REVISE, facts) == (sentence(policy),)


SCORED = ScoreFacts(tool_is_listed=True, is_for_each_child=True, is_about_a_child=True, within_the_episode=True)


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (replace(SCORED, tool_is_listed=False), policies.tool_is_listed),
        (replace(SCORED, is_about_a_child=False), policies.child_is_named),
        (replace(SCORED, within_the_episode=False), policies.was_scored_within_the_episode),
    ],
)
def test_a_score_is_of_a_listed_tool_about_whom_it_is_asked_in_time(facts: ScoreFacts, policy: object) -> None:
    assert unmet(TO_SCORE, SCORED) == ()
    assert unmet(TO_SCORE, facts) == (sentence(policy),)


def test_a_tool_for_anybody_may_be_about_the_family() -> None:
    assert unmet(TO_SCORE, replace(SCORED, is_for_each_child=False, is_about_a_child=False)) == ()


def test_every_policy_is_a_sentence_that_says_what_to_do() -> None:
    for policy in EVERY_POLICY:
        assert sentence(policy).endswith("."), policy
        assert sentence(policy)[0].isupper(), policy
        assert len(sentence(policy)) < 140, policy


def test_moves_lead_only_to_states_there_are() -> None:
    assert {to for moves in states.MOVES.values() for to in moves} < set(states.MOVES)
    assert states.MOVES[states.AUTHORISED] == ()
    assert tuple(state for state, moves in states.MOVES.items() if states.SUBMITTED in moves) == states.BEING_WRITTEN


def test_a_move_that_is_not_there_is_not_made() -> None:
    assert states.may_move("submitted", "returned")
    assert not states.may_move("started", "authorised")
