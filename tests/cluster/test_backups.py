"""What is backed up is what is restored."""

from pathlib import Path
from typing import Any

import psycopg
import pytest

from baton.cluster.backups import NotBackedUp, NotRestored, backup, connection_words, restore
from baton.cluster.connection import OWNER, embedded
from baton.cluster.databases import drop_database, prepare
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


def test_a_restored_backup_is_equal(home: Home, filled: dict[str, Any], tmp_path: Path) -> None:
    size = backup(filled, tmp_path / "all.backup")
    again = empty_database(home, "baton_again")
    restore(again, tmp_path / "all.backup")
    assert size > 1000
    assert ask(again, FINGERPRINT) == ask(filled, FINGERPRINT)
    assert ask(again, "select polname from pg_policy") == [("by_team",)]
    assert ask(again, "select has_table_privilege('baton_app', 'family', 'select')") == [(True,)]


def test_only_its_owner_may_read_a_backup(filled: dict[str, Any], tmp_path: Path) -> None:
    backup(filled, tmp_path / "all.backup")
    assert (tmp_path / "all.backup").stat().st_mode & 0o777 == 0o600


def test_a_database_with_something_in_it_is_not_overwritten(filled: dict[str, Any], tmp_path: Path) -> None:
    backup(filled, tmp_path / "all.backup")
    with pytest.raises(NotRestored, match="has 1 tables"):
        restore(filled, tmp_path / "all.backup")


def test_a_damaged_backup_leaves_the_database_empty(home: Home, filled: dict[str, Any], tmp_path: Path) -> None:
    backup(filled, tmp_path / "all.backup")
    whole = (tmp_path / "all.backup").read_bytes()
    (tmp_path / "half.backup").write_bytes(whole[: len(whole) // 2])
    again = empty_database(home, "baton_again")
    with pytest.raises(NotRestored):
        restore(again, tmp_path / "half.backup")
    assert ask(again, "select count(*) from pg_tables where schemaname = 'public'") == [(0,)]


def test_a_missing_file_is_named(filled: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(NotRestored, match="There is no file"):
        restore(filled, tmp_path / "none.backup")


def test_a_failed_backup_leaves_the_last_one_alone(filled: dict[str, Any], tmp_path: Path) -> None:
    backup(filled, tmp_path / "all.backup")
    before = (tmp_path / "all.backup").read_bytes()
    with pytest.raises(NotBackedUp):
        backup({**filled, "NAME": "no_such_database"}, tmp_path / "all.backup")
    assert (tmp_path / "all.backup").read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["all.backup"]
