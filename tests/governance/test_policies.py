"""What must be true before a family is closed."""

import pytest

from baton.governance.policies import TO_RESTRICT, ClosingFacts
from baton.platform.refusals import unmet


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (ClosingFacts("A colleague's family", 1, False), ()),
        (ClosingFacts("because", 1, False), ("Say why nobody else may see this family.",)),
        (
            ClosingFacts("A colleague's family", 0, False),
            ("Name at least one person who may see the family, so that work with it goes on.",),
        ),
        (ClosingFacts("A colleague's family", 1, True), ("This family is restricted already: change who is named.",)),
    ],
)
def test_a_family_is_closed_with_a_reason_and_somebody_named(facts: ClosingFacts, said: tuple[str, ...]) -> None:
    assert unmet(TO_RESTRICT, facts) == said
