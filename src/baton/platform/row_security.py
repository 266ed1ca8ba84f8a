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
        "documents_rescan",
    }
)

# Tables whose changes nobody needs to read later, and why; every other one keeps its history (a house test looks).
WITHOUT_HISTORY = {
    "platform_auditentry": "is itself what happened, and never changes",
    "platform_accessentry": "is itself what happened, and never changes",
    "platform_change": "is the history",
    "platform_seal": "is a hash over what happened, and never changes",
    "platform_draft": "is half a thought of one person, gone once it is a record",
    "platform_submission": "is the key of a form that was sent, gone after a month",
    "platform_ratecount": "counts, and names nobody",
    "platform_session": "is a browser that is signed in, gone when it is not",
    "episodes_deadline": "is a cache: what it says follows from events, and those keep theirs",
    "matching_searchedperson": "follows from persons, and those keep theirs",
    "matching_searchedname": "follows from persons, and those keep theirs",
    "matching_searchedkey": "follows from persons, and those keep theirs",
    "rights_item": "is a copy of what records say, made anew each time they are gathered; those keep theirs",
    "documents_contents": "is the file itself, only inserted; the document says its SHA-256, and keeps its history",
    "documents_rescan": "is itself what was scanned again when, in numbers",
    "importing_run": "is itself what was brought when, in numbers",
    "importing_batch": "is itself what a run wrote, by transaction",
    "importing_staged": "is a row of an extract on its way, gone when it is in",
    "importing_reportline": "is a line of a run's report, without anybody's values, and never changes",
    "importing_sourcerecord": "says where a record came from; the records keep theirs",
    "matching_moved": "is itself what a merge did; the tables it moved rows of keep theirs",
}

TEAM_OR_LEAD = """(team_id = any((select guard.team_ids())::bigint[])
    or {family} = any((select guard.family_ids())::bigint[]))"""

FAMILY_IS_HELD = """exists (select 1 from people_family held where held.id = {table}.family_id
    and (held.team_id = any((select guard.team_ids())::bigint[])
         or held.id = any((select guard.family_ids())::bigint[])))"""

# Before governance/need_to_know.sql there are no readers; the migration that brings it takes the tables there are.
ONLY_WRITERS = """do $$ begin
    if to_regproc('guard.let_only_writers_write') is not null then
        perform guard.let_only_writers_write('{table}');
    end if;
end $$;"""

HUB = "(select guard.has_role('hub_adviser'))"
GOVERNANCE = "(select guard.has_role('governance'))"
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
    """The usual policy of casework: a row with `family_id` is seen by those who hold the family; readers write none."""
    held = policy(table, name="family_is_held", using=FAMILY_IS_HELD.format(table=table))
    return RunSQL(f"{held.sql}{ONLY_WRITERS.format(table=table)}", held.reverse_sql)


def keep_history(table: str, *, family: str = "family_id", person: str = "", unsaid: str = "") -> RunSQL:
    """Note each row that is added, changed or removed, whoever does it (platform/history.sql).

    `family` is the column that says which family it is about; where there is none, `person` the one that says whose
    first family. `unsaid` are columns whose content nobody should keep: "password,last_login".
    """
    said = f"'{family}', '{person}', '{{{unsaid}}}'"
    return RunSQL(
        f"""
create trigger history_added after insert on {table} referencing new table as new_rows
    for each statement execute function guard.note_added({said});
create trigger history_changed after update on {table} referencing old table as old_rows new table as new_rows
    for each statement execute function guard.note_changed({said});
create trigger history_removed after delete on {table} referencing old table as old_rows
    for each statement execute function guard.note_removed({said});
""",
        "".join(f"drop trigger history_{kind} on {table};" for kind in ("added", "changed", "removed")),
    )


def only_inserted(table: str) -> RunSQL:
    """Take the right to change or remove rows away from the application."""
    return RunSQL(f"revoke update, delete, truncate on {table} from public, baton_app;", RunSQL.noop)
