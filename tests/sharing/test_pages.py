"""Deciding to share, the copies that leave, and the list of what went to whom."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from baton.chronology.actions import Chosen, add_entry, make_copy
from baton.chronology.actions import Told as Happened
from baton.episodes.models import Episode, Event
from baton.people.models import Family
from baton.plans.models import Goal
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from baton.relationships.actions import add_tie
from baton.relationships.policies.ties import ToldTie
from baton.sharing.actions import Ground
from baton.sharing.models import Decision
from baton.sharing.presenters.papers import PAPERS
from baton.sharing.queries import Document, get_decision
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.assessments import STARTED, an_authorised_assessment
from tests.factories.guarded import a_restriction
from tests.factories.plans import an_agreed_plan
from tests.factories.sharing import SCHOOL, TYPED_DECISION, agreement_to_share, decided, taken_back
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=60)
HARM = {
    "ground": "reason",
    "reason": "significant_harm",
    "organisation": "Dorset Police",
    "agency": "police",
    "because": "Bruises, and nobody says why.",
}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def post(place: Place, path: str, **typed: Any) -> Any:
    with stopped_at(NOW):
        return page_client(place.worker).post(path, TYPED_DECISION | typed)


def listed(place: Place, episode: Episode, query: str = "") -> str:
    return page_client(place.worker).get(f"/families/{episode.family_id}/sharing/{query}").content.decode()


def last(place: Place) -> Decision:
    with acting_as(place.worker):
        return Decision.objects.select_related("person", "agreement").latest("pk")


def test_something_in_words_is_shared_under_agreement_and_listed(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    path = f"/families/{episode.family_id}/sharing/decide/"
    assert "agreed to sharing with Otter School" in page_client(place.worker).get(path).content.decode()
    assert "Nothing has been decided about sharing yet." in listed(place, episode)
    assert post(place, path, described="That mornings are hard", ground=f"agreement-{agreement.pk}").status_code == 302
    page = listed(place, episode)
    for said in ("That mornings are hard", SCHOOL, "Shared under agreement", "Decided by Mo Manager", "Wilf Worker"):
        assert said in page


def test_after_a_withdrawal_the_sentence_says_so_and_a_reason_still_lets_it_go(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    taken_back(agreement, by=place.worker)
    path = f"/families/{episode.family_id}/sharing/decide/"
    assert "it covers nothing any more" in page_client(place.worker).get(path).content.decode()
    refused = post(place, path, described="Mornings", ground=f"agreement-{agreement.pk}")
    assert refused.status_code == 422
    assert "This agreement was withdrawn. Ask the family again" in refused.content.decode()
    assert post(place, path, described="Bruises", **HARM).status_code == 302
    page = listed(place, episode)
    assert "Shared to keep somebody safe" in page
    assert "Bruises, and nobody says why." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Select what it goes under"),
        ({"ground": "reason"}, "Select the reason or duty"),
        ({"ground": "own"}, "Select who in the family it goes to"),
        ({"ground": "reason", "organisation": "Police"}, "Select what kind of agency it is"),
        (HARM | {"because": ""}, "Write why it is shared without agreement"),
        (HARM | {"decided_by": ""}, "Enter who decided"),
    ],
)
def test_what_is_missing_is_said(place: Place, episode: Episode, typed: dict[str, str], said: str) -> None:
    path = f"/families/{episode.family_id}/sharing/decide/"
    answer = post(place, path, described="Mornings", **typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_what_is_not_shared_is_listed_and_the_list_shows_one_receiver(place: Place, episode: Episode) -> None:
    refuse = f"/families/{episode.family_id}/sharing/refuse/"
    typed = {"described": "The address", "organisation": "A landlord", "agency": "housing", "because": "No need."}
    assert post(place, refuse, **typed | {"because": ""}).status_code == 422
    assert post(place, refuse, **typed).status_code == 302
    refusal = last(place)
    post(place, f"/families/{episode.family_id}/sharing/decide/", described="Bruises", **HARM)
    assert "Not shared" in listed(place, episode)
    only = listed(place, episode, f"?to={refusal.pk}")
    assert "The address" in only
    assert "Bruises, and nobody" not in only
    with acting_as(place.worker):
        assert AccessEntry.objects.filter(family_id=episode.family_id, what="sharing").count() == 2


def documents(place: Place, episode: Episode) -> dict[str, int]:
    """One of each kind of document, and the id it is asked for by."""
    an_agreed_plan(episode, by=place.worker)
    assessment = an_authorised_assessment(place, episode)
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        add_tie(family=family, told=ToldTie("Otter School", "school"), by=place.worker, at=STARTED)
        told = Happened(MONDAY.date(), "police", "The police were called.", "police", "Letter")
        entry = add_entry(family=family, told=told, by=place.worker, at=STARTED)
        chosen = [Chosen("chronology_entry", entry.pk, "5 October 2026", "Police or courts", "They were called.")]
        copy = make_copy(
            family=family, title="For the review", purpose="To see", chosen=chosen, by=place.worker, at=STARTED
        )
    ids = {"plan": episode.pk, "assessment": assessment.pk, "chronology": copy.pk}
    return ids | {"genogram": family.pk, "network": family.pk}


def test_each_document_leaves_by_a_decision_as_a_file_that_is_kept(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    for what, number in documents(place, episode).items():
        path = f"/families/{episode.family_id}/sharing/{what}/{number}/"
        with stopped_at(NOW):
            assert page_client(place.worker).get(path).status_code == 200
        answer = post(place, path, ground=f"agreement-{agreement.pk}", recipient="Tess Teacher")
        page = page_client(place.worker).get(answer.headers["Location"]).content.decode()
        decision = last(place)
        assert (decision.what, decision.record_id) == (what, number)
        assert answer.headers["Location"] == f"/sharing/{decision.pk}/"
        copy = page_client(place.worker).get(f"/sharing/{decision.pk}/copy/")
        assert copy["Content-Type"] == "application/pdf"
        assert b"pdfuaid" in copy.content
        assert hashlib.sha256(copy.content).hexdigest() in page
        assert hashlib.sha256(copy.content).hexdigest() in listed(place, episode, "print/")
    with acting_as(place.worker):
        looks = AccessEntry.objects.filter(family_id=episode.family_id, what="copy that was handed out")
        assert looks.count() == 5
        told = Event.objects.filter(family_id=episode.family_id, kind="information_shared")
        assert told.count() == 5
    assert listed(place, episode).count("Open the copy that left") == 5
    timeline = page_client(place.worker).get(f"/families/{episode.family_id}/timeline/").content.decode()
    assert "To Tess Teacher, Otter School: The plan as it stood on" in timeline
    chronology = page_client(place.worker).get(f"/families/{episode.family_id}/chronology/").content.decode()
    assert "Information shared" in chronology


def test_a_copy_says_whom_it_is_for_and_not_what_a_manager_said(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    ids = documents(place, episode)
    for what in ("plan", "assessment", "chronology"):
        path = f"/families/{episode.family_id}/sharing/{what}/{ids[what]}/"
        post(place, path, ground=f"agreement-{agreement.pk}", recipient="Tess Teacher")
        with acting_as(place.worker):
            paper = PAPERS[Decision.What(what)][1](get_decision(last(place).pk))
        said = json.dumps(paper)
        assert paper["handed_out"].startswith("Handed out to Tess Teacher, Otter School. Marigold Quillfeather agreed")
        assert {"plan": "Mornings without shouting", "assessment": "Outcomes", "chronology": "They were called."}[
            what
        ] in said
        assert "comments" not in said


def test_a_copy_stays_as_it_left_whatever_is_changed_later(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    an_agreed_plan(episode, by=place.worker)
    path = f"/families/{episode.family_id}/sharing/plan/{episode.pk}/"
    page = post(place, path, ground=f"agreement-{agreement.pk}").headers["Location"]
    before = page_client(place.worker).get(f"{page}copy/").content
    with acting_as(place.worker):
        goal = Goal.objects.filter(plan__episode=episode)[0]
        goal.wanted = "Something else"
        goal.save()
    taken_back(agreement, by=place.worker, at=NOW)
    assert page_client(place.worker).get(f"{page}copy/").content == before
    assert "This agreement was withdrawn on" in page_client(place.worker).get(page).content.decode()
    post(place, path, **HARM)
    assert page_client(place.worker).get(f"/sharing/{last(place).pk}/copy/").content != before


def test_a_copy_for_the_family_is_offered_as_theirs(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    path = f"/families/{episode.family_id}/sharing/plan/{episode.pk}/?for=family"
    assert 'value="own" checked' in page_client(place.worker).get(path).content.decode()


def test_a_picture_is_of_the_day_that_was_asked_for(place: Place, episode: Episode) -> None:
    path = f"/families/{episode.family_id}/sharing/genogram/{episode.family_id}/"
    post(place, f"{path}?on-day=1&on-month=10&on-year=2026", **HARM)
    assert last(place).described == "The genogram as it was on 1 October 2026"
    assert str(last(place).shown_on) == "2026-10-01"


def test_there_is_no_copy_without_a_document_or_of_what_is_not_shared(place: Place, episode: Episode) -> None:
    post(place, f"/families/{episode.family_id}/sharing/decide/", described="Bruises", **HARM)
    with stopped_at(NOW):
        assert page_client(place.worker).get(f"/sharing/{last(place).pk}/copy/").status_code == 404
        assert "Bruises" in page_client(place.worker).get(f"/sharing/{last(place).pk}/").content.decode()


def test_documents_of_other_families_and_unfinished_ones_are_not_there(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    for what, number in (("genogram", episode.family_id + 1), ("assessment", 1), ("plan", 1), ("shoe", 1)):
        assert client.get(f"/families/{episode.family_id}/sharing/{what}/{number}/").status_code == 404


def test_what_is_in_the_file_says_that_it_is_not_to_hand_out(place: Place, episode: Episode) -> None:
    copy = documents(place, episode)["chronology"]
    page = page_client(place.worker).get(f"/chronology-copies/{copy}/").content.decode()
    assert "For the file: nobody has decided to hand this out." in page
    assert f"/families/{episode.family_id}/sharing/chronology/{copy}/" in page


def test_a_long_list_asks_no_more_than_a_short_one(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    client, path = page_client(place.worker), f"/families/{episode.family_id}/sharing/"
    decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    client.get(path)
    asked = client.queries
    for _ in range(4):
        decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    client.get(path)
    assert client.queries == asked


def test_those_who_do_not_hold_the_family_find_nothing(place: Place, episode: Episode) -> None:
    document = Document("genogram", episode.family_id, "The genogram", MONDAY.date())
    ground, told = Ground(reason="serious_harm"), {"organisation": "Police", "because": "Now"}
    decision = decided(episode.family_id, ground, by=place.worker, document=document, **told)
    under = f"/families/{episode.family_id}/sharing/"
    of_it = (f"/sharing/{decision.pk}/", f"/sharing/{decision.pk}/copy/")
    for path in (under, f"{under}print/", f"{under}decide/", f"{under}refuse/", *of_it):
        assert page_client(place.stranger).get(path).status_code == 404
        assert page_client(place.hub_adviser).get(path).status_code == 403
        assert page_client().get(path).status_code == 302
    a_restriction(place, episode.family_id, place.worker)
    for path in of_it:
        assert page_client(place.manager).get(path).status_code == 404
        assert page_client(place.worker).get(path).status_code == 200
