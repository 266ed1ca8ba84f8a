"""Who gives oversight, supervises and signs off."""

from baton.episodes.models import Episode
from baton.episodes.permissions import may_manage
from baton.platform.models import User
from baton.platform.roles import Role

__all__ = ["may_manage", "may_sign_off"]


def may_sign_off(user: User, episode: Episode) -> bool:
    """A senior manager of the service."""
    return user.has_role(Role.SERVICE_MANAGER)
