"""Half-typed forms outlive everything but their sending, and a form is done once however often it is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.resilience.ground import Ground, signed_in
from tests.resilience.posting import SEEN, a_moment
from tests.site import Site
from tests.visitor import Answer, Fields, Visitor

pytestmark = pytest.mark.cluster
TYPED = "Half a sentence about the mornings"
AT_ONCE = 4
VISITS = 6


@pytest.fixture
def worker(database: Ground, site: Site) -> Iterator[Visitor]:
    visitor = signed_in(site.visitor(), database.people.place.worker.email)
    yield visitor
    visitor.close()


@pytest.fixture
def path(database: Ground) -> str:
    return f"/episodes/{database.people.episodes[1].pk}/visits/record/"


def a_visit(form: Answer, purpose: str) -> Fields:
    typed: Fields = {"outcome": "made", "seen": SEEN.findall(form.text)[:1], "place": "home", "purpose": purpose}
    return {**form.hidden, **typed, **a_moment("happened_at")}


def autosave(visitor: Visitor, path: str, text: str = TYPED) -> Answer:
    """What the script does a moment after the last key."""
    return visitor.post("/drafts/", {**visitor.get(path).hidden, "purpose": text})


def test_a_draft_outlives_signing_out_and_a_closed_browser(
    worker: Visitor, path: str, database: Ground, site: Site
) -> None:
    assert autosave(worker, path).status == 200
    worker.post("/sign-out/", worker.get("/").hidden)
    assert worker.get(path).location.startswith("/sign-in/")
    elsewhere = signed_in(site.visitor(), database.people.place.worker.email)
    assert TYPED in elsewhere.get(path).text
    somebody_else = signed_in(site.visitor(), database.people.place.colleague.email)
    assert TYPED not in somebody_else.get(path).text
    elsewhere.close()
    somebody_else.close()


def test_a_form_sent_when_the_session_has_ended_is_kept_and_shown_after_signing_in(
    worker: Visitor, path: str, database: Ground
) -> None:
    form = a_visit(worker.get(path), "Typed before the session ended")
    database.end_sessions()
    answer = worker.post(path, form)
    assert answer.status == 302
    assert answer.location.startswith("/sign-in/")
    signed_in(worker, database.people.place.worker.email)
    assert "Typed before the session ended" in worker.get(path).text
    assert database.one("select count(*) from visits_visit where purpose = 'Typed before the session ended'") == 0


def test_a_draft_outlives_the_server_being_killed(worker: Visitor, path: str, site: Site) -> None:
    assert autosave(worker, path, "Typed before the power went").status == 200
    site.kill()
    site.start()
    worker.close()  # the browser opens another connection by itself
    assert "Typed before the power went" in worker.get(path).text


def test_a_draft_that_arrives_after_its_form_was_sent_brings_nothing_back(worker: Visitor, path: str) -> None:
    form = a_visit(worker.get(path), "Sent in the end")
    assert worker.post(path, form).status == 302
    worker.post("/drafts/", form)
    assert "Sent in the end" not in worker.get(path).text


def test_a_form_sent_several_times_at_once_makes_one_record(
    worker: Visitor, path: str, database: Ground, site: Site
) -> None:
    form, together = a_visit(worker.get(path), "Clicked in haste"), Barrier(AT_ONCE)

    def click(_: int) -> str:
        visitor = site.visitor()
        visitor.cookies = dict(worker.cookies)
        together.wait(30)
        answer = visitor.post(path, form)
        visitor.close()
        assert answer.status == 302
        return answer.location

    with ThreadPoolExecutor(AT_ONCE) as fingers:
        locations = set(fingers.map(click, range(AT_ONCE)))
    assert len(locations) == 1
    assert database.one("select count(*) from visits_visit where purpose = 'Clicked in haste'") == 1
    assert "Clicked in haste" in worker.get(locations.pop()).text


@pytest.mark.parametrize("outcome", ["made", "cancelled"])
def test_a_repeated_form_leads_to_the_same_page_although_it_is_possible_no_more(
    worker: Visitor, path: str, database: Ground, outcome: str
) -> None:
    """A planned visit cannot be called off twice; who pressed twice is not told so."""
    plan = path.replace("record", "plan")
    planned: Fields = {"place": "home", "purpose": "Planned", **a_moment("planned_for", days=1)}
    assert worker.post(plan, {**worker.get(plan).hidden, **planned}).status == 302
    record = f"/visits/{database.one('select max(id) from visits_visit')}/record/"
    form = {**a_visit(worker.get(record), "Done as planned"), "outcome": outcome}
    first, second = worker.post(record, form), worker.post(record, form)
    assert first.status == second.status == 302
    assert first.location == second.location


def test_people_who_record_at_once_about_one_family_do_not_stop_each_other(database: Ground, site: Site) -> None:
    place, episode = database.people.place, database.people.episodes[2]
    together = Barrier(2)

    def record(email: str) -> list[int]:
        visitor, statuses = signed_in(site.visitor(), email), []
        for number in range(VISITS):
            path = f"/episodes/{episode.pk}/visits/record/"
            form = a_visit(visitor.get(path), f"{email} {number}")
            together.wait(30)
            statuses.append(visitor.post(path, form).status)
        visitor.close()
        return statuses

    with ThreadPoolExecutor() as people:
        statuses = list(people.map(record, [place.worker.email, place.manager.email]))
    assert statuses == [[302] * VISITS] * 2
    assert "deadlock" not in database.home.log.read_text()
    assert "Every kept deadline" in database.baton("deadlines", "verify")
