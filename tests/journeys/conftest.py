"""Browser, sites and people for the journeys. Factories write to the database the sites read, emptied after each."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, sync_playwright

from baton.platform.models import User
from tests.database import DATABASE, VAR
from tests.factories import Place, a_place
from tests.factories.accounts import give_everybody_a_password
from tests.journeys.browser import Windows, chromium
from tests.journeys.looking import Eyes
from tests.journeys.somebody import Somebody
from tests.site import Site, environment_of_baton

HERE = Path(__file__).resolve().parent
FAILED = pytest.StashKey[bool]()
SignIn = Callable[..., Page]
Enter = Callable[..., Somebody]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser and commits."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.commits)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread; no query of ours waits in it
    with sync_playwright() as playwright, chromium(playwright) as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def sites(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """The sites started so far, by place."""
    started: dict[str, Site] = {}
    yield started
    for site in started.values():
        site.stop()


@pytest.fixture
def place_name() -> str:
    """Which place's framework the site works by. Parametrise it by `pytest.mark.parametrize`."""
    return "dorset"


@pytest.fixture
def live_site(
    place_name: str,
    sites: dict[str, Site],
    transactional_db: None,
    settings: LazySettings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Baton for that place, over the tests' database. A journey on which it breaks down has failed."""
    if place_name not in sites:
        told = {"BATON_VAR": str(VAR), "BATON_DATABASE": DATABASE, "BATON_PLACE": place_name}
        sites[place_name] = Site(environment_of_baton(**told), tmp_path_factory.mktemp(place_name) / "log")
        sites[place_name].start()
    settings.BATON_PLACE = place_name
    site = sites[place_name]
    before = site.log.stat().st_size
    yield site
    logged = site.log.read_bytes()[before:].decode()
    assert "server error" not in logged, logged[-4000:]


@pytest.fixture
def place(live_site: Site) -> Place:
    """Somebody in every role, who can sign in. Give accounts made later a password with `give_everybody_a_password`."""
    made = a_place()
    give_everybody_a_password()
    return made


@pytest.fixture
def windows(browser: Browser, live_site: Site, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """For windows nobody has signed in to: `windows.open(phone=True)`."""
    opened = Windows(browser, live_site.address)
    yield opened
    failed = request.node.stash.get(FAILED, False)
    opened.close(failed_as=request.node.name.translate(str.maketrans("[]/ ", "----")) if failed else "")
    assert not opened.complaints, opened.complaints


@pytest.fixture
def person(windows: Windows, place: Place) -> SignIn:
    """Signs somebody in, by their part in the place or by their account, in a window of their own."""

    def let_in(who: str | User, *, phone: bool = False, script: bool = True) -> Page:
        user = getattr(place, who) if isinstance(who, str) else who
        page = windows.open(user=user, phone=phone, script=script)
        page.goto("/")
        page.get_by_role("button", name="Sign out").wait_for()
        return page

    return let_in


@pytest.fixture(scope="session")
def eyes(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Eyes:
    """What kinds of pages all journeys of this run have looked at so far."""
    own = tmp_path_factory.getbasetemp()
    seen = (own if worker_id == "master" else own.parent) / "seen"  # each worker has a folder in that of the run
    seen.mkdir(exist_ok=True)
    return Eyes(seen)


@pytest.fixture
def enter(person: SignIn, windows: Windows, eyes: Eyes, place_name: str) -> Enter:
    """Somebody at a browser, signed in as their part in the place or as an account; as nobody when no name is given."""

    def come_in(who: str | User = "", *, phone: bool = False, script: bool = True) -> Somebody:
        wanted = {"phone": phone, "script": script}
        page = person(who, **wanted) if who else windows.open(**wanted)
        return Somebody(page, place_name, eyes, looks=script)

    return come_in
