"""Closing what the misuse watch found; and telling of oneself, so that it can see."""

from datetime import date, datetime

from baton.governance.models import Alert, OwnDetails
from baton.governance.permissions import may_close_alert, may_tell_of_oneself
from baton.governance.policies import TO_JUDGE, ReviewFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require


@action(allowed=may_close_alert)
def close_alert(*, alert: Alert, outcome: str, words: str, by: User, at: datetime) -> Alert:
    """Say what came of looking into it. Raises `Refused` by `TO_JUDGE`."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
    require(TO_JUDGE, ReviewFacts(words=words, is_reviewed_already=alert.closed_at is not None))
    alert.outcome, alert.words, alert.closed_by, alert.closed_at = outcome, words, by, at
    alert.save(update_fields=["outcome", "words", "closed_by", "closed_at"])
    return alert


@action(allowed=may_tell_of_oneself)
def tell_own_details(*, user: User, date_of_birth: date | None, postcode: str, by: User, at: datetime) -> OwnDetails:
    """Keep what somebody tells of themselves; only the watch reads it."""
    told = {"date_of_birth": date_of_birth, "postcode": postcode.strip().upper(), "said_at": at}
    return OwnDetails.objects.update_or_create(user=user, defaults=told)[0]
