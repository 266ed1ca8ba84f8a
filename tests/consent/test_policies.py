"""What must be true of agreement to help."""

from typing import Any

import pytest

from baton.consent import policies
from baton.consent.policies import ConsiderationFacts, RecordingFacts, WithdrawalFacts
from baton.platform.refusals import unmet

RECORDING = {"giver_is_named": True, "is_of_the_family": True, "given_in_the_future": False}
WITHDRAWAL = {"still_stands": True, "reason_is_written": True, "after_it_was_given": True, "in_the_future": False}
CONSIDERATION = {"is_withdrawn": True, "considered_before": False, "note_is_written": True}


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({}, None),
        ({"giver_is_named": False}, policies.giver_is_named),
        ({"is_of_the_family": False}, policies.giver_is_of_the_family),
        ({"given_in_the_future": True}, policies.agreement_was_given),
    ],
)
def test_agreement_is_recorded_of_somebody_in_the_family(change: dict[str, bool], policy: Any) -> None:
    expected = (policy.__doc__,) if policy else ()
    assert unmet(policies.TO_RECORD, RecordingFacts(**RECORDING | change)) == expected


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({}, None),
        ({"still_stands": False}, policies.consent_still_stands),
        ({"reason_is_written": False}, policies.reason_is_written),
        ({"after_it_was_given": False}, policies.withdrawn_after_it_was_given),
        ({"in_the_future": True}, policies.withdrawn_after_it_was_given),
    ],
)
def test_agreement_is_withdrawn_once_and_with_what_was_said(change: dict[str, bool], policy: Any) -> None:
    expected = (policy.__doc__,) if policy else ()
    assert unmet(policies.TO_WITHDRAW, WithdrawalFacts(**WITHDRAWAL | change)) == expected


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({}, None),
        ({"is_withdrawn": False}, policies.consent_was_withdrawn),
        ({"considered_before": True}, policies.nobody_considered_it_yet),
        ({"note_is_written": False}, policies.note_is_written),
    ],
)
def test_a_manager_considers_a_withdrawal_once(change: dict[str, bool], policy: Any) -> None:
    expected = (policy.__doc__,) if policy else ()
    assert unmet(policies.TO_CONSIDER, ConsiderationFacts(**CONSIDERATION | change)) == expected
