"""Who may look at records that may be of one person, and make them one."""

from baton.platform.models import User
from baton.platform.roles import MANAGERS, Role

JOINERS = frozenset({Role.HUB_ADVISER, *MANAGERS})


def may_decide(user: User, subject: object) -> bool:
    """The hub, and managers; of which people, row security and the functions of the owner say."""
    return user.has_role(*JOINERS)


def may_suggest(user: User | None, subject: object) -> bool:
    """The nightly sweep, which is nobody, and those who may decide."""
    return user is None or may_decide(user, subject)
