"""Which account runs PostgreSQL."""

import os
from pathlib import Path

import pytest

from baton.cluster import home as homes
from baton.cluster.account import Account, NoAccount
from baton.cluster.home import LONGEST_SOCKET_PATH, SOCKET_NAME, home_in


@pytest.fixture
def _root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("BATON_RUN_AS", raising=False)


def test_an_ordinary_user_runs_it_as_oneself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    assert Account.for_postgres("nobody") == Account(1234, os.getegid(), drop_rights=False)


@pytest.mark.usefixtures("_root")
def test_root_gives_its_rights_away() -> None:
    account = Account.for_postgres("nobody")
    assert account.drop_rights
    assert account.uid != 0


@pytest.mark.usefixtures("_root")
def test_root_without_another_account_is_told_what_to_do() -> None:
    with pytest.raises(NoAccount, match="--run-as or BATON_RUN_AS"):
        Account.for_postgres("no-such-account")


@pytest.mark.usefixtures("_root")
def test_root_may_not_name_root() -> None:
    with pytest.raises(NoAccount, match="does not run as root"):
        Account.for_postgres("root")


def test_a_closed_folder_above_is_out_of_reach(tmp_path: Path) -> None:
    stranger = Account(uid=65534, gid=65534, drop_rights=True)
    (tmp_path / "closed").mkdir(mode=0o700)
    assert not stranger.can_reach(tmp_path / "closed" / "data")


@pytest.mark.usefixtures("_root")
def test_data_out_of_reach_stands_where_the_account_may_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "OUT_OF_REACH", Path("/var/lib/baton"))
    (tmp_path / "closed").mkdir(mode=0o700)
    home = home_in(tmp_path / "closed", run_as="nobody")
    assert home.data.is_relative_to("/var/lib/baton")
    assert home.secrets.is_relative_to(tmp_path)


def test_a_deep_folder_gets_a_short_one_for_its_socket(tmp_path: Path) -> None:
    home = home_in(tmp_path / ("deep" * 30))
    assert len(f"{home.sockets}{SOCKET_NAME}") <= LONGEST_SOCKET_PATH
