"""Agreement to help in the browser."""

from datetime import timedelta
from typing import Any

import pytest

from baton.consent.models import Consent
from baton.episodes.models import Episode
from baton.people.models import Person
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.plans import a_meeting, review_words
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=30)
WHEN = {"given_at-day": "9", "given_at-month": "10", "given_at-year": "2026", "given_at-time": "2:30pm"}
STOPPED = {
    "withdrawn_at-day": "20",
    "withdrawn_at-month": "10",
    "withdrawn_at-year": "2026",
    "withdrawn_at-time": "9am",
    "everything": "this",
}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    with stopped_at(NOW):
        return an_allocated_episode(place)


def mother(place: Place) -> str:
    with acting_as(place.worker):
        return str(Person.objects.get(given_name="Marigold").pk)


def consents_seen(place: Place) -> list[Consent]:
    with acting_as(place.worker):
        return list(Consent.objects.order_by("pk"))


def record(place: Place, episode: Episode, **changes: Any) -> Any:
    typed = {
        "person": mother(place),
        "purposes": "help",
        "method": "written",
        "where": "visit",
        "scope": "Visits and talking with school",
        **WHEN,
    }
    with stopped_at(NOW):
        return page_client(place.worker).post(f"/families/{episode.family_id}/consent/", typed | changes)


def test_agreement_is_recorded_and_listed(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    assert (
        "Nobody’s agreement is recorded yet." in client.get(f"/families/{episode.family_id}/consents/").content.decode()
    )
    assert client.get(f"/families/{episode.family_id}/consent/").status_code == 200
    record(place, episode)
    page = client.get(f"/families/{episode.family_id}/consents/").content.decode()
    for said in ("Marigold Quillfeather", "In writing", "9 October 2026 at 2:30pm", "Visits and talking with school"):
        assert said in page
    assert "not what lets us hold a record" in page
    with acting_as(place.worker):
        assert AccessEntry.objects.filter(family_id=episode.family_id, what="consents").exists()


def test_somebody_else_may_agree_by_name(place: Place, episode: Episode) -> None:
    refused = record(place, episode, person="somebody_else")
    assert "Enter the name of the person who agrees" in refused.content.decode()
    record(place, episode, person="somebody_else", given_by="Aunt Maud")
    assert [consent.given_by for consent in consents_seen(place)] == ["Aunt Maud"]


def test_what_is_missing_is_said_and_what_was_typed_is_kept(place: Place, episode: Episode) -> None:
    page = record(place, episode, person="", limits="Not grandad").content.decode()
    assert "Select who agrees" in page
    assert "Not grandad" in page
    again = page_client(place.worker).get(f"/families/{episode.family_id}/consent/").content.decode()
    assert "Not grandad" in again


def test_a_double_post_records_one_agreement(place: Place, episode: Episode) -> None:
    key = "6f1d6f5e-0000-4000-8000-000000000002"
    record(place, episode, form_key=key)
    record(place, episode, form_key=key)
    assert len(consents_seen(place)) == 1


def test_agreement_is_withdrawn_and_a_manager_considers_it(place: Place, episode: Episode) -> None:
    record(place, episode)
    (consent,) = consents_seen(place)
    client = page_client(place.worker)
    page = client.get(f"/consents/{consent.pk}/withdraw/").content.decode()
    assert "not by itself a reason to tell social care" in page
    with stopped_at(NOW):
        assert client.post(f"/consents/{consent.pk}/withdraw/", STOPPED).status_code == 422
        client.post(f"/consents/{consent.pk}/withdraw/", STOPPED | {"reason": "Things are better."})
    listed = client.get(f"/families/{episode.family_id}/consents/").content.decode()
    assert "A manager has not considered this yet" in listed
    assert "It refers the family to nobody" in listed
    assert "Write what you considered" not in listed
    manager = page_client(place.manager)
    assert "Write what you considered" in manager.get(f"/families/{episode.family_id}/consents/").content.decode()
    assert "Things are better." in manager.get(f"/consents/{consent.pk}/considered/").content.decode()
    manager.post(f"/consents/{consent.pk}/considered/", {"note": "The school sees them daily.", "outcome": "ends"})
    after = manager.get(f"/families/{episode.family_id}/consents/").content.decode()
    assert "The school sees them daily." in after
    assert "has not considered this yet" not in after


def test_nothing_is_withdrawn_before_it_was_given(place: Place, episode: Episode) -> None:
    record(place, episode)
    (consent,) = consents_seen(place)
    early = STOPPED | {"withdrawn_at-day": "1", "reason": "x"}
    answer = page_client(place.worker).post(f"/consents/{consent.pk}/withdraw/", early)
    assert answer.status_code == 422
    assert "Enter a time after the agreement was given" in answer.content.decode()


def test_those_who_do_not_hold_the_family_find_nothing(place: Place, episode: Episode) -> None:
    record(place, episode)
    (consent,) = consents_seen(place)
    paths = (
        f"/families/{episode.family_id}/consents/",
        f"/families/{episode.family_id}/consent/",
        f"/consents/{consent.pk}/withdraw/",
    )
    for path in paths:
        assert page_client(place.stranger).get(path).status_code == 404
        assert page_client(place.hub_adviser).get(path).status_code == 403
        assert page_client(place.administrator).get(path).status_code == 403
        assert page_client().get(path).status_code == 302
    assert page_client(place.worker).get(f"/consents/{consent.pk}/considered/").status_code == 403
    assert page_client(place.other_manager).get(f"/consents/{consent.pk}/considered/").status_code == 404


def test_two_people_and_one_agency_are_recorded_in_two_sendings(place: Place, episode: Episode) -> None:
    both = {"purposes": ["help", "share", "contact"], "organisation": "Otter School", "agency": "school"}
    record(place, episode, **both, handed="leaflet")
    record(place, episode, **both, person="somebody_else", given_by="Rowan Quillfeather")
    seen = consents_seen(place)
    assert [(each.given_by, each.to_what) for each in seen] == [
        (name, what)
        for name in ("Marigold Quillfeather", "Rowan Quillfeather")
        for what in ("Early help", "Sharing with Otter School", "Asking Otter School")
    ]
    assert [each.has_leaflet for each in seen] == [True] * 3 + [False] * 3
    page = page_client(place.worker).get(f"/families/{episode.family_id}/consents/").content.decode()
    for said in ("Sharing with Otter School", "Asking Otter School", "In writing, at a visit", "A leaflet"):
        assert said in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"purposes": "share"}, "Select or name the agency"),
        ({"purposes": "share", "organisation": "Otter School"}, "Select what kind of agency that is"),
        ({"purposes": []}, "Select what they agree to"),
    ],
)
def test_agreement_about_an_agency_names_it(place: Place, episode: Episode, typed: dict[str, Any], said: str) -> None:
    assert said in record(place, episode, **typed).content.decode()
    assert consents_seen(place) == []


