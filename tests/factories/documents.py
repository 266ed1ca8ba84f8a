"""Documents, added by the action as practitioners add them."""

from datetime import date, datetime
from typing import Any

from baton.documents.actions import Told, add_document, note_scan
from baton.documents.models import Document, VirusFound
from baton.documents.queries import open_scan
from baton.documents.reading import take
from baton.people.models import Family
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.scanner import Scanned, Verdict
from tests.factories.times import MONDAY


def a_document(
    family_id: int,
    *,
    by: User,
    at: datetime = MONDAY,
    sent: bytes = b"Ashby was never absent.",
    name: str = "letter.txt",
    verdict: Verdict = Verdict.NOT_SCANNED,
    **told: Any,
) -> Document:
    """A letter from school, in plain text."""
    what = {"kind": "letter_agency", "title": "Letter from school", "dated_on": date(2026, 9, 1)} | told
    with acting_as(by):
        family = Family.objects.get(pk=family_id)
        return add_document(
            family=family, told=Told(**what), taken=take(name, sent), scanned=Scanned(verdict), by=by, at=at
        )


def found_infected(document: Document, *, by: User, at: datetime = MONDAY) -> None:
    """A scanner found a virus in a document after it was added."""
    with acting_as(by):
        Document.objects.filter(pk=document.pk).update(scan="infected", scanned_at=at, scan_found="Eicar")


def a_virus_found(document: Document, *, at: datetime = MONDAY, since_clean: bool = False) -> VirusFound:
    """What the worker notes when a later scan finds something in a document, and a still later one may find nothing."""
    found = [Scanned(Verdict.INFECTED, "Win.Worm"), *([Scanned(Verdict.CLEAN)] if since_clean else [])]
    with acting_as(document.added_by):
        open_scan()
        for each in found:
            note_scan(document=document, scanned=each, by=None, at=at)
    with acting_as(document.added_by):
        return VirusFound.objects.get(document=document, closed_at__isnull=True)
