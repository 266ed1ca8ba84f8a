"""The hub's work in the browser: the queue, a request, what it finds out, and its answer."""

from datetime import date, timedelta

import pytest

from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from baton.requests.actions import Answer, Named, link_person, screen, take
from baton.requests.models import HelpRequest
from tests.client import PageClient, page_client
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.factories.requests import NELL, a_public_request, a_request
from tests.factories.times import MONDAY
from tests.limits import only

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=20)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def asked(place: Place) -> HelpRequest:
    return a_request(by=place.teacher)


@pytest.fixture
def hub(place: Place) -> PageClient:
    return page_client(place.hub_adviser)


def read(client: PageClient, path: str) -> str:
    with stopped_at(NOW):
        answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def as_it_is(place: Place, asked: HelpRequest) -> HelpRequest:
    with acting_as(place.hub_adviser):
        return HelpRequest.objects.select_related("family", "episode", "screener").get(pk=asked.pk)


# --- the queue ------------------------------------------------------------------------------------------------------


def test_the_queue_shows_each_request_with_its_clock(place: Place, hub: PageClient, asked: HelpRequest) -> None:
    a_public_request(at=NOW, child_in_danger=True, consent="not_asked", source="family")
    page = read(hub, "/requests/")
    for said in (
        asked.reference,
        "28 hours left",
        "Tess Teacher, Larkhill Test School",
        "Nobody yet",
        "Child in danger",
    ):
        assert said in page
    assert hub.queries <= 15


def test_a_place_without_a_timescale_says_so(place: Place, hub: PageClient) -> None:
    a_request(by=place.teacher, place="derby")
    assert "No timescale set" in read(hub, "/requests/")


def test_an_empty_queue_says_so(hub: PageClient) -> None:
    assert "Every request is answered." in read(hub, "/requests/")
    assert "You have no request." in read(hub, "/requests/?show=mine")
    assert "Nothing was answered" in read(hub, "/requests/answered/")


def test_the_queue_has_pages(place: Place, hub: PageClient) -> None:
    for hours in range(26):
        a_request(by=place.teacher, at=NOW - timedelta(hours=hours), people=(NELL,))
    assert "?page=2" in read(hub, "/requests/")
    assert read(hub, "/requests/?page=2").count("EH-") >= 1


def test_the_queue_is_the_hubs_alone(place: Place) -> None:
    for person in (place.teacher, place.worker, place.manager, place.service_manager, place.administrator):
        assert page_client(person).get("/requests/").status_code == 403, person.name


# --- one request ----------------------------------------------------------------------------------------------------


def test_the_hub_sees_whom_the_named_people_may_be(place: Place, hub: PageClient) -> None:
    an_allocated_episode(place)
    people = (Named("child", "Ashby", "Quillfeather", date(2013, 5, 1)), NELL)
    asked = a_request(by=place.teacher, people=people)
    page = read(hub, f"/requests/{asked.pk}/")
    assert "Almost certainly" in page
    assert "same date of birth, same last name" in page
    assert "Nobody we know is like this." in page
    assert hub.queries <= 15


def test_a_named_person_is_linked_and_unlinked(place: Place, hub: PageClient) -> None:
    episode = an_allocated_episode(place)
    asked = a_request(by=place.teacher, people=(Named("child", "Ashby", "Quillfeather", date(2013, 5, 1)),))
    with acting_as(place.hub_adviser):
        named = asked.people.get()
        person = Person.objects.get(given_name="Ashby", first_family_id=episode.family_id)
    path = f"/requests/{asked.pk}/people/{named.pk}/{person.pk}/"
    assert "Is Ashby Quillfeather" in read(hub, path)
    with acting_as(place.governance):
        look = AccessEntry.objects.get(family_id=episode.family_id, what="somebody named in a request")
    assert look.by_id == place.hub_adviser.pk
    assert hub.post(path)["Location"] == f"/requests/{asked.pk}/#people"
    page = read(hub, f"/requests/{asked.pk}/")
    assert "This is them" in page
    assert "Early Help practitioner: Wilf Worker" in page
    hub.post(f"/requests/{asked.pk}/people/{named.pk}/0/")
    assert "linked to a family we know" in read(hub, f"/requests/{asked.pk}/")


def test_whoever_links_people_all_the_time_waits(place: Place, hub: PageClient) -> None:
    episode = an_allocated_episode(place)
    asked = a_request(by=place.teacher, people=(NELL,))
    with acting_as(place.hub_adviser):
        named = asked.people.get()
        others = list(Person.objects.filter(first_family_id=episode.family_id))
    paths = [f"/requests/{asked.pk}/people/{named.pk}/{other.pk}/" for other in others]
    with only(2):
        answers = [hub.get(path) for path in paths]
    assert [each.status_code for each in answers] == [200, 200, 429]
    said = answers[-1].content.decode()
    assert "You looked for people more than 100 times within 10 minutes." in said
    assert others[-1].given_name not in said


