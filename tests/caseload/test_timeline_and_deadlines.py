"""The timeline and the deadlines of a family, and how much its pages ask the database."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.urls import reverse

from baton.episodes.actions import refresh_deadlines, set_date, step_up
from baton.episodes.models import Deadline, Episode, Event
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.visits.actions import record_visit
from baton.visits.policies import Told
from tests.caseload.opening import WEEK, _family, a_visit, many_events, opened, page_of, person_id
from tests.caseload.reading import FRIDAY, links_of, read, section, words_of
from tests.client import page_client
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_family, an_allocated_episode
from tests.factories.plans import an_agreed_plan
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def it_is_friday() -> Iterator[None]:
    with stopped_at(FRIDAY):
        yield


def test_the_timeline_tells_everything_newest_first_with_who_and_where(place: Place, episode: Episode) -> None:
    a_visit(place, episode)
    response = opened(place.worker, episode, "timeline")
    said = words_of(response)
    assert said.index("Visit made") < said.index("Lead practitioner allocated by Mina Manager")
    with acting_as(place.worker):
        made = Event.objects.get(kind="visit_made")
    found = [href for text, href in links_of(response).items() if text.startswith("Open the record: Visit made")]
    assert found == [reverse("visit", args=[made.record_id])]


def test_the_timeline_is_filtered_by_kind(place: Place, episode: Episode) -> None:
    a_visit(place, episode)
    said = read(place.worker, f"{page_of('timeline', episode)}?kind=visit_made")
    assert "Wilf Worker is lead practitioner" not in said
    assert said.count("Visit made") > 1  # in the choice, and in the timeline


def test_the_timeline_of_a_child_holds_the_visits_that_saw_the_child(place: Place, episode: Episode) -> None:
    a_visit(place, episode, seen="Ashby")
    ashby, bramwell = (person_id(place, episode, name) for name in ("Ashby", "Bramwell"))
    assert "Open the record" in read(place.worker, f"{page_of('timeline', episode)}?person={ashby}")
    assert "Nothing of this kind has happened." in read(
        place.worker, f"{page_of('timeline', episode)}?person={bramwell}"
    )


@pytest.mark.parametrize("wrong", ["?kind=nothing", "?person=x", "?person=999999", "?page=99", "?kind=%00"])
def test_a_choice_that_makes_no_sense_shows_everything(place: Place, episode: Episode, wrong: str) -> None:
    assert "Lead practitioner allocated" in read(place.worker, f"{page_of('timeline', episode)}{wrong}")


def test_a_long_timeline_goes_on_over_the_page_and_keeps_the_choice(place: Place, episode: Episode) -> None:
    many_events(place, episode, 70)
    client = page_client(place.worker)
    first = client.get(f"{page_of('timeline', episode)}?kind=correspondence_filed")
    assert "Letter 69" in words_of(first)
    assert "Letter 19" not in words_of(first)
    second = client.get(f"{page_of('timeline', episode)}{links_of(first)['Next page']}")
    assert "Letter 19" in words_of(second)
    assert "Wilf Worker is lead practitioner" not in words_of(second)


def test_deadlines_stand_by_what_became_of_them(place: Place, episode: Episode) -> None:
    a_visit(place, episode, at=MONDAY + timedelta(days=3))
    said = words_of(opened(place.worker, episode, "deadlines"))
    assert said.index("Overdue") < said.index("Done")
    assert "Done" in said
    assert "Not started yet (" in said


def test_each_deadline_says_its_rule_its_source_and_the_other_readings(place: Place) -> None:
    episode = a_requested_episode(place)
    said = words_of(opened(place.manager, episode, "deadlines"))
    assert (
        "Assessment due by Sunday 25 October 2026: 20 days after the request on 5 October. Dorset framework 12.4."
        in said
    )
    assert "Under 14.2 and 15.1 it would be 20 days after allocation." in said
    assert "Tuesday 6 October 2026 at 9:30am" in said  # allocation under the performance framework's own reading
    assert "Owed by Early Help practitioner" in said


def test_only_a_manager_may_set_another_date(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        first_visit = Deadline.objects.get(episode=episode, timescale="first_visit")
    assert links_of(opened(place.manager, episode, "deadlines"))["Set another date for First visit"] == reverse(
        "set-date", args=[first_visit.pk]
    )
    assert "Set another date" not in words_of(opened(place.worker, episode, "deadlines"))


def test_the_managers_date_stands_beside_the_frameworks_own(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        first_visit = Deadline.objects.get(episode=episode, timescale="first_visit")
        set_date(
            deadline=first_visit,
            due_on=date(2026, 12, 4),
            reason="The family is away",
            by=place.manager,
            at=FRIDAY - WEEK,
        )
    said = words_of(opened(place.worker, episode, "deadlines"))
    assert "Friday 4 December 2026 set by Mina Manager; the framework’s own date is Tuesday 13 October 2026" in said


def test_a_deadline_for_one_child_says_which(place: Place) -> None:
    episode = an_allocated_episode(place, framework="derby")
    said = words_of(opened(place.worker, episode, "deadlines"))
    assert "Exploitation screening for Ashby" in said


def test_the_deadlines_of_earlier_help_can_be_read_too(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        step_up(
            episode=episode,
            decided_at=MONDAY + WEEK,
            immediate=False,
            told_to="The duty team",
            reason="Not safe at home.",
            family_told="Yes",
            by=place.worker,
            at=MONDAY + WEEK,
        )
    again = an_allocated_episode(place, family=_family(place, episode), at=MONDAY + 3 * WEEK)
    response = opened(place.worker, again, "deadlines")
    earlier = links_of(response)["Show the help that began on 6 October 2026"]
    said = read(place.worker, f"{page_of('deadlines', again)}{earlier}")
    assert "Of the help that began on 6 October 2026 and ended on 12 October 2026" in said
    assert "Not done" in said


@pytest.mark.parametrize("other", ["999999", "x", ""])
def test_help_that_is_not_the_familys_is_not_shown(place: Place, episode: Episode, other: str) -> None:
    assert "6 October 2026" in read(place.worker, f"{page_of('deadlines', episode)}?episode={other}")


def test_a_family_without_help_has_no_deadlines(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    assert "no help has begun" in read(place.worker, reverse("deadlines", args=[family.pk]))


@pytest.mark.parametrize(("name", "most"), [("family", 15), ("timeline", 12), ("deadlines", 13)])
def test_a_page_asks_as_little_with_a_hundred_happenings(place: Place, episode: Episode, name: str, most: int) -> None:
    an_agreed_plan(episode, by=place.worker)
    many_events(place, episode, 100)
    client = page_client(place.worker)
    client.get(page_of(name, episode))
    assert client.queries <= most


def test_the_pages_deadlines_are_those_that_are_kept(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        assert refresh_deadlines(episode_id=episode.pk, at=FRIDAY) == 0
        kept = Deadline.objects.filter(episode=episode, state="open").count()
    said = section(opened(place.worker, episode, "deadlines"), "main-content")
    overdue, upcoming = (int(said.split(f"{title} ")[1].split()[0]) for title in ("Overdue", "Upcoming"))
    assert overdue + upcoming == kept


def test_ages_are_said_as_of_today(place: Place) -> None:
    babies = [("Tilly", date(2026, 6, 30)), ("Noah", date(2025, 1, 2)), ("Unknown", None)]
    family = a_family(team=place.team, by=place.hub_adviser, children=babies)  # type: ignore[arg-type]
    said = read(place.worker, reverse("family", args=[family.pk]))
    assert "Tilly Quillfeather 4 months old" in said
    assert "Noah Quillfeather 22 months old" in said
    assert "Unknown Quillfeather age not known" in said


def test_an_event_of_a_kind_nobody_listed_is_told_by_its_name(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        Event.objects.filter(episode=episode).update(kind="a_new_thing", summary="", recorded_by=None)
    assert "A new thing" in read(place.worker, page_of("timeline", episode))


def test_writing_up_is_told_on_the_timeline_and_left_out_in_short(place: Place, episode: Episode) -> None:
    texts = {"purpose": "Mornings", "action": "Walked along", "reflection": "Calm", "analysis": "It helps"}
    told = Told(MONDAY + WEEK, made=True, place="home", seen=frozenset({person_id(place, episode, "Ashby")}), **texts)
    with acting_as(place.worker):
        record_visit(episode=episode, told=told, by=place.worker, at=MONDAY + WEEK)
    assert "Visit recorded by" not in words_of(opened(place.worker, episode))
    assert "Visit recorded by" in words_of(opened(place.worker, episode, "timeline"))
