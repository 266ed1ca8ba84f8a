"""The page all forms are served by loses nothing and does a thing once."""

from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django import forms
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path

from baton.platform import drafts
from baton.platform.form_fields import BatonForm, TextField
from baton.platform.guard import acting_as
from baton.platform.models import Draft, Submission
from baton.platform.pages import FormPage
from baton.platform.refusals import EditedMeanwhile, NotAllowed, Refused
from baton.platform.roles import Role
from baton.platform.routes import EVERYBODY, STAFF, only, route
from tests.client import page_client, sign_in_fully
from tests.factories import a_place

SAVED: list[str] = []


class NoteForm(BatonForm):
    note = TextField(label="Note", required_message="Write the note")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NotePage(FormPage):
    form_class = NoteForm
    title = "Write a note"

    def initial(self) -> dict[str, Any]:
        return {"version": 1}

    def save(self, form: forms.Form) -> str:
        note = form.cleaned_data["note"]
        if note == "refuse me":
            raise Refused("Write something kinder.")
        if note == "forbid me":
            raise NotAllowed
        if note == "clash" and form.cleaned_data["version"] == 1:
            raise EditedMeanwhile({"note": "What Cora wrote"}, version=2, by="Cora Colleague")
        SAVED.append(note)
        return "/healthy/"


