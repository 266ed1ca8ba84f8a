"""The demonstration's password has no place beside real people."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import Count, Q

from baton.demonstration.staffing import PASSWORD
from baton.platform.database import as_owner
from baton.platform.models import User

# The demonstration gives everybody one hash, and addresses that lead nowhere; nobody else has either.
SUSPECT = Q(alike__gt=1) | Q(theirs__gt=0)


@register(Tags.database, deploy=True)
def nobody_has_the_password_of_the_demonstration(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    if "default" not in (databases or ()):
        return []
    with as_owner():
        alike = Count("pk")
        theirs = Count("pk", filter=Q(email__endswith="@example.org"))
        hashes = User.objects.order_by("password").values("password").annotate(alike=alike, theirs=theirs)
        suspect = hashes.filter(SUSPECT)
        known = [each["alike"] for each in suspect if check_password(PASSWORD, each["password"])]
    if not known:
        return []
    advice = "Use an empty database, or close these accounts and make their passwords anew"
    return [Error(f"{advice}: {sum(known)} have the demonstration's password.", id="baton.E013")]
