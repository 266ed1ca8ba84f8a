"""What people say is wrong of warnings, relatives and the network: beside them wherever they are read, and on paper."""

from datetime import timedelta
from typing import Any

import pytest

from baton.episodes.models import Episode
from baton.people.actions.warnings import Warned, give_warning
from baton.people.models import Family, FamilyMember, FamilyWarning
from baton.platform.guard import acting_as
from baton.platform.pdf import pdf_of
from baton.relationships.actions import add_tie, record_relationship
from baton.relationships.models import NetworkTie, Relationship
from baton.relationships.policies.relationships import Told
from baton.relationships.policies.ties import ToldTie
from baton.rights.actions import ask_for_correction, decide_correction
from baton.rights.models import Correction
from baton.rights.queries.corrections import About
from baton.sharing.actions import Ground
from baton.sharing.presenters.papers import PAPERS
from baton.sharing.queries import Document, get_decision
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.assessments import STARTED
from tests.factories.sharing import decided
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
SAYS = "That is not how it was."


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def a_warning(place: Place, episode: Episode) -> FamilyWarning:
    with acting_as(place.worker):
        warned = Warned(
            "animal", "Ask them to shut the dog in", "It bit", True, "At a visit", (STARTED + timedelta(days=60)).date()
        )
        family = Family.objects.get(pk=episode.family_id)
        return give_warning(family=family, warned=warned, by=place.worker, at=STARTED)


def a_mother(place: Place, episode: Episode) -> Relationship:
    with acting_as(place.worker):
        members = FamilyMember.objects.filter(family=episode.family_id)
        mother, child = members.get(part="parent"), members.get(person__given_name="Ashby")
        family, told = Family.objects.get(pk=episode.family_id), Told(mother.person_id, "birth_mother", child.person_id)
        return record_relationship(family=family, told=told, by=place.worker, at=STARTED)


def a_tie(place: Place, episode: Episode) -> NetworkTie:
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        return add_tie(family=family, told=ToldTie("Nan next door", "family"), by=place.worker, at=STARTED)


def says_wrong(place: Place, episode: Episode, record: Any) -> Correction:
    with acting_as(place.worker):
        return ask_for_correction(
            family_id=episode.family_id,
            asked_by="Marigold Quillfeather",
            said_wrong=SAYS,
            received_on=MONDAY.date(),
            about=About("What they mean", record=record._meta.db_table, record_id=record.pk),
            by=place.worker,
            at=STARTED,
        )


def page(place: Place, path: str) -> str:
    return page_client(place.worker).get(path).content.decode()


def test_beside_a_warning_wherever_it_is_read(place: Place, episode: Episode) -> None:
    said = says_wrong(place, episode, a_warning(place, episode))
    family = f"/families/{episode.family_id}"
    for path in (f"{family}/", f"{family}/visits/", f"{family}/warnings/", f"{family}/consent/"):
        if path.endswith("/visits/"):
            path = f"/episodes/{episode.pk}/visits/"
        assert SAYS in page(place, path), path
    with acting_as(place.manager):
        decide_correction(
            correction=said,
            decision="not_corrected",
            because="The postman said so.",
            statement="The dog bit nobody.",
            told_on=MONDAY.date(),
            by=place.manager,
            at=STARTED,
        )
    shown = page(place, f"{family}/warnings/")
    assert "Marigold Quillfeather disagrees with this" in shown
    assert "The dog bit nobody." in shown


def test_beside_a_relationship_on_the_page_and_on_the_paper(place: Place, episode: Episode) -> None:
    related = a_mother(place, episode)
    says_wrong(place, episode, related)
    path = f"/families/{episode.family_id}/genogram/"
    shown = page(place, path)
    assert SAYS in shown
    assert f"about=relationships_relationship-{related.pk}" in shown
    assert against(place, episode, "genogram")[0].startswith("Marigold Quillfeather")
    assert SAYS in against(place, episode, "genogram")[0]


def test_beside_a_tie_on_the_page_and_on_the_paper(place: Place, episode: Episode) -> None:
    says_wrong(place, episode, a_tie(place, episode))
    assert SAYS in page(place, f"/families/{episode.family_id}/network/")
    (line,) = against(place, episode, "network")
    assert line.startswith("Nan next door")
    assert SAYS in line


def test_a_picture_nobody_disagrees_with_says_nothing_of_it(place: Place, episode: Episode) -> None:
    a_mother(place, episode)
    assert against(place, episode, "genogram") == []


def against(place: Place, episode: Episode, what: str) -> list[str]:
    document = Document(what, episode.family_id, "The picture", STARTED.date())
    told = {"organisation": "Police", "because": "Now"}
    decision = decided(episode.family_id, Ground(reason="serious_harm"), by=place.worker, document=document, **told)
    with acting_as(place.worker):
        template, make = PAPERS[decision.what]  # type: ignore[index]
        paper = make(get_decision(decision.pk))
        assert pdf_of(template, paper | {"made": "Made today"}).startswith(b"%PDF")
    found: list[str] = paper["against"]
    return found


def test_what_it_may_be_about_lists_them_by_name(place: Place, episode: Episode) -> None:
    a_warning(place, episode), a_mother(place, episode), a_tie(place, episode)
    shown = page(place, f"/families/{episode.family_id}/corrections/ask/")
    for each in (
        "A warning: Ask them to shut the dog in",
        "How Marigold Quillfeather and Ashby Quillfeather are related",
        "The network: Nan next door",
    ):
        assert each in shown


def test_a_warning_nobody_disagrees_with_costs_one_query_more_at_most(place: Place, episode: Episode) -> None:
    client, path = page_client(place.worker), f"/families/{episode.family_id}/"
    client.get(path)
    before = client.queries
    a_warning(place, episode)
    client.get(path)
    assert client.queries <= before + 1
