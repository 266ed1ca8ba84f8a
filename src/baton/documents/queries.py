"""Reads of documents. What they hold is read only to hand it out or to scan it."""

from collections.abc import Iterator

from django.db.models import QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from baton.documents.models import Contents, Document
from baton.episodes.models import Episode
from baton.episodes.queries.episodes import IS_HELD
from baton.people.models import FamilyMember


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
    """What a document holds. One query."""
    return bytes(Contents.objects.values_list("file", flat=True).get(document=document))


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


def to_scan(*, everything: bool = False) -> Iterator[Document]:
    """Documents nobody has scanned yet, the oldest first; or all. For the operator's command."""
    found = Document.objects.order_by("pk")
    if not everything:
        found = found.filter(scan__in=(Document.Scan.NOT_SCANNED, Document.Scan.WAITING))
    return found.iterator(chunk_size=100)
