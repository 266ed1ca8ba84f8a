"""Fills the database of `make demo` once, whole or not at all."""

import psycopg

from baton.cluster.backups import connection_words
from baton.cluster.connection import OWNER, database_name, embedded, place, uses_embedded_cluster
from baton.cluster.databases import drop_database, note_on, prepare, set_note
from baton.cluster.home import Home, home_in, var_folder
from baton.cluster.supervision import Supervisor
from baton.command.programs import baton, finish
from baton.command.progress import say, step
from baton.command.refusal import Refusal

LOADING, LOADED = "Baton demo place: being loaded", "Baton demo place: loaded"


def load_when_empty(families: int | None, supervisor: Supervisor) -> None:
    """Load the demo place unless it is there. One left half loaded is thrown away and loaded anew."""
    if not uses_embedded_cluster():
        raise Refusal("The demo place is for the embedded database: unset DATABASE_URL, or leave --demo away.")
    home, database = home_in(var_folder()), database_name()
    if note_on(home, database) == LOADED or supervisor.asked_to_stop:
        return
    if note_on(home, database) == LOADING:
        say("The demo place was left half loaded: starting it anew")
        drop_database(home, database)
        prepare(home, database)
        finish(baton("db", "migrate"), supervisor)
    elif _has_people(home, database):
        say(f"{database} has people in it already: nothing is added")
        return
    set_note(home, database, LOADING)
    with step(f"Demo place {place()}"):
        finish(baton("demo", "load", *(["--families", str(families)] if families else [])), supervisor)
    if not supervisor.asked_to_stop:
        set_note(home, database, LOADED)


def _has_people(home: Home, database: str) -> bool:
    with psycopg.connect(**connection_words(embedded(home, OWNER, database))) as connection:
        found = connection.execute("select exists (select from platform_user)").fetchone()
    return bool(found and found[0])
