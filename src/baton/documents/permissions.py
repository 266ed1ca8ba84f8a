"""Who may add a document and withdraw one. Whose family it is, is PostgreSQL's to say."""

from baton.documents.models import Document
from baton.people.models import Family
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS


def may_add(user: User, family: Family) -> bool:
    """Those who work with families; row security says with which."""
    return user.has_role(*CASEWORKERS)


def may_withdraw(user: User, document: Document) -> bool:
    """Those who work with families; the document and the reason are kept."""
    return user.has_role(*CASEWORKERS)


def may_note_scan(user: User | None, document: Document) -> bool:
    """Nobody: an operator's command does, which has no person behind it."""
    return user is None
