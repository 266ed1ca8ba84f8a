"""Whatever happened, in whatever order and however often, the engine answers, and answers the same."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.practice.calendar import OutsideCalendarError
from baton.practice.deadlines import State, deadlines
from baton.practice.facts import Child, DirectedDate, EpisodeFacts, Happened
from baton.practice.happenings import Happening
from baton.practice.loading import load_framework

START = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 24 * 60 * 2).map(lambda quarters: START + timedelta(minutes=15 * quarters * 8))
names = st.sampled_from([None, "c1", "c2"])
tools = st.sampled_from([None, "my_star", "family_star_plus", "rcads", "exploitation_risk_assessment", "spider_graph"])
points = st.sampled_from([None, "allocation", "review", "closure", "transfer"])
records = st.sampled_from([None, "visits.Visit:1", "visits.Visit:2", "loose"])
happenings = st.builds(
    Happened,
    st.sampled_from([*Happening, "something_else"]).map(str),
    instants,
    names,
    tools,
    st.sampled_from([None, True, False]),
    points,
    records,
)
children = st.lists(
    st.builds(Child, st.sampled_from(["c1", "c2"]), st.none() | st.dates()), max_size=2, unique_by=lambda c: c.id
)
episodes = st.builds(
    EpisodeFacts,
    st.none() | st.integers(0, 5),
    st.sampled_from(["request", "step_down"]),
    children.map(tuple),
    st.frozensets(st.sampled_from(["homeless_16_17", "unheard_of"])),
)
set_dates = st.builds(
    DirectedDate,
    st.sampled_from(["review", "visit", "exploitation_screen", "no_such_rule"]),
    st.none() | instants,
    names,
    st.dates(),
    st.just("because"),
    st.just("Manager Example"),
)
places = st.sampled_from(["dorset", "doncaster", "derby"])


@settings(max_examples=300)
@given(places, episodes, st.lists(happenings, max_size=25), instants, st.lists(set_dates, max_size=3))
def test_no_events_make_the_engine_fall_over(place, episode, events, now, given_dates) -> None:  # type: ignore[no-untyped-def]
    for each in deadlines(load_framework(place), episode, events, at=now, directed=given_dates):
        assert each.explanation.endswith(".")
        assert "  " not in each.explanation
        assert not (each.due_on and each.due_at)
        assert (each.met_by is not None) == (each.state in (State.MET, State.MET_LATE))
        assert (each.ended_by is not None) == (each.state is State.ENDED_UNMET)
        assert each.started_by is not None or each.state in (State.NOT_STARTED, State.NOT_NEEDED)
        assert each.state is not State.MET_LATE or each.lasts_until < each.met_at  # type: ignore[operator]
        assert len(each.rivals) == (len(each.rule.rivals) if each.ledger else 0)
        assert each.status is each.status_at(now)


@settings(max_examples=150)
@given(places, episodes, st.lists(happenings, max_size=15), instants, st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_events_make_no_difference(place, episode, events, now, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [*events, *events[:5]]
    random.shuffle(shuffled)
    framework = load_framework(place)
    assert deadlines(framework, episode, events, at=now) == deadlines(framework, episode, shuffled, at=now)


@settings(max_examples=100)
@given(places, episodes, st.lists(happenings, max_size=15), instants)
def test_events_that_are_still_to_come_make_no_difference(place, episode, events, now) -> None:  # type: ignore[no-untyped-def]
    framework = load_framework(place)
    known = [each for each in events if each.at <= now]
    assert deadlines(framework, episode, events, at=now) == deadlines(framework, episode, known, at=now)


@settings(max_examples=100)
@given(places, episodes, st.lists(happenings, max_size=15))
def test_an_event_is_worth_the_same_from_any_timezone(place, episode, events) -> None:  # type: ignore[no-untyped-def]
    framework, now = load_framework(place), START + timedelta(days=900)
    elsewhere = [Happened(e.kind, e.at.astimezone(), e.for_id, e.tool, e.meeting, e.point, e.record) for e in events]
    here = deadlines(framework, episode, events, at=now)
    assert [(d.state, d.due_on, d.due_at) for d in here] == [
        (d.state, d.due_on, d.due_at) for d in deadlines(framework, episode, elsewhere, at=now)
    ]


def test_a_date_that_no_calendar_holds_is_said_and_not_guessed() -> None:
    allocated = Happened("lead_practitioner_allocated", datetime(2101, 3, 1, tzinfo=UTC))
    with pytest.raises(OutsideCalendarError, match="2101"):
        deadlines(load_framework("dorset"), EpisodeFacts(3), [allocated], at=datetime(2102, 1, 1, tzinfo=UTC))