def test_nobody_is_linked_to_somebody_elses_request(place: Place, hub: PageClient, asked: HelpRequest) -> None:
    other = a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        named = other.people.first()
    assert named is not None
    assert hub.post(f"/requests/{asked.pk}/people/{named.pk}/0/").status_code == 404


def test_a_request_is_taken_and_given_back(place: Place, hub: PageClient, asked: HelpRequest) -> None:
    assert "Take this request" in read(hub, f"/requests/{asked.pk}/")
    assert read(hub, f"/requests/{asked.pk}/take/")
    hub.post(f"/requests/{asked.pk}/take/")
    assert as_it_is(place, asked).screener == place.hub_adviser
    assert "Answer this request" in read(hub, f"/requests/{asked.pk}/")
    assert asked.reference in read(hub, "/requests/?show=mine")
    assert read(hub, f"/requests/{asked.pk}/give-back/")
    hub.post(f"/requests/{asked.pk}/give-back/")
    assert as_it_is(place, asked).screener is None


def test_a_request_a_colleague_took_is_taken_over_only_on_purpose(place: Place, asked: HelpRequest) -> None:
    second = a_user(*place.hub_adviser.held, name="Hetty Hubb")
    with acting_as(place.hub_adviser):
        take(request=asked, by=place.hub_adviser, at=NOW)
    client = page_client(second)
    assert "Take it over from Hana Hubb" in read(client, f"/requests/{asked.pk}/")
    refused = client.post(f"/requests/{asked.pk}/take/")
    assert refused.status_code == 422
    assert "A colleague took this request first" in refused.content.decode()
    client.post(f"/requests/{asked.pk}/take/?over=1")
    assert as_it_is(place, asked).screener == second


def test_the_hub_writes_down_what_the_family_says(place: Place, hub: PageClient) -> None:
    asked = a_request(by=place.teacher, consent="not_asked", consent_by="", consent_method="")
    path = f"/requests/{asked.pk}/agreement/"
    assert "They have not been asked yet" in read(hub, path)
    refused = hub.post(path, {"consent": "given", "consent_notes": "She would like a call."})
    assert refused.status_code == 422
    assert "Write who agreed and how" in refused.content.decode()
    assert "She would like a call." in refused.content.decode()
    hub.post(path, {"consent": "given", "consent_by": "Maud", "consent_method": "verbal"})
    assert as_it_is(place, asked).consent == "given"


# --- the answer -----------------------------------------------------------------------------------------------------


def test_the_levels_and_their_indicators_stand_beside_the_decision(hub: PageClient, asked: HelpRequest) -> None:
    page = read(hub, f"/requests/{asked.pk}/screen/")
    assert "Universal Partnership Plus" in page
    assert "Several agencies are needed" in page
    assert "Open to locality early help" in page


def test_opening_early_help_in_the_browser(place: Place, hub: PageClient, asked: HelpRequest) -> None:
    typed = {
        "decision": "locality_early_help",
        "level": "3",
        "team": str(place.team.pk),
        "reason": "Several agencies are needed.",
        "answer": "A practitioner will call.",
        "answered_how": "phone",
    }
    answer = hub.post(f"/requests/{asked.pk}/screen/", typed)
    assert answer["Location"] == "/requests/"
    assert f"Request {asked.reference} is answered." in read(hub, "/requests/")
    answered = as_it_is(place, asked)
    assert answered.episode is not None
    assert (answered.episode.state, answered.episode.team_id) == (Episode.State.WAITING, place.team.pk)
    assert "Open to locality early help" in read(hub, "/requests/answered/")


