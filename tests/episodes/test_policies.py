"""What must be true before an episode moves on: every branch, no database."""

from dataclasses import replace
from datetime import date

import pytest

from baton.episodes.policies import (
    STEP_UP_ASKS_FOR,
    TO_ALLOCATE,
    TO_SET_DATE,
    AllocationFacts,
    DateFacts,
    StepUpFacts,
    date_is_not_past,
    deadline_is_open,
    episode_is_open,
    follows_the_last_allocation,
    handover_is_written,
    practitioner_is_new,
    practitioner_works_here,
)
from baton.platform.refusals import unmet

READY = AllocationFacts(
    episode_is_open=True, practitioner_works_here=True, already_leads=False, handover_written=False, has_lead=False
)
TODAY = date(2026, 10, 6)


def test_a_first_allocation_needs_no_handover() -> None:
    assert unmet(TO_ALLOCATE, READY) == ()


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({"episode_is_open": False}, episode_is_open),
        ({"practitioner_works_here": False}, practitioner_works_here),
        ({"already_leads": True}, practitioner_is_new),
        ({"has_lead": True}, handover_is_written),
        ({"follows_the_last": False}, follows_the_last_allocation),
    ],
)
def test_an_allocation_is_refused_with_the_sentence_of_what_is_missing(change: dict[str, bool], policy) -> None:  # type: ignore[no-untyped-def]
    assert unmet(TO_ALLOCATE, replace(READY, **change)) == (policy.__doc__,)


def test_a_transfer_with_a_handover_is_allowed() -> None:
    assert unmet(TO_ALLOCATE, replace(READY, has_lead=True, handover_written=True)) == ()


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (DateFacts(deadline_is_open=True, due_on=TODAY, today=TODAY), ()),
        (DateFacts(deadline_is_open=False, due_on=TODAY, today=TODAY), (deadline_is_open,)),
        (DateFacts(deadline_is_open=True, due_on=date(2026, 10, 5), today=TODAY), (date_is_not_past,)),
    ],
)
def test_another_date_is_set_for_an_open_deadline_and_not_backwards(facts: DateFacts, missing: tuple) -> None:  # type: ignore[type-arg]
    assert unmet(TO_SET_DATE, facts) == tuple(policy.__doc__ for policy in missing)


def test_a_step_up_notes_everything_that_is_missing() -> None:
    nothing = StepUpFacts(
        has_lead=False, has_written_consent=False, has_assessment=False, has_plan=False, family_told=False
    )
    everything = StepUpFacts(
        has_lead=True, has_written_consent=True, has_assessment=True, has_plan=True, family_told=True
    )
    assert len(unmet(STEP_UP_ASKS_FOR, nothing)) == len(STEP_UP_ASKS_FOR) == 5
    assert unmet(STEP_UP_ASKS_FOR, everything) == ()
