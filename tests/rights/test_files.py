"""Files of documents in what somebody gets: given or withheld, by whom and why; kept as they went."""

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from baton.documents.actions import withdraw_document
from baton.documents.models import Contents, Document
from baton.episodes.models import Episode
from baton.people.models import Person
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Change
from baton.platform.refusals import NotAllowed, Refused
from baton.rights.actions import answer_request, decide_file, gather, mark_by_hand, release_copy
from baton.rights.models import AccessRequest, CopiedFile, FileDecision, Item, Mark, Release
from baton.rights.presenters import files as presenters
from baton.rights.queries.gathered import documents_of
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.documents import a_document, found_infected
from tests.factories.rights import a_gathered_request, give_every_file, hide_everybody_else
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict

pytestmark = pytest.mark.django_db
SAID = b"Marigold came to each meeting."


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


@pytest.fixture
def letter(place: Place, episode: Episode) -> Document:
    return a_document(episode.family_id, by=place.worker, sent=SAID)


@pytest.fixture
def request_of_hers(place: Place, letter: Document) -> AccessRequest:
    found = a_gathered_request(place)
    with acting_as(place.governance):
        hide_everybody_else(found, by=place.governance)
    return found


def item_of(place: Place, request: AccessRequest) -> Item:
    with acting_as(place.governance):
        (item,) = documents_of(request.pk)
        return Item.objects.select_related("request").get(pk=item.pk)


def decided(place: Place, request: AccessRequest, *, is_given: bool, reason: str = "", note: str = "") -> FileDecision:
    item, officer = item_of(place, request), place.governance
    with acting_as(officer):
        return decide_file(item=item, is_given=is_given, reason=reason, note=note, by=officer, at=MONDAY)


def released(place: Place, request: AccessRequest) -> Release:
    with acting_as(place.governance):
        return release_copy(request=request, by=place.governance, at=MONDAY)


def archive_of(place: Place, release: Release, query: str = "") -> Any:
    return page_client(place.governance).get(reverse("download-copy", args=[release.pk, "zip"]) + query)


def test_nothing_is_released_before_each_file_is_decided_on(place: Place, request_of_hers: AccessRequest) -> None:
    with pytest.raises(Refused, match="Decide first for each document whether its file"):
        released(place, request_of_hers)
    decided(place, request_of_hers, is_given=True)
    assert released(place, request_of_hers).pk


def test_a_file_that_is_given_goes_byte_for_byte_with_the_copy(
    place: Place, request_of_hers: AccessRequest, letter: Document, episode: Episode
) -> None:
    decided(place, request_of_hers, is_given=True)
    release = released(place, request_of_hers)
    answer = archive_of(place, release)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["copy.pdf", "copy.html", "copy.json", "files/01-letter.txt"]
        assert archive.read("files/01-letter.txt") == SAID
        told = json.loads(archive.read("copy.json"))
        assert hashlib.sha256(archive.read("copy.pdf")).hexdigest() == release.hashes["pdf"]
    assert told["files"] == [{"name": "01-letter.txt", "size": len(SAID), "sha256": letter.sha256}]
    assert "Comes with this copy: files/01-letter.txt" in json.dumps(told["sections"])
    assert answer["Content-Disposition"] == f'attachment; filename="copy-{release.pk}.zip"'
    assert archive_of(place, release).content == answer.content  # made again it is the same
    with acting_as(place.governance):
        kept = CopiedFile.objects.get(release=release)
        what = "download of a copy, with files"
        assert AccessEntry.objects.filter(family_id=episode.family_id, what=what).count() == 2
    alone = page_client(place.governance).get(reverse("download-copied-file", args=[kept.pk]))
    assert alone.content == SAID
    assert kept.sha256 == hashlib.sha256(alone.content).hexdigest()


def test_a_file_that_is_withheld_says_why_and_by_whom_and_goes_nowhere(
    place: Place, request_of_hers: AccessRequest
) -> None:
    with pytest.raises(Refused, match="Select why it is withheld"):
        decided(place, request_of_hers, is_given=False)
    with pytest.raises(Refused, match="Select why it is withheld"):
        decided(place, request_of_hers, is_given=False, reason="agrees")
    decided(place, request_of_hers, is_given=False, reason="another", note="The whole class is named.")
    release = released(place, request_of_hers)
    with zipfile.ZipFile(io.BytesIO(archive_of(place, release).content)) as archive:
        assert archive.namelist() == ["copy.pdf", "copy.html", "copy.json"]
        told = json.loads(archive.read("copy.json"))
    assert (told["files"], told["files_withheld"]) == ([], 1)
    assert "Withheld: it is about another person" in json.dumps(told["sections"])
    assert "The whole class" not in json.dumps(told)
    with acting_as(place.governance):
        kept = CopiedFile.objects.get(release=release)
    assert (kept.is_given, kept.reason, kept.note) == (False, "another", "The whole class is named.")
    said = page_client(place.governance).get(reverse("access-request", args=[request_of_hers.pk])).content.decode()
    assert "Withheld: it is about another person" in said
    assert page_client(place.governance).get(reverse("download-copied-file", args=[kept.pk])).status_code == 404


