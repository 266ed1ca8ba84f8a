"""Opening a family in an emergency, and looking at that afterwards."""

from datetime import date, datetime

from django.db import connection

from baton.governance.models import Emergency
from baton.governance.permissions import may_open_in_emergency, may_review
from baton.governance.policies import TO_JUDGE, ReviewFacts
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require

NOBODY = "No one family fits this name and date of birth. Ring the hub, or social care if a child is in danger."


@action(allowed=may_open_in_emergency)
def open_in_emergency(
    *, given_name: str, family_name: str, born: date, reason: str, by: User, at: datetime
) -> Emergency:
    """Open the one family that fits, for three hours (guard.open_in_emergency).

    Raises `Refused` where none fits, where several do, and where the family is restricted: nothing tells these apart.
    """
    with connection.cursor() as cursor:
        cursor.execute("select guard.open_in_emergency(%s, %s, %s, %s)", [given_name, family_name, born, reason])
        (family_id,) = cursor.fetchone()
    if family_id is None:
        raise Refused(NOBODY)
    return Emergency.objects.filter(family=family_id, user=by).latest("id")


@action(allowed=may_review)
def review_emergency(*, emergency: Emergency, judgement: str, review: str, by: User, at: datetime) -> Emergency:
    """Say whether it was justified, and what came of looking at it: a manager of the family, information governance.

    Raises `Refused` by `TO_JUDGE`.
    """
    emergency = Emergency.objects.select_for_update(of=("self",)).get(pk=emergency.pk)
    require(TO_JUDGE, ReviewFacts(words=review, is_reviewed_already=emergency.reviewed_at is not None))
    emergency.judgement, emergency.review = judgement, review
    emergency.reviewed_by, emergency.reviewed_at = by, at
    emergency.save(update_fields=["reviewed_by", "reviewed_at", "judgement", "review"])
    return emergency
