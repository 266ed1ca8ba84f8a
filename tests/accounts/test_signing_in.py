"""Signing in: two steps, limits, what is refused, and that nothing typed is lost to any of it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from baton.accounts.actions import invite
from baton.accounts.presenters.permissions import routes
from baton.episodes.models import Episode
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Draft, Locality, Session, Team, User
from baton.platform.roles import ROLE_SHEETS, HeldFor, Role
from baton.platform.routes import Audience
from tests.client import PageClient, page_client, sign_in_fully
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.factories.accounts import APP_KEY, PASSWORD, app_code, give_everybody_a_password, recovery_code
from tests.html import parse, text_of
from tests.refusals.test_every_route import a_record_of_each_kind, address_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
A_MINUTE = timedelta(minutes=1)
SECOND_STEP = "/sign-in/second-step/"


@pytest.fixture
def place() -> Place:
    made = a_place()
    give_everybody_a_password()
    return made


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def first_step(client: Client, user: User, password: str = PASSWORD, to: str = "") -> HttpResponse:
    return client.post("/sign-in/", {"login": user.email, "password": password, "next": to})


def second_step(client: Client, code: str) -> HttpResponse:
    return client.post(SECOND_STEP, {"code": code})


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


# Two steps


def test_the_password_alone_lets_nobody_in(place: Place) -> None:
    client = page_client()
    assert first_step(client, place.worker)["Location"] == SECOND_STEP
    assert not is_in(client)


def test_a_wrong_password_is_refused_and_not_shown_again(place: Place) -> None:
    response = first_step(page_client(), place.worker, "wrong-horse-test-staple")
    assert "Check your e-mail address and password." in words_of(response)
    assert b"wrong-horse" not in response.content
    assert b'autocomplete="current-password"' in response.content


def test_with_the_code_of_the_app_somebody_is_in(place: Place) -> None:
    client = page_client()
    first_step(client, place.worker)
    client.get(SECOND_STEP)
    assert second_step(client, app_code()).status_code == 302
    assert is_in(client)


def test_a_code_works_once(place: Place) -> None:
    code = app_code()
    for works in (True, False):
        client = page_client()
        first_step(client, place.worker)
        second_step(client, code)
        assert is_in(client) == works


def test_a_recovery_code_works_once(place: Place) -> None:
    code = recovery_code(place.worker.email)
    for works in (True, False):
        client = page_client()
        first_step(client, place.worker)
        second_step(client, code)
        assert is_in(client) == works


def test_the_code_of_another_moment_is_refused(place: Place) -> None:
    client = page_client()
    first_step(client, place.worker)
    earlier = format_hotp_value(hotp_value(APP_KEY, next(yield_hotp_counters_from_time()) - 1))
    assert "Check the code" in words_of(second_step(client, earlier))
    assert not is_in(client)


@pytest.mark.parametrize("path", ["/", "/find/", "/ask/", "/your-requests/", "/permissions/", "/your-sign-in/"])
def test_who_has_no_second_step_sets_one_up_before_seeing_anything(place: Place, path: str) -> None:
    Authenticator.objects.all().delete()
    client = page_client()
    first_step(client, place.worker)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/your-sign-in/set-up/?next={path}"


def test_no_family_is_shown_to_who_took_one_step(place: Place, episode: Episode) -> None:
    client = page_client()
    sign_in_fully(client, place.worker, second_step="")
    assert client.get(f"/families/{episode.family_id}/").status_code == 302
    assert client.post(f"/episodes/{episode.pk}/visits/record/", {"form_key": str(uuid4())}).status_code == 302


DOOR = re.compile(r"^/(sign-in|sign-out|your-sign-in|join|healthy|ready|metrics|drafts)/")


def test_whatever_roles_somebody_holds_one_step_opens_no_page_of_any(place: Place) -> None:
    """Every route there is and every one there will be, asked by somebody whom no role is missing."""
    user = a_user(*((role, part_of(place, role)) for role in Role))
    records = a_record_of_each_kind(place)
    client = page_client()
    sign_in_fully(client, user, second_step="")
    opened = set()
    for each in routes():
        audience: Audience = each.callback.audience  # type: ignore[attr-defined]
        address = address_of(each, records, "worker")
        if audience.at_the_door:
            assert DOOR.match(address), address
            continue
        answer = client.get(address)
        if not answer.headers.get("Location", "").startswith("/your-sign-in/set-up/?next="):
            opened.add(f"{each.name} ({address}): {answer.status_code}")
    assert opened == set()
    sign_in_fully(client, user)
    assert client.get(f"/families/{records['family_id']}/").status_code == 200, "with two steps it opens"


def part_of(place: Place, role: Role) -> Team | Locality | None:
    held_for = ROLE_SHEETS[role].held_for
    return place.team if HeldFor.TEAM in held_for else place.team.locality if HeldFor.LOCALITY in held_for else None


def test_the_demonstration_asks_for_one_step_and_nothing_else_does(place: Place, settings: LazySettings) -> None:
    client = page_client()
    sign_in_fully(client, place.worker, second_step="")
    settings.SECOND_STEP_ASKED = False
    assert not is_in(client), "not a demonstration"
    settings.DEMONSTRATION = True
    assert is_in(client)


def test_an_app_is_set_up_and_recovery_codes_are_shown_once(place: Place) -> None:
    Authenticator.objects.all().delete()
    client = page_client()
    first_step(client, place.worker, to="/find/")
    assert "two steps" in words_of(client.get("/your-sign-in/set-up/", {"next": "/find/"}))
    shown = client.get("/your-sign-in/app/").content.decode()
    key = re.search(r'<code class="baton-break">([A-Z2-7]+)</code>', shown)
    assert key
    code = format_hotp_value(hotp_value(key[1], next(yield_hotp_counters_from_time())))
    answer = client.post("/your-sign-in/app/", {"code": code}, follow=True)
    assert "Keep them now" in words_of(answer)
    assert 'href="/find/"' in answer.content.decode()
    assert client.get("/find/").status_code == 200
    assert "shown once" in words_of(client.get("/your-sign-in/recovery-codes/"))


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_setting_up_a_second_step_leads_nowhere_else(place: Place, elsewhere: str) -> None:
    client = page_client()
    sign_in_fully(client, place.worker, second_step="")
    client.get("/your-sign-in/set-up/", {"next": elsewhere})
    assert "after_second_step" not in client.session


def test_secrets_are_not_kept_in_the_clear(place: Place) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert APP_KEY not in kept
    assert "5eed5eed" not in kept


def test_the_only_second_step_cannot_be_removed(place: Place) -> None:
    client = page_client()
    first_step(client, place.worker)
    second_step(client, app_code())
    assert "only second step" in words_of(client.get("/your-sign-in/app/remove/"))
    client.post("/your-sign-in/app/remove/")
    assert Authenticator.objects.filter(user=place.worker, type="totp").exists()


def test_a_password_of_spaces_capitals_and_accents_lets_in_as_it_was_typed_and_not_otherwise(place: Place) -> None:
    typed = " Grüße, MARMALADE bicycle " + "x" * 64 + " "
    with acting_as(place.administrator):
        User.objects.filter(pk=place.worker.pk).update(password=make_password(typed))
    for other in (typed.strip(), typed.lower(), typed[:-2]):
        assert "Check your e-mail address and password." in words_of(first_step(page_client(), place.worker, other))
    assert first_step(page_client(), place.worker, typed)["Location"] == SECOND_STEP


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/again/", "/your-sign-in/password/", "/join/{link}/"])
def test_passwords_are_hidden_while_they_are_typed(place: Place, path: str) -> None:
    with acting_as(place.administrator):
        told = {
            "email": "nora.new@example.org",
            "given_name": "Nora",
            "family_name": "New",
            "job_title": "",
            "phone": "",
        }
        made = invite(organisation=place.team.organisation, **told, by=place.administrator, at=NOW)
    client = page_client()
    if "again" in path or "your-sign-in" in path:
        first_step(client, place.worker)
        second_step(client, app_code())
    shown = client.get(path.format(link=made.token)).content.decode()
    boxes = re.findall(r"<input[^>]*name=\"[^\"]*password[^\"]*\"[^>]*>", shown)
    assert boxes
    assert all('type="password"' in box for box in boxes)


def test_signing_in_makes_a_new_session_that_nobody_named_before(place: Place) -> None:
    client = page_client()
    client.cookies["sessionid"] = "a-name-that-somebody-else-chose-1"
    first_step(client, place.worker)
    between = client.cookies["sessionid"].value
    second_step(client, app_code())
    after = client.cookies["sessionid"].value
    assert is_in(client)
    assert len({"a-name-that-somebody-else-chose-1", between, after}) == 3
    stale = page_client()
    stale.cookies["sessionid"] = between
    stale.cookies["baton_seen"] = client.cookies["baton_seen"].value
    assert not is_in(stale)


# What is refused


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(place: Place) -> None:
    wrong = words_of(first_step(page_client(), place.worker, "not her password"))
    unknown = words_of(page_client().post("/sign-in/", {"login": "nobody@example.org", "password": "not her password"}))
    assert "Check your e-mail address and password." in wrong
    assert wrong == unknown.replace("nobody@example.org", place.worker.email)


def test_a_leaver_is_told_what_a_stranger_is_told(place: Place) -> None:
    User.objects.filter(pk=place.worker.pk).update(is_active=False)
    client = page_client()
    first_step(client, place.worker)
    assert not is_in(client)


def test_nobody_signs_themselves_up() -> None:
    for path in ("/accounts/signup/", "/signup/", "/sign-up/"):
        assert page_client().post(path).status_code == 404


def test_after_five_wrong_passwords_the_right_one_waits(place: Place) -> None:
    cache.clear()
    for _ in range(5):
        first_step(page_client(), place.worker, "not her password")
    assert "wrong too often" in words_of(first_step(page_client(), place.worker))
    assert first_step(page_client(), place.colleague)["Location"] == SECOND_STEP, "nobody else waits"
    cache.clear()


def test_after_five_wrong_codes_the_right_one_waits(place: Place) -> None:
    cache.clear()
    client = page_client()
    first_step(client, place.worker)
    for _ in range(5):
        second_step(client, "000000")
    assert "wrong too often" in words_of(second_step(client, app_code()))
    cache.clear()


def test_what_is_counted_is_kept_where_every_process_counts(place: Place, settings: LazySettings) -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


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


def test_somebody_sees_where_they_are_signed_in_and_ends_one(place: Place) -> None:
    here, there = page_client(place.worker), page_client(place.worker)
    shown = here.get("/your-sign-in/")
    assert words_of(shown).count("Chrome on Linux") == 3, "two, and one in the words of a button"
    way = re.search(r'action="(/your-sign-in/sessions/[0-9a-f]+/end/)"', shown.content.decode())
    assert way
    assert here.session.session_key not in shown.content.decode()
    here.post(way[1])
    assert is_in(here)
    assert not is_in(there)


def test_nobody_ends_the_session_of_somebody_else(place: Place) -> None:
    worker, other = page_client(place.worker), page_client(place.stranger)
    shown = page_client(place.worker).get("/your-sign-in/").content.decode()
    way = re.search(r'action="(/your-sign-in/sessions/[0-9a-f]+/end/)"', shown)
    assert way
    other.post(way[1])
    assert is_in(worker)


def test_somebody_signs_out_everywhere_else(place: Place) -> None:
    here, there = page_client(place.worker), page_client(place.worker)
    here.post("/your-sign-in/sessions/end/")
    assert is_in(here)
    assert not is_in(there)
    with acting_as(place.worker):
        assert AuditEntry.objects.filter(action="sign_out_everywhere", by=place.worker).exists()


def test_a_changed_password_signs_every_other_browser_out(place: Place) -> None:
    there = page_client(place.worker)
    here = page_client()
    first_step(here, place.worker)
    second_step(here, app_code())
    answer = here.post("/your-sign-in/password/", {"password": "gravel marmalade bicycle"})
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert User.objects.get(pk=place.worker.pk).check_password("gravel marmalade bicycle")


def test_who_signed_in_a_while_ago_shows_again_that_it_is_they(place: Place) -> None:
    client = page_client(place.worker)  # as if from long ago: allauth noted no step
    assert client.get("/your-sign-in/password/")["Location"].startswith("/sign-in/again/?next=")
    assert client.get("/your-sign-in/app/remove/")["Location"].startswith("/sign-in/again/?next=")
    assert client.post("/sign-in/again/", {"password": "not hers"}).status_code == 200
    client.post("/sign-in/again/?next=/your-sign-in/password/", {"password": PASSWORD})
    assert client.get("/your-sign-in/password/").status_code == 200


# Coming in by a link


def test_who_comes_in_by_a_link_sets_up_a_second_step_before_anything(place: Place) -> None:
    with acting_as(place.administrator):
        made = invite(
            organisation=place.team.organisation, email="nora.new@example.org", given_name="Nora", family_name="New",
            job_title="", phone="", by=place.administrator, at=NOW,
        )  # fmt: skip
    client = page_client()
    client.post(f"/join/{made.token}/", {"password": "gravel marmalade bicycle"})
    assert client.get("/")["Location"] == "/your-sign-in/set-up/?next=/"
    assert client.get("/your-sign-in/app/").status_code == 200
    assert client.get("/your-sign-in/passkey/").status_code == 200
