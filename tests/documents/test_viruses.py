"""Files that are kept are scanned later; and who is told when something is found in one."""

import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from baton.documents.actions import close_virus_found
from baton.documents.jobs import scan_again, scan_what_waits
from baton.documents.models import Document, Rescan, VirusFound
from baton.episodes.models import Episode
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Change, User
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.scanner import Verdict
from tests.client import page_client
from tests.documents.clamd import MOST, NEW, WORM, a_clamd
from tests.documents.files import EICAR
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.documents import a_document, a_virus_found
from tests.factories.guarded import a_restriction
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def scans(place: Place) -> dict[str, str]:
    with acting_as(place.worker):
        return dict(Document.objects.values_list("title", "scan"))


def is_told(user: User) -> bool:
    return "Viruses found" in page_client(user).get("/").content.decode()


def test_the_worker_scans_what_nobody_scanned_and_writes_once_what_it_was_told(
    place: Place, episode: Episode, settings: Settings
) -> None:
    a_document(episode.family_id, by=place.worker, title="Before there was a scanner")
    a_document(episode.family_id, by=place.worker, title="While it was away", verdict=Verdict.WAITING)
    settings.CLAMD = ""
    assert scan_what_waits(timestamp=0) == {}
    with a_clamd() as (address, clamd):
        settings.CLAMD = address
        assert scan_what_waits(timestamp=0) == {"clean": 2}
        assert scan_what_waits(timestamp=0) == {}
        assert clamd.asked == 2
    assert set(scans(place).values()) == {"clean"}
    with acting_as(place.manager):
        assert AuditEntry.objects.filter(action="note_scan", by=None, family_id=episode.family_id).count() == 2
        changes = Change.objects.filter(record="documents_document", kind="changed", action="note_scan")
        assert {each.after["scan"] for each in changes} == {"clean"}


