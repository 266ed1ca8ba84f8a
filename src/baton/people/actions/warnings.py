"""Giving a warning, looking at it again, ending it."""

from dataclasses import dataclass
from datetime import date, datetime

from baton.people.models import Family, FamilyWarning, Person, WarningReview
from baton.people.permissions import may_change_warning, may_warn
from baton.people.policies.warnings import TO_GIVE, WarningFacts, it_has_not_ended
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import day_of


@dataclass(frozen=True)
class Warned:
    """What a warning says: what to do, why, whether the person was told and how or why not, when to look again."""

    kind: str
    text: str
    reason: str
    told: bool
    told_note: str
    review_on: date


@action(allowed=may_warn)
def give_warning(
    *, family: Family, warned: Warned, person: Person | None = None, by: User, at: datetime
) -> FamilyWarning:
    """Give a warning about a family, or one person in it. Raises `Refused` when a policy of `TO_GIVE` is not met."""
    require(TO_GIVE, WarningFacts(warned.review_on, day_of(at)))
    return FamilyWarning.objects.create(
        family=family,
        person=person,
        kind=warned.kind,
        text=warned.text,
        reason=warned.reason,
        told=warned.told,
        told_note=warned.told_note,
        review_on=warned.review_on,
        made_at=at,
        made_by=by,
    )


@action(allowed=may_change_warning)
def review_warning(
    *, warning: FamilyWarning, found: str, next_on: date, version: int, by: User, at: datetime
) -> WarningReview:
    """Look at a warning again and keep it. Raises `Refused`, and `EditedMeanwhile` when somebody did so just now."""
    now = _locked(warning, version)
    require(TO_GIVE, WarningFacts(next_on, day_of(at), has_ended=now.ended_at is not None))
    now.review_on = next_on
    now.version += 1
    now.save(update_fields=["review_on", "version"])
    return WarningReview.objects.create(
        warning=now, family_id=now.family_id, at=at, by=by, found=found, next_on=next_on
    )


@action(allowed=may_change_warning)
def end_warning(*, warning: FamilyWarning, because: str, version: int, by: User, at: datetime) -> FamilyWarning:
    """End a warning, with the reason. Raises `Refused`, and `EditedMeanwhile` when somebody changed it just now."""
    now = _locked(warning, version)
    require((it_has_not_ended,), WarningFacts(now.review_on, day_of(at), has_ended=now.ended_at is not None))
    now.ended_at, now.ended_by, now.ended_because = at, by, because
    now.version += 1
    now.save()
    return now


def _locked(warning: FamilyWarning, version: int) -> FamilyWarning:
    now = FamilyWarning.objects.select_for_update(of=("self",), no_key=True).get(pk=warning.pk)
    if now.version != version:
        raise EditedMeanwhile({}, version=now.version, by="Somebody else")
    return now
