"""What operators ask of documents: scanned later, and proven to hold what was added."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django.fixtures import Settings

from baton.documents.models import Document
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.scanner import Verdict
from tests.client import page_client
from tests.documents.clamd import MOST, a_clamd
from tests.documents.files import EICAR
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.documents import a_document

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def place() -> Place:
    return a_place()


def scans(place: Place) -> dict[str, str]:
    with acting_as(place.worker):
        return dict(Document.objects.values_list("title", "scan"))


def said_by(command: str, **options: object) -> str:
    said = StringIO()
    call_command(command, stdout=said, **options)
    return said.getvalue()


def test_what_waited_is_scanned_later_and_what_is_found_is_handed_out_no_more(place: Place, settings: Settings) -> None:
    family_id = an_allocated_episode(place).family_id
    told = {"by": place.worker, "verdict": Verdict.WAITING}
    a_document(family_id, title="Harmless", **told)
    bad = a_document(family_id, title="Bad", sent=EICAR.encode(), **told)
    with a_clamd() as (address, clamd):
        settings.CLAMD = address
        said = StringIO()
        with pytest.raises(CommandError, match="Look at them"):
            call_command("documents_scan", stdout=said)
        assert f"Document {bad.pk}: Eicar-Test-Signature" in said.getvalue()
        assert "Scanned 2: 1 clean, 1 with a virus; 0 still wait." in said.getvalue()
        assert scans(place) == {"Harmless": "clean", "Bad": "infected"}
        assert clamd.asked == 2
        assert "Scanned 0: 0 clean" in said_by("documents_scan")
        assert clamd.asked == 2
        with pytest.raises(CommandError, match="Look at them"):
            call_command("documents_scan", everything=True, stdout=StringIO())
        assert clamd.asked == 4
    with acting_as(place.governance):
        assert AuditEntry.objects.filter(action="note_scan", by=None, family_id=family_id).count() == 2
    client = page_client(place.worker)
    assert client.get(f"/downloads/{bad.pk}/").status_code == 404
    page = client.get(f"/documents/{bad.pk}/").content.decode()
    assert "A virus was found in this file after it was added." in page
    assert "Download the file" not in page


def test_a_scanner_that_is_down_changes_nothing_and_fails(place: Place, settings: Settings) -> None:
    settings.CLAMD = ""
    with pytest.raises(CommandError, match="Set BATON_CLAMD"):
        call_command("documents_scan")
    family_id = an_allocated_episode(place).family_id
    for number in range(5):
        a_document(family_id, by=place.worker, title=f"Letter {number}")
    with a_clamd() as (address, clamd):
        settings.CLAMD, clamd.is_mute = address, True
        with pytest.raises(CommandError, match="clamd does not answer"):
            call_command("documents_scan", stdout=StringIO())
        assert clamd.asked == 3
    assert set(scans(place).values()) == {"not_scanned"}


def test_what_the_scanner_will_not_take_stays_unscanned_and_is_told(place: Place, settings: Settings) -> None:
    family_id = an_allocated_episode(place).family_id
    a_document(family_id, by=place.worker, title="Long", sent=b"x" * (MOST + 1))
    a_document(family_id, by=place.worker, title="Short")
    with a_clamd() as (address, _):
        settings.CLAMD = address
        with pytest.raises(CommandError, match="what waits is not scanned"):
            call_command("documents_scan", stdout=StringIO())
    assert scans(place) == {"Long": "not_scanned", "Short": "clean"}


def test_a_file_that_somebody_changed_in_the_database_is_named(place: Place) -> None:
    family_id = an_allocated_episode(place).family_id
    kept, changed = (a_document(family_id, by=place.worker, title=title) for title in ("Kept", "Changed"))
    assert "All 2 documents hold what was added." in said_by("documents_verify")
    with connections["owner"].cursor() as cursor:
        cursor.execute("update documents_contents set file = 'another' where document_id = %s", [changed.pk])
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 2 documents do not hold"):
        call_command("documents_verify", stdout=said)
    assert f"Document {changed.pk} does not hold what was added." in said.getvalue()
    assert f"Document {kept.pk} " not in said.getvalue()
