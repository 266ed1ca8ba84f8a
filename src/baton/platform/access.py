"""Every opening of a family's record leaves an entry: who, as what, which family, what, when."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from baton.platform.models import User

# Written out, because every page that opens a family waits for it.
NOTED = "insert into platform_accessentry (at, by_id, roles, family_id, what, why) values (%s, %s, %s, %s, %s, %s)"
NOTED_OF_MANY = (
    "insert into platform_accessentry (at, by_id, roles, family_id, what, why)"
    " select %s, %s, %s, family, %s, '' from unnest(%s::bigint[]) as family"
)


def note_look(*, family_id: int | None, what: str, by: User, at: datetime, why: str = "") -> None:
    """Note that somebody opened a page, print or export of a family's record. `what` names the page: "family page".

    `why` is what they said when they were asked. A search is a look at no family in particular: `family_id` is None.
    """
    roles = sorted({role.value for role, _ in by.held})
    with connection.cursor() as cursor:
        cursor.execute(NOTED, [at, by.pk, roles, family_id, what, why])


def note_looks(*, families: Iterable[int], what: str, by: User, at: datetime) -> None:
    """Note a look at each family of whom a page shows somebody, as somebody who may be meant does. One statement."""
    shown = sorted(set(families))
    if not shown:
        return
    roles = sorted({role.value for role, _ in by.held})
    with connection.cursor() as cursor:
        cursor.execute(NOTED_OF_MANY, [at, by.pk, roles, what, shown])
