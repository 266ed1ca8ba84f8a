"""What must be true of a decision to share, or not to."""

from typing import Any

import pytest

from baton.platform.refusals import unmet
from baton.sharing import policies
from baton.sharing.policies import NOT_TO_SHARE, TO_SHARE, Agreed, SharingFacts

AGREED = {"is_about_sharing": True, "is_of_this_family": True, "stands": True, "covers_the_agency": True}
FACTS: dict[str, Any] = {
    "is_described": True,
    "receiver_is_named": True,
    "decider_is_named": True,
    "in_the_future": False,
    "ground": "agreement",
    "agreed": Agreed(**AGREED),
}


def agreed(**change: bool) -> dict[str, Any]:
    return {"agreed": Agreed(**AGREED | change)}


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({}, None),
        ({"is_described": False}, policies.it_is_described),
        ({"receiver_is_named": False}, policies.the_receiver_is_named),
        ({"decider_is_named": False}, policies.the_decider_is_named),
        ({"in_the_future": True}, policies.it_was_decided),
        ({"ground": "", "agreed": None}, policies.there_is_a_ground),
        ({"agreed": None}, policies.there_is_a_ground),
        (agreed(is_about_sharing=False), policies.it_is_agreement_to_share),
        (agreed(is_of_this_family=False), policies.it_is_agreement_to_share),
        (agreed(stands=False), policies.the_agreement_stands),
        (agreed(covers_the_agency=False), policies.the_agreement_covers_the_agency),
        ({"ground": "safeguarding", "agreed": None}, policies.the_reason_is_written),
        ({"ground": "duty", "agreed": None}, policies.the_reason_is_written),
        ({"ground": "safeguarding", "agreed": None, "because_is_written": True}, None),
        ({"ground": "own", "agreed": None}, policies.it_stays_in_the_family),
        ({"ground": "own", "agreed": None, "receiver_is_of_the_family": True}, None),
    ],
)
def test_something_is_shared_under_agreement_or_for_a_reason_in_words(change: dict[str, Any], policy: Any) -> None:
    expected = (policy.__doc__,) if policy else ()
    assert unmet(TO_SHARE, SharingFacts(**FACTS | change)) == expected


def test_not_to_share_says_why_and_needs_no_agreement() -> None:
    said = FACTS | {"ground": "", "agreed": None}
    assert unmet(NOT_TO_SHARE, SharingFacts(**said)) == (policies.why_not_is_written.__doc__,)
    assert unmet(NOT_TO_SHARE, SharingFacts(**said | {"because_is_written": True})) == ()
