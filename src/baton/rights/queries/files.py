"""Reads of the files of documents that were gathered: what is known of each, what was decided, what was given."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from baton.rights.models import CopiedFile, FileDecision, Item

DOCUMENT = "documents_document"
INFECTED = "infected"


@dataclass(frozen=True)
class Gathered:
    """The file of a document that was gathered."""

    document_id: int
    family_id: int
    name: str
    size: int
    sha256: str
    scan: str
    is_withdrawn: bool

    @property
    def may_be_opened(self) -> bool:
        """Whether nothing was found in it."""
        return self.scan != INFECTED


def files_gathered(request_id: int) -> list[Gathered]:
    """Every file gathered for a request, in its order; none for anybody but information governance. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.rights_documents(%s)", [request_id])
        return [Gathered(*row) for row in cursor]


def file_decisions(request_id: int) -> dict[int, FileDecision]:
    """What was decided on files, by their document. One query."""
    found = FileDecision.objects.filter(request_id=request_id).select_related("decided_by")
    return {each.document_id: each for each in found}


def get_gathered(item: Item) -> Gathered:
    """The file of a row that was gathered; `Http404` where the row is no document. One query."""
    found = {each.document_id: each for each in files_gathered(item.request_id)} if item.table == DOCUMENT else {}
    if item.row_id not in found:
        raise Http404("There is no file.")
    return found[item.row_id]


def contents_for_rights(request_id: int, document_id: int) -> bytes:
    """The file itself; `Http404` where it may not be opened. One query."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.rights_file(%s, %s)", [request_id, document_id])
        found = cursor.fetchone()[0]
    if found is None:
        raise Http404("This file is not opened.")
    return bytes(found)


def copied_files(release_ids: list[int]) -> QuerySet[CopiedFile]:
    """What went with released copies, and what was withheld, in its order. One query."""
    return CopiedFile.objects.filter(release__in=release_ids).select_related("decided_by").order_by("pk")


def get_copied_file(copied_file_id: int) -> CopiedFile:
    """One file that went with a copy; `Http404` otherwise. One query."""
    return get_object_or_404(CopiedFile, pk=copied_file_id, is_given=True)
