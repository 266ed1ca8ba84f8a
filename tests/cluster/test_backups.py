"""What is backed up is what is restored."""

import resource
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from baton.cluster import backups
from baton.cluster.backups import NotBackedUp, NotRestored, connection_words
from baton.cluster.connection import OWNER, embedded
from baton.cluster.contents import Contents, contents_of
from baton.cluster.databases import drop_database, prepare
from baton.cluster.encryption import NoKey, NotOpened, make_key, private_keys, public_keys
from baton.cluster.home import Home

pytestmark = pytest.mark.cluster

CONTENT = """
create extension unaccent;
create table family (id bigint generated always as identity primary key, name text not null, team_id int);
insert into family (name, team_id) select 'Élan ' || n, n %% 3 from generate_series(1, 2000) n;
alter table family enable row level security;
create policy by_team on family using (team_id = 1);
grant select on family to baton_app;
"""
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FINGERPRINT = "select count(*), md5(string_agg(family::text, '|' order by id)) from family"


def empty_database(home: Home, name: str) -> dict[str, Any]:
    drop_database(home, name)
    prepare(home, name)
    return embedded(home, OWNER, name)


def ask(settings: dict[str, Any], question: str) -> Any:
    with psycopg.connect(**connection_words(settings)) as connection:
        return connection.execute(question).fetchall()


@pytest.fixture
def filled(home: Home) -> dict[str, Any]:
    settings = empty_database(home, "baton_filled")
    with psycopg.connect(**connection_words(settings)) as connection:
        connection.execute(CONTENT.replace("%%", "%"))
    return settings


class Kept:
    """The operator's key, and a backup made for it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key, self.file = folder, folder / "key", folder / "all.backup"
        self.public = make_key(self.key, AT)

    def backup(self, settings: dict[str, Any]) -> int:
        return backups.backup(settings, self.file, public_keys([self.public]), AT)

    def restore(self, settings: dict[str, Any], file: Path | None = None, key: Path | None = None) -> Contents:
        return backups.restore(settings, file or self.file, private_keys(key or self.key))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def contents(settings: dict[str, Any]) -> Contents:
    with psycopg.connect(**connection_words(settings)) as connection:
        return contents_of(connection)


def tables_in(settings: dict[str, Any]) -> int:
    return int(ask(settings, "select count(*) from pg_tables where schemaname = 'public'")[0][0])


def test_a_restored_backup_is_equal(home: Home, filled: dict[str, Any], kept: Kept) -> None:
    size = kept.backup(filled)
    again = empty_database(home, "baton_again")
    held = kept.restore(again)
    assert size > 1000
    assert held.differences(contents(again)) == []
    assert held.rows == 2000
    assert ask(again, FINGERPRINT) == ask(filled, FINGERPRINT)
    assert ask(again, "select polname from pg_policy") == [("by_team",)]
    assert ask(again, "select has_table_privilege('baton_app', 'family', 'select')") == [(True,)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("update family set name = name || '.' where id = 7", "public.family has its 2000 rows, but they do not say"),
        ("delete from family where id = 7", "public.family has 1999 rows and should have 2000"),
        ("create table more (id int)", "public.more is there and was not backed up"),
        ("drop table family", "public.family is missing"),
        ("select nextval('family_id_seq')", "public.family_id_seq does not count on"),
    ],
)
def test_what_differs_is_named(home: Home, filled: dict[str, Any], kept: Kept, change: str, said: str) -> None:
    kept.backup(filled)
    again = empty_database(home, "baton_again")
    held = kept.restore(again)
    with psycopg.connect(**connection_words(again)) as connection:
        connection.execute(change)
    assert held.differences(contents(again))[0].startswith(said)


def test_what_is_counted_and_what_is_kept_are_of_one_moment(
    home: Home, filled: dict[str, Any], kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes after the counting and before the dump."""

    def and_then_somebody_writes(connection: psycopg.Connection[Any]) -> Contents:
        found = contents_of(connection)
        with psycopg.connect(**connection_words(filled)) as another:
            another.execute("delete from family where id <= 1000")
        return found

    monkeypatch.setattr(backups, "contents_of", and_then_somebody_writes)
    kept.backup(filled)
    again = empty_database(home, "baton_again")
    assert kept.restore(again).differences(contents(again)) == []
    assert tables_in(again) == 1
    assert ask(again, "select count(*) from family") == [(2000,)]


