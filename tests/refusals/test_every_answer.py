"""Every route's answer carries what a browser needs to be told, whoever asked and whatever came of it."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from baton.accounts.presenters.permissions import routes
from baton.platform import views
from baton.platform.headers import HEADERS
from tests.client import sign_in_fully
from tests.factories import a_place
from tests.refusals.test_every_route import a_record_of_each_kind, address_of
from tests.refusals.who_may import NOBODY

SOURCE = Path(__file__).resolve().parents[2] / "src"
# That somebody looked is noted; and the session, counts of wrong passwords and the like are no records.
KEPT = ("platform_accessentry", "platform_session", "platform_cache", "platform_draft")
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


OF_A_FILE = {
    "sandbox": "",
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}


def faults_of(response: Any, *, kept: bool = False) -> list[str]:
    """What an answer fails to say. `kept`: a file of the application's own, which a browser may keep."""
    told = response.headers
    faults = [name for name, value in HEADERS.items() if told.get(name) != value]
    is_a_document = response.status_code == 200 and response.wsgi_request.path.startswith("/downloads/")
    if _policy(told.get("Content-Security-Policy", "")) != (OF_A_FILE if is_a_document else POLICY):
        faults.append(f"Content-Security-Policy: {told.get('Content-Security-Policy')}")
    if not kept and told.get("Cache-Control", "") not in (
        "no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    ):
        faults.append(f"Cache-Control: {told.get('Cache-Control')}")
    kind, _, more = told.get("Content-Type", "").partition(";")
    if response.status_code not in (204, 302, 304) and (
        not kind or (kind.startswith("text/") and "charset=" not in more)
    ):
        faults.append(f"Content-Type: {told.get('Content-Type')}")
    if "Access-Control-Allow-Origin" in told and not kept:
        faults.append("it lets other sites read it")
    for cookie in response.cookies.values():
        if not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict") or cookie["domain"]:
            faults.append(f"cookie {cookie.key}: {cookie.OutputString()}")
    return faults


ADDRESS = re.compile(r"""\b(?:href|action|formaction)="([^"]*)\"""")
SAFE = re.compile(r"(?:/(?!/)|\?|#|https://|tel:\d|$)[A-Za-z0-9/._~:?#@!$&'()*+,;=%-]*")
HOSTILE = """javascript:alert(1)//"><b id='x'>&other=1 two"""
ASKS = re.compile(r"""GET\.get\("(\w+)\"""")


def addresses_of(response: Any) -> list[str]:
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return [unescape(found) for found in ADDRESS.findall(response.content.decode())]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["worker", "hub_adviser", "governance", "administrator"])
def test_no_address_in_a_page_is_made_of_what_was_typed_as_it_was_typed(who: str) -> None:
    """Every page is asked with hostile words for everything that any page reads from its address."""
    place = a_place()
    records = a_record_of_each_kind(place)
    names = {name for path in SOURCE.rglob("*.py") for name in ASKS.findall(path.read_text())}
    assert {"q", "show", "next", "page"} <= names
    client = Client(raise_request_exception=False)
    sign_in_fully(client, getattr(place, who))
    found = []
    for route in routes():
        for address in addresses_of(client.get(address_of(route, records, who), dict.fromkeys(names, HOSTILE))):
            if not SAFE.fullmatch(address) or "javascript:" in address:
                found.append(f"{route.name}: {address}")
    assert found == []


def changes_in(asked: CaptureQueriesContext) -> list[str]:
    """The statements that write a record, where somebody only looks."""
    statements = [query["sql"] for query in asked.captured_queries]
    writes = [each[:100] for each in statements if re.match("INSERT|UPDATE|DELETE", each)]
    return [each for each in writes if not any(f'"{table}"' in each for table in KEPT)]


def _policy(told: str) -> dict[str, str]:
    parted = (each.strip().partition(" ") for each in told.split(";") if each.strip())
    return {name: allowed for name, _, allowed in parted}


def test_the_policy_allows_nothing_inline_and_nothing_of_others() -> None:
    assert not any(word in " ".join(POLICY.values()) for word in ("unsafe", "*", "http"))


