"""Giving an auditor families to read, and taking them back."""

from datetime import datetime

from baton.governance.models import Audit, Sample
from baton.governance.permissions import may_sample
from baton.governance.policies import TO_SAMPLE, SampleFacts
from baton.governance.queries.audits import Pool, draw
from baton.people.models import Family
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require

NONE_TO_DRAW = "There is no family to draw from. Choose other teams, or no number."


@action(allowed=may_sample)
def make_audit(
    *, title: str, question: str, auditor: User, seed: int, pool: Pool, number: int, by: User, at: datetime
) -> Audit:
    """Begin an audit with `number` families drawn from a pool by the seed; none, where families are chosen one by one.

    Raises `Refused` where the pool is empty.
    """
    drawn = draw(pool, number=number, seed=seed, auditor=auditor, at=at)
    if number and not drawn.family_ids:
        raise Refused(NONE_TO_DRAW)
    audit = Audit.objects.create(
        title=title, question=question, auditor=auditor, seed=seed, drawn_from=drawn.pool_size, made_by=by, made_at=at
    )
    for family_id in drawn.family_ids:
        open_sample(family_id=family_id, audit=audit, is_drawn=True, by=by, at=at)
    return audit


@action(allowed=may_sample)
def open_sample(*, family_id: int, audit: Audit, is_drawn: bool = False, by: User, at: datetime) -> Sample:
    """Let the audit's auditor read a family while the audit is open. Raises `Refused` by `TO_SAMPLE`."""
    audit = Audit.objects.select_for_update(of=("self",)).select_related("auditor").get(pk=audit.pk)
    mine = Sample.objects.filter(family_id=family_id, auditor=audit.auditor, closed_at__isnull=True)
    facts = SampleFacts(
        audit_is_open=audit.closed_at is None,
        there_is_such_a_family=Family.objects.filter(pk=family_id).exists(),
        is_sampled_already=mine.exists(),
    )
    require(TO_SAMPLE, facts)
    return Sample.objects.create(
        family_id=family_id, auditor=audit.auditor, audit=audit, is_drawn=is_drawn, opened_by=by, opened_at=at
    )


@action(allowed=may_sample)
def close_sample(*, sample: Sample, by: User, at: datetime) -> Sample:
    """The auditor reads this family no more."""
    sample.closed_by, sample.closed_at = by, at
    sample.save(update_fields=["closed_by", "closed_at"])
    return sample


@action(allowed=may_sample)
def close_audit(*, audit: Audit, by: User, at: datetime) -> Audit:
    """The audit is over: its auditor reads none of its families any more."""
    audit = Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    require(TO_SAMPLE[:1], SampleFacts(audit.closed_at is None, True, False))
    for sample in Sample.objects.filter(audit=audit, closed_at__isnull=True):
        close_sample(sample=sample, by=by, at=at)
    audit.closed_by, audit.closed_at = by, at
    audit.save(update_fields=["closed_by", "closed_at"])
    return audit
