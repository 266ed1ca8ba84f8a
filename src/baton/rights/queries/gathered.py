"""Reads of what was gathered for a request, what is to be decided, and what was released."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from baton.rights.models import FileDecision, Item, Mark, Release
from baton.rights.policies.redaction import hide

UNDECIDED = Q(state=Mark.State.UNDECIDED)


def items_of(request_id: int, *, undecided: bool = False) -> QuerySet[Item]:
    """What was gathered, in its order, with its marks; only what is to be decided, if asked. Two queries a page."""
    found = Item.objects.filter(request_id=request_id).prefetch_related("marks__decided_by")
    if undecided:
        found = found.filter(marks__state=Mark.State.UNDECIDED).distinct()
    return found.order_by("position")


def documents_of(request_id: int) -> list[Item]:
    """The documents that were gathered, in their order, with their marks. Two queries."""
    return list(_documents(request_id).prefetch_related("marks"))


def documents_to_decide(request_id: int) -> QuerySet[Item]:
    """The documents whose file nobody decided on and whose row is not hidden, in their order. One query."""
    decided = FileDecision.objects.filter(request_id=request_id, document=OuterRef("row_id"))
    hidden = Mark.objects.filter(item=OuterRef("pk"), is_whole=True, state=Mark.State.HIDDEN)
    return _documents(request_id).exclude(Exists(decided)).exclude(Exists(hidden))


def _documents(request_id: int) -> QuerySet[Item]:
    return Item.objects.filter(request_id=request_id, table="documents_document").order_by("position")


def count_items(request_id: int) -> int:
    """How much was gathered. One query."""
    return Item.objects.filter(request_id=request_id).count()


def marks_by_state(request_id: int) -> dict[str, int]:
    """How many marks are decided how. One query."""
    found = Mark.objects.filter(request_id=request_id).values_list("state").annotate(Count("pk"))
    return dict(found.values_list("state", "pk__count"))


def people_marked(request_id: int) -> list[dict[str, Any]]:
    """Everybody else who is named, with how often and how much is to be decided. One query."""
    found = Mark.objects.filter(request_id=request_id).exclude(name="").values("name")
    counted = found.annotate(marks=Count("pk"), undecided=Count("pk", filter=UNDECIDED))
    return [dict(each) for each in counted.order_by("name")]


def get_item(item_id: int) -> Item:
    """Something that was gathered, with its request and marks; `Http404` otherwise. Three queries."""
    found = Item.objects.select_related("request").prefetch_related("marks__decided_by")
    return get_object_or_404(found, pk=item_id)


def get_mark(mark_id: int) -> Mark:
    """Something to be decided, with where it stands and what else is marked; `Http404` otherwise. Three queries."""
    found = Mark.objects.select_related("item", "request").prefetch_related("item__marks__decided_by")
    return get_object_or_404(found, pk=mark_id)


def releases_of(request_id: int) -> QuerySet[Release]:
    """The copies released for a request, without their content, the newest first. One query."""
    found = Release.objects.filter(request_id=request_id).defer("html", "pdf", "json")
    return found.select_related("made_by").order_by("-made_at", "-pk")


def get_release(release_id: int) -> Release:
    """One copy with its content; `Http404` otherwise. One query."""
    return get_object_or_404(Release, pk=release_id)


def hidden_by(item: Item) -> Mark | None:
    """The mark that hides the whole item, if one does. No query where marks were read with it."""
    return next((m for m in item.marks.all() if m.is_whole and m.state == Mark.State.HIDDEN), None)


def lines_left(item: Item) -> list[list[str]]:
    """What is left of an item: its lines with everything hidden that is to be."""
    lines = [list(line) for line in item.lines]
    for mark in item.marks.all():
        if mark.state == Mark.State.HIDDEN and not mark.is_whole:
            instead = f"[hidden: {mark.get_reason_display().lower()}]"
            lines = [[label, hide(text, mark.passages, instead=instead)] for label, text in lines]
    return lines
