"""Keeping what stood in a record before somebody corrected it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from baton.episodes.models import Correction, Episode
from baton.episodes.policies import TO_CORRECT, CorrectionFacts
from baton.platform.models import User
from baton.platform.refusals import require


def note_correction(
    *,
    episode: Episode,
    record: models.Model,
    before: Mapping[str, str],
    after: Mapping[str, str],
    because: str,
    by: User,
    at: datetime,
) -> Correction | None:
    """Within an action, keep who corrects a record, when and why, and what stood there before.

    `before` and `after` are what the record says, in words, by the names of its fields. Saying something for the first
    time is no correction. Raises `Refused` by `TO_CORRECT`. None when nothing that stood was changed.
    """
    changed = {name: words for name, words in before.items() if words and after.get(name, "") != words}
    require(TO_CORRECT, CorrectionFacts(changes_what_stood=bool(changed), because=because))
    if not changed:
        return None
    return Correction.objects.create(
        episode=episode,
        family_id=episode.family_id,
        record=record._meta.db_table,
        record_id=record.pk,
        before=changed,
        because=because.strip(),
        by=by,
        at=at,
    )
