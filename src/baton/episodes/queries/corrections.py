"""Reads of what was corrected in a record."""

from collections.abc import Sequence

from django.db import models

from baton.episodes.models import Correction

MOST_SHOWN = 50


def corrections_of(record: models.Model) -> Sequence[Correction]:
    """The corrections of a record, the last first. One query."""
    found = Correction.objects.filter(record=record._meta.db_table, record_id=record.pk).select_related("by")
    return list(found.order_by("-at", "-id")[:MOST_SHOWN])
