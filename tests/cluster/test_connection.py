"""How Django reaches PostgreSQL."""

import os
from pathlib import Path

import pytest

from baton.cluster.connection import (
    OPTIONS,
    PREPARED,
    NotConfigured,
    database_name,
    database_settings,
    from_address,
    secret_key,
)
from baton.cluster.secrets import HANDED_OVER, take_what_is_handed_over

APP_ADDRESS = "postgresql://baton_app:s%40cret@db.example:5433/baton?sslmode=require"
OWNER_ADDRESS = "postgresql://baton_owner:other@db.example:5433/baton"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BATON_PLACE", "BATON_DATABASE", "BATON_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BATON_VAR", str(tmp_path))


def test_without_an_address_the_embedded_cluster_is_meant() -> None:
    settings = database_settings()
    assert settings["default"]["USER"] == "baton_app"
    assert settings["owner"]["USER"] == "baton_owner"
    assert settings["default"]["NAME"] == "baton_dorset"
    assert settings["default"]["HOST"].startswith("/")


def test_each_role_has_a_password_of_its_own() -> None:
    settings = database_settings()
    assert len(settings["default"]["PASSWORD"]) > 40
    assert settings["default"]["PASSWORD"] != settings["owner"]["PASSWORD"]


def test_the_place_names_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_PLACE", "derby")
    assert database_name() == "baton_derby"


@pytest.mark.parametrize("name", ["", "Dorset", "../etc", "a b", "x" * 60])
def test_a_place_that_is_no_name_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("BATON_PLACE", name)
    with pytest.raises(NotConfigured, match="a place is named in small letters"):
        database_name()


def test_an_address_is_read_whole() -> None:
    settings = from_address(APP_ADDRESS)
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", 5433, "baton")
    assert settings["PASSWORD"] == "s@cret"
    assert settings["OPTIONS"] == OPTIONS | PREPARED | {"sslmode": "require"}


def test_connections_last_and_are_checked_before_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", APP_ADDRESS)
    monkeypatch.setenv("DATABASE_OWNER_URL", OWNER_ADDRESS)
    for settings in database_settings().values():
        assert settings["CONN_MAX_AGE"] is None
        assert settings["CONN_HEALTH_CHECKS"] is True
        assert settings["ATOMIC_REQUESTS"] is False


def test_an_address_without_the_owner_s_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", APP_ADDRESS)
    with pytest.raises(NotConfigured, match="set DATABASE_OWNER_URL too"):
        database_settings()


def test_another_database_product_is_refused() -> None:
    with pytest.raises(NotConfigured, match="Baton needs PostgreSQL"):
        from_address("mysql://u:p@h/db")


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    assert secret_key() == secret_key()
    assert (tmp_path / "secrets" / "django").stat().st_mode & 0o777 == 0o600


def test_a_given_signing_key_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATON_SECRET_KEY", "given")
    assert secret_key() == "given"


def test_behind_a_pooler_no_statement_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "prepare_threshold" in from_address("postgresql://baton@db/baton")["OPTIONS"]
    monkeypatch.setenv("BATON_POOLED", "1")
    assert "prepare_threshold" not in from_address("postgresql://baton@db/baton")["OPTIONS"]


def test_secrets_that_systemd_hands_over_are_taken_where_the_environment_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in HANDED_OVER:
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("BATON_OIDC_SECRET", "of the environment")
    for name in ("BATON_SECRET_KEY", "BATON_OIDC_SECRET", "PATH"):
        (tmp_path / name).write_text("handed over\n")
    take_what_is_handed_over()
    assert os.environ["BATON_SECRET_KEY"] == "handed over"
    assert os.environ["BATON_OIDC_SECRET"] == "of the environment"
    assert os.environ["PATH"] != "handed over", "nothing but what is on the list"
    assert secret_key() == "handed over"
