"""Documents that were added, handed out by a decision: which file went to whom, and what it is to open it again."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, transaction

from baton.documents.actions import withdraw_document
from baton.documents.models import Document
from baton.episodes.models import Episode, Event
from baton.people.models import Family
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from baton.platform.refusals import Refused
from baton.platform.scanner import Verdict
from baton.sharing.actions import Ground, Told, decide_to_share
from baton.sharing.models import Decision, DocumentLeft
from baton.sharing.queries import Document as Known
from baton.sharing.queries import as_document
from tests.client import page_client
from tests.documents.files import a_pdf
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.documents import a_document, found_infected
from tests.factories.guarded import a_restriction
from tests.factories.sharing import DECIDED, SCHOOL, TYPED_DECISION, agreement_to_share, said_no
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=60)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


@pytest.fixture
def letter(place: Place, episode: Episode) -> Document:
    return a_document(episode.family_id, by=place.worker, verdict=Verdict.CLEAN)


def page_of(episode: Episode) -> str:
    return f"/families/{episode.family_id}/sharing/uploaded/"


def handed_out(place: Place, episode: Episode, *documents: Document) -> list[Decision]:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    typed = {"documents": [str(each.pk) for each in documents], "ground": f"agreement-{agreement.pk}"}
    with stopped_at(NOW):
        answer = page_client(place.worker).post(page_of(episode), TYPED_DECISION | typed)
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(place.worker):
        return list(Decision.objects.select_related("document_left__document").order_by("pk"))


def withdrawn(place: Place, document: Document) -> None:
    with acting_as(place.worker):
        withdraw_document(document=document, because="Another family's", by=place.worker, at=NOW)


def shared(
    place: Place, episode: Episode, document: Known, ground: Ground, *, agency: str = "", organisation: str = ""
) -> Decision:
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        told = Told(document, "Mo", DECIDED, agency, organisation, because="Now")
        return decide_to_share(family=family, told=told, ground=ground, by=place.worker, at=DECIDED)


def test_each_document_goes_by_a_decision_of_its_own_as_the_file_it_is(
    place: Place, episode: Episode, letter: Document
) -> None:
    report = a_document(episode.family_id, by=place.worker, title="Report", name="report.pdf", sent=a_pdf())
    first, second = handed_out(place, episode, letter, report)
    assert (first.what, first.record_id, first.organisation) == ("document", letter.pk, SCHOOL)
    assert first.described == "Letter or e-mail, with an agency, 1 September 2026: Letter from school"
    assert [each.document_left.digest for each in (first, second)] == [letter.sha256, report.sha256]
    client = page_client(place.worker)
    said = client.get(f"/sharing/{first.pk}/").content.decode()
    assert letter.sha256 in said
    assert "letter.txt" in said
    file = client.get(f"/sharing/{first.pk}/copy/")
    contents = b"".join(file)
    assert contents == b"Ashby was never absent."
    assert hashlib.sha256(contents).hexdigest() == first.document_left.digest
    assert 'attachment; filename="letter.txt"' in file["Content-Disposition"]
    assert "sandbox" in file["Content-Security-Policy"]
    listed = client.get(f"/families/{episode.family_id}/sharing/").content.decode()
    assert listed.count("Open the document that left") == 2
    assert letter.sha256 in client.get(f"/families/{episode.family_id}/sharing/print/").content.decode()
    with acting_as(place.worker):
        looks = AccessEntry.objects.filter(family_id=episode.family_id, what="copy that was handed out")
        assert looks.get().why == f"Decision {first.pk}: to {SCHOOL}"
        assert Event.objects.filter(kind="information_shared", record_id__in=(first.pk, second.pk)).count() == 2


def test_what_was_withdrawn_or_infected_is_not_offered_and_does_not_leave(
    place: Place, episode: Episode, letter: Document
) -> None:
    infected = a_document(episode.family_id, by=place.worker, title="Invoice", sent=b"Other words")
    found_infected(infected, by=place.worker)
    withdrawn(place, letter)
    said = page_client(place.worker).get(page_of(episode)).content.decode()
    assert "No document of this family may be handed out" in said
    ground = Ground(reason="serious_harm")
    for document in (letter, infected):
        with pytest.raises(Refused, match="It goes to nobody"):
            shared(place, episode, as_document(document), ground, agency="police", organisation="Police")


@pytest.mark.parametrize("how", ["infected", "withdrawn"])
def test_what_left_follows_the_rules_of_its_document_afterwards(
    place: Place, episode: Episode, letter: Document, how: str
) -> None:
    (decision,) = handed_out(place, episode, letter)
    found_infected(letter, by=place.worker) if how == "infected" else withdrawn(place, letter)
    client = page_client(place.worker)
    assert client.get(f"/sharing/{decision.pk}/copy/").status_code == 404
    said = client.get(f"/sharing/{decision.pk}/").content.decode()
    assert {"infected": "A virus was found", "withdrawn": "This document was withdrawn since"}[how] in said
    assert letter.sha256 in said
    assert "Download the file that left" not in said


def test_a_file_nobody_scanned_goes_with_a_warning(place: Place, episode: Episode) -> None:
    waiting = a_document(episode.family_id, by=place.worker, verdict=Verdict.WAITING)
    assert "has not been scanned for viruses yet" in page_client(place.worker).get(page_of(episode)).content.decode()
    (decision,) = handed_out(place, episode, waiting)
    said = page_client(place.worker).get(f"/sharing/{decision.pk}/").content.decode()
    assert "has not been scanned for viruses yet" in said


def test_a_document_of_another_family_is_not_chosen(place: Place, episode: Episode, letter: Document) -> None:
    other = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    theirs = a_document(other.pk, by=place.worker, sent=b"Of the others")
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    with stopped_at(NOW):
        typed = TYPED_DECISION | {"documents": [str(theirs.pk)], "ground": f"agreement-{agreement.pk}"}
        assert page_client(place.worker).post(page_of(episode), typed).status_code == 422
    with pytest.raises(Document.DoesNotExist):
        shared(place, episode, as_document(theirs), Ground(agreement=agreement))


def test_the_documents_own_page_leads_to_it_with_the_document_chosen(
    place: Place, episode: Episode, letter: Document
) -> None:
    client = page_client(place.worker)
    way = f"{page_of(episode)}?document={letter.pk}"
    assert way in client.get(f"/documents/{letter.pk}/").content.decode()
    assert f'value="{letter.pk}" checked' in client.get(way).content.decode()


def test_what_is_missing_is_said(place: Place, episode: Episode, letter: Document) -> None:
    with stopped_at(NOW):
        said = page_client(place.worker).post(page_of(episode), TYPED_DECISION).content.decode()
    assert "Select which documents go" in said
    assert "Select what it goes under" in said


def test_who_does_not_agree_to_sharing_stands_above_the_decision(place: Place, episode: Episode) -> None:
    about: dict[str, Any] = {"purpose": "share", "agency": "school", "organisation": SCHOOL}
    said_no(episode.family_id, by=place.worker, who="Marigold", **about)
    said = page_client(place.worker).get(f"/families/{episode.family_id}/sharing/decide/").content.decode()
    assert f"Marigold Quillfeather was asked on 9 October 2026 and does not agree: {SCHOOL}" in said


def test_what_left_cannot_be_changed_and_leaves_as_a_copy_or_as_it_is(
    place: Place, episode: Episode, letter: Document
) -> None:
    (decision,) = handed_out(place, episode, letter)
    with acting_as(place.worker), pytest.raises(Error, match="permission denied"), transaction.atomic():
        DocumentLeft.objects.filter(decision=decision).update(digest="0" * 64)
    with pytest.raises(ValueError, match="leaves as a copy"):
        shared(place, episode, Known("plan", episode.pk, "The plan"), Ground())


def test_those_who_do_not_hold_the_family_find_nothing(place: Place, episode: Episode, letter: Document) -> None:
    (decision,) = handed_out(place, episode, letter)
    for path in (page_of(episode), f"/sharing/{decision.pk}/copy/"):
        assert page_client(place.stranger).get(path).status_code == 404
    assert page_client(place.hub_adviser).get(page_of(episode)).status_code == 403
    a_restriction(place, episode.family_id, place.worker)
    for path in (page_of(episode), f"/sharing/{decision.pk}/copy/"):
        assert page_client(place.colleague).get(path).status_code == 404


def test_many_documents_ask_no_more_than_one(place: Place, episode: Episode, letter: Document) -> None:
    client = page_client(place.worker)
    client.get(page_of(episode))
    asked = client.queries
    for number in range(3):
        a_document(episode.family_id, by=place.worker, sent=f"Letter {number}".encode())
    client.get(page_of(episode))
    assert client.queries == asked
