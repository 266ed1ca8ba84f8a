"""An extract of many rows brought in, beside the rows it became copied by hand into another database.

By hand means: `copy` straight into the same tables, with their indexes, checks and history, of rows that need no
reading, no checking and no ids: what it costs PostgreSQL alone to keep the same facts. It is part of `make bench`;
`python -m bench --only-import --import-rows N` runs it alone.
"""

import csv
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import django
import psycopg
from django.core.management import call_command
from django.db import connections

from baton.cluster import background
from baton.cluster.backups import connection_words
from baton.cluster.connection import database_settings
from baton.cluster.databases import drop_database, prepare
from baton.cluster.home import home_in, var_folder

DATABASE = "baton_bench"
SEED, TODAY = 20261122, date(2026, 11, 22)
BUDGET = 15 * 60 / 1_000_000  # seconds a row
TIMES_BY_HAND = 4.5
FIRST = ("Merryn", "Jago", "Demelza", "Perran", "Zennor", "Ebrel", "Kerensa", "Piran", "Tamsin", "Elowen", "Jory")
LAST = ("Testcombe", "Elseby", "Newby", "Otherton", "Harrowick", "Pendle", "Larkin", "Marsh", "Quill", "Stoneham")
BEFORE = ("platform_organisation", "platform_locality", "platform_team", "platform_user", "platform_roleheld")
TABLES = (
    "importing_run", "people_family", "people_person", "people_personname", "people_address", "people_residence",
    "people_contactpoint", "people_setting", "people_familymember", "relationships_relationship",
    "requests_helprequest", "requests_requestperson", "episodes_episode", "episodes_allocation", "episodes_event",
    "episodes_deadline",
    "importing_sourcerecord", "matching_searchedperson", "matching_searchedname", "matching_searchedkey",
)  # fmt: skip
SHEETS = {
    "people": ("ID", "First", "Last", "Born", "Sex", "Ethnic", "Address", "Postcode", "School", "Phone", "Family"),
    "ties": ("Who", "Whose", "Is"),
    "contacts": ("ID", "Person", "Day", "Outcome", "From"),
    "episodes": ("ID", "Person", "Start", "End", "EndWhy"),
    "happened": ("ID", "Episode", "What", "Day"),
}
MAPPING = """title: Benchmark
source: bench
team: Bench team
sheets:
  - sheet: people
    makes: people
    columns: {id: ID, given_name: First, family_name: Last, date_of_birth: Born, sex: Sex, ethnicity: Ethnic,
              address: Address, postcode: Postcode, school: School, phone: Phone, family: Family}
  - {sheet: ties, makes: relationships, columns: {person: Who, relative: Whose, kind: Is}}
  - {sheet: contacts, makes: requests,
     columns: {id: ID, person: Person, received_on: Day, decision: Outcome, enquirer_organisation: From}}
  - {sheet: episodes, makes: episodes,
     columns: {id: ID, person: Person, started_on: Start, ended_on: End, end_reason: EndWhy}}
  - {sheet: happened, makes: events, columns: {id: ID, episode: Episode, kind: What, on: Day}}
"""


def measure(rows: int) -> bool:
    """Bring in an extract of so many rows, and say how long that took. Whether it stays within its budget."""
    started = background.start(var_folder())
    try:
        with TemporaryDirectory() as folder:
            made = make_extract(Path(folder), rows)
            _fresh_database()
            _staff()
            began = time.monotonic()
            call_command(
                "import_extract", f"{folder}/mapping.yaml", folder, report=f"{folder}/report", email="a@example.org"
            )
            ours = time.monotonic() - began
            print(f"\n{made:,} rows brought in {ours:.1f} s, {made / ours:,.0f} a second", flush=True)
            _take_out(Path(folder))
            _empty()
            by_hand = _put_in(Path(folder))
    finally:
        connections.close_all()
        drop_database(home_in(var_folder()), DATABASE)
        if started:
            background.stop(var_folder())
    print(f"the same facts copied by hand: {by_hand:.1f} s; ours takes {ours / by_hand:.1f} times that")
    print(f"a million rows at this pace: {ours / made * 1_000_000 / 60:.1f} minutes, of 15")
    return ours / made <= BUDGET and ours <= by_hand * TIMES_BY_HAND