urlpatterns = [
    path("", include("baton.urls")),
    route("note/", NotePage.as_view(), name="note", allowed=STAFF),
    route("public-note/", NotePage.as_view(), name="public-note", allowed=EVERYBODY),
    route(
        "hub-only/",
        lambda request: HttpResponse("in", content_type="text/plain"),
        name="hub-only",
        allowed=only(Role.HUB_ADVISER),
    ),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def _nothing_saved() -> None:
    SAVED.clear()


def token_in(response: Any) -> str:
    return str(response.content.decode().split('name="draft_token" value="')[1].split('"')[0])


def test_what_is_wrong_is_said_and_what_was_typed_is_kept() -> None:
    client = page_client(a_place().worker)
    response = client.post("/note/", {"note": "", "form_key": uuid4()})
    assert response.status_code == 422
    assert b"Write the note" in response.content
    refused = client.post("/note/", {"note": "refuse me", "form_key": uuid4()})
    assert b"Write something kinder." in refused.content
    assert b"refuse me" in client.get("/note/").content


def test_a_repeated_post_does_the_thing_once_and_leads_to_the_same_page() -> None:
    client = page_client(a_place().worker)
    posted = {"note": "Seen at school", "form_key": uuid4()}
    first, second = client.post("/note/", posted), client.post("/note/", posted)
    assert SAVED == ["Seen at school"]
    assert first.headers["Location"] == second.headers["Location"] == "/healthy/"


def test_a_refused_post_may_be_sent_again_with_its_key() -> None:
    client = page_client(a_place().worker)
    key = uuid4()
    client.post("/note/", {"note": "refuse me", "form_key": key})
    client.post("/note/", {"note": "better", "form_key": key})
    assert SAVED == ["better"]


def test_a_draft_is_kept_as_typed_and_forgotten_when_saved() -> None:
    place = a_place()
    client = page_client(place.worker)
    token = token_in(client.get("/note/"))
    saved = client.post("/drafts/", {"note": "half a sen", "draft_token": token})
    assert saved.json()["saved"] is True
    assert b"half a sen" in client.get("/note/").content
    client.post("/note/", {"note": "half a sentence more", "form_key": uuid4()})
    assert b"half a sen" not in client.get("/note/").content


def test_a_draft_is_only_its_writers() -> None:
    place = a_place()
    client = page_client(place.worker)
    token = token_in(client.get("/note/"))
    client.post("/drafts/", {"note": "private", "draft_token": token})
    assert b"private" not in page_client(place.colleague).get("/note/").content
    stolen = page_client(place.colleague).post("/drafts/", {"note": "mine now", "draft_token": token})
    assert stolen.status_code == 409
    with acting_as(place.colleague):
        assert not Draft.objects.exists()


def test_a_post_after_signing_out_is_kept_until_the_person_is_back() -> None:
    place = a_place()
    client = page_client(place.worker)
    token = token_in(client.get("/note/"))
    client.logout()
    away = client.post("/note/", {"note": "typed on the bus", "draft_token": token})
    assert away.status_code == 302
    assert away.headers["Location"].startswith("/sign-in/?next=/note/")
    sign_in_fully(client, place.worker)
    assert b"typed on the bus" in client.get("/note/").content
    assert SAVED == []


def test_a_forged_token_keeps_nothing() -> None:
    client = page_client()
    client.post("/note/", {"note": "x", "draft_token": drafts.token_for("u1", "/note/") + "x"})
    assert drafts.read_token("nonsense") is None
    with acting_as(a_place().worker):
        assert not Draft.objects.exists()


def test_a_note_older_than_a_fortnight_keeps_nothing() -> None:
    with patch("django.core.signing.time.time", return_value=0):
        old = drafts.token_for("u1", "/note/")
    with patch("django.core.signing.time.time", return_value=drafts.SECONDS_A_TOKEN_LASTS - 1):
        assert drafts.read_token(old) == ("u1", "/note/")
    with patch("django.core.signing.time.time", return_value=drafts.SECONDS_A_TOKEN_LASTS + 2):
        assert drafts.read_token(old) is None


def test_two_people_editing_are_both_kept() -> None:
    client = page_client(a_place().worker)
    response = client.post("/note/", {"note": "clash", "version": "1", "form_key": uuid4()})
    assert response.status_code == 409
    assert b"What Cora wrote" in response.content
    assert b"clash" in response.content
    client.post("/note/", {"note": "clash", "version": "2", "form_key": uuid4()})
    assert SAVED == ["clash"]


def test_a_form_without_an_account_keeps_its_draft_in_that_browser_only() -> None:
    client = page_client()
    token = token_in(client.get("/public-note/"))
    client.post("/drafts/", {"note": "our mum is tired", "draft_token": token})
    assert b"our mum is tired" in client.get("/public-note/").content
    assert b"our mum is tired" not in page_client().get("/public-note/").content


def test_drafts_of_the_public_are_limited_and_a_post_is_taken_in_all_the_same() -> None:
    client = page_client()
    token = token_in(client.get("/public-note/"))
    with patch("baton.platform.views.MOST_PUBLIC_DRAFTS_FROM_ONE_ADDRESS", 1):
        typed = {"note": "our mum is tired", "draft_token": token}
        assert [client.post("/drafts/", typed).status_code for _ in range(2)] == [200, 429]
        assert client.post("/public-note/", {"note": "x" * 9, "form_key": uuid4()}).status_code != 429
        place = a_place()
        client = page_client(place.worker)
        token = token_in(client.get("/note/"))
        saved = [client.post("/drafts/", {"note": "n", "draft_token": token}).status_code for _ in range(3)]
    assert saved == [200, 200, 200]


def test_a_route_lets_in_whom_it_names_and_nobody_else() -> None:
    place = a_place()
    assert page_client(place.hub_adviser).get("/hub-only/").content == b"in"
    assert page_client(place.worker).get("/hub-only/").status_code == 403
    assert page_client().get("/hub-only/").status_code == 302


def test_what_a_person_may_not_do_is_a_403_and_leaves_nothing() -> None:
    place = a_place()
    response = page_client(place.worker).post("/note/", {"note": "forbid me", "form_key": uuid4()})
    assert response.status_code == 403
    with acting_as(place.worker):
        assert not Submission.objects.exists()


@override_settings(DEBUG=False)
def test_no_page_is_kept_by_a_browser_or_proxy() -> None:
    assert page_client(a_place().worker).get("/note/").headers["Cache-Control"] == "no-store"
