"""Until when a record is kept: tables of facts; and what stands against disposing of it."""

from datetime import date

import pytest

from baton.platform.refusals import unmet
from baton.practice.loading import load_framework, places
from baton.rights.policies.retention import (
    TO_APPROVE,
    TO_DECIDE_DISPOSAL,
    TO_KEEP,
    DisposalFacts,
    KeptFacts,
    kept_until,
    rule_for,
)

RULES = load_framework("dorset").retention
HELPED, ASKED = RULES
ENDED = date(2026, 5, 31)


@pytest.mark.parametrize("place", places())
def test_each_place_has_a_schedule_whose_periods_say_where_they_come_from(place: str) -> None:
    schedule = load_framework(place).retention
    assert {rule.begins for rule in schedule} == {"help_ended", "request_answered"}
    for rule in schedule:
        assert rule.is_proposal == (rule.source is None)
        assert rule.source is not None or rule.practice


@pytest.mark.parametrize(
    ("born", "until"),
    [
        ((date(2019, 9, 30), date(2013, 5, 1)), date(2044, 9, 30)),  # the youngest child's 25th birthday
        ((date(2000, 1, 1),), date(2032, 5, 31)),  # six years after the end are later
        ((date(2008, 2, 29),), date(2033, 2, 28)),
        ((date(2013, 5, 1), None), None),  # nobody knows how old one of them is
        ((), None),
    ],
)
def test_the_record_of_a_family_that_was_helped(born: tuple[date | None, ...], until: date | None) -> None:
    facts = KeptFacts(ENDED, date(2026, 1, 5), born)
    assert rule_for(RULES, facts) is HELPED
    assert kept_until(HELPED, facts).until == until


def test_the_record_of_a_family_for_whom_help_was_only_asked() -> None:
    facts = KeptFacts(None, date(2026, 1, 5), (date(2019, 9, 30),))
    assert rule_for(RULES, facts) is ASKED
    kept = kept_until(ASKED, facts)
    assert (kept.until, kept.why) == (date(2032, 1, 5), "6 years after 5 January 2026: 5 January 2032.")


def test_what_stands_against_a_disposal() -> None:
    today = date(2045, 1, 1)
    free = DisposalFacts(until=date(2044, 9, 30), today=today, reason="Nobody needs it", decided_by=1, by=2)
    assert unmet(TO_DECIDE_DISPOSAL, free) == ()
    assert unmet(TO_APPROVE, free) == ()
    stopped = DisposalFacts(
        until=None, today=today, holds=1, open_work=1, open_requests=1, decided_by=1, by=1, is_to_be_disposed_of=False
    )
    assert len(unmet(TO_DECIDE_DISPOSAL, stopped)) == 5
    assert len(unmet(TO_APPROVE, stopped)) == 6
    assert (
        unmet(TO_KEEP, DisposalFacts(until=None, today=today, reason="A claim is made", keep_until=date(2046, 1, 1)))
        == ()
    )
    assert len(unmet(TO_KEEP, DisposalFacts(until=None, today=today, keep_until=today))) == 2
