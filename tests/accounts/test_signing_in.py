"""Signing in: two steps, how often one may try, and what is refused."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from baton.accounts.actions import invite
from baton.accounts.presenters.permissions import routes
from baton.episodes.models import Episode
from baton.platform.guard import acting_as
from baton.platform.models import Locality, Team, User
from baton.platform.roles import ROLE_SHEETS, HeldFor, Role
from baton.platform.routes import Audience
from tests.accounts.steps import SECOND_STEP, first_step, is_in, second_step, words_of
from tests.client import page_client, sign_in_fully
from tests.factories import Place, a_user
from tests.factories.accounts import APP_KEY, app_code, recovery_code
from tests.refusals.test_every_route import a_record_of_each_kind, address_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
A_MINUTE = timedelta(minutes=1)


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
    assert "Check the code" in words_of(second_step(client, app_code(steps_ago=1)))
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
    code = app_code(key[1])
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
    assert recovery_code(place.worker.email) not in kept


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


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/again/", "/your-sign-in/password/", "/join/password/"])
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
    client.post("/join/", {"code": made.token})
    shown = client.get(path).content.decode()
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


# Coming in by a link


def test_who_comes_in_by_a_link_sets_up_a_second_step_before_anything(place: Place) -> None:
    with acting_as(place.administrator):
        made = invite(
            organisation=place.team.organisation, email="nora.new@example.org", given_name="Nora", family_name="New",
            job_title="", phone="", by=place.administrator, at=NOW,
        )  # fmt: skip
    client = page_client()
    client.post("/join/", {"code": made.token})
    client.post("/join/password/", {"password": "gravel marmalade bicycle"})
    assert client.get("/")["Location"] == "/your-sign-in/set-up/?next=/"
    assert client.get("/your-sign-in/app/").status_code == 200
    assert client.get("/your-sign-in/passkey/").status_code == 200
