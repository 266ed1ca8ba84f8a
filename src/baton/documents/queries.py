"""Reads of documents. What they hold is read only to hand it out or to scan it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.db.models import BooleanField, Func, Max, Q, QuerySet, Sum, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from psycopg import Cursor

from baton.documents.models import Contents, Document, Rescan, VirusFound
from baton.episodes.models import Allocation, Episode
from baton.episodes.queries.episodes import IS_HELD
from baton.people.models import FamilyMember
from baton.platform.models import AccessEntry
from baton.platform.roles import Role

# PostgreSQL fetches no more of a file than is asked for: what is stored is not compressed.
PIECE = "select substring(file from %s for %s) from documents_contents where document_id = %s"

GOVERNS = Q(Func(Value(Role.GOVERNANCE.value), function="guard.has_role", output_field=BooleanField()))


def documents_of(family_id: int, *, kind: str = "") -> QuerySet[Document]:
    """A family's documents, the newest first, withdrawn ones too; of one kind, if asked. One query."""
    found = Document.objects.filter(family_id=family_id).select_related("person", "added_by")
    return (found.filter(kind=kind) if kind else found).order_by("-added_at", "-pk")


def kinds_of(family_id: int) -> list[str]:
    """The kinds of which a family has documents. One query."""
    return sorted(Document.objects.filter(family_id=family_id).values_list("kind", flat=True).distinct())


def get_document(document_id: int) -> Document:
    """A document with its family, if the asker holds that; `Http404` otherwise. One query."""
    found = Document.objects.filter(IS_HELD)
    found = found.select_related("family__team", "person", "added_by__organisation", "withdrawn_by")
    return get_object_or_404(found, pk=document_id)


def get_standing(document_id: int) -> Document:
    """A document that may be handed out: not withdrawn, and nothing was found in it; `Http404` otherwise. One query."""
    found = get_document(document_id)
    if found.withdrawn_at or not found.may_be_handed_out:
        raise Http404("This document is not handed out.")
    return found


def contents_of(document: Document) -> bytes:
    """What a document holds, whole. One query."""
    return bytes(Contents.objects.values_list("file", flat=True).get(document=document))


def piece_of(document_id: int, *, begins: int, size: int) -> bytes:
    """So many bytes of what a document holds, for whoever holds its family; nothing behind its end. One query."""
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(PIECE, [begins + 1, size, document_id], binary=True, prepare=False)
        row = cursor.fetchone()
        return bytes(row[0]) if row else b""


def bytes_of_family(family_id: int) -> int:
    """How much room a family's documents take, in bytes. One query."""
    kept: int | None = Document.objects.filter(family_id=family_id).aggregate(kept=Sum("size"))["kept"]
    return kept or 0


def open_episode_of(family_id: int) -> Episode | None:
    """The family's episode that is open now; nothing between episodes. One query."""
    return Episode.objects.filter(family_id=family_id, ended_at__isnull=True).first()


def members_ever(family_id: int) -> QuerySet[FamilyMember]:
    """Everybody who is or was in the family, each once. One query."""
    found = FamilyMember.objects.filter(family_id=family_id).select_related("person")
    return found.order_by("person_id", "-from_on").distinct("person_id")


def every_document() -> Iterator[Document]:
    """Every document, the oldest first. For the operator's command."""
    return Document.objects.order_by("pk").iterator(chunk_size=100)


def open_scan() -> None:
    """Open, for this transaction, the context in which files are read to be scanned, and nothing else is."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.open_scan()")


def documents_to_scan(*, after: int, since: datetime | None, most: int) -> list[Document]:
    """So many documents behind an id (guard.documents_to_scan), with family and scan and nothing more. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select id, family_id, scan from guard.documents_to_scan(%s, %s, %s)", [after, since, most])
        return [Document(id=each, family_id=family, scan=scan) for each, family, scan in cursor.fetchall()]


def file_to_scan(document_id: int) -> bytes:
    """What a document holds, within a scan. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.file_to_scan(%s)", [document_id])
        return bytes(cursor.fetchone()[0])


def signatures_of_last_rescan() -> str:
    """What the scanner knew when recent files were last scanned again; empty where they never were. One query."""
    last = Rescan.objects.order_by("-pk").values_list("signatures", flat=True)[:1]
    return next(iter(last), "")


def viruses_told_to(asker_id: int) -> QuerySet[VirusFound]:
    """What is told to somebody: to information governance all; to others viruses in files they added or of families
    they lead. What nobody has dealt with comes first. One query.
    """
    leads = Allocation.objects.filter(practitioner=asker_id, until_at__isnull=True).values("family_id")
    told = GOVERNS | Q(uploader=asker_id) | Q(family_id__in=leads)
    found = VirusFound.objects.filter(told).select_related("uploader__organisation", "closed_by")
    return found.order_by("-closed_at", "-found_at", "-pk")


def get_open_virus(virus_id: int) -> VirusFound:
    """A virus with which nobody has dealt, if the asker may see it; `Http404` otherwise. One query."""
    found = VirusFound.objects.filter(closed_at__isnull=True).select_related("uploader__organisation")
    return get_object_or_404(found, pk=virus_id)


def downloaded_by(virus: VirusFound) -> list[tuple[str, datetime]]:
    """Who downloaded the file, and when last: they may have the virus. One query."""
    looks = AccessEntry.objects.filter(family_id=virus.family_id, what=what_is_noted(virus.document_id))
    people = looks.values_list("by__given_name", "by__family_name").annotate(last=Max("at")).order_by("-last")
    return [(f"{given} {family}", last) for given, family, last in people]


def what_is_noted(document_id: int) -> str:
    """How the download of a document's file is named among looks."""
    return f"file of document {document_id}"
