"""What the log tells of safety: each kind of event, who by number and from where by a hash, and nobody by name."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from baton.platform.models import User
from baton.platform.security_log import Kind
from tests.accounts.steps import first_step, second_step
from tests.client import sign_in_fully
from tests.factories import Place, a_family, a_place
from tests.factories.accounts import PASSWORD, app_code, give_everybody_a_password
from tests.refusals.test_logs import logged

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "security" / "README.md"


@pytest.fixture
def place() -> Place:
    cache.clear()
    made = a_place()
    give_everybody_a_password()
    return made


def events(written: str) -> list[tuple[str, str, str, str]]:
    """How grave, which kind, which account, and the rest of each line about safety."""
    line = re.compile(r"\S+ (INFO|WARNING) baton\.security (\S+) account=(\S+) ?(.*)")
    return [found.group(1, 2, 3, 4) for found in map(line.match, written.splitlines()) if found]


def kinds(written: str) -> list[str]:
    return [kind for _, kind, _, _ in events(written)]


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    sign_in_fully(client, user)
    return client


def test_signing_in_and_out_are_told_with_how_and_by_whom(place: Place) -> None:
    client, number = Client(), str(place.worker.pk)
    with logged() as log:
        first_step(client, place.worker)
        second_step(client, app_code())
        client.post("/sign-out/")
    (_, came, by_whom, how), (_, left, also, _) = events(log.getvalue())
    assert (came, by_whom, left, also) == ("signed-in", number, "signed-out", number)
    assert "by=password+totp" in how
    assert re.search(r"from=[0-9a-f]{12} route=/sign-in/second-step/", how)


def test_each_failure_to_sign_in_is_told(place: Place) -> None:
    client, number = Client(), str(place.worker.pk)
    with logged() as log:
        first_step(client, place.worker, "not her password")
        client.post("/sign-in/", {"login": "nobody@example.org", "password": "not her password"})
        first_step(client, place.worker)
        second_step(client, "000000")
        Client().post("/sign-in/passkey/", {"credential": "{}"})
    told = [(grave, kind, account) for grave, kind, account, _ in events(log.getvalue())]
    failed = ("WARNING", "sign-in-failed")
    assert told == [(*failed, number), (*failed, "None"), (*failed, number), (*failed, "None")]
    assert "not her password" not in log.getvalue()
    assert "example.org" not in log.getvalue()


def test_who_tries_too_often_is_told(place: Place) -> None:
    with logged() as log:
        for _ in range(6):
            first_step(Client(), place.worker, "not her password")
    assert kinds(log.getvalue())[-1] == "too-often"
    cache.clear()


def test_showing_again_that_it_is_oneself_is_told(place: Place) -> None:
    client = client_of(place.worker)
    with logged() as log:
        client.post("/sign-in/again/", {"password": "not hers"})
        client.post("/sign-in/again/", {"password": PASSWORD})
    assert kinds(log.getvalue()) == ["sign-in-failed", "shown-again"]


def test_a_refusal_says_who_was_refused_what(place: Place) -> None:
    client = client_of(place.worker)
    with logged() as log:
        assert client.get("/accounts/").status_code == 403
    ((grave, kind, account, more),) = events(log.getvalue())
    assert (grave, kind, account) == ("WARNING", "refused", str(place.worker.pk))
    assert more.endswith("route=/accounts/")


def test_asking_for_a_family_that_is_not_theirs_is_told(place: Place) -> None:
    family = a_family(team=place.other_team, by=place.hub_adviser)
    client = client_of(place.worker)
    with logged() as log:
        assert client.get(f"/families/{family.pk}/").status_code == 404
    ((_, kind, account, more),) = events(log.getvalue())
    assert (kind, account) == ("nothing-there", str(place.worker.pk))
    assert more.endswith(f"route=/families/{family.pk}/")


def test_one_step_or_none_are_told(place: Place) -> None:
    one_step = Client()
    sign_in_fully(one_step, place.worker, second_step="")
    with logged() as log:
        Client().get("/find/")
        one_step.get("/find/")
    assert kinds(log.getvalue()) == ["not-signed-in", "one-step-only"]


def test_attempts_to_go_round_a_guard_are_told(place: Place) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in_fully(strict, place.worker)
    client = client_of(place.administrator)
    with logged() as log:
        strict.post("/find/", {"name": "a family"})
        client.post("/drafts/", {"draft_token": "made by hand"})
        client.post(f"/accounts/{place.worker.pk}/give-role/", {"form_key": str(uuid4()), "role": "king"})
        Client().post("/join/", {"code": "guessed"})
        Client().post(f"/ask/{uuid4()}/danger/", {"company_website": "https://robots.example"})
    told = kinds(log.getvalue())
    assert told == ["form-without-token", "forged-note", "answer-not-offered", "invitation-refused", "robot"]


def test_the_guide_explains_each_kind_and_no_other() -> None:
    table = GUIDE.read_text().partition("## What the log tells of safety")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == {each.value for each in Kind}
