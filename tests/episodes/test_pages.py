"""The manager's pages and the step-up page, as each role meets them."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.episodes.models import Allocation, Deadline, DirectedDate, Episode, StepUp
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Draft
from tests.client import PageClient, page_client
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def it_is_wednesday() -> Iterator[None]:
    with stopped_at(WEDNESDAY):
        yield


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def note(place: Place, **more: str) -> dict[str, str]:
    typed = {
        "form_key": str(uuid4()), "version": "0", "to": str(place.worker.pk), "words": "", "children": "2",
        "needs": "Calmer mornings.",
        "first_visit_on-day": "9", "first_visit_on-month": "10", "first_visit_on-year": "2026",
    }  # fmt: skip
    return typed | more


def lead_of(place: Place, episode: Episode) -> Allocation | None:
    with acting_as(place.manager):
        return Allocation.objects.filter(episode=episode, until_at__isnull=True).select_related("practitioner").first()


# The waiting list


def test_the_waiting_list_shows_who_waits_with_the_clock() -> None:
    place = a_place()
    a_requested_episode(place)
    response = page_client(place.manager).get(reverse("waiting-list"))
    assert "1 family waits" in words_of(response)
    assert "Quillfeather" in words_of(response)
    assert "7 October 2026 at 9:30am" in words_of(response)
    assert "Due soon" in words_of(response)


def test_the_waiting_list_of_a_place_without_that_clock_says_so() -> None:
    place = a_place()
    a_requested_episode(place, framework="doncaster")
    assert "No timescale set" in words_of(page_client(place.manager).get(reverse("waiting-list")))


def test_an_empty_waiting_list_says_so() -> None:
    place = a_place()
    assert "Nobody waits" in words_of(page_client(place.manager).get(reverse("waiting-list")))


def test_the_waiting_list_goes_on_over_pages_without_more_queries() -> None:
    place = a_place()
    for number in range(27):
        a_requested_episode(place, family=a_family(team=place.team, by=place.hub_adviser, name=f"Family{number}"))
    client = page_client(place.manager)
    words = words_of(client.get(reverse("waiting-list")))
    assert "27 families wait" in words
    assert client.queries <= 8
    assert words_of(client.get(reverse("waiting-list") + "?page=2")).count("Level 3") == 2


@pytest.mark.parametrize("name", ["worker", "teacher", "hub_adviser", "administrator"])
def test_the_waiting_list_is_for_managers(name: str) -> None:
    place = a_place()
    assert page_client(getattr(place, name)).get(reverse("waiting-list")).status_code == 403


# Allocating


def test_the_allocate_page_shows_the_story_the_workers_and_the_frameworks_dates() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    client = page_client(place.manager)
    response = client.get(reverse("allocate", args=[episode.pk]))
    words = words_of(response)
    for expected in ("Request received", "Wilf Worker", "No families", "Number of children"):
        assert expected.casefold() in words.casefold(), expected
    assert 'name="children" type="text" inputmode="numeric" value="2"' in response.content.decode()
    assert 'name="assessment_on-day" type="text" inputmode="numeric" value="25"' in response.content.decode()
    with acting_as(place.manager):
        assert AccessEntry.objects.filter(family_id=episode.family_id, what="allocation", by=place.manager).exists()


def test_the_manager_allocates_and_is_led_to_the_family() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    response = page_client(place.manager).post(reverse("allocate", args=[episode.pk]), note(place))
    assert response["Location"] == reverse("family", args=[episode.family_id])
    lead = lead_of(place, episode)
    assert lead is not None
    assert (lead.practitioner, lead.children, str(lead.first_visit_on)) == (place.worker, 2, "2026-10-09")


def test_a_double_click_allocates_once() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    client, typed = page_client(place.manager), note(place)
    first = client.post(reverse("allocate", args=[episode.pk]), typed)
    second = client.post(reverse("allocate", args=[episode.pk]), typed)
    assert first["Location"] == second["Location"]
    with acting_as(place.manager):
        assert Allocation.objects.count() == 1


def test_bad_input_says_what_to_do_and_keeps_what_was_typed() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    response = page_client(place.manager).post(
        reverse("allocate", args=[episode.pk]),
        note(place, to="", children="many", needs="Kept words", **{"first_visit_on-month": "13"}),
    )
    words = words_of(response)
    assert response.status_code == 422
    assert "Select who will lead the work with this family" in words
    assert "must be a whole number" in words
    assert "must be a real date" in words
    assert "Kept words" in response.content.decode()


def test_somebody_of_another_agency_is_found_without_losing_what_was_typed() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    client, path = page_client(place.manager), reverse("allocate", args=[episode.pk])
    found = client.post(path, note(place, words="larkhill", needs="Half-typed", find="1"))
    assert found["Location"] == f"{path}?words=larkhill#people"
    response = client.get(f"{path}?words=larkhill")
    assert "Tess Teacher (Larkhill Test School)" in words_of(response)
    assert "Half-typed" in response.content.decode()
    assert "We kept what you typed" not in words_of(response)
    client.post(path, note(place, words="larkhill", to=str(place.teacher.pk)))
    lead = lead_of(place, episode)
    assert lead is not None
    assert lead.practitioner == place.teacher


def test_a_search_that_finds_nobody_says_so() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    response = page_client(place.manager).get(reverse("allocate", args=[episode.pk]) + "?words=xyzzy")
    assert "Nobody who works with families has that name" in words_of(response)


def test_somebody_chosen_before_another_search_can_still_be_chosen() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    client, path = page_client(place.manager), reverse("allocate", args=[episode.pk])
    client.post(path, note(place, words="xyzzy", to=str(place.teacher.pk), find="1"))
    response = client.get(f"{path}?words=xyzzy")
    assert f'value="{place.teacher.pk}" checked' in response.content.decode()


def test_handing_over_asks_for_the_handover_and_leaves_out_who_leads_now() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.manager), reverse("allocate", args=[episode.pk])
    page = words_of(client.get(path))
    assert "Hand the family over" in page
    assert "Handover" in page
    now = lead_of(place, episode)
    assert now is not None
    typed = note(place, to=str(place.colleague.pk), version=str(now.pk), handover="")
    refused = client.post(path, typed)
    assert refused.status_code == 422
    assert "Write what the new lead practitioner needs to know" in words_of(refused)
    client.post(path, typed | {"handover": "Ring after noon.", "form_key": str(uuid4())})
    after = lead_of(place, episode)
    assert after is not None
    assert after.practitioner == place.colleague


def test_the_second_of_two_managers_is_shown_who_was_chosen_and_can_then_hand_over() -> None:
    place = a_place()
    episode = a_requested_episode(place)
    path = reverse("allocate", args=[episode.pk])
    page_client(place.manager).post(path, note(place))
    response = page_client(place.service_manager).post(path, note(place, to=str(place.colleague.pk)))
    assert response.status_code == 409
    assert "Mina Manager saved this while you were typing" in words_of(response)
    assert "Wilf Worker" in words_of(response)
    assert 'name="handover"' in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("worker", 403), ("other_manager", 404), ("hub_adviser", 403)])
def test_nobody_else_opens_the_allocate_page(name: str, status: int) -> None:
    place = a_place()
    episode = a_requested_episode(place)
    assert page_client(getattr(place, name)).get(reverse("allocate", args=[episode.pk])).status_code == status


# Another date


def first_visit(place: Place, episode: Episode) -> Deadline:
    with acting_as(place.manager):
        return Deadline.objects.get(episode=episode, timescale="first_visit")


def a_date(day: str = "20") -> dict[str, str]:
    return {
        "form_key": str(uuid4()), "due_on-day": day, "due_on-month": "10", "due_on-year": "2026",
        "reason": "They are away.",
    }  # fmt: skip


def test_the_manager_sees_why_a_deadline_falls_and_sets_another_date() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.manager), reverse("set-date", args=[first_visit(place, episode).pk])
    words = words_of(client.get(path))
    assert "Tuesday 13 October 2026" in words
    assert "Dorset framework 14.1" in words
    assert "can also be read otherwise" in words
    response = client.post(path, a_date())
    assert response["Location"] == reverse("deadlines", args=[episode.family_id])
    assert str(first_visit(place, episode).due_on) == "2026-10-20"


def test_a_date_in_the_past_is_refused_and_the_reason_kept() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    response = page_client(place.manager).post(reverse("set-date", args=[first_visit(place, episode).pk]), a_date("1"))
    assert response.status_code == 422
    assert "must be today or in the future" in words_of(response)
    assert "They are away." in response.content.decode()
    with acting_as(place.manager):
        assert not DirectedDate.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("worker", 403), ("other_manager", 404)])
def test_nobody_else_sets_a_date(name: str, status: int) -> None:
    place = a_place()
    deadline = first_visit(place, an_allocated_episode(place))
    assert page_client(getattr(place, name)).get(reverse("set-date", args=[deadline.pk])).status_code == status


def test_the_date_of_what_is_done_is_not_there_to_be_moved() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.manager):
        Deadline.objects.filter(episode=episode).update(state="met")
    assert page_client(place.manager).get(reverse("set-date", args=[first_visit(place, episode).pk])).status_code == 404


# Stepping up


def told(**more: str) -> dict[str, str]:
    typed = {
        "form_key": str(uuid4()), "immediate": "yes", "told_to": "Duty desk",
        "reason": "A bruise, and a frightened child.",
        "decided_at-day": "7", "decided_at-month": "10", "decided_at-year": "2026", "decided_at-time": "9am",
        "family_told": "",
    }  # fmt: skip
    return typed | more


def test_the_step_up_page_shows_whom_to_call_and_what_is_missing_before_anything_else() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    words = words_of(page_client(place.worker).get(reverse("step-up", args=[episode.pk])))
    assert "call 999 now" in words
    assert "Children's Advice and Duty Service" in words.replace("’", "'")
    assert "There is no consent in writing." in words


def test_a_practitioner_of_the_team_records_a_step_up_and_stays_with_the_family() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    response = page_client(place.worker).post(reverse("step-up", args=[episode.pk]), told())
    assert response["Location"] == reverse("family", args=[episode.family_id])
    with acting_as(place.manager):
        stepped_up = StepUp.objects.get(episode=episode)
    assert "It is not written down whether the family was told, or why not." in stepped_up.still_missing


def test_a_lead_of_another_agency_is_led_home_because_the_record_has_closed() -> None:
    place = a_place()
    episode = an_allocated_episode(place, to=place.teacher)
    client = page_client(place.teacher)
    response = client.post(reverse("step-up", args=[episode.pk]), told())
    assert response["Location"] == reverse("home")
    assert "its record has closed for you" in words_of(client.get(reverse("home")))
    assert client.get(reverse("step-up", args=[episode.pk])).status_code == 404


def test_a_step_up_told_again_shows_what_was_told_and_corrects_it() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client, path = page_client(place.worker), reverse("step-up", args=[episode.pk])
    client.post(path, told())
    page = client.get(path)
    assert "Wilf Worker recorded this step-up" in words_of(page)
    assert "Duty desk" in page.content.decode()
    client.post(path, told(family_told="Mum was told by telephone."))
    with acting_as(place.manager):
        assert StepUp.objects.get(episode=episode).family_told == "Mum was told by telephone."


def test_a_step_up_without_words_says_what_to_write_and_keeps_the_rest() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    response = page_client(place.worker).post(reverse("step-up", args=[episode.pk]), told(told_to="", immediate=""))
    assert response.status_code == 422
    assert "Enter who was told" in words_of(response)
    assert "A bruise" in response.content.decode()
    with acting_as(place.worker):
        assert Draft.objects.filter(path=reverse("step-up", args=[episode.pk])).exists()


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("other_manager", 404), ("hub_adviser", 403)])
def test_a_step_up_is_for_those_who_hold_the_family(name: str, status: int) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    client: PageClient = page_client(getattr(place, name))
    assert client.post(reverse("step-up", args=[episode.pk]), told()).status_code == status


def test_a_double_click_on_a_step_up_leads_to_where_the_first_did_even_when_the_record_has_closed() -> None:
    place = a_place()
    episode = an_allocated_episode(place, to=place.teacher)
    client, typed = page_client(place.teacher), told()
    answers = [client.post(reverse("step-up", args=[episode.pk]), typed)["Location"] for _ in range(2)]
    assert answers == [reverse("home")] * 2
