"""What must be true before a family is closed."""

from datetime import date, timedelta
from typing import Any

import pytest

from baton.governance.policies import TO_RESTRICT, ClosingFacts
from baton.platform.refusals import unmet

TODAY = date(2026, 11, 22)


def closing(**told: Any) -> ClosingFacts:
    known = {"reason": "A colleague's family", "named": 1, "is_restricted_already": False, "on": TODAY}
    return ClosingFacts(**known | {"review_on": TODAY + timedelta(days=90)} | told)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (closing(), ()),
        (closing(reason="because"), ("Say why, in a sentence that somebody else can understand later.",)),
        (
            closing(named=0),
            ("Name at least one person who may see the family, so that work with it goes on.",),
        ),
        (closing(is_restricted_already=True), ("This family is restricted already: change who is named.",)),
        (closing(review_on=TODAY), ("Choose a day for the review that lies ahead, within a year.",)),
        (
            closing(review_on=TODAY + timedelta(days=400)),
            ("Choose a day for the review that lies ahead, within a year.",),
        ),
    ],
)
def test_a_family_is_closed_with_a_reason_and_somebody_named(facts: ClosingFacts, said: tuple[str, ...]) -> None:
    assert unmet(TO_RESTRICT, facts) == said
