"""Who may add a document and withdraw one. Whose family it is, is PostgreSQL's to say."""

from baton.documents.models import Document, VirusFound
from baton.people.models import Family
from baton.platform.models import User
from baton.platform.roles import CASEWORKERS, Role


def may_add(user: User, family: Family) -> bool:
    """Those who work with families; row security says with which."""
    return user.has_role(*CASEWORKERS)


def may_withdraw(user: User, document: Document) -> bool:
    """Those who work with families; the document and the reason are kept."""
    return user.has_role(*CASEWORKERS)


def may_note_scan(user: User | None, document: Document) -> bool:
    """Nobody: the worker and an operator's command do, which have no person behind them."""
    return user is None


def may_note_rescan(user: User | None, signatures: str) -> bool:
    """Nobody: the worker does."""
    return user is None


def may_close_virus(user: User, virus: VirusFound) -> bool:
    """Information governance, who are told of each."""
    return user.has_role(Role.GOVERNANCE)
