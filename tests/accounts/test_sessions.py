"""Sessions: how long they last, that nothing typed is lost to their end, and one's own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from baton.accounts.queries import mark_of
from baton.episodes.models import Episode
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Draft, Session, User
from tests.accounts.steps import first_step, is_in, second_step, words_of
from tests.client import PageClient, page_client, sign_in_fully
from tests.factories import Place
from tests.factories.accounts import PASSWORD, app_code

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
A_MINUTE = timedelta(minutes=1)


# How long a session lasts


def worker_signed_in_at(place: Place, at: datetime) -> PageClient:
    client = page_client()
    sign_in_fully(client, place.worker, at=at)
    return client


def test_who_does_nothing_for_half_an_hour_signs_in_again(place: Place) -> None:
    client = worker_signed_in_at(place, NOW)
    with stopped_at(NOW + 29 * A_MINUTE):
        assert is_in(client)
    with stopped_at(NOW + 58 * A_MINUTE):
        assert is_in(client), "each page begins the half hour anew"
    with stopped_at(NOW + 89 * A_MINUTE):
        assert not is_in(client)
    assert not Session.objects.filter(user=place.worker).exists()


def test_after_twelve_hours_even_who_is_busy_signs_in_again(place: Place) -> None:
    client = worker_signed_in_at(place, NOW)
    for quarters in range(1, 48):
        with stopped_at(NOW + quarters * 15 * A_MINUTE):
            assert is_in(client)
    with stopped_at(NOW + timedelta(hours=12, minutes=1)):
        assert not is_in(client)


def test_a_session_without_its_cookie_of_last_use_has_ended(place: Place) -> None:
    client = worker_signed_in_at(place, NOW)
    del client.cookies["baton_seen"]
    assert not is_in(client)


def test_the_cookie_of_another_session_is_no_help(place: Place) -> None:
    stale, fresh = worker_signed_in_at(place, NOW - timedelta(hours=1)), worker_signed_in_at(place, NOW)
    stale.cookies["baton_seen"] = fresh.cookies["baton_seen"].value
    assert not is_in(stale)


def test_a_page_asks_for_no_more_because_sessions_end(place: Place) -> None:
    client = worker_signed_in_at(place, NOW)
    with stopped_at(NOW + 2 * A_MINUTE):
        client.get("/healthy/")
    assert client.queries <= 3, "the session, the person, who is asking"


def an_idle_half_hour(client: PageClient) -> datetime:
    return NOW + 31 * A_MINUTE


def a_busy_day(client: PageClient) -> datetime:
    for quarters in range(1, 48):
        with stopped_at(NOW + quarters * 15 * A_MINUTE):
            assert is_in(client)
    return NOW + timedelta(hours=12, minutes=1)


LIMITS = [(an_idle_half_hour, "nothing happened for a while"), (a_busy_day, "you signed in a long time ago")]


@pytest.mark.parametrize(("passes", "because"), LIMITS, ids=["idle", "absolute"])
@pytest.mark.parametrize("sent", [True, False], ids=["sent", "saved while typing"])
def test_what_was_half_typed_is_there_after_signing_in_again_in_both_steps(
    place: Place, episode: Episode, passes: Callable[[PageClient], datetime], because: str, sent: bool
) -> None:
    """By either limit; whether the form was sent to the session that had ended, or saved before and then left."""
    form = f"/episodes/{episode.pk}/visits/record/"
    client = worker_signed_in_at(place, NOW)
    with stopped_at(NOW):
        shown = client.get(form).content.decode()
        token = re.search(r'name="draft_token" value="([^"]+)"', shown)
        assert token
        typed = {"purpose": "She spoke of the mornings", "draft_token": token[1]}
        if not sent:
            assert client.post("/drafts/", typed).json()["saved"] is True
    with stopped_at(passes(client)):
        answer = client.post(form, typed) if sent else client.get(form)
        assert answer["Location"] == f"/sign-in/?next={form}"
        signing_in = words_of(client.get(answer["Location"]))
        assert f"You were signed out because {because}." in signing_in
        assert ("We kept what you typed" in signing_in) == sent
        first_step(client, place.worker, to=form)
        back = second_step(client, app_code())
        assert back["Location"] == form
        assert "She spoke of the mornings" in client.get(form).content.decode()
    with acting_as(place.worker):
        assert Draft.objects.filter(path=form).exists()


# One's own sessions


def who_just_signed_in(place: Place) -> PageClient:
    client = page_client()
    first_step(client, place.worker)
    second_step(client, app_code())
    return client


def test_somebody_sees_where_they_are_signed_in_and_ends_one(place: Place) -> None:
    here, there = who_just_signed_in(place), page_client(place.worker)
    shown = here.get("/your-sign-in/")
    assert words_of(shown).count("Chrome on Linux") == 2, "another browser, in words and on its button"
    way = re.search(r'action="(/your-sign-in/sessions/[0-9a-f]+/end/)"', shown.content.decode())
    assert way
    assert here.session.session_key not in shown.content.decode()
    here.post(way[1])
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_the_session_of_somebody_else(place: Place) -> None:
    worker, other = page_client(place.worker), page_client()
    first_step(other, place.stranger)
    second_step(other, app_code())
    shown = page_client(place.worker).get("/your-sign-in/").content.decode()
    way = re.search(r'action="(/your-sign-in/sessions/[0-9a-f]+/end/)"', shown)
    assert way
    other.post(way[1])
    assert is_in(worker)


def test_somebody_signs_out_everywhere_else(place: Place) -> None:
    here, there = who_just_signed_in(place), page_client(place.worker)
    here.post("/your-sign-in/sessions/end/")
    assert is_in(here)
    assert not is_in(there)
    with acting_as(place.worker):
        assert AuditEntry.objects.filter(action="sign_out_everywhere", by=place.worker).exists()


def test_a_changed_password_signs_every_other_browser_out(place: Place) -> None:
    there = page_client(place.worker)
    here = who_just_signed_in(place)
    answer = here.post("/your-sign-in/password/", {"current": PASSWORD, "password": "gravel marmalade bicycle"})
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert User.objects.get(pk=place.worker.pk).check_password("gravel marmalade bicycle")


def test_who_signed_in_a_while_ago_shows_again_that_it_is_they(place: Place) -> None:
    client = page_client(place.worker)  # as if from long ago: allauth noted no step
    assert client.get("/your-sign-in/app/remove/")["Location"].startswith("/sign-in/again/?next=")
    assert client.post("/sign-in/again/", {"password": "not hers"}).status_code == 200
    client.post("/sign-in/again/?next=/your-sign-in/app/remove/", {"password": PASSWORD})
    assert client.get("/your-sign-in/app/remove/").status_code == 200


@pytest.mark.parametrize("way", ["sessions/end/", "sessions/{mark}/end/"])
def test_sessions_are_ended_by_who_shows_again_that_it_is_they(place: Place, way: str) -> None:
    there, client = page_client(place.worker), page_client(place.worker)
    address = "/your-sign-in/" + way.format(mark=mark_of(Session.objects.get(pk=there.session.session_key)))
    assert client.post(address)["Location"].startswith("/sign-in/again/?next=")
    assert is_in(there), "nothing was ended yet"
    asked = f"/sign-in/again/?next={address}"
    assert client.post(asked, {"password": "not hers"}).status_code == 200
    assert is_in(there)
    client.post(asked, {"password": PASSWORD})
    assert not is_in(there), "what was asked is then done"
    assert is_in(client)


@pytest.mark.parametrize("current", ["", "not the password in use"])
def test_a_password_is_changed_by_who_knows_the_one_in_use_however_lately_they_signed_in(
    place: Place, current: str
) -> None:
    cache.clear()
    client = who_just_signed_in(place)
    answer = client.post("/your-sign-in/password/", {"current": current, "password": "gravel marmalade bicycle"})
    assert answer.status_code == 422
    assert User.objects.get(pk=place.worker.pk).check_password(PASSWORD)
    assert b"gravel marmalade" not in answer.content


def test_the_password_in_use_is_not_guessed_there_either(place: Place) -> None:
    cache.clear()
    client = who_just_signed_in(place)
    for _ in range(5):
        client.post("/your-sign-in/password/", {"current": "a guess", "password": "gravel marmalade bicycle"})
    answer = client.post("/your-sign-in/password/", {"current": PASSWORD, "password": "gravel marmalade bicycle"})
    assert "wrong too often" in words_of(answer)
    assert User.objects.get(pk=place.worker.pk).check_password(PASSWORD)
    cache.clear()


def test_who_has_no_password_here_makes_none(place: Place) -> None:
    client = page_client(place.worker)
    place.worker.set_unusable_password()
    User.objects.filter(pk=place.worker.pk).update(password=place.worker.password)
    sign_in_fully(client, place.worker)
    assert "You have no password here" in words_of(client.get("/your-sign-in/password/"))
    client.post("/your-sign-in/password/", {"current": "", "password": "gravel marmalade bicycle"})
    assert not User.objects.get(pk=place.worker.pk).has_usable_password()


def test_who_has_the_councils_account_alone_goes_there_before_sessions_end(place: Place) -> None:
    Authenticator.objects.filter(user=place.worker).delete()
    place.worker.set_unusable_password()
    User.objects.filter(pk=place.worker.pk).update(password=place.worker.password)
    there, client = page_client(place.worker), page_client(place.worker)
    assert "Nothing was changed yet" in words_of(client.post("/your-sign-in/sessions/end/"))
    assert is_in(there)


# After the end of a session


def test_signing_out_tells_the_browser_to_drop_what_it_keeps(place: Place) -> None:
    answer = page_client(place.worker).post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_a_page_says_how_long_it_may_stay_open(place: Place) -> None:
    client = worker_signed_in_at(place, NOW)
    with stopped_at(NOW + 20 * A_MINUTE):
        shown = client.get("/").content.decode()
    assert f'data-seconds-unused="{30 * 60}" data-seconds-in-all="{12 * 3600 - 20 * 60}"' in shown
    assert "data-seconds-unused" not in page_client().get("/sign-in/").content.decode()


def test_what_is_saved_after_the_session_ended_is_kept_for_who_typed_it(place: Place, episode: Episode) -> None:
    form = f"/episodes/{episode.pk}/visits/record/"
    client = worker_signed_in_at(place, NOW)
    with stopped_at(NOW):
        token = re.search(r'name="draft_token" value="([^"]+)"', client.get(form).content.decode())
    assert token
    with stopped_at(NOW + 31 * A_MINUTE):
        answer = client.post("/drafts/", {"purpose": "Typed at the very end", "draft_token": token[1]})
        assert answer.json()["saved"] is True
    with acting_as(place.worker):
        assert Draft.objects.get(path=form).typed["purpose"] == ["Typed at the very end"]
    other = page_client(place.colleague)
    assert other.post("/drafts/", {"purpose": "of another", "draft_token": token[1]}).status_code == 409
