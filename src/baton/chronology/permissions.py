"""Who may write in a chronology and copy it."""

from baton.chronology.models import Entry
from baton.people.models import Family
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS


def may_write(user: User, family: Family) -> bool:
    """Those who work with families; row security says with which."""
    return user.has_role(*CASEWORKERS)


def may_correct(user: User, entry: Entry) -> bool:
    """Those who work with families; what stood before is kept, and who changed it."""
    return user.has_role(*CASEWORKERS)