def test_what_is_found_later_is_closed_and_told_to_uploader_lead_and_governance_and_nobody_else(
    place: Place, episode: Episode, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    bad = a_document(episode.family_id, by=place.colleague, title="Drawing", sent=EICAR.encode())
    lead, uploader = page_client(place.worker), page_client(place.colleague)
    assert lead.get(f"/downloads/{bad.pk}/").status_code == 200
    with a_clamd() as (address, _), stopped_at(LATER), caplog.at_level(logging.WARNING):
        settings.CLAMD = address
        assert scan_what_waits(timestamp=0) == {"infected": 1}
    assert f"A virus was found in document {bad.pk} after it was added: Eicar-Test-Signature" in caplog.text
    for client in (lead, uploader, page_client(place.service_manager)):
        assert client.get(f"/downloads/{bad.pk}/").status_code == 404
    page = lead.get(f"/documents/{bad.pk}/").content.decode()
    what = "A virus was found in this file after it was added. Nobody can open it any more."
    for said in (what, "do not open your copy", "Eicar-Test-Signature", "Information governance is told."):
        assert said in page, said
    assert "Download the file" not in page
    told = {place.worker, place.colleague, place.governance}
    others = {place.manager, place.stranger, place.service_manager, place.teacher, place.hub_adviser, place.auditor}
    assert {user for user in told | others if is_told(user)} == told
    for client in (lead, uploader):
        listed = client.get("/documents/viruses/").content.decode()
        assert f'href="/documents/{bad.pk}/"' in listed
        assert "Added by Cora Colleague" in listed
    assert f"Document {bad.pk} " not in page_client(place.stranger).get("/documents/viruses/").content.decode()


def test_governance_sees_who_has_a_copy_says_what_was_done_and_then_nobody_is_told(
    place: Place, episode: Episode
) -> None:
    bad = a_document(episode.family_id, by=place.colleague, title="Drawing")
    page_client(place.manager).get(f"/downloads/{bad.pk}/")
    virus = a_virus_found(bad, at=LATER)
    governance = page_client(place.governance)
    listed = governance.get("/documents/viruses/").content.decode()
    assert f'href="/documents/viruses/{virus.pk}/close/"' in listed
    assert "Quillfeather" not in listed  # by numbers: who governs reads no record
    assert "Drawing" not in listed
    page = governance.get(f"/documents/viruses/{virus.pk}/close/").content.decode()
    for said in ("Win.Worm", "Cora Colleague", "Downloaded by", "Mina Manager"):
        assert said in page, said
    path = f"/documents/viruses/{virus.pk}/close/"
    assert governance.post(path, {"done": ""}).status_code == 422
    assert governance.post(path, {"done": "Mina deleted her copy; her laptop was looked at."}).status_code == 302
    assert [user for user in (place.worker, place.colleague, place.governance) if is_told(user)] == []
    assert "Mina deleted her copy" in governance.get("/documents/viruses/").content.decode()
    assert "Mina deleted her copy" in page_client(place.colleague).get("/documents/viruses/").content.decode()
    assert governance.get(path).status_code == 404
    with acting_as(place.governance):
        assert AuditEntry.objects.filter(action="close_virus_found", by=place.governance).exists()
        assert Change.objects.filter(record="documents_virusfound", action="close_virus_found").exists()
    assert page_client(place.worker).get(f"/downloads/{bad.pk}/").status_code == 404  # the file stays closed


def test_nobody_else_closes_a_virus_nobody_twice_and_nobody_without_words(place: Place, episode: Episode) -> None:
    virus = a_virus_found(a_document(episode.family_id, by=place.worker))
    told = {"virus": virus, "at": LATER}
    for user in (place.worker, place.service_manager):
        with acting_as(user), pytest.raises(NotAllowed):
            close_virus_found(**told, done="It was looked at.", by=user)
        with acting_as(user), transaction.atomic():
            assert VirusFound.objects.filter(pk=virus.pk).update(done="x", closed_at=LATER, closed_by=user) == 0
    with acting_as(place.governance):
        with pytest.raises(Refused, match="Write what was done"):
            close_virus_found(**told, done="Done", by=place.governance)
        close_virus_found(**told, done="It was looked at.", by=place.governance)
        with pytest.raises(Refused, match="said already"):
            close_virus_found(**told, done="It was looked at.", by=place.governance)


def test_of_a_restricted_family_only_those_named_and_governance_are_told(place: Place, episode: Episode) -> None:
    a_virus_found(a_document(episode.family_id, by=place.colleague, title="Drawing"))
    a_restriction(place, episode.family_id, place.worker)
    assert [user for user in (place.worker, place.colleague, place.governance) if is_told(user)] == [
        place.worker,
        place.governance,
    ]


def test_a_scanner_that_is_down_is_left_alone_and_one_that_refuses_a_few_scans_the_rest(
    place: Place, episode: Episode, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(4):
        a_document(episode.family_id, by=place.worker, title=f"Long {number}", sent=b"x" * (MOST + 1))
    a_document(episode.family_id, by=place.worker, title="Short")
    with a_clamd() as (address, clamd):
        settings.CLAMD = address
        clamd.is_mute = True
        with caplog.at_level(logging.WARNING):
            assert scan_what_waits(timestamp=0) == {}
        assert clamd.asked == 3
        assert "Documents wait for the scanner: clamd does not answer" in caplog.text
        clamd.is_mute = False
        assert scan_what_waits(timestamp=0) == {"waiting": 4, "clean": 1}
    assert scans(place)["Short"] == "clean"


def test_new_signatures_have_recent_files_scanned_again_once(
    place: Place, episode: Episode, settings: Settings
) -> None:
    clean = {"by": place.worker, "verdict": Verdict.CLEAN}
    a_document(episode.family_id, title="Harmless", **clean)
    a_document(episode.family_id, title="A worm", sent=WORM, **clean)
    a_document(episode.family_id, title="An old worm", sent=WORM, at=MONDAY - timedelta(days=14), **clean)
    with a_clamd() as (address, clamd), stopped_at(LATER):
        settings.CLAMD = address
        assert (scan_again(timestamp=0), clamd.asked) == (2, 2)
        assert (scan_again(timestamp=0), clamd.asked) == (0, 2)
        clamd.signatures = NEW
        assert (scan_again(timestamp=0), clamd.asked) == (2, 4)
        assert (scan_again(timestamp=0), clamd.asked) == (0, 4)
    assert scans(place) == {"Harmless": "clean", "A worm": "infected", "An old worm": "clean"}
    assert list(Rescan.objects.order_by("pk").values_list("files", "viruses")) == [(2, 0), (2, 1)]
    with acting_as(place.worker):
        assert [virus.document.title for virus in VirusFound.objects.select_related("document")] == ["A worm"]
        assert AuditEntry.objects.filter(action="note_scan").count() == 0  # nobody's own
    with acting_as(place.manager):
        assert AuditEntry.objects.filter(action="note_scan", family_id=episode.family_id).count() == 1


def test_a_rescan_without_a_scanner_or_an_answer_does_nothing(
    place: Place, episode: Episode, settings: Settings
) -> None:
    a_document(episode.family_id, by=place.worker, verdict=Verdict.CLEAN)
    settings.CLAMD = ""
    assert scan_again(timestamp=0) == 0
    with a_clamd() as (address, clamd):
        settings.CLAMD, clamd.is_mute = address, True
        assert scan_again(timestamp=0) == 0
    assert Rescan.objects.count() == 0


@pytest.mark.parametrize("who", ["worker", "service_manager", "governance", "administrator"])
def test_nobody_who_signed_in_reads_or_notes_as_the_scanner_does(place: Place, episode: Episode, who: str) -> None:
    added = a_document(episode.family_id, by=place.worker)
    with acting_as(getattr(place, who)), connection.cursor() as cursor:
        cursor.execute("select * from guard.documents_to_scan(0, null, 10)")
        assert cursor.fetchall() == []
        cursor.execute("select guard.file_to_scan(%s)", [added.pk])
        assert cursor.fetchone() == (None,)
        with pytest.raises(DatabaseError, match="Only the scanner"), transaction.atomic():
            cursor.execute("select guard.note_scan(%s, 'clean', '', now())", [added.pk])
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            VirusFound.objects.create(
                document=added, family_id=episode.family_id, uploader=place.worker, found="", found_at=LATER
            )
