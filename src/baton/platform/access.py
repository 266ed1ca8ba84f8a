"""Every opening of a family's record leaves an entry: who, as what, which family, what, when."""

from datetime import datetime

from baton.platform.models import AccessEntry, User


def note_look(*, family_id: int, what: str, by: User, at: datetime) -> None:
    """Note that somebody opened a page, print or export of a family's record. `what` names the page: "family page"."""
    roles = sorted({role for role, _ in by.held})
    AccessEntry.objects.create(at=at, by=by, roles=roles, family_id=family_id, what=what)
