"""Who may do what with requests. Which requests somebody sees is PostgreSQL's to say."""

from baton.platform.models import User
from baton.platform.roles import Role


def may_ask(user: User | None, asked: object) -> bool:
    """Everybody may ask for help, with or without an account."""
    return True


def may_screen(user: User, request: object) -> bool:
    """Hub advisers take, screen and answer requests."""
    return user.has_role(Role.HUB_ADVISER)
