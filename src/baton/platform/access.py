"""Every opening of a family's record leaves an entry: who, as what, which family, what, when."""

from datetime import datetime

from baton.platform.models import AccessEntry, User


def note_look(*, family_id: int | None, what: str, by: User, at: datetime, why: str = "") -> None:
    """Note that somebody opened a page, print or export of a family's record. `what` names the page: "family page".

    `why` is what they said when they were asked. A search is a look at no family in particular: `family_id` is None.
    """
    roles = sorted({role for role, _ in by.held})
    AccessEntry.objects.create(at=at, by=by, roles=roles, family_id=family_id, what=what, why=why)