def test_after_a_review_the_page_asks_again_and_one_sending_records_it(place: Place, episode: Episode) -> None:
    record(place, episode)
    (consent,) = consents_seen(place)
    held_at = NOW - timedelta(days=3)
    a_meeting(episode, by=place.worker, at=held_at, **review_words(held_at=held_at))
    client = page_client(place.worker)
    page = client.get(f"/families/{episode.family_id}/consents/").content.decode()
    assert "The plan was reviewed on" in page
    assert "Ask again" in page
    renew = f"/families/{episode.family_id}/consents/renew/"
    assert "before the last review" in client.get(renew).content.decode()
    asked = {f"asked_at-{name}": value for name, value in (("day", "3"), ("month", "11"), ("year", "2026"))}
    with stopped_at(NOW):
        typed = {"chosen": str(consent.pk), **asked, "asked_at-time": "9am", "note": "Yes, all of it."}
        assert client.post(renew, typed).status_code == 302
    page = client.get(f"/families/{episode.family_id}/consents/").content.decode()
    assert "still agrees. Yes, all of it." in page
    assert "The plan was reviewed on" not in page


def test_withdrawals_wait_on_the_managers_home_until_they_are_considered(place: Place, episode: Episode) -> None:
    record(place, episode)
    (consent,) = consents_seen(place)
    with stopped_at(NOW):
        page_client(place.worker).post(f"/consents/{consent.pk}/withdraw/", STOPPED | {"reason": "Better."})
    waiting = "Marigold Quillfeather no longer agrees: Early help"
    assert waiting in page_client(place.manager).get("/").content.decode()
    assert waiting not in page_client(place.other_manager).get("/").content.decode()
    typed = {"note": "The worries remain.", "outcome": "refer"}
    answer = page_client(place.manager).post(f"/consents/{consent.pk}/considered/", typed, follow=True)
    assert "Nothing was sent to anybody" in answer.content.decode()
    assert waiting not in page_client(place.manager).get("/").content.decode()


def test_a_page_of_many_agreements_asks_no_more_than_a_page_of_one(place: Place, episode: Episode) -> None:
    record(place, episode)
    client = page_client(place.worker)
    client.get(f"/families/{episode.family_id}/consents/")
    asked = client.queries
    many = {"purposes": ["help", "share", "contact"], "organisation": "Otter School", "agency": "school"}
    record(place, episode, **many)
    client.get(f"/families/{episode.family_id}/consents/")
    assert client.queries == asked


def test_the_page_says_whose_agreement_is_not_recorded(place: Place, episode: Episode) -> None:
    path = f"/families/{episode.family_id}/consents/"
    with stopped_at(NOW):
        said = page_client(place.worker).get(path).content.decode()
        assert "Whose agreement to the help is not recorded" in said
        assert "<li>Marigold Quillfeather</li>" in said
        assert "Ashby Quillfeather, Bramwell Quillfeather" in said
        record(place, episode)
        said = page_client(place.worker).get(path).content.decode()
        assert "<li>Marigold Quillfeather</li>" not in said
        assert "under 16: for themselves, if they understand" in said


def test_asking_again_and_a_managers_consideration_stand_on_the_timeline(place: Place, episode: Episode) -> None:
    record(place, episode)
    consent = consents_seen(place)[0]
    with stopped_at(NOW):
        typed = {"chosen": str(consent.pk), "asked_at-day": "20", "asked_at-month": "10", "asked_at-year": "2026"}
        path = f"/families/{episode.family_id}/consents/renew/"
        assert page_client(place.worker).post(path, typed | {"asked_at-time": "9am"}).status_code == 302
        typed = STOPPED | {"reason": "She has had enough."}
        page_client(place.worker).post(f"/consents/{consent.pk}/withdraw/", typed)
        typed = {"note": "The school nurse sees them.", "outcome": "ends"}
        page_client(place.manager).post(f"/consents/{consent.pk}/considered/", typed)
        said = page_client(place.worker).get(f"/families/{episode.family_id}/timeline/").content.decode()
    for each in (
        "Asked again who agrees",
        "Marigold Quillfeather still agrees",
        "Withdrawal considered by a manager",
        "The help ends and nobody else is told",
    ):
        assert each in said