def test_with_a_row_that_is_hidden_goes_its_file(place: Place, request_of_hers: AccessRequest) -> None:
    item, officer = item_of(place, request_of_hers), place.governance
    with acting_as(officer):
        decide_file(item=item, is_given=True, reason="", note="", by=officer, at=MONDAY)
        mark = mark_by_hand(item=item, passage="", is_whole=True, reason="harm", note="", by=officer, at=MONDAY)
    with pytest.raises(Refused, match="whose row is hidden"):
        released(place, request_of_hers)
    with pytest.raises(Refused, match="Leave the row in first"):
        decided(place, request_of_hers, is_given=True)
    with acting_as(officer):
        FileDecision.objects.all().delete()
    release = released(place, request_of_hers)
    with acting_as(officer):
        kept = CopiedFile.objects.get(release=release)
        assert (kept.is_given, kept.reason, kept.decided_by) == (False, "harm", mark.decided_by)


def test_a_file_with_a_virus_is_neither_opened_nor_given(
    place: Place, request_of_hers: AccessRequest, letter: Document
) -> None:
    decided(place, request_of_hers, is_given=True)
    found_infected(letter, by=place.worker)
    with pytest.raises(Refused, match="in which a virus was found since"):
        released(place, request_of_hers)
    with pytest.raises(Refused, match="A virus was found in this file"):
        decided(place, request_of_hers, is_given=True)
    item = item_of(place, request_of_hers)
    client = page_client(place.governance)
    assert client.get(reverse("open-gathered-file", args=[item.pk])).status_code == 404
    said = client.get(reverse("decide-file", args=[item.pk])).content.decode()
    assert "A virus was found in this file" in said
    assert "Open the file" not in said


def test_what_was_withdrawn_is_held_and_said_to_be(place: Place, letter: Document) -> None:
    with acting_as(place.worker):
        withdraw_document(document=letter, because="The wrong date", by=place.worker, at=MONDAY)
    found = a_gathered_request(place)
    said = page_client(place.governance).get(reverse("decide-file", args=[item_of(place, found).pk])).content.decode()
    assert "It was withdrawn from the record, and is held all the same." in said


def test_the_officer_opens_decides_and_sees_what_was_decided(
    place: Place, request_of_hers: AccessRequest, episode: Episode
) -> None:
    client, item = page_client(place.governance), item_of(place, request_of_hers)
    through = reverse("look-through", args=[request_of_hers.pk])
    assert f"Decide on the file of row {item.position + 1}" in client.get(through).content.decode()
    page = reverse("decide-file", args=[item.pk])
    assert "Nothing in a file can be hidden here." in client.get(page).content.decode()
    opened = client.get(reverse("open-gathered-file", args=[item.pk]))
    assert opened.content == SAID
    assert opened["Content-Type"] == "application/octet-stream"
    assert "sandbox" in opened["Content-Security-Policy"]
    assert "Select what is done with the file" in client.post(page, {}).content.decode()
    assert "Select why it is withheld" in client.post(page, {"is_given": "withhold"}).content.decode()
    client.post(page, {"is_given": "withhold", "reason": "harm", "note": "See the social worker."})
    said = client.get(through).content.decode()
    assert "Decide on the file of row" not in said
    assert "It could cause serious harm. See the social worker" in said
    client.post(page, {"is_given": "give"})
    with acting_as(place.governance):
        decision = FileDecision.objects.get()
        assert (decision.is_given, decision.reason) == (True, "")
        assert Change.objects.filter(record="rights_filedecision", kind="changed").exists()
        looks = AccessEntry.objects.filter(family_id=episode.family_id, by=place.governance)
        assert looks.filter(what__startswith="file of document", why=request_of_hers.reference).exists()


def test_gathered_anew_what_was_decided_stays(place: Place, request_of_hers: AccessRequest) -> None:
    decided(place, request_of_hers, is_given=True)
    with acting_as(place.governance):
        gather(request=request_of_hers, by=place.governance, at=MONDAY)
        hide_everybody_else(request_of_hers, by=place.governance)  # who looked since is new
    assert released(place, request_of_hers).pk


