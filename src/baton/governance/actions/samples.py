"""Giving an auditor a family to read, and taking it back."""

from datetime import datetime

from baton.governance.models import Sample
from baton.governance.permissions import may_sample
from baton.platform.actions import action
from baton.platform.models import User


@action(allowed=may_sample)
def open_sample(*, family_id: int, auditor: User, audit: str, by: User, at: datetime) -> Sample:
    """Let an auditor read a family while the audit is open."""
    return Sample.objects.create(family_id=family_id, auditor=auditor, audit=audit, opened_by=by, opened_at=at)


@action(allowed=may_sample)
def close_sample(*, sample: Sample, by: User, at: datetime) -> Sample:
    """The audit of this family is over."""
    sample.closed_by, sample.closed_at = by, at
    sample.save(update_fields=["closed_by", "closed_at"])
    return sample
