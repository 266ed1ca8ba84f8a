"""Who may decide to share. Whose family it is, is PostgreSQL's to say."""

from baton.people.models import Family
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS


def may_share(user: User, family: Family) -> bool:
    """Those who work with families record what was decided, by themselves or by whom they asked."""
    return user.has_role(*CASEWORKERS)
