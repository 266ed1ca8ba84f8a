"""What must be true of agreement to help."""

from typing import Any

import pytest

from baton.consent import policies
from baton.consent.policies import ConsiderationFacts, RecordingFacts, RefusalFacts, WithdrawalFacts
from baton.platform.refusals import unmet

RECORDING = {"giver_is_named": True, "is_of_the_family": True, "given_in_the_future": False}
WITHDRAWAL = {"still_stands": True, "reason_is_written": True, "after_it_was_given": True, "in_the_future": False}
REFUSAL = {
    "who_is_named": True,
    "is_of_the_family": True,
    "in_the_future": False,
    "asker_is_named": True,
    "agreement_stands": False,
}
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


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({}, None),
        ({"who_is_named": False}, policies.who_does_not_agree_is_named),
        ({"is_of_the_family": False}, policies.who_was_asked_is_of_the_family),
        ({"in_the_future": True}, policies.they_were_asked),
        ({"asker_is_named": False}, policies.the_asker_is_named),
        ({"agency_is_named": False}, policies.the_agency_asked_about_is_named),
        ({"agreement_stands": True}, policies.nothing_they_agreed_to_stands),
        ({"what_follows_is_chosen": False}, policies.what_follows_is_chosen),
    ],
)
def test_a_no_is_recorded_of_somebody_in_the_family_who_had_not_agreed(change: dict[str, bool], policy: Any) -> None:
    expected = (policy.__doc__,) if policy else ()
    assert unmet(policies.TO_RECORD_A_REFUSAL, RefusalFacts(**REFUSAL | change)) == expected


def test_what_somebody_agreed_to_since_is_not_considered_as_a_no() -> None:
    facts = ConsiderationFacts(**CONSIDERATION | {"is_withdrawn": False}, agreed_since=True)
    assert unmet(policies.TO_CONSIDER_A_REFUSAL, facts) == (policies.they_have_not_agreed_since.__doc__,)
    facts = ConsiderationFacts(**CONSIDERATION | {"is_withdrawn": False})
    assert unmet(policies.TO_CONSIDER_A_REFUSAL, facts) == ()
