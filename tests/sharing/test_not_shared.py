"""What is not shared names the document or plan itself, or says in words what it is."""

from datetime import timedelta
from typing import Any

import pytest

from baton.documents.actions import withdraw_document
from baton.documents.models import Document as Uploaded
from baton.episodes.models import Episode
from baton.people.models import Family
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.sharing.actions import Told, decide_not_to_share
from baton.sharing.models import Decision
from baton.sharing.queries import Document
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.assessments import an_authorised_assessment
from tests.factories.documents import a_document
from tests.factories.plans import an_agreed_plan
from tests.factories.sharing import TYPED_DECISION
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=60)
TYPED = {
    "organisation": "A landlord",
    "agency": "housing",
    "because": "They have no need of it.",
    **TYPED_DECISION,
}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    episode = an_allocated_episode(place)
    an_agreed_plan(episode, by=place.worker)
    return episode


@pytest.fixture
def letter(place: Place, episode: Episode) -> Uploaded:
    return a_document(episode.family_id, by=place.worker)


def page_of(episode: Episode, query: str = "") -> str:
    return f"/families/{episode.family_id}/sharing/refuse/{query}"


def opened(place: Place, path: str) -> str:
    with stopped_at(NOW):
        return page_client(place.worker).get(path).content.decode()


def refuse(place: Place, episode: Episode, **typed: Any) -> Any:
    with stopped_at(NOW):
        return page_client(place.worker).post(page_of(episode), TYPED | typed)


def last(place: Place) -> Decision:
    with acting_as(place.worker):
        return Decision.objects.latest("pk")


def test_everything_that_could_be_shared_can_be_named(place: Place, episode: Episode, letter: Uploaded) -> None:
    assessment = an_authorised_assessment(place, episode)
    page = opened(place, page_of(episode))
    offered = (
        f"plan-{episode.pk}", f"assessment-{assessment.pk}", f"genogram-{episode.family_id}",
        f"network-{episode.family_id}", f"document-{letter.pk}",
    )  # fmt: skip
    for value in offered:
        assert f'<option value="{value}">' in page, value


def test_the_list_says_which_document_was_not_shared_and_why(place: Place, episode: Episode, letter: Uploaded) -> None:
    assert refuse(place, episode, thing=f"document-{letter.pk}").status_code == 302
    decision = last(place)
    assert (decision.is_shared, decision.what, decision.record_id) == (False, "document", letter.pk)
    assert decision.described == letter.in_a_line
    listed = opened(place, f"/families/{episode.family_id}/sharing/")
    assert letter.title in listed
    assert "They have no need of it." in listed
    page = opened(place, f"/sharing/{decision.pk}/")
    assert f'href="/documents/{letter.pk}/"' in page
    assert "decide to share it" in page
    assert "No copy was kept" not in page


def test_a_part_of_the_plan_is_said_in_words_beside_it(place: Place, episode: Episode) -> None:
    refuse(place, episode, thing=f"plan-{episode.pk}", described="The part about money")
    decision = last(place)
    assert (decision.what, decision.record_id) == ("plan", episode.pk)
    assert decision.described.startswith("The plan as it stood on ")
    assert decision.described.endswith(". The part about money")


def test_what_is_no_document_is_said_in_words_and_nothing_is_refused(place: Place, episode: Episode) -> None:
    answer = refuse(place, episode)
    assert answer.status_code == 422
    assert "Select the document, or write what it is" in answer.content.decode()
    assert refuse(place, episode, described="Their address").status_code == 302
    assert (last(place).what, last(place).record_id, last(place).described) == ("information", None, "Their address")


def test_what_was_chosen_stays_when_something_is_missing(place: Place, episode: Episode, letter: Uploaded) -> None:
    answer = refuse(place, episode, thing=f"document-{letter.pk}", because="")
    assert answer.status_code == 422
    assert f'<option value="document-{letter.pk}" selected>' in answer.content.decode()


def test_a_document_leads_there_and_a_withdrawn_one_is_not_offered(
    place: Place, episode: Episode, letter: Uploaded
) -> None:
    way = page_of(episode, f"?thing=document-{letter.pk}")
    assert f'href="{way}"' in opened(place, f"/documents/{letter.pk}/")
    assert f'<option value="document-{letter.pk}" selected>' in opened(place, way)
    with acting_as(place.worker):
        withdraw_document(document=letter, because="Another family", by=place.worker, at=NOW)
    assert f"document-{letter.pk}" not in opened(place, page_of(episode))


def test_a_document_of_another_family_is_not_named(place: Place, episode: Episode) -> None:
    other = a_family(team=place.team, by=place.hub_adviser, name="Otterby")
    theirs = a_document(other.pk, by=place.worker)
    assert refuse(place, episode, thing=f"document-{theirs.pk}").status_code == 422
    told = Told(Document("document", theirs.pk, "Theirs"), "Mo", NOW, "housing", "A landlord", because="No need.")
    with acting_as(place.worker), pytest.raises(Uploaded.DoesNotExist):
        decide_not_to_share(family=Family(pk=episode.family_id), told=told, by=place.worker, at=NOW)
