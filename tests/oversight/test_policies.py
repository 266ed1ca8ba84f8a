"""What must be true of managers' notes: every branch, no database."""

from datetime import timedelta

import pytest

from baton.oversight.policies import (
    TO_RECORD_OVERSIGHT,
    TO_RECORD_SUPERVISION,
    TO_SIGN_OFF,
    NoteFacts,
    SignOffFacts,
    SupervisionFacts,
    help_goes_on,
    point_is_the_frameworks,
    somebody_was_supervised,
    supervision_was_held,
    the_framework_asks_for_it,
)
from baton.platform.refusals import Policy, unmet
from tests.factories.times import MONDAY

LATER = MONDAY + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("facts", "policies", "missing"),
    [
        (SupervisionFacts(held_at=MONDAY, now=MONDAY, there_is_a_practitioner=True), TO_RECORD_SUPERVISION, None),
        (
            SupervisionFacts(held_at=LATER, now=MONDAY, there_is_a_practitioner=True),
            TO_RECORD_SUPERVISION,
            supervision_was_held,
        ),
        (
            SupervisionFacts(held_at=MONDAY, now=MONDAY, there_is_a_practitioner=False),
            TO_RECORD_SUPERVISION,
            somebody_was_supervised,
        ),
        (NoteFacts(point="transfer", points=frozenset({"transfer"})), TO_RECORD_OVERSIGHT, None),
        (NoteFacts(point="", points=frozenset()), TO_RECORD_OVERSIGHT, None),
        (NoteFacts(point="moon", points=frozenset({"transfer"})), TO_RECORD_OVERSIGHT, point_is_the_frameworks),
        (SignOffFacts(framework_asks_for_it=True, episode_is_open=True), TO_SIGN_OFF, None),
        (SignOffFacts(framework_asks_for_it=False, episode_is_open=True), TO_SIGN_OFF, the_framework_asks_for_it),
        (SignOffFacts(framework_asks_for_it=True, episode_is_open=False), TO_SIGN_OFF, help_goes_on),
    ],
)
def test_a_managers_note_is_kept_or_refused_with_a_sentence(
    facts: object, policies: tuple[Policy, ...], missing: Policy | None
) -> None:
    assert unmet(policies, facts) == ((missing.__doc__,) if missing else ())
