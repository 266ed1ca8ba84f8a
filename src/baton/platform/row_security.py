"""Migration operations that switch row security on for a table, and the policies tables choose from."""

from django.db.migrations import RunSQL

# Tables that hold nothing about a family, a child or a parent; every other table needs a policy (a house test looks).
WITHOUT_POLICY = frozenset(
    {
        "platform_organisation",
        "platform_locality",
        "platform_team",
        "platform_user",
        "platform_roleheld",
        "platform_ratecount",
        "platform_session",
        "accounts_invitation",
    }
)

TEAM_OR_LEAD = """(team_id = any((select guard.team_ids())::bigint[])
    or {family} = any((select guard.family_ids())::bigint[]))"""

FAMILY_IS_HELD = """exists (select 1 from people_family held where held.id = {table}.family_id
    and (held.team_id = any((select guard.team_ids())::bigint[])
         or held.id = any((select guard.family_ids())::bigint[])))"""

HUB = "(select guard.has_role('hub_adviser'))"
OWN = "holder = (select guard.holder())"


def policy(table: str, *, name: str, using: str, check: str | None = None, command: str = "all") -> RunSQL:
    """One permissive policy on a table; several add up. `check` is what may be written, `using` if not given."""
    writes = "" if command == "select" else f" with check ({check or using})"
    reads = "" if command == "insert" else f" using ({using})"
    return RunSQL(
        f"alter table {table} enable row level security;create policy {name} on {table} for {command}{reads}{writes};",
        f"drop policy {name} on {table};",
    )


def seen_with_the_family(table: str) -> RunSQL:
    """The usual policy of casework: a row with `family_id` is seen by those who hold the family."""
    return policy(table, name="family_is_held", using=FAMILY_IS_HELD.format(table=table))


def only_inserted(table: str) -> RunSQL:
    """Take the right to change or remove rows away from the application."""
    return RunSQL(f"revoke update, delete, truncate on {table} from public, baton_app;", RunSQL.noop)
