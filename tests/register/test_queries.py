"""What the register reads from the frameworks, and what the calculator works out. No database."""

from datetime import UTC, date, datetime

import pytest

from baton.practice.frameworks import Framework
from baton.practice.loading import load_framework
from baton.register import queries

MONDAY = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)
PLACES = ("dorset", "doncaster", "derby")


def rule_of(place: str, rule: str) -> tuple[Framework, object]:
    framework = load_framework(place)
    return framework, framework.timescale(rule)


def test_the_own_place_comes_first() -> None:
    found = queries.frameworks_in_force("doncaster", on=date(2026, 11, 22))
    assert [each.place for each in found] == ["doncaster", "derby", "dorset"]


def test_a_place_without_a_framework_in_force_is_left_out() -> None:
    assert queries.frameworks_in_force("dorset", on=date(1999, 1, 1)) == []


@pytest.mark.parametrize("place", PLACES)
def test_every_rule_stands_under_exactly_one_theme(place: str) -> None:
    framework = load_framework(place)
    listed = [rule for _, rules in queries.rules_by_theme(framework) for rule in rules]
    assert sorted(rule.id for rule in listed) == sorted(rule.id for rule in framework.timescales)


@pytest.mark.parametrize("place", PLACES)
def test_every_document_of_a_rule_is_among_those_cited(place: str) -> None:
    framework = load_framework(place)
    cited = {document.id for document in queries.documents_cited(framework)}
    assert {source.document for rule in framework.timescales for source in rule.sources} <= cited


def test_documents_of_other_places_are_not_cited() -> None:
    cited = queries.documents_cited(load_framework("derby"))
    assert [document.id for document in cited] == ["DER"]


@pytest.mark.parametrize("place", PLACES)
def test_every_rule_with_a_start_can_be_worked_out(place: str) -> None:
    framework = load_framework(place)
    for rule in queries.rules_to_work_out(framework):
        worked = queries.work_out(framework, rule, start=MONDAY)
        assert worked is not None, rule.id
        assert worked.deadline.started is not None
        assert worked.deadline.explanation


def test_days_are_counted_as_the_framework_counts_them() -> None:
    framework, rule = rule_of("dorset", "first_visit")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert worked.deadline.due_on == date(2026, 10, 12)


def test_hours_end_at_an_instant() -> None:
    framework, rule = rule_of("dorset", "screen_request")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert worked.deadline.due_at == datetime(2026, 10, 7, 8, 30, tzinfo=UTC)


def test_a_rule_of_one_level_is_worked_out_for_that_level() -> None:
    framework, rule = rule_of("doncaster", "review_level_2")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert worked.deadline.due_on == date(2026, 12, 28)


def test_a_rule_of_children_is_worked_out_for_a_child() -> None:
    framework, rule = rule_of("derby", "exploitation_screen")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert worked.deadline.due_on == date(2026, 11, 16)


def test_a_rule_counted_for_a_team_is_worked_out_too() -> None:
    framework, rule = rule_of("dorset", "group_supervision")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert worked.deadline.due_on == date(2026, 11, 30)


def test_a_start_before_the_rule_was_in_force_gives_nothing() -> None:
    framework, rule = rule_of("dorset", "first_visit")
    assert queries.work_out(framework, rule, start=datetime(2001, 1, 1, tzinfo=UTC)) is None


def test_rivals_that_count_from_the_same_start_have_dates() -> None:
    framework, rule = rule_of("dorset", "review")
    worked = queries.work_out(framework, rule, start=MONDAY)
    assert worked is not None
    assert {rival.due_on for rival in worked.deadline.rivals} == {date(2027, 1, 5)}
