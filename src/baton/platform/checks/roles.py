"""Database roles that could go round row security. Each finding says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# What the role is and what it could become: membership in a mightier role is might.
ASK = """
select current_user, me.rolsuper,
    exists (select from pg_roles r where r.rolbypassrls and not r.rolsuper and pg_has_role(me.oid, r.oid, 'MEMBER')),
    exists (select from pg_roles r where r.rolsuper and pg_has_role(me.oid, r.oid, 'MEMBER')),
    exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and pg_has_role(me.oid, c.relowner, 'MEMBER'))
from pg_roles me where me.rolname = current_user
"""


class Cursor(Protocol):
    def execute(self, query: str) -> Any: ...
    def fetchone(self) -> Sequence[Any] | None: ...


@dataclass(frozen=True)
class Might:
    """What a role of the database can do, itself or through a role it is a member of."""

    name: str
    is_superuser: bool
    bypasses_row_security: bool
    can_become_superuser: bool
    owns_tables: bool


def might_of(cursor: Cursor) -> Might:
    """Of the role that asks."""
    cursor.execute(ASK)
    return Might(*(cursor.fetchone() or ("", True, True, True, True)))


@register(Tags.database, deploy=True)
def the_roles_are_kept_apart(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            might = might_of(cursor)
        found += weaknesses_of_the_owner(might) if alias == "owner" else weaknesses_of_the_application(might)
    return found


def weaknesses_of_the_application(role: Might) -> list[CheckMessage]:
    """The application's role owns nothing and bypasses nothing."""
    if role.is_superuser or role.can_become_superuser:
        return [_no_superuser(role)]
    found: list[CheckMessage] = []
    if role.bypasses_row_security:
        advice = f"Run `alter role {role.name} nobypassrls` and take away its memberships: it sees every family."
        found.append(Error(advice, id="baton.E011"))
    if role.owns_tables:
        advice = f"Let DATABASE_URL name baton_app: {role.name} owns tables, so it could switch row security off."
        found.append(Error(advice, id="baton.E012"))
    return found


def weaknesses_of_the_owner(role: Might) -> list[CheckMessage]:
    """The owner migrates, and needs no more than that."""
    return [_no_superuser(role)] if role.is_superuser or role.can_become_superuser else []


def _no_superuser(role: Might) -> CheckMessage:
    advice = f"Connect as a role that neither is nor can become a superuser: {role.name} may do anything."
    return Error(advice, id="baton.E010")