def test_only_its_owner_may_read_a_backup_and_its_key(filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    assert kept.file.stat().st_mode & 0o777 == 0o600
    assert kept.key.stat().st_mode & 0o777 == 0o600


def test_nothing_of_the_records_stands_in_the_file(filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    whole = kept.file.read_bytes()
    assert whole.startswith(b"age-encryption.org/v1")
    assert not [word for word in (b"family", b"PGDMP", b"baton_filled", "Élan".encode()) if word in whole]


@pytest.mark.skipif(not shutil.which("age"), reason="the program age is not installed")
def test_a_backup_opens_without_baton(filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    opened = subprocess.run(["age", "-d", "-i", kept.key, kept.file], capture_output=True, check=True).stdout
    kind, _, rest = opened.split(b"\n", 2)
    assert kind == b"baton backup 1"
    assert rest.startswith(b"PGDMP")


def test_each_of_several_keys_opens_it(home: Home, filled: dict[str, Any], kept: Kept) -> None:
    second = make_key(kept.folder / "second", AT)
    backups.backup(filled, kept.file, public_keys([kept.public, second]), AT)
    for key in ("key", "second"):
        assert kept.restore(empty_database(home, "baton_again"), key=kept.folder / key).rows == 2000


def test_a_database_with_something_in_it_is_not_overwritten(filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    with pytest.raises(NotRestored, match="has 1 tables"):
        kept.restore(filled)


def test_another_key_opens_nothing(home: Home, filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    make_key(kept.folder / "other", AT)
    again = empty_database(home, "baton_again")
    with pytest.raises(NotOpened, match="This key does not open"):
        kept.restore(again, key=kept.folder / "other")
    assert tables_in(again) == 0


@pytest.mark.parametrize("left", [0, 10, 100, 0.5, 0.99, -1, -17])
def test_a_torn_upload_is_named_and_leaves_the_database_empty(
    home: Home, filled: dict[str, Any], kept: Kept, left: float
) -> None:
    kept.backup(filled)
    whole = kept.file.read_bytes()
    torn = kept.folder / "torn.backup"
    torn.write_bytes(whole[: int(left * len(whole)) if isinstance(left, float) else left])
    again = empty_database(home, "baton_again")
    with pytest.raises(NotOpened, match=r"not whole|beginning is missing"):
        kept.restore(again, torn)
    assert tables_in(again) == 0


def test_a_changed_byte_is_named_and_leaves_the_database_empty(home: Home, filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    changed = bytearray(kept.file.read_bytes())
    changed[len(changed) * 2 // 3] ^= 1
    kept.file.write_bytes(changed)
    again = empty_database(home, "baton_again")
    with pytest.raises(NotOpened, match="cut off or changed"):
        kept.restore(again)
    assert tables_in(again) == 0


def test_a_file_that_tears_while_it_is_restored_leaves_the_database_empty(
    home: Home, filled: dict[str, Any], kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was whole when it was looked at, and is cut off when it is read again."""
    kept.backup(filled)
    look = backups.what_it_holds

    def and_then_it_tears(file: Path, keys: Any) -> Contents:
        held = look(file, keys)
        file.write_bytes(file.read_bytes()[:-20])
        return held

    monkeypatch.setattr(backups, "what_it_holds", and_then_it_tears)
    again = empty_database(home, "baton_again")
    with pytest.raises(NotOpened, match="not whole"):
        kept.restore(again)
    assert tables_in(again) == 0


def test_an_encrypted_file_that_is_no_backup_is_refused(home: Home, kept: Kept) -> None:
    from pyrage import encrypt

    kept.file.write_bytes(encrypt(b"a shopping list\nwith two lines\n" * 9, public_keys([kept.public])))
    with pytest.raises(NotRestored, match="not a backup"):
        kept.restore(empty_database(home, "baton_again"))


def test_a_missing_file_is_named(home: Home, kept: Kept) -> None:
    with pytest.raises(NotRestored, match="There is no file"):
        kept.restore(empty_database(home, "baton_again"), kept.folder / "none.backup")


def test_a_failed_backup_leaves_the_last_one_alone(filled: dict[str, Any], kept: Kept) -> None:
    kept.backup(filled)
    before = kept.file.read_bytes()
    with pytest.raises(NotBackedUp):
        kept.backup({**filled, "NAME": "no_such_database"})
    assert kept.file.read_bytes() == before
    assert {file.name for file in kept.folder.iterdir()} == {"all.backup", "key"}


def test_without_room_nothing_is_left_behind(
    filled: dict[str, Any], kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setattr(backups, "_settle", lambda folder: None)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(NotBackedUp, match=r"Nothing was backed up: .*too large"):
            kept.backup(filled)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {file.name for file in kept.folder.iterdir()} == {"key"}


def test_a_key_is_never_overwritten(kept: Kept) -> None:
    with pytest.raises(NoKey, match="there already"):
        make_key(kept.key, AT)


@pytest.mark.parametrize("words", [[], ["", " "], ["AGE-SECRET-KEY-1"], ["age1nonsense"]])
def test_without_a_public_key_nothing_is_backed_up(words: list[str]) -> None:
    with pytest.raises(NoKey, match="`baton db key FILE` makes one"):
        public_keys(words)


@pytest.mark.parametrize("text", ["", "# a comment\n", "age1nonsense\n"])
def test_a_file_without_a_private_key_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "key").write_text(text)
    with pytest.raises(NoKey, match="holds no private key"):
        private_keys(tmp_path / "key")
