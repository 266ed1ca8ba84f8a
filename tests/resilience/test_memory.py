"""What grows with the documents of a place is its database, not the memory of the commands that keep it.

BATON_TEST_DOCUMENTS=300 adds as many megabytes of them.
"""

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from pytest_django import DjangoDbBlocker

from baton.cluster.databases import drop_database, prepare
from tests.factories.documents import a_document
from tests.resilience.ground import Ground

pytestmark = pytest.mark.cluster
MEGABYTES = int(os.environ.get("BATON_TEST_DOCUMENTS", "60"))
A_FILE = 9  # megabytes
# PostgreSQL's programs hold one row at a time, a file as text of twice its size, and what they send of it.
MORE_THAN_WITHOUT = 80 * 1024  # kilobytes
PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], check=False)
print(f"peak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}")
sys.exit(done.returncode)
"""


@pytest.fixture
def elsewhere(quick_ground: Ground) -> Iterator[str]:
    """The name of a database that is made empty before each restore."""
    name = f"{quick_ground.database}_elsewhere"
    yield name
    drop_database(quick_ground.home, name)


def peak(ground: Ground, *words: str, database: str = "") -> int:
    """The most kilobytes that one of Baton's commands, or a program it started, had in memory at once."""
    environment = ground.environment | ({"BATON_DATABASE": database} if database else {})
    command = [sys.executable, "-c", PEAK, sys.executable, "-m", "baton", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return int(done.stdout.rpartition("peak ")[2])


def peaks(ground: Ground, elsewhere: str, folder: Path, key: str) -> dict[str, int]:
    """By command."""
    file, opens = str(folder / "all.backup"), ("--key", str(folder / "key"))
    drop_database(ground.home, elsewhere)
    prepare(ground.home, elsewhere)
    return {
        "backup": peak(ground, "db", "backup", file, "--for", key),
        "restore": peak(ground, "db", "restore", file, *opens, database=elsewhere),
        "verify": peak(ground, "db", "verify", file, *opens),
        "documents": peak(ground, "documents", "verify"),
    }


def test_commands_need_no_more_memory_for_more_documents(
    quick_ground: Ground, elsewhere: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    key = quick_ground.baton("db", "key", str(tmp_path / "key")).rpartition("=")[2].strip()
    without = peaks(quick_ground, elsewhere, tmp_path, key)
    random = Random(7)
    with django_db_blocker.unblock(), quick_ground.django():
        place, family_id = quick_ground.people.place, quick_ground.people.episodes[0].family_id
        for _ in range(0, MEGABYTES, A_FILE):
            sent = b64encode(random.randbytes(A_FILE * 750_000))  # text that no compression makes much smaller
            a_document(family_id, by=place.worker, name="letter.txt", sent=sent)
    with_them = peaks(quick_ground, elsewhere, tmp_path, key)
    print(f"peaks in kilobytes without and with {MEGABYTES} MB: {without} {with_them}")
    grown = {name: with_them[name] - without[name] for name in without}
    assert {name: more for name, more in grown.items() if more > MORE_THAN_WITHOUT} == {}
