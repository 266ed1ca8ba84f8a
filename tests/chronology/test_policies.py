"""What must be true of an entry and of a copy: every branch, no database."""

from dataclasses import replace
from datetime import date

import pytest

from baton.chronology.policies import (
    TO_COPY,
    TO_WRITE,
    CopyFacts,
    EntryFacts,
    it_ended_after_it_began,
    it_has_happened,
    it_stands,
    something_was_chosen,
    what_is_significant_says_why,
)
from baton.platform.refusals import Policy, unmet

TODAY = date(2026, 10, 7)
FINE = EntryFacts(happened_on=TODAY, until_on=None, today=TODAY, is_significant=False, why="")


@pytest.mark.parametrize(
    "facts", [FINE, replace(FINE, until_on=TODAY), replace(FINE, is_significant=True, why="It frightened them")]
)
def test_an_entry_is_written(facts: EntryFacts) -> None:
    assert unmet(TO_WRITE, facts) == ()


@pytest.mark.parametrize(
    ("facts", "policy"),
    [
        (replace(FINE, happened_on=date(2026, 10, 8)), it_has_happened),
        (replace(FINE, until_on=date(2026, 10, 8)), it_has_happened),
        (replace(FINE, until_on=date(2026, 10, 6)), it_ended_after_it_began),
        (replace(FINE, is_significant=True, why=" "), what_is_significant_says_why),
        (replace(FINE, has_been_withdrawn=True), it_stands),
    ],
)
def test_an_entry_is_refused_with_the_sentence_of_what_is_wrong(facts: EntryFacts, policy: Policy) -> None:
    assert unmet(TO_WRITE, facts) == (policy.__doc__,)


def test_an_empty_copy_is_refused() -> None:
    assert unmet(TO_COPY, CopyFacts(0)) == (something_was_chosen.__doc__,)
    assert unmet(TO_COPY, CopyFacts(1)) == ()