@pytest.mark.django_db
@pytest.mark.parametrize("who", [NOBODY, "worker", "governance", "administrator"])
def test_every_route_tells_the_browser_what_it_must_not_do(who: str) -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    if who != NOBODY:
        sign_in_fully(client, getattr(place, who))
    found = []
    for route in routes():
        address = address_of(route, records, who)
        for ask in (client.get, client.post):  # the post lacks its token: the answer is that of a form that expired
            with CaptureQueriesContext(connection) as asked:
                response = ask(address)
            if response.status_code not in (302, 403) and ask == client.post:
                found.append(f"{route.name}: a post without its token was taken: {response.status_code}")
            if ask == client.get:
                found += [f"{route.name}: to look writes: {each}" for each in changes_in(asked)]
            if faults := faults_of(response):
                found.append(f"{route.name} ({ask.__name__}): {'; '.join(faults)}")
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_so_do_a_page_that_is_not_there_a_redirect_a_wrong_host_and_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(views, "is_at_this_code", fail)
    client = Client(raise_request_exception=False)
    for path, status in (("/nothing/here/", 404), ("/sign-in", 301), ("/ready/", 500)):
        response = client.get(path)
        assert response.status_code == status
        assert not faults_of(response), path
    wrong = client.get("/", headers={"host": "elsewhere.example"})
    assert wrong.status_code == 400
    assert not faults_of(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "PATCH"])
def test_nothing_answers_to_a_method_that_no_page_uses(method: str) -> None:
    response = Client().generic(method, "/sign-in/")
    assert response.status_code == 405
    assert HEADERS.items() <= dict(response.headers).items()


@pytest.mark.django_db
def test_no_folder_is_listed_and_nothing_beside_the_pages_files_is_served() -> None:
    for path in ("/static/", "/static/platform/", "/.git/config", "/static/../settings.py", "/var/secrets/django"):
        assert Client().get(path).status_code == 404, path


@pytest.mark.django_db
@pytest.mark.parametrize("leads", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(leads: str) -> None:
    client = Client()
    sign_in_fully(client, a_place().worker)
    assert "evil" not in client.get("/sign-in/", {"next": leads}).headers["Location"]


@pytest.mark.django_db
def test_so_do_the_files_pages_are_made_of() -> None:
    response = Client().get("/static/platform/baton.js")
    assert response.status_code == 200
    assert not faults_of(response, kept=True)
    response.close()


@pytest.mark.django_db
def test_an_error_tells_a_reference_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> bool:
        raise RuntimeError("select given_name from people_person")

    monkeypatch.setattr(views, "is_at_this_code", fail)
    told = Client(raise_request_exception=False).get("/ready/").content.decode()
    assert "given_name" not in told
    assert "RuntimeError" not in told
    assert "Traceback" not in told


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_under_tls_browsers_are_told_to_stay_there_and_what_comes_in_the_open_is_sent_there() -> None:
    client = Client()
    assert client.get("/sign-in/").headers["Location"] == "https://testserver/sign-in/"
    told = client.get("/sign-in/", secure=True).headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"
    assert [client.get(path).status_code for path in ("/healthy/", "/ready/")] == [200, 200]


UNDER_TLS = """
import django
django.setup()
from django.conf import settings
from baton.platform.banners import BannerCookie
from baton.platform.middleware import LAST_SEEN
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, BannerCookie.cookie_name, LAST_SEEN]
assert all(name.startswith("__Host-") for name in names), names
assert settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT
assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/"
assert settings.SESSION_COOKIE_DOMAIN is settings.CSRF_COOKIE_DOMAIN is None
assert settings.SECURE_HSTS_SECONDS >= 31536000 and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
"""


def test_under_tls_every_cookie_is_this_very_hosts() -> None:
    """A process of its own, because the names are settled when the settings are read."""
    environment = os.environ | {"BATON_TLS": "1", "DJANGO_SETTINGS_MODULE": "baton.settings"}
    done = subprocess.run(
        [sys.executable, "-c", UNDER_TLS], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
