"""What was backed up by the command comes back by the command, in an empty place, with its seals and deadlines."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from baton.cluster import backups
from baton.cluster.connection import OWNER, embedded
from baton.cluster.contents import Contents
from baton.cluster.databases import drop_database, prepare
from baton.cluster.encryption import public_keys
from baton.cluster.server import connect
from tests.documents.files import a_picture
from tests.factories.documents import a_document
from tests.resilience.ground import Ground

pytestmark = pytest.mark.cluster
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def elsewhere(quick_ground: Ground) -> Iterator[str]:
    """The name of an empty database beside it."""
    name = f"{quick_ground.database}_elsewhere"
    prepare(quick_ground.home, name)
    yield name
    drop_database(quick_ground.home, name)


@pytest.fixture
def key(quick_ground: Ground, tmp_path: Path) -> str:
    """The operator's key in tmp_path; returns its public half."""
    return quick_ground.baton("db", "key", str(tmp_path / "key")).rpartition("=")[2].strip()


def run(ground: Ground, *words: str, database: str = "") -> subprocess.CompletedProcess[str]:
    environment = ground.environment | ({"BATON_DATABASE": database} if database else {})
    command = [sys.executable, "-m", "baton", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def scratches(ground: Ground) -> list[object]:
    return [name for (name,) in ground.rows("select datname from pg_database where datname ~ 'verify'")]


def test_a_backup_is_proven_and_restored_by_the_operators_commands(
    quick_ground: Ground, elsewhere: str, key: str, tmp_path: Path
) -> None:
    quick_ground.baton("audit", "seal")
    file = str(tmp_path / "all.backup")
    quick_ground.baton("db", "backup", file, "--for", key)
    said = quick_ground.baton("db", "verify", file, "--key", str(tmp_path / "key"))
    assert "all equal to what was backed up" in said
    assert scratches(quick_ground) == []
    restored = run(quick_ground, "db", "restore", file, "--key", str(tmp_path / "key"), database=elsewhere)
    assert restored.returncode == 0, restored.stderr
    assert "Every kept deadline" in run(quick_ground, "deadlines", "verify", database=elsewhere).stdout
    again = run(quick_ground, "db", "restore", file, "--key", str(tmp_path / "key"), database=elsewhere)
    assert again.returncode == 1
    assert "restored into an empty database only" in again.stderr


def test_what_documents_hold_comes_back_byte_by_byte(
    quick_ground: Ground, elsewhere: str, key: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    sent = {"letter.txt": "£5 for Élan\n".encode() * 40_000, "me.png": a_picture("PNG", (400, 300))}
    with django_db_blocker.unblock(), quick_ground.django():
        place, family_id = quick_ground.people.place, quick_ground.people.episodes[0].family_id
        added = [a_document(family_id, by=place.worker, name=name, sent=each) for name, each in sent.items()]
    file = str(tmp_path / "all.backup")
    quick_ground.baton("db", "backup", file, "--for", key)
    assert "all equal" in quick_ground.baton("db", "verify", file, "--key", str(tmp_path / "key"))
    restored = run(quick_ground, "db", "restore", file, "--key", str(tmp_path / "key"), database=elsewhere)
    assert restored.returncode == 0, restored.stderr
    assert "documents hold what was added" in run(quick_ground, "documents", "verify", database=elsewhere).stdout
    with connect(quick_ground.home, elsewhere) as connection:
        for each in added:
            query = "select file from documents_contents where document_id = %s"
            row = connection.execute(query, [each.pk]).fetchone()
            assert row
            assert hashlib.sha256(row[0]).hexdigest() == each.sha256
        connection.execute("update documents_contents set file = file || 'x' where document_id = %s", [added[0].pk])
    spoilt = run(quick_ground, "documents", "verify", database=elsewhere)
    assert spoilt.returncode == 1
    assert f"Document {added[0].pk} does not hold what was added." in spoilt.stdout


def test_a_table_that_does_not_come_back_equal_is_named(
    quick_ground: Ground, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file says that a family more was there."""
    count = backups.contents_of

    def one_family_more(connection: object) -> Contents:
        found = count(connection)
        rows, hashed = found.tables["public.people_family"]
        return replace(found, tables={**found.tables, "public.people_family": (rows + 1, hashed)})

    monkeypatch.setattr(backups, "contents_of", one_family_more)
    backups.backup(embedded(quick_ground.home, OWNER, quick_ground.database), tmp_path / "odd", public_keys([key]), AT)
    verified = run(quick_ground, "db", "verify", str(tmp_path / "odd"), "--key", str(tmp_path / "key"))
    assert verified.returncode == 1
    assert "public.people_family has 7 rows and should have 8" in verified.stdout
    assert scratches(quick_ground) == []


def test_a_seal_that_was_broken_before_the_backup_is_found_by_verifying_it(
    quick_ground: Ground, elsewhere: str, key: str, tmp_path: Path
) -> None:
    quick_ground.baton("audit", "seal")
    file = tmp_path / "all.backup"
    quick_ground.baton("db", "backup", str(file), "--for", key)
    run(quick_ground, "db", "restore", str(file), "--key", str(tmp_path / "key"), database=elsewhere)
    with connect(quick_ground.home, elsewhere) as connection:
        connection.execute("alter table platform_auditentry disable trigger all")
        connection.execute(
            "update platform_auditentry set action = 'nothing' where id in (select min(id) from platform_auditentry)"
        )
    run(quick_ground, "db", "backup", str(file), "--for", key, database=elsewhere)
    verified = run(quick_ground, "db", "verify", str(file), "--key", str(tmp_path / "key"))
    assert verified.returncode == 1
    assert "does not restore to what was backed up" in verified.stdout


def test_nothing_is_written_without_a_key_and_the_sentence_says_how_to_make_one(
    quick_ground: Ground, tmp_path: Path
) -> None:
    refused = run(quick_ground, "db", "backup", str(tmp_path / "all.backup"))
    assert refused.returncode == 1
    assert "`baton db key FILE` makes one" in refused.stderr
    assert not list(tmp_path.iterdir())
