"""Signing in with the council's own account, end to end: a directory on one port, Baton on another."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from baton.accounts.actions import invite
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.database import DATABASE, VAR
from tests.directory.__main__ import CLIENT, PASSWORD, PEOPLE, SECRET
from tests.factories import Place, a_place
from tests.site import Site, environment_of_baton, free_port, soon

INVITED, STRANGER = PEOPLE


@pytest.fixture(scope="module")
def council(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """Baton with a directory set in its environment, and the directory's address."""
    folder, port = tmp_path_factory.mktemp("directory"), free_port()
    address = f"http://localhost:{port}"
    told = {"BATON_VAR": str(VAR), "BATON_DATABASE": DATABASE, "BATON_PLACE": "dorset"}
    oidc = {"SERVER": address, "CLIENT": CLIENT, "SECRET": SECRET, "NAME": "Test Council", "SECOND_STEP": "mfa"}
    site = Site(
        environment_of_baton(**told, **{f"BATON_OIDC_{key}": value for key, value in oidc.items()}), folder / "log"
    )
    callback = f"{site.address}/sign-in/with/council/back/"
    with (folder / "directory.log").open("wb") as log:
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-m", "tests.directory", str(port), str(folder), callback]
        directory = subprocess.Popen(command, cwd=root, stdout=log, stderr=log)
    try:
        assert soon(lambda: answers(f"{address}/.well-known/openid-configuration"), 60), (
            folder / "directory.log"
        ).read_text()
        site.start()
        yield site, address
    finally:
        site.stop()
        directory.terminate()
        directory.wait(10)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def place(council: tuple[Site, str], transactional_db: None) -> Place:
    return a_place()


def go_through(site: Site, email: str) -> requests.Response:
    """What somebody meets who presses the button and signs in at the directory."""
    browser = requests.Session()
    browser.get(f"{site.address}/sign-in/")
    asked = browser.post(f"{site.address}/sign-in/with/council/", {"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
    assert "/accounts/login/" in asked.url, asked.url
    return browser.post(asked.url, {"login": email, "password": PASSWORD})


@pytest.mark.commits
def test_who_was_invited_comes_in_and_is_linked(council: tuple[Site, str], place: Place) -> None:
    site, _ = council
    with acting_as(place.administrator):
        invite(
            organisation=place.team.organisation, email=INVITED, given_name="Nora", family_name="New", job_title="",
            phone="", by=place.administrator, at=clock.now(),
        )  # fmt: skip
    for _again in range(2):
        answer = go_through(site, INVITED)
        assert "Nora New" in answer.text, answer.url
        assert answer.url.startswith(site.address)
    assert SocialAccount.objects.get().user.email == INVITED  # type: ignore[attr-defined]


@pytest.mark.commits
def test_a_stranger_gets_no_account(council: tuple[Site, str], place: Place) -> None:
    site, _ = council
    before = User.objects.count()
    answer = go_through(site, STRANGER)
    assert answer.status_code == 403
    assert "nobody has invited you" in answer.text
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


@pytest.mark.commits
def test_a_leaver_is_not_let_in_by_the_directory(council: tuple[Site, str], place: Place) -> None:
    site, _ = council
    User.objects.filter(pk=place.worker.pk).update(email=INVITED, is_active=False)
    assert go_through(site, INVITED).status_code == 403


def test_the_page_may_lead_to_the_directory_and_nowhere_else(council: tuple[Site, str]) -> None:
    site, address = council
    policy = requests.get(f"{site.address}/sign-in/", timeout=10).headers["Content-Security-Policy"]
    assert f"form-action 'self' {address}" in policy
