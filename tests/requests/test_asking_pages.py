"""Asking for help in the browser, with and without an account."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY

from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import Draft, User
from baton.requests.models import HelpRequest
from tests.client import page_client
from tests.factories import Place, a_family, a_place
from tests.factories.requests import a_public_request
from tests.factories.times import MONDAY
from tests.requests.filling_in import BY_A_PARENT, BY_A_TEACHER, CHILD, fill_in, send

pytestmark = pytest.mark.django_db


def requests_seen_by(user: User) -> list[HelpRequest]:
    with acting_as(user):
        return list(HelpRequest.objects.prefetch_related("people").order_by("pk"))


# --- the way through ------------------------------------------------------------------------------------------------


def test_a_parent_asks_without_an_account_and_is_given_a_reference(place: Place) -> None:
    client = page_client()
    assert "Start now" in client.get("/ask/").content.decode()
    key = fill_in(client, BY_A_PARENT)
    check = client.get(f"/ask/{key}/check/").content.decode()
    for said in ("Maud Marshmarigold", "Born 27 March 2016", "Arguments or fighting", "DT1 1XJ", "Yes, I agree"):
        assert said in check
    sent = send(client, key)
    (asked,) = requests_seen_by(place.hub_adviser)
    assert sent["Location"] == f"/ask/sent/{asked.reference}/"
    assert asked.reference in client.get(sent["Location"]).content.decode()
    assert (asked.created_by, asked.source, asked.reasons) == (None, "family", ["family_conflict"])
    assert (asked.consent, asked.consent_by, asked.consent_method) == ("given", "Maud Marshmarigold", "verbal")
    assert [person.name for person in asked.people.all()] == ["Nell Marshmarigold"]


def test_a_teacher_asks_with_their_account(place: Place) -> None:
    client = page_client(place.teacher)
    you = client.get(f"/ask/{uuid4()}/you/").content.decode()
    assert 'value="Tess Teacher"' in you
    assert 'value="Larkhill Test School"' in you
    key = fill_in(client, BY_A_TEACHER)
    send(client, key)
    (asked,) = requests_seen_by(place.hub_adviser)
    assert (asked.created_by, asked.enquirer_organisation_kind) == (place.teacher, "school")
    assert asked.reference in client.get("/your-requests/").content.decode()


def test_every_question_shows_without_a_problem_to_each_kind_of_enquirer(place: Place) -> None:
    for source in HelpRequest.Source.values:
        client, key = page_client(), uuid4()
        client.post(f"/ask/{key}/who/", {"source": source})
        client.post(f"/ask/{key}/you/", {"enquirer_name": "Nell Marshmarigold", "enquirer_phone": "07700 900982"})
        for step in BY_A_PARENT:
            assert client.get(f"/ask/{key}/{step}/").status_code in (200, 302), step


def test_practitioners_are_asked_in_the_fields_words_and_families_in_plain_ones(place: Place) -> None:
    staff, family = page_client(place.teacher), page_client()
    assert "Conflict in the family" in staff.get(f"/ask/{uuid4()}/reasons/").content.decode()
    assert "Arguments or fighting in the family" in family.get(f"/ask/{uuid4()}/reasons/").content.decode()


def test_a_young_person_is_the_first_child_they_tell_of(place: Place) -> None:
    client, key = page_client(), uuid4()
    client.post(f"/ask/{key}/who/", {"source": "young_person"})
    client.post(f"/ask/{key}/you/", {"enquirer_name": "Nell Marshmarigold", "enquirer_phone": "07700 900982"})
    about = client.get(f"/ask/{key}/children/1/").content.decode()
    assert "About you" in about
    assert 'value="Nell"' in about


def test_a_parent_is_the_first_adult_they_tell_of(place: Place) -> None:
    client = page_client()
    key = fill_in(client, {step: BY_A_PARENT[step] for step in ("who", "you", "children/1")})
    assert 'value="Maud"' in client.get(f"/ask/{key}/adults/1/").content.decode()
    assert 'value="Marshmarigold"' in client.get(f"/ask/{key}/children/2/").content.decode()


# --- an emergency ---------------------------------------------------------------------------------------------------


def test_danger_leads_to_who_to_call_and_never_swallows_the_request(place: Place) -> None:
    client, key = page_client(), uuid4()
    first = client.get(f"/ask/{key}/danger/").content.decode()
    assert "999" in first
    assert "Dorset Children&#39;s Advice and Duty Service" in first
    answer = client.post(f"/ask/{key}/danger/", {"child_in_danger": "yes"})
    assert answer["Location"] == f"/ask/{key}/emergency/"
    emergency = client.get(answer["Location"]).content.decode()
    assert "not the way to keep a child safe now" in emergency
    assert f"/ask/{key}/who/" in emergency
    fill_in(client, {step: typed for step, typed in BY_A_PARENT.items() if step != "danger"}, key=key)
    send(client, key)
    assert requests_seen_by(place.hub_adviser)[0].child_in_danger


def test_a_place_with_a_number_shows_it(settings: object, place: Place) -> None:
    settings.BATON_PLACE = "doncaster"  # type: ignore[attr-defined]
    assert 'href="tel:01302737777"' in page_client().get("/ask/").content.decode()


# --- nothing typed is lost ------------------------------------------------------------------------------------------


def test_going_back_finds_what_was_typed(place: Place) -> None:
    client = page_client()
    key = fill_in(client, BY_A_PARENT)
    worries = client.get(f"/ask/{key}/worries/").content.decode()
    assert "Mornings are hard." in worries
    assert f'href="/ask/{key}/reasons/" class="govuk-back-link"' in worries


def test_a_change_from_the_list_of_answers_leads_back_to_it(place: Place) -> None:
    client = page_client()
    key = fill_in(client, BY_A_PARENT)
    assert f"/ask/{key}/worries/?from=check" in client.get(f"/ask/{key}/check/").content.decode()
    answer = client.post(f"/ask/{key}/worries/?from=check", {"concerns": "Evenings are hard."})
    assert answer["Location"] == f"/ask/{key}/check/"
    check = client.get(answer["Location"]).content.decode()
    assert "Evenings are hard." in check
    assert "Mornings are hard." not in check


def test_a_wrong_answer_is_kept_and_told_what_to_do(place: Place) -> None:
    client, key = page_client(), uuid4()
    answer = client.post(f"/ask/{key}/where/", {"address": "1 Test Street", "postcode": "nowhere"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a full postcode, like DT1 1XJ" in page
    assert "1 Test Street" in client.get(f"/ask/{key}/where/").content.decode()


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("danger", {}, "Select yes if a child is in immediate danger"),
        ("who", {}, "Select who is asking for help"),
        ("you", {"enquirer_name": "Maud"}, "Enter a telephone number or an email address"),
        ("children/1", {}, "Enter a first name"),
        ("adults/1", {"given_name": "Al"}, "Select who this is"),
        ("children", {}, "Select yes if you want to add somebody"),
        ("reasons", {}, "Select what help is needed"),
        ("reasons", {"reasons": ["anything"]}, "Select one of the answers offered"),
        ("worries", {}, "Write what the worry is"),
        ("consent", {}, "Select an answer"),
    ],
)
def test_each_question_says_what_to_do(place: Place, step: str, typed: dict[str, str], sentence: str) -> None:
    answer = page_client().post(f"/ask/{uuid4()}/{step}/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_practitioner_says_who_agreed_and_how(place: Place) -> None:
    page = page_client(place.teacher).post(f"/ask/{uuid4()}/consent/", {"consent": "given"}).content.decode()
    assert "Enter who agreed" in page
    assert "Select how they agreed" in page


def test_a_half_typed_page_survives_until_it_is_finished(place: Place) -> None:
    client, key = page_client(), uuid4()
    page = client.get(f"/ask/{key}/worries/").content.decode()
    token = re.search(r'name="draft_token" value="([^"]+)"', page)
    assert token is not None
    saved = client.post("/drafts/", {"draft_token": token[1], "concerns": "Mornings are ha"})
    assert saved.json()["saved"]
    assert "Mornings are ha" in client.get(f"/ask/{key}/worries/").content.decode()
    assert "Not finished" in client.get(f"/ask/{key}/check/").content.decode()


def test_staff_find_the_requests_they_started(place: Place) -> None:
    client = page_client(place.teacher)
    key = fill_in(client, {step: BY_A_TEACHER[step] for step in ("danger", "who", "you", "children/1")})
    later = page_client(place.teacher).get("/ask/").content.decode()
    assert "Requests you have started" in later
    assert "Nell Marshmarigold" in later
    assert f"/ask/{key}/reasons/" in later
    assert "Requests you have started" not in page_client(place.worker).get("/ask/").content.decode()


def test_a_first_look_at_the_form_keeps_nothing(place: Place) -> None:
    client = page_client()
    client.get("/ask/")
    assert not client.session.keys()


def test_the_public_find_what_they_started_in_their_own_browser(place: Place) -> None:
    client = page_client()
    fill_in(client, {"children/1": CHILD})
    assert "Nell Marshmarigold" in client.get("/ask/").content.decode()
    assert "Nell Marshmarigold" not in page_client().get("/ask/").content.decode()


def test_a_started_request_may_be_thrown_away(place: Place) -> None:
    client = page_client(place.teacher)
    key = fill_in(client, {"who": {"source": "other"}})
    assert client.get(f"/ask/{key}/delete/").status_code == 200
    assert client.post(f"/ask/{key}/delete/")["Location"] == "/ask/"
    with acting_as(place.teacher):
        assert not Draft.objects.exists()


def test_children_are_added_changed_and_removed(place: Place) -> None:
    client = page_client()
    key = fill_in(client, {"children/1": CHILD})
    assert client.post(f"/ask/{key}/children/", {"another": "yes"})["Location"] == f"/ask/{key}/children/2/"
    fill_in(
        client, {"children/2": CHILD | {"given_name": "Bran"}, "children/1": CHILD | {"given_name": "Nelly"}}, key=key
    )
    listed = client.get(f"/ask/{key}/children/").content.decode()
    assert "Nelly Marshmarigold" in listed
    assert "Bran Marshmarigold" in listed
    assert "Remove Bran Marshmarigold" in client.get(f"/ask/{key}/children/2/remove/").content.decode()
    client.post(f"/ask/{key}/children/2/remove/")
    assert "Bran" not in client.get(f"/ask/{key}/children/").content.decode()
    assert client.get(f"/ask/{key}/children/2/remove/").status_code == 404


def test_the_first_child_is_asked_for_at_once(place: Place) -> None:
    key = uuid4()
    assert page_client().get(f"/ask/{key}/children/")["Location"] == f"/ask/{key}/children/1/"


@pytest.mark.parametrize("path", ["anything", "pets/1", "children/0", "children/21", "children/1/remove"])
def test_pages_that_are_not_questions_are_not_found(place: Place, path: str) -> None:
    assert page_client().get(f"/ask/{uuid4()}/{path}/").status_code == 404


# --- sending --------------------------------------------------------------------------------------------------------


def test_an_unfinished_request_is_not_sent(place: Place) -> None:
    client = page_client()
    key = fill_in(client, {step: typed for step, typed in BY_A_PARENT.items() if step != "consent"})
    answer = send(client, key)
    assert answer.status_code == 422
    assert "Finish the answers marked" in answer.content.decode()
    assert requests_seen_by(place.hub_adviser) == []
    fill_in(client, {"consent": BY_A_PARENT["consent"]}, key=key)
    assert send(client, key).status_code == 302


def test_a_request_without_a_child_is_not_finished(place: Place) -> None:
    client = page_client()
    key = fill_in(client, {step: typed for step, typed in BY_A_PARENT.items() if not step.startswith("children")})
    assert send(client, key).status_code == 422


def test_a_double_click_sends_one_request(place: Place) -> None:
    client = page_client(place.teacher)
    key = fill_in(client, BY_A_TEACHER)
    first, second = send(client, key), send(client, key)
    assert first["Location"] == second["Location"]
    assert len(requests_seen_by(place.hub_adviser)) == 1


def test_two_open_windows_send_one_request(place: Place) -> None:
    client = page_client(place.teacher)
    key = fill_in(client, BY_A_TEACHER)
    page = client.get(f"/ask/{key}/check/").content.decode()
    assert f'name="form_key" value="{key}"' in page
    first = send(client, key)
    second = send(client, key, form_key=str(uuid4()))
    assert second["Location"] == first["Location"]
    assert client.get(f"/ask/{key}/worries/")["Location"] == first["Location"]
    assert len(requests_seen_by(place.hub_adviser)) == 1


def test_what_was_typed_is_gone_once_it_is_sent(place: Place) -> None:
    client = page_client(place.teacher)
    send(client, fill_in(client, BY_A_TEACHER))
    with acting_as(place.teacher):
        assert not Draft.objects.exists()


def test_the_confirmation_is_the_senders_alone(place: Place) -> None:
    client = page_client()
    sent = send(client, fill_in(client, BY_A_PARENT))
    assert page_client().get(sent["Location"]).status_code == 404
    assert page_client(place.teacher).get(sent["Location"]).status_code == 404


# --- the public learns nothing --------------------------------------------------------------------------------------


def test_the_public_form_says_nothing_of_who_is_known(place: Place) -> None:
    a_family(team=place.team, by=place.hub_adviser, name="Marshmarigold")
    known, unknown = page_client(), page_client()
    pages = []
    for client, name in ((known, "Marshmarigold"), (unknown, "Nobodyatall")):
        about = {"children/1": CHILD | {"family_name": name}, "you": BY_A_PARENT["you"] | {"enquirer_name": "Pia"}}
        with stopped_at(MONDAY):
            key = fill_in(client, BY_A_PARENT | about)
            check = client.get(f"/ask/{key}/check/").content.decode()
            sent = client.get(send(client, key)["Location"]).content.decode()
        pages.append([_without(page, name, str(key)) for page in (check, sent)])
    assert pages[0] == pages[1]


def test_the_public_opens_neither_requests_nor_queue(place: Place) -> None:
    client, asked = page_client(), a_public_request()
    for path in ("/requests/", "/your-requests/", f"/requests/{asked.pk}/", f"/requests/{asked.pk}/screen/"):
        assert client.get(path)["Location"].startswith("/sign-in/")


def test_another_browser_does_not_find_what_was_typed(place: Place) -> None:
    client = page_client()
    key = fill_in(client, {"worries": BY_A_PARENT["worries"]})
    stranger = page_client()
    assert "Mornings are hard." not in stranger.get(f"/ask/{key}/worries/").content.decode()
    assert SESSION_KEY not in client.session


def _without(page: str, name: str, key: str) -> str:
    for pattern in (name, key, r"EH-\w{4}-\w{2}", r'name="(csrfmiddlewaretoken|draft_token)" value="[^"]*"'):
        page = re.sub(pattern, "", page)
    return page


def test_the_number_of_a_request_is_no_key_to_it() -> None:
    """Whoever knows it, from an address somebody left open, finds nothing typed: the browser's session is the key."""
    mine, other = page_client(), page_client()
    key = fill_in(mine, BY_A_PARENT)
    assert "Marshmarigold" in mine.get(f"/ask/{key}/check/").content.decode()
    for path in ("check/", "children/1/", "you/", "worries/"):
        shown = other.get(f"/ask/{key}/{path}", follow=True).content.decode()
        assert "Marshmarigold" not in shown
        assert "Mornings are hard" not in shown
    other.post(f"/ask/{key}/check/", {"form_key": str(key)})
    with acting_as(a_place().hub_adviser):
        assert not HelpRequest.objects.exists()
