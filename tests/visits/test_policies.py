"""What must be true of a visit: every branch, no database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baton.platform.refusals import Policy, unmet
from baton.visits.policies import (
    TO_CALL_OFF,
    TO_PLAN,
    TO_RECORD,
    PlanFacts,
    Told,
    VisitFacts,
    a_failed_visit_says_why,
    help_goes_on,
    help_had_not_ended,
    only_the_family_was_seen,
    plan_is_ahead,
    somebody_was_seen,
    visit_follows_the_request,
    visit_has_happened,
    visit_is_still_planned,
    visit_was_not_called_off,
)
from tests.factories.times import MONDAY

MADE = Told(happened_at=MONDAY, made=True, seen=frozenset({1}))
FAILED = Told(happened_at=MONDAY, made=False, failed_because="Nobody came to the door.")
FINE = VisitFacts(told=MADE, now=MONDAY, requested_at=MONDAY, ended_at=None, family=frozenset({1, 2}))
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("told", [MADE, FAILED, replace(MADE, seen=frozenset(), alone=frozenset({2}))])
def test_a_visit_made_or_failed_is_kept(told: Told) -> None:
    assert unmet(TO_RECORD, replace(FINE, told=told)) == ()


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (replace(FINE, now=MONDAY - AN_HOUR), visit_has_happened),
        (replace(FINE, requested_at=MONDAY + A_DAY), visit_follows_the_request),
        (replace(FINE, ended_at=MONDAY - A_DAY), help_had_not_ended),
        (replace(FINE, told=replace(MADE, seen=frozenset())), somebody_was_seen),
        (replace(FINE, told=replace(FAILED, failed_because=" ")), a_failed_visit_says_why),
        (replace(FINE, told=replace(MADE, seen=frozenset({3}))), only_the_family_was_seen),
        (replace(FINE, state="cancelled"), visit_was_not_called_off),
    ],
)
def test_a_visit_is_refused_with_the_sentence_of_what_is_wrong(facts: VisitFacts, policy: Policy) -> None:
    assert unmet(TO_RECORD, facts) == (policy.__doc__,)


def test_the_day_of_the_request_and_the_day_help_ended_still_count() -> None:
    same_day = replace(FINE, requested_at=MONDAY + AN_HOUR, ended_at=MONDAY - AN_HOUR)
    assert unmet(TO_RECORD, same_day) == ()


def test_nobody_counts_as_seen_on_a_visit_that_failed() -> None:
    assert replace(FAILED, seen=frozenset({1})).everybody_seen == frozenset()
    assert replace(MADE, alone=frozenset({2})).everybody_seen == {1, 2}


@pytest.mark.parametrize("missing", ["purpose", "action", "reflection", "analysis"])
def test_a_visit_is_written_up_when_all_four_are_there(missing: str) -> None:
    whole = replace(MADE, purpose="p", action="a", reflection="r", analysis="an")
    assert whole.is_written_up
    assert not replace(whole, **{missing: " "}).is_written_up


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (PlanFacts(planned_for=MONDAY, now=MONDAY, episode_is_open=True), None),
        (PlanFacts(planned_for=MONDAY - AN_HOUR, now=MONDAY, episode_is_open=True), plan_is_ahead),
        (PlanFacts(planned_for=MONDAY, now=MONDAY, episode_is_open=False), help_goes_on),
    ],
)
def test_a_visit_is_planned_ahead_while_help_goes_on(facts: PlanFacts, policy: Policy | None) -> None:
    assert unmet(TO_PLAN, facts) == ((policy.__doc__,) if policy else ())


def test_only_a_planned_visit_is_called_off() -> None:
    facts = PlanFacts(planned_for=MONDAY, now=MONDAY, episode_is_open=False)
    assert unmet(TO_CALL_OFF, facts) == ()
    assert unmet(TO_CALL_OFF, replace(facts, is_planned=False)) == (visit_is_still_planned.__doc__,)