def test_an_answer_with_nothing_in_it_is_refused_and_keeps_what_was_typed(
    place: Place, hub: PageClient, asked: HelpRequest
) -> None:
    refused = hub.post(
        f"/requests/{asked.pk}/screen/", {"decision": "signpost", "reason": "The school nurse can help."}
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    for sentence in ("nobody is left without an answer", "Name the service or place", "Say how the person who asked"):
        assert sentence in page
    assert "The school nurse can help." in page
    assert as_it_is(place, asked).state == "waiting"
    assert "The school nurse can help." in read(hub, f"/requests/{asked.pk}/screen/")


def test_a_double_post_answers_once(place: Place, hub: PageClient, asked: HelpRequest) -> None:
    typed = {
        "decision": "advice_and_information",
        "reason": "why",
        "answer": "told",
        "answered_how": "phone",
        "form_key": "6f1d6f5e-0000-4000-8000-000000000001",
    }
    path = f"/requests/{asked.pk}/screen/"
    assert hub.post(path, typed)["Location"] == hub.post(path, typed)["Location"]


def test_a_family_with_help_under_way_is_named_before_the_decision(place: Place, hub: PageClient) -> None:
    episode = an_allocated_episode(place)
    asked = a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        child = FamilyMember.objects.filter(family_id=episode.family_id).select_related("person").first()
        named = asked.people.first()
        assert child is not None
        assert named is not None
        link_person(named=named, person=child.person, by=place.hub_adviser, at=NOW)
    page = read(hub, f"/requests/{asked.pk}/screen/")
    assert "already has help under way" in page
    typed = {"decision": "support_lead_professional", "family": str(episode.family_id), "reason": "why"}
    hub.post(f"/requests/{asked.pk}/screen/", typed | {"answer": "told", "answered_how": "email"})
    assert as_it_is(place, asked).family_id == episode.family_id


def test_social_care_first_and_the_enquirer_after(place: Place, hub: PageClient) -> None:
    asked = a_request(by=place.teacher, consent="refused", consent_by="")
    hub.post(f"/requests/{asked.pk}/screen/", {"decision": "social_care"})
    assert "Still to be told" in read(hub, "/requests/answered/")
    assert "Tell the person who asked" in read(hub, f"/requests/{asked.pk}/")
    assert hub.post(f"/requests/{asked.pk}/tell/", {}).status_code == 422
    hub.post(f"/requests/{asked.pk}/tell/", {"answer": "Social care will call.", "answered_how": "phone"})
    assert "Still to be told" not in read(hub, "/requests/answered/")


@pytest.mark.parametrize("where", ["doncaster", "derby"])
def test_each_place_answers_in_its_own_words(settings: object, place: Place, where: str) -> None:
    settings.BATON_PLACE = where  # type: ignore[attr-defined]
    asked = a_request(by=place.teacher, place=where)
    own = {"doncaster": "The Early Help Service leads", "derby": "Met by early help"}[where]
    client = page_client(place.hub_adviser)
    assert own in read(client, f"/requests/{asked.pk}/screen/")
    assert "No timescale set" in read(client, f"/requests/{asked.pk}/")
    assert "sets no time for this" in read(page_client(place.teacher), "/your-requests/")


# --- who else reads it ----------------------------------------------------------------------------------------------


def test_the_sender_reads_the_answer_and_not_the_hubs_reason(place: Place, asked: HelpRequest) -> None:
    with acting_as(place.hub_adviser):
        answer = Answer("signpost", "An uncle is known to us.", "The nurse will help.", "phone", signposted_to="Nurse")
        screen(request=asked, answer=answer, place="dorset", by=place.hub_adviser, at=NOW)
    client = page_client(place.teacher)
    for path in ("/your-requests/", f"/requests/{asked.pk}/"):
        page = read(client, path)
        assert "The nurse will help." in page
        assert "Signpost to another service" in page
        assert "An uncle is known to us." not in page


def test_the_sender_is_not_told_who_is_known(place: Place) -> None:
    an_allocated_episode(place)
    asked = a_request(by=place.teacher, people=(Named("child", "Ashby", "Quillfeather", date(2013, 5, 1)),))
    page = read(page_client(place.teacher), f"/requests/{asked.pk}/")
    for never in ("Known families", "This is them", "Earlier requests", "Wilf Worker"):
        assert never not in page


def test_the_team_reads_the_request_with_the_reason_and_leaves_an_access_entry(
    place: Place, asked: HelpRequest
) -> None:
    with acting_as(place.hub_adviser):
        answer = Answer("locality_early_help", "Needs three agencies.", "told", "phone", level=3, team=place.team)
        screen(request=asked, answer=answer, place="dorset", by=place.hub_adviser, at=NOW)
    assert "Needs three agencies." in read(page_client(place.worker), f"/requests/{asked.pk}/")
    with acting_as(place.worker):
        entry = AccessEntry.objects.get(what=f"request {asked.reference}")
    assert entry.by_id == place.worker.pk
    assert page_client(place.stranger).get(f"/requests/{asked.pk}/").status_code == 404


def test_what_only_the_hub_does_is_closed_to_others(place: Place, asked: HelpRequest) -> None:
    for part in ("take", "give-back", "agreement", "screen", "tell", "people/1/0"):
        assert page_client(place.teacher).get(f"/requests/{asked.pk}/{part}/").status_code == 403, part


def test_somebody_who_sent_nothing_is_told_so(place: Place) -> None:
    assert "You have not sent a request yet." in read(page_client(place.colleague), "/your-requests/")
