"""Adding a document, withdrawing one, noting what a scanner said, and what was done about it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from psycopg import Cursor

from baton.documents.models import Document, Rescan, VirusFound
from baton.documents.permissions import may_add, may_close_virus, may_note_rescan, may_note_scan, may_withdraw
from baton.documents.policies import (
    TO_ADD,
    TO_CLOSE_VIRUS,
    TO_WITHDRAW,
    DocumentFacts,
    VirusFacts,
    WithdrawalFacts,
    happening_of,
)
from baton.documents.queries import bytes_of_family, open_episode_of
from baton.documents.reading import Taken
from baton.episodes.actions import record_event, take_back_event
from baton.people.models import Family, FamilyMember, Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.platform.scanner import Scanned, Verdict
from baton.practice.calendar import day_of
from baton.practice.codes import code_list
from baton.practice.happenings import Happening

KEPT = "insert into documents_contents (document_id, family_id, file) values (%s, %s, %b)"
TOLD = (Happening.DOCUMENT_ADDED, Happening.CORRESPONDENCE_FILED, Happening.DIRECT_WORK_RECORDED)


@dataclass(frozen=True)
class Told:
    """What a document is."""

    kind: str  # a code of the list "document"
    title: str
    dated_on: date
    note: str = ""
    person: Person | None = None


@action(allowed=may_add, events=TOLD)
def add_document(*, family: Family, told: Told, taken: Taken, scanned: Scanned, by: User, at: datetime) -> Document:
    """Add a document to a family's record, and to the episode that is open (D7). Raises `Refused` by `TO_ADD`."""
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)  # two at once would both find room
    require(TO_ADD, _facts(family, told, taken, scanned, at))
    episode = open_episode_of(family.pk)
    document = Document.objects.create(
        family=family,
        episode=episode,
        **vars(told),
        file_name=taken.name,
        media_type=taken.media_type,
        size=len(taken.contents),
        sha256=taken.sha256,
        sent_sha256=taken.sent_sha256,
        added_at=at,
        added_by=by,
        scan=scanned.verdict,
        scanned_at=at if scanned.verdict == Verdict.CLEAN else None,
        scan_found=scanned.found,
    )
    _keep_file(document, taken.contents)
    if episode:
        kind, what = _happening(document.kind), document.in_a_line
        record_event(kind=kind, episode=episode, record=document, at=at, summary=what, person=document.person)
    return document


@action(allowed=may_withdraw, events=TOLD)
def withdraw_document(*, document: Document, because: str, by: User, at: datetime) -> Document:
    """Say that a document should not be in the record, and why; it is kept and shows nothing. Raises `Refused`."""
    now = Document.objects.select_for_update(no_key=True, of=("self",)).select_related("episode", "person")
    found = now.get(pk=document.pk)
    require(TO_WITHDRAW, WithdrawalFacts(stands=found.withdrawn_at is None, because=because))
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_because = at, by, because
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    if found.episode:
        kind = _happening(found.kind)
        take_back_event(kind=kind, episode=found.episode, record=found, person=found.person)
    return found


@action(allowed=may_add)
def refuse_infected(*, family: Family, found: str, by: User, at: datetime) -> Family:
    """Keep that somebody sent a file in which a virus was found, which was not kept."""
    return family


@action(allowed=may_note_scan)
def note_scan(*, document: Document, scanned: Scanned, by: None, at: datetime) -> Document:
    """Note what the scanner said of a document that is kept (guard.note_scan), within the context of a scan.

    What it found something in is handed out no more, and told to its uploader, its family's lead and governance.
    """
    with connection.cursor() as cursor:
        cursor.execute("select guard.note_scan(%s, %s, %s, %s)", [document.pk, scanned.verdict, scanned.found, at])
    return document


@action(allowed=may_note_rescan)
def note_rescan(*, signatures: str, files: int, viruses: int, by: None, at: datetime) -> Rescan:
    """Note that recent files were scanned again, because the scanner knows more viruses."""
    return Rescan.objects.create(signatures=signatures, files=files, viruses=viruses, at=at)


@action(allowed=may_close_virus)
def close_virus_found(*, virus: VirusFound, done: str, by: User, at: datetime) -> VirusFound:
    """Say what was done about a virus, so that nobody is told of it any more. Raises `Refused` by `TO_CLOSE_VIRUS`."""
    found = VirusFound.objects.select_for_update(of=("self",)).get(pk=virus.pk)
    require(TO_CLOSE_VIRUS, VirusFacts(is_open=found.closed_at is None, done=done))
    found.done, found.closed_by, found.closed_at = done, by, at
    found.save(update_fields=["done", "closed_by", "closed_at"])
    return found


def _keep_file(document: Document, contents: bytes) -> None:
    """In binary, beside Django: written as text, a file takes several times its size of memory."""
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(KEPT, [document.pk, document.family_id, contents], prepare=False)


def _happening(kind: str) -> Happening:
    codes = code_list("document").codes
    return happening_of(codes[kind].group if kind in codes else "")


def _facts(family: Family, told: Told, taken: Taken, scanned: Scanned, at: datetime) -> DocumentFacts:
    codes = code_list("document").codes
    person = told.person
    return DocumentFacts(
        kind_is_known=told.kind in codes and codes[told.kind].in_force(day_of(at)),
        title=told.title,
        dated_on=told.dated_on,
        today=day_of(at),
        is_of_the_family=person is None or FamilyMember.objects.filter(family=family, person=person).exists(),
        bytes_kept=bytes_of_family(family.pk) + len(taken.contents),
        is_infected=scanned.verdict == Verdict.INFECTED,
    )
