"""Reads of how help ends, and of what a record still lacks."""

from collections.abc import Collection

from django.db.models import QuerySet

from baton.episodes.models import Episode, Event
from baton.episodes.queries.stories import framework_of
from baton.plans.models import Closure
from baton.plans.policies.closure import records_missing
from baton.practice.frameworks import RequiredRecord
from baton.practice.happenings import Happening

OF_CLOSING = (Happening.CLOSURE_DECIDED, Happening.CLOSURE_SUMMARY_RECORDED, Happening.CLOSED)


def closures_to_decide() -> QuerySet[Closure]:
    """The proposals that wait for a manager, the oldest first, of the families the asker holds."""
    waiting = Closure.objects.filter(closed_at__isnull=True, returned_because="", episode__state=Episode.State.OPEN)
    return waiting.select_related("episode", "family", "proposed_by").order_by("proposed_at", "id")


def closure_of(episode: Episode) -> Closure | None:
    """How help ended, or is proposed to end; None before anybody proposed it. One query."""
    people = ("proposed_by", "returned_by", "closed_by")
    return Closure.objects.filter(episode=episode).select_related(*people).first()


def missing_records(episode: Episode, *, counting: Collection[str] = ()) -> tuple[RequiredRecord, ...]:
    """The records the framework asks of every case that no event shows yet. One query.

    `counting` are kinds that count as there, as `OF_CLOSING` while the closure itself is being recorded.
    """
    kinds = Event.objects.filter(episode=episode).values_list("kind", flat=True).distinct()
    return records_missing(framework_of(episode).records, {*kinds, *counting})
