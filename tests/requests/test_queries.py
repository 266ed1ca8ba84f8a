"""What the hub, senders and teams read of requests."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.paginator import Page
from django.http import Http404

from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as, without_account
from baton.platform.models import User
from baton.requests.actions import Answer, Named, link_person, screen, take
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.queries import (
    answered_requests,
    earlier_requests,
    families_of_people_in,
    get_request,
    get_sent_request,
    hub_counts,
    hub_queue,
    known_families,
    possible_matches,
    requests_of_family,
    requests_sent_by,
    still_to_tell,
    teams_for_families,
)
from baton.requests.queries.queue import QueueRow
from baton.requests.queries.recognition import earlier_requests_of_many, known_in_many
from tests.client import queries_counted
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.requests import MUM, NELL, a_public_request, a_request
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=3)
ASHBY = Named("child", "Ashby", "Quillfeather", date(2013, 5, 1))  # a child of the factory's family
ADVICE = Answer(decision="advice_and_information", reason="One call.", answer="We talked.", answered_how="phone")


@pytest.fixture
def place() -> Place:
    return a_place()


def queue(page: int = 1, *, of: User | None = None) -> Page[QueueRow]:
    return hub_queue(NOW, page, counts=hub_counts(NOW, of=of), of=of)


def answered(place: Place, request: HelpRequest, answer: Answer = ADVICE, at: timedelta = timedelta()) -> HelpRequest:
    with acting_as(place.hub_adviser):
        return screen(request=request, answer=answer, place="dorset", by=place.hub_adviser, at=NOW - at)


# --- the queue ------------------------------------------------------------------------------------------------------


def test_the_queue_begins_with_danger_and_then_the_oldest_due(place: Place) -> None:
    overdue = a_request(by=place.teacher, at=NOW - timedelta(hours=50))
    soon = a_request(by=place.teacher, at=NOW - timedelta(hours=40))
    fresh = a_public_request(at=NOW - timedelta(hours=1))
    danger = a_public_request(at=NOW - timedelta(hours=2), child_in_danger=True)
    unset = a_request(by=place.teacher, at=NOW - timedelta(hours=60), place="derby")
    answered(place, a_request(by=place.teacher, at=NOW - timedelta(hours=70)))
    with acting_as(place.hub_adviser):
        rows = queue()
    assert [row.request for row in rows] == [danger, overdue, soon, fresh, unset]
    assert [row.status for row in rows] == ["upcoming", "overdue", "due_soon", "upcoming", ""]
    assert {row.children for row in rows} == {2}


def test_where_nothing_is_due_the_oldest_request_comes_first(place: Place) -> None:
    newer = a_request(by=place.teacher, at=NOW - timedelta(hours=1), place="doncaster")
    older = a_request(by=place.teacher, at=NOW - timedelta(hours=9), place="doncaster")
    with acting_as(place.hub_adviser):
        assert [row.request for row in queue()] == [older, newer]


def test_the_queue_says_who_is_known_and_who_has_help_under_way(place: Place) -> None:
    an_allocated_episode(place)
    a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed", children=(("Odo", date(2018, 2, 2)),))
    helped = a_request(by=place.teacher, people=(Named("child", "ashby", "QUILLFEATHER", date(2013, 5, 1)),))
    known = a_request(by=place.teacher, people=(Named("child", "Odo", "Thimbleweed", date(2018, 2, 2)),))
    other_day = a_request(by=place.teacher, people=(Named("child", "Odo", "Thimbleweed", date(2018, 2, 3)),))
    with acting_as(place.hub_adviser):
        rows = {row.request: row for row in queue()}
    assert (rows[helped].is_known, rows[helped].has_open_episode) == (True, True)
    assert (rows[known].is_known, rows[known].has_open_episode) == (True, False)
    assert (rows[other_day].is_known, rows[other_day].has_open_episode) == (False, False)


def test_somebody_linked_is_known_whatever_they_were_called(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    asked = a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        named = RequestPerson.objects.filter(request=asked).first()
        assert named is not None
        person = Person.objects.filter(first_family=family).first()
        link_person(named=named, person=person, by=place.hub_adviser, at=NOW)
        assert queue()[0].is_known
        assert families_of_people_in(asked.pk) == [family]


def test_earlier_requests_about_the_same_children_are_counted_for_twelve_months(place: Place) -> None:
    a_request(by=place.teacher, at=NOW - timedelta(days=400))
    last_year = a_request(by=place.teacher, at=NOW - timedelta(days=300), people=(NELL,))
    other_parent = a_request(by=place.teacher, at=NOW - timedelta(days=200), people=(ASHBY, MUM))
    now = a_request(by=place.teacher, at=NOW)
    with acting_as(place.hub_adviser):
        assert list(earlier_requests(now.pk)) == [last_year]
        assert {row.request: row.earlier for row in queue()}[now] == 1
        assert list(earlier_requests(other_parent.pk)) == []


def test_earlier_requests_about_a_linked_person_are_found_under_another_name(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    earlier = a_request(by=place.teacher, at=NOW - timedelta(days=9), people=(ASHBY,))
    now = a_request(by=place.teacher, at=NOW, people=(Named("child", "Ash", "Quill"),))
    with acting_as(place.hub_adviser):
        child = Person.objects.get(first_family=family, given_name="Ashby")
        for named in RequestPerson.objects.all():
            link_person(named=named, person=child, by=place.hub_adviser, at=NOW)
        assert list(earlier_requests(now.pk)) == [earlier]


def test_an_adviser_sees_what_they_have(place: Place) -> None:
    mine, _ = a_request(by=place.teacher), a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        take(request=mine, by=place.hub_adviser, at=NOW)
        assert [row.request for row in queue(of=place.hub_adviser)] == [mine]


def test_the_queue_costs_the_same_however_long_it_is(place: Place) -> None:
    def cost() -> int:
        with acting_as(place.hub_adviser), queries_counted() as queries:
            list(queue())
        return len(queries)

    assert cost() > 0
    a_request(by=place.teacher)
    with_one = cost()
    for _ in range(4):
        a_request(by=place.teacher)
    assert cost() == with_one


def test_the_queue_ends_at_twenty_five_and_goes_on_on_the_next_page(place: Place) -> None:
    for hours in range(27):
        a_request(by=place.teacher, at=NOW - timedelta(hours=hours), people=(NELL,))
    with acting_as(place.hub_adviser):
        first, second = queue(), queue(2)
    assert (len(first), len(second), first.paginator.count) == (25, 2, 27)


def test_the_counts_say_how_the_queue_stands(place: Place) -> None:
    taken = a_request(by=place.teacher, at=NOW - timedelta(hours=50))
    a_request(by=place.teacher, at=NOW - timedelta(hours=40))
    a_public_request(at=NOW, child_in_danger=True)
    answered(place, a_request(by=place.teacher), Answer("social_care"))
    with acting_as(place.hub_adviser):
        take(request=taken, by=place.hub_adviser, at=NOW)
        counts = hub_counts(NOW, of=place.hub_adviser)
        assert hub_counts(NOW).mine == 0
    assert (counts.waiting, counts.screening, counts.mine) == (2, 1, 1)
    assert (counts.overdue, counts.due_soon, counts.in_danger, counts.to_tell) == (1, 1, 1, 1)


def test_nobody_but_the_hub_learns_who_is_known(place: Place) -> None:
    an_allocated_episode(place)
    earlier = a_request(by=place.teacher, at=NOW - timedelta(days=9), people=(ASHBY,))
    now = a_request(by=place.teacher, at=NOW, people=(ASHBY,))
    for person, learns in ((place.hub_adviser, True), (place.teacher, False), (place.manager, False)):
        with acting_as(person):
            assert bool(known_in_many([now.pk])) is learns
            assert bool(earlier_requests_of_many([now.pk])) is learns
    with without_account(uuid4()):
        assert known_in_many([earlier.pk]) == {}


def test_nobody_but_the_hub_has_a_queue(place: Place) -> None:
    a_request(by=place.teacher)
    with acting_as(place.manager):
        assert list(queue()) == []
        assert hub_counts(NOW).waiting == 0


def test_answers_are_listed_for_thirty_days_and_those_still_to_tell_until_told(place: Place) -> None:
    long_ago = answered(place, a_request(by=place.teacher), at=timedelta(days=31))
    to_tell = answered(place, a_request(by=place.teacher), Answer("social_care"), at=timedelta(days=40))
    newest = answered(place, a_request(by=place.teacher))
    with acting_as(place.hub_adviser):
        found = list(answered_requests(NOW))
        assert still_to_tell() == [to_tell]
    assert found == [newest]
    assert long_ago not in found


# --- one request ----------------------------------------------------------------------------------------------------


def test_possible_matches_say_why(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    asked = a_request(by=place.teacher, people=(Named("child", "Ashbey", "Quillfether", date(2013, 1, 5)), NELL))
    with acting_as(place.hub_adviser):
        people = list(asked.people.order_by("pk"))
        with queries_counted() as queries:
            matches = possible_matches(people)
    assert len(queries) == 2
    best = matches[people[0].pk][0]
    assert (best.person.given_name, best.family) == ("Ashby", family)
    assert "day and month of birth swapped" in best.likeness.why
    assert "first name spelt differently" in best.likeness.why
    assert matches[people[1].pk] == []


def test_nobody_named_matches_nobody(place: Place) -> None:
    with acting_as(place.hub_adviser):
        assert possible_matches([]) == {}


def test_a_known_family_shows_its_help_and_its_lead(place: Place) -> None:
    episode = an_allocated_episode(place)
    asked = a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        child = FamilyMember.objects.filter(family_id=episode.family_id).select_related("person").first()
        named = asked.people.first()
        assert child is not None
        assert named is not None
        assert known_families(asked.pk) == []
        link_person(named=named, person=child.person, by=place.hub_adviser, at=NOW)
        (known,) = known_families(asked.pk)
    assert (known.episode, known.lead) == (episode, "Wilf Worker")


def test_a_request_is_not_found_by_others(place: Place) -> None:
    asked = a_request(by=place.teacher)
    with acting_as(place.stranger), pytest.raises(Http404):
        get_request(asked.pk)
    with acting_as(place.teacher):
        assert get_request(asked.pk) == asked


def test_a_reference_opens_only_the_holders_own_request(place: Place) -> None:
    asked = a_request(by=place.teacher)
    with acting_as(place.hub_adviser), pytest.raises(Http404):
        get_sent_request(asked.reference, holder=f"u{place.hub_adviser.pk}")


def test_somebody_sees_what_they_sent_and_how_it_was_answered(place: Place) -> None:
    older, newer = a_request(by=place.teacher), a_request(by=place.teacher, at=NOW)
    a_request(by=place.worker)
    answered(place, older)
    with acting_as(place.teacher):
        sent = list(requests_sent_by(place.teacher))
    assert sent == [newer, older]
    assert sent[1].answer == "We talked."


def test_a_familys_requests_are_read_by_those_who_hold_it(place: Place) -> None:
    asked = a_request(by=place.teacher)
    opening = Answer("locality_early_help", "why", "told", "phone", level=2, team=place.team)
    family_id = answered(place, asked, opening).family_id
    assert family_id is not None
    with acting_as(place.worker):
        assert list(requests_of_family(family_id)) == [asked]
    with acting_as(place.stranger):
        assert not requests_of_family(family_id)


def test_the_hub_itself_holds_no_family(place: Place) -> None:
    assert place.team in teams_for_families()