def test_what_went_is_shown_after_the_answer_and_the_rest_is_not(
    place: Place, request_of_hers: AccessRequest, letter: Document
) -> None:
    item = item_of(place, request_of_hers)
    decided(place, request_of_hers, is_given=True)
    release = released(place, request_of_hers)
    officer, told = place.governance, {"outcome": "sent", "told_how": "By post", "on": MONDAY.date()}
    with pytest.raises(Refused, match="stay as they are"):
        decided(place, request_of_hers, is_given=False, reason="harm")
    with acting_as(officer):
        answer_request(request=request_of_hers, **told, by=officer, at=MONDAY)
    with zipfile.ZipFile(io.BytesIO(archive_of(place, release).content)) as archive:
        assert archive.read("files/01-letter.txt") == SAID
    again = a_gathered_request(place)
    other = item_of(place, again)
    with acting_as(officer):
        answer_request(request=again, **told | {"outcome": "refused"}, by=officer, at=MONDAY)
    client = page_client(officer)
    assert client.get(reverse("open-gathered-file", args=[other.pk])).status_code == 404
    assert client.get(reverse("open-gathered-file", args=[item.pk])).content == SAID


def test_large_files_are_parted(place: Place, request_of_hers: AccessRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenters, "MOST_OF_A_PART", 40)
    a_document(item_of(place, request_of_hers).family_id or 0, by=place.worker, title="Second", sent=b"Second letter.")
    with acting_as(place.governance):
        gather(request=request_of_hers, by=place.governance, at=MONDAY)
        hide_everybody_else(request_of_hers, by=place.governance)
        give_every_file(request_of_hers, by=place.governance)
    release = released(place, request_of_hers)
    said = page_client(place.governance).get(reverse("access-request", args=[request_of_hers.pk])).content.decode()
    assert "part 2 of 2" in said
    names = []
    for part in (1, 2):
        answer = archive_of(place, release, f"?part={part}")
        assert f"-part-{part}.zip" in answer["Content-Disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            names += archive.namelist()
    assert names == ["copy.pdf", "copy.html", "copy.json", "files/01-letter.txt", "files/02-letter.txt"]
    for wrong in ("?part=3", "?part=x", "?part=0"):
        assert archive_of(place, release, wrong).status_code == 404


def test_only_information_governance_opens_and_decides_and_of_a_closed_family_nobody(
    place: Place, request_of_hers: AccessRequest, letter: Document, episode: Episode
) -> None:
    item = item_of(place, request_of_hers)
    for person in (place.worker, place.manager, place.administrator, place.stranger):
        with acting_as(person):
            assert not FileDecision.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("select guard.rights_file(%s, %s)", [request_of_hers.pk, letter.pk])
                assert cursor.fetchone()[0] is None
                cursor.execute("select count(*) from guard.rights_documents(%s)", [request_of_hers.pk])
                assert cursor.fetchone()[0] == 0
    with acting_as(place.governance):
        assert not Contents.objects.exists()  # no table of the record
    with acting_as(place.worker), pytest.raises(NotAllowed):
        decide_file(item=item, is_given=True, reason="", note="", by=place.worker, at=MONDAY)
    decided(place, request_of_hers, is_given=True)
    release = released(place, request_of_hers)
    restrict(place, episode.family_id, place.worker)
    client = page_client(place.governance)
    for path in (
        reverse("open-gathered-file", args=[item.pk]),
        reverse("decide-file", args=[item.pk]),
        reverse("download-copy", args=[release.pk, "zip"]),
    ):
        assert client.get(path).status_code == 404
    with acting_as(place.governance):
        assert not CopiedFile.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("select guard.rights_file(%s, %s)", [request_of_hers.pk, letter.pk])
            assert cursor.fetchone()[0] is None


def test_what_went_cannot_be_changed(place: Place, request_of_hers: AccessRequest) -> None:
    decided(place, request_of_hers, is_given=True)
    released(place, request_of_hers)
    with acting_as(place.governance), pytest.raises(Error, match="permission denied"), transaction.atomic():
        CopiedFile.objects.update(note="Otherwise")


def test_a_row_that_is_no_document_has_no_file(place: Place, request_of_hers: AccessRequest) -> None:
    with acting_as(place.governance):
        other = Item.objects.filter(request=request_of_hers).exclude(table="documents_document")[0]
    assert page_client(place.governance).get(reverse("decide-file", args=[other.pk])).status_code == 404


def test_a_document_about_somebody_else_is_hidden_with_its_file(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        child = Person.objects.get(given_name="Ashby")
    a_document(episode.family_id, by=place.worker, person=child, sent=b"My week")
    found = a_gathered_request(place)
    with acting_as(place.governance):
        assert Mark.objects.filter(request=found, is_whole=True, item__table="documents_document").exists()
        hide_everybody_else(found, by=place.governance)
    release = released(place, found)
    with acting_as(place.governance):
        assert CopiedFile.objects.get(release=release).reason == "another"