def make_extract(folder: Path, rows: int, seed: int = SEED) -> int:
    """Write the sheets and the mapping of an extract with at least so many rows. Returns how many there are."""
    random = Random(seed)
    made = family = 0
    files = {name: (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") for name in SHEETS}
    writers = {name: csv.writer(file) for name, file in files.items()}
    for name, header in SHEETS.items():
        writers[name].writerow(header)

    def write(sheet: str, *cells: object) -> None:
        nonlocal made
        made += 1
        writers[sheet].writerow(cells)

    while made < rows:
        family += 1
        _family(random, family, write)
    for file in files.values():
        file.close()
    (folder / "mapping.yaml").write_text(MAPPING)
    return made


def _family(random: Random, number: int, write: Callable[..., None]) -> None:
    last, home = random.choice(LAST), f"{random.randint(1, 200)} Bench Road"
    children = random.randint(1, 3)
    for child in range(children):
        born = TODAY - timedelta(days=random.randint(200, 6200))
        write(
            "people", f"{number}.{child}", random.choice(FIRST), last, f"{born:%d/%m/%Y}", random.choice("MF"), "WBRI",
            home, "DT1 1XJ", f"Bench Primary {number % 90}", "", number,
        )  # fmt: skip
        write("ties", f"{number}.m", f"{number}.{child}", "birth_mother")
    born = TODAY - timedelta(days=random.randint(9_000, 15_000))
    write(
        "people",
        f"{number}.m",
        random.choice(FIRST),
        last,
        f"{born:%d/%m/%Y}",
        "F",
        "WBRI",
        home,
        "DT1 1XJ",
        "",
        "07700 900123",
        number,
    )
    start = TODAY - timedelta(days=random.randint(1, 1_500))
    write("contacts", f"C{number}", f"{number}.0", f"{start:%d/%m/%Y}", "opens_episode", "Bench Primary")
    end = start + timedelta(days=random.randint(60, 240))
    write(
        "episodes", f"E{number}", f"{number}.0", f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}" if end < TODAY else "", "other"
    )
    for what, after in (("visit_made", 5), ("assessment_authorised", 30)):
        if start + timedelta(days=after) < TODAY:
            write("happened", f"{what}{number}", f"E{number}", what, f"{start + timedelta(days=after):%d/%m/%Y}")


def _fresh_database() -> None:
    home = home_in(var_folder())
    connections.close_all()
    drop_database(home, DATABASE)
    prepare(home, DATABASE)
    with suppress(RuntimeError):  # it is set up already
        django.setup()
    call_command("migrate", database="owner", verbosity=0)


def _empty() -> None:
    """The tables as they were before, which is quicker than to make them anew."""
    with _owner() as connection:
        connection.execute(f"truncate {', '.join((*BEFORE, *TABLES))}, platform_change restart identity cascade")


def _staff() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("insert into platform_organisation (id, name, kind) values (1, 'Bench Council', 'council')")
        cursor.execute(
            "insert into platform_team (id, name, kind, organisation_id) values (1, 'Bench team', 'locality', 1)"
        )
        cursor.execute(
            "insert into platform_user (id, email, password, given_name, family_name, job_title, phone,"
            " organisation_id, is_active) values (1, 'a@example.org', '', 'Ada', 'Administrator', '', '', 1, true)"
        )
        cursor.execute(
            "insert into platform_roleheld (user_id, role, from_on) values (1, 'administrator', '2024-01-01')"
        )


def _take_out(folder: Path) -> None:
    with _owner() as connection:
        for table in (*BEFORE, *TABLES):
            with (folder / table).open("wb") as file, connection.cursor().copy(f"copy {table} to stdout") as rows:
                for part in rows:
                    file.write(part)


def _put_in(folder: Path) -> float:
    """Seconds that PostgreSQL takes to keep the same rows, when they come without any question."""
    with _owner() as connection:
        connection.execute("set app.index_later = 'on'")
        for table in BEFORE:
            _copy(connection, folder, table)
        connection.commit()
        began = time.monotonic()
        for table in TABLES:
            _copy(connection, folder, table)
        connection.commit()
        return time.monotonic() - began


def _copy(connection: "psycopg.Connection[tuple[object, ...]]", folder: Path, table: str) -> None:
    with (folder / table).open("rb") as file, connection.cursor().copy(f"copy {table} from stdin") as rows:
        while part := file.read(1 << 20):
            rows.write(part)


def _owner() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(**connection_words(database_settings()["owner"]))
