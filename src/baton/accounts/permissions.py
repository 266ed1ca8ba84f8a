"""Who may look after accounts."""

from baton.accounts.models import Invitation
from baton.platform.models import Organisation, RoleHeld, User
from baton.platform.roles import Role


def may_look_after_accounts(user: User | None, subject: User | Organisation | RoleHeld) -> bool:
    """Administrators; and the operator's command, which has nobody behind it."""
    return user is None or user.has_role(Role.ADMINISTRATOR)


def is_the_operator(user: User | None, subject: object) -> bool:
    """The operator's command, which has nobody behind it."""
    return user is None


def is_whom_the_link_is_for(user: User | None, invitation: Invitation) -> bool:
    """Whoever holds the link: nobody is signed in yet, and the link itself was asked for."""
    return user is None


def is_oneself(user: User, subject: User) -> bool:
    """One's own account and nobody else's."""
    return user.pk == subject.pk


def is_oneself_or_at_the_door(user: User | None, subject: User) -> bool:
    """Whoever takes a step of signing in, when nobody is signed in yet; or shows again that it is they."""
    return user is None or is_oneself(user, subject)


def may_end_sessions(user: User, of: User) -> bool:
    """Everybody their own; administrators anybody's."""
    return user.pk == of.pk or user.has_role(Role.ADMINISTRATOR)
