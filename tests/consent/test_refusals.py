"""Who was asked and does not agree: kept, counted as nobody's agreement, ended by what they agree to later."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from baton.caseload.queries.work import agreement_to_consider
from baton.consent.actions import Asked, Told, consider_refusal, record_consent, record_refusal
from baton.consent.models import Consent, Refusal
from baton.consent.queries import (
    has_consent,
    has_not_agreed,
    refusals_of,
    standing_consents,
    standing_refusals,
    who_can_agree,
)
from baton.episodes.models import Episode, Event, StepUp
from baton.people.models import Family, Person
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, AuditEntry, Change
from baton.platform.refusals import NotAllowed, Refused
from baton.visits.queries import has_written_consent
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.guarded import a_restriction
from tests.factories.sharing import AGREED, agreement_to_share, said_no
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=30)
LATER = AGREED + timedelta(days=7)
TYPED = {
    "purposes": "help",
    "asked_by": "Wilf Worker",
    "where": "visit",
    "asked_at-day": "9",
    "asked_at-month": "10",
    "asked_at-year": "2026",
    "asked_at-time": "2:30pm",
    "reason": "Nobody listens anyway.",
    "follows": "manager",
    "follows_note": "We meet again on Friday.",
}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    with stopped_at(NOW):
        return an_allocated_episode(place)


def person_called(place: Place, given_name: str) -> Person:
    with acting_as(place.worker):
        return Person.objects.get(given_name=given_name)


def agrees_later(place: Place, episode: Episode, who: str = "Ashby", **told: Any) -> Consent:
    person = person_called(place, who)
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        said = {"method": "verbal", "given_at": LATER, "by": place.worker, "at": LATER} | told
        return record_consent(family=family, person=person, told=Told(understanding="He said it back."), **said)


def record(place: Place, episode: Episode, **changes: Any) -> Any:
    typed = TYPED | {"person": str(person_called(place, "Marigold").pk)} | changes
    with stopped_at(NOW):
        return page_client(place.worker).post(f"/families/{episode.family_id}/consents/refusal/", typed, follow=True)


def test_a_no_is_an_event_and_refers_nobody(place: Place, episode: Episode) -> None:
    refusal = said_no(episode.family_id, by=place.worker)
    with acting_as(place.worker):
        event = Event.objects.get(kind="agreement_refused")
        assert (event.at, event.record, event.record_id) == (AGREED, "consent_refusal", refusal.pk)
        assert event.summary == "Ashby Quillfeather does not agree: Early help"
        assert AuditEntry.objects.filter(action="record_refusal", family_id=episode.family_id).exists()
        assert Change.objects.filter(record="consent_refusal", record_id=refusal.pk, kind="added").exists()
        episode.refresh_from_db()
        assert episode.is_open
        assert not StepUp.objects.exists()


def test_a_no_counts_as_nobodys_agreement(place: Place, episode: Episode) -> None:
    said_no(episode.family_id, by=place.worker, who="Marigold")
    with acting_as(place.worker):
        assert not has_consent(episode.family_id)
        assert not has_written_consent(episode.family_id)
        assert not standing_consents(episode.family_id)
        assert not Event.objects.filter(kind="written_consent_recorded").exists()
        members, refusals = list(who_can_agree(episode.family_id)), list(refusals_of(episode.family_id))
    left = [member.person.given_name for member in has_not_agreed(members, [], refusals)]
    assert "Marigold" not in left  # she answered
    assert "Ashby" in left


def test_what_somebody_agrees_to_later_ends_their_no(place: Place, episode: Episode) -> None:
    refusal = said_no(episode.family_id, by=place.worker)
    other = said_no(episode.family_id, by=place.worker, who="Marigold")
    consent = agrees_later(place, episode)
    with acting_as(place.worker):
        refusal.refresh_from_db()
        assert refusal.superseded_by == consent
        assert list(standing_refusals(episode.family_id)) == [other]
        assert list(refusals_of(episode.family_id)) == [other, refusal]


def test_agreement_about_one_agency_ends_no_other_no(place: Place, episode: Episode) -> None:
    about_school = {"purpose": "share", "agency": "school", "organisation": "Otter School"}
    helped = said_no(episode.family_id, by=place.worker, who="Marigold")
    shared = said_no(episode.family_id, by=place.worker, who="Marigold", **about_school)
    agreement_to_share(episode.family_id, by=place.worker, with_whom="otter school", at=LATER)
    with acting_as(place.worker):
        assert list(standing_refusals(episode.family_id)) == [helped]
        shared.refresh_from_db()
        assert shared.superseded_by is not None


def test_a_no_written_down_late_stands_aside_for_what_was_agreed_since(place: Place, episode: Episode) -> None:
    consent = agrees_later(place, episode)
    assert said_no(episode.family_id, by=place.worker).superseded_by == consent


def test_who_had_agreed_withdraws_that_instead(place: Place, episode: Episode) -> None:
    agrees_later(place, episode)
    with pytest.raises(Refused, match="Record that they no longer agree instead"):
        said_no(episode.family_id, by=place.worker, at=LATER + timedelta(days=1))


def test_a_name_not_on_record_agrees_for_themselves(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        asked = Asked("Wilf", AGREED, "ask_again")
        maud = record_refusal(family=family, said_by="Aunt Maud", asked=asked, by=place.worker, at=AGREED)
        said = {"family": family, "method": "verbal", "by": place.worker, "given_at": LATER, "at": LATER}
        record_consent(given_by="Uncle Ned", **said)
        maud.refresh_from_db()
        assert maud.stands
        record_consent(given_by="aunt maud", **said)
        maud.refresh_from_db()
        assert not maud.stands


def test_somebody_of_another_family_is_not_asked(place: Place, episode: Episode) -> None:
    other = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    with acting_as(place.worker):
        family, stranger = Family.objects.get(pk=episode.family_id), Person.objects.filter(first_family=other).first()
        with pytest.raises(Refused, match="belongs to this family"):
            record_refusal(
                family=family, person=stranger, asked=Asked("Wilf", AGREED, "goes_on"), by=place.worker, at=AGREED
            )


def test_a_manager_considers_what_they_were_asked_to(place: Place, episode: Episode) -> None:
    asked_to = said_no(episode.family_id, by=place.worker, who="Marigold", follows="manager")
    said_no(episode.family_id, by=place.worker)
    with acting_as(place.manager):
        teams = [episode.team_id]
        waiting = agreement_to_consider(place.manager.pk, teams, NOW)
        assert [(each["of"], each["record"]) for each in waiting] == [("refusal", asked_to.pk)]
        with pytest.raises(Refused, match="Select what you decided"):
            consider_refusal(refusal=asked_to, outcome="", note="x", by=place.manager, at=NOW)
        said = {"refusal": asked_to, "outcome": "refer", "note": "The worries remain.", "by": place.manager, "at": NOW}
        considered = consider_refusal(**said)
        assert (considered.considered_by, considered.considered_at) == (place.manager, NOW)
        assert not agreement_to_consider(place.manager.pk, teams, NOW)
        assert not StepUp.objects.exists()
        with pytest.raises(Refused, match="considered already"):
            consider_refusal(**said)
    with acting_as(place.worker), pytest.raises(NotAllowed):
        consider_refusal(**said | {"by": place.worker})


def test_nobody_considers_what_was_agreed_to_since(place: Place, episode: Episode) -> None:
    refusal = said_no(episode.family_id, by=place.worker, follows="manager")
    agrees_later(place, episode)
    with acting_as(place.manager):
        assert not agreement_to_consider(place.manager.pk, [episode.team_id], NOW)
        with pytest.raises(Refused, match="agreed to this later"):
            consider_refusal(refusal=refusal, outcome="ends", note="x", by=place.manager, at=NOW)


def test_another_team_and_a_closed_family_show_nothing(place: Place, episode: Episode) -> None:
    refusal = said_no(episode.family_id, by=place.worker)
    for person in (place.stranger, place.hub_adviser, place.analyst):
        with acting_as(person):
            assert not Refusal.objects.exists()
    with acting_as(place.stranger), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Refusal.objects.create(
            family_id=episode.family_id,
            said_by="Maud",
            asked_by="x",
            asked_at=AGREED,
            follows="goes_on",
            recorded_at=AGREED,
            recorded_by=place.stranger,
        )
    a_restriction(place, episode.family_id, place.worker)
    with acting_as(place.colleague):
        assert not Refusal.objects.filter(pk=refusal.pk).exists()


def test_the_database_keeps_a_consideration_whole(place: Place, episode: Episode) -> None:
    refusal = said_no(episode.family_id, by=place.worker)
    with acting_as(place.worker), pytest.raises(IntegrityError, match="who_and_when"), transaction.atomic():
        Refusal.objects.filter(pk=refusal.pk).update(consideration="Nobody wrote this")


def test_the_page_records_a_no_and_shows_it_wherever_agreement_stands(place: Place, episode: Episode) -> None:
    said = record(place, episode).content.decode()
    assert "It refers the family to nobody." in said
    for each in (
        "Asked, and does not agree",
        "Marigold Quillfeather: early help",
        "Nobody listens anyway.",
        "A manager considers what it means for the children",
        "We meet again on Friday.",
        "A manager has not considered this yet",
        "By Wilf Worker, at a visit",
    ):
        assert each in said
    assert "<li>Marigold Quillfeather</li>" not in said
    assert "Write what you considered" not in said
    client = page_client(place.worker)
    family = client.get(f"/families/{episode.family_id}/").content.decode()
    assert "Does not agree" in family
    timeline = client.get(f"/families/{episode.family_id}/timeline/").content.decode()
    assert "Marigold Quillfeather does not agree: Early help" in timeline
    chronology = client.get(f"/families/{episode.family_id}/chronology/").content.decode()
    assert "Marigold Quillfeather does not agree: Early help" in chronology
    with acting_as(place.worker):
        assert AccessEntry.objects.filter(family_id=episode.family_id, what="record refusal").exists()


def test_beside_what_stands_the_family_page_says_who_does_not_agree(place: Place, episode: Episode) -> None:
    agrees_later(place, episode, who="Marigold", method="written")
    said_no(episode.family_id, by=place.worker)
    said = page_client(place.worker).get(f"/families/{episode.family_id}/").content.decode()
    assert "In writing" in said
    assert "Ashby Quillfeather does not agree" in said


def test_a_managers_home_lists_it_until_it_is_considered(place: Place, episode: Episode) -> None:
    record(place, episode)
    with acting_as(place.worker):
        refusal = Refusal.objects.get()
    waiting, path = "Marigold Quillfeather does not agree: Early help", f"/consents/refusals/{refusal.pk}/considered/"
    manager = page_client(place.manager)
    assert waiting in manager.get("/").content.decode()
    assert waiting not in page_client(place.other_manager).get("/").content.decode()
    assert "Nobody listens anyway." in manager.get(path).content.decode()
    answer = manager.post(path, {"note": "School sees them daily.", "outcome": "refer"}, follow=True).content.decode()
    assert "Nothing was sent to anybody" in answer
    assert "School sees them daily." in answer
    assert waiting not in manager.get("/").content.decode()
    assert page_client(place.worker).get(path).status_code == 403
    assert page_client(place.other_manager).get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"person": ""}, "Select who does not agree"),
        ({"person": "somebody_else"}, "Enter the name of the person who does not agree"),
        ({"asked_by": ""}, "Enter who asked them"),
        ({"follows": ""}, "Select what follows"),
        ({"purposes": "share"}, "Select or name the agency"),
        ({"asked_at-year": "2027"}, "must be in the past"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    place: Place, episode: Episode, typed: dict[str, Any], said: str
) -> None:
    page = record(place, episode, **typed).content.decode()
    assert said in page
    assert "Nobody listens anyway." in page
    with acting_as(place.worker):
        assert not Refusal.objects.exists()


def test_a_page_of_many_asks_no_more_than_a_page_of_one(place: Place, episode: Episode) -> None:
    record(place, episode)
    client, path = page_client(place.worker), f"/families/{episode.family_id}/consents/"
    client.get(path)
    asked = client.queries
    record(place, episode, person=str(person_called(place, "Ashby").pk))
    record(place, episode, person="somebody_else", said_by="Aunt Maud")
    client.get(path)
    assert client.queries == asked
