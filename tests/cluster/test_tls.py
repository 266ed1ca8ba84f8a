"""TLS to the database, as DATABASE_URL asks for it: only whoever the named root vouches for is believed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from baton.cluster.backups import NotBackedUp, backup
from baton.cluster.binaries import find_binaries
from baton.cluster.connection import APP, OWNER, database_settings
from baton.cluster.databases import prepare
from baton.cluster.encryption import make_key, public_keys
from baton.cluster.home import PACKAGE, home_in
from baton.cluster.secrets import secret
from baton.cluster.server import Server
from tests.database import FAST

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed: no certificate can be made"),
]
# Two addresses of this machine that nothing else listens on; the certificate names the first alone.
NAMED, NOT_NAMED = f"127.43.{os.getpid() % 250}.1", f"127.43.{os.getpid() % 250}.2"
MADE = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=baton -addext subjectAltName=IP:{NAMED}"
DEPLOY = PACKAGE.parent.parent / "deploy"
DATABASE, BY_CERTIFICATE = "baton_over_tls", "baton_by_certificate"
RULES = f"hostssl {BY_CERTIFICATE} all 127.0.0.0/8 cert\nhostssl all all 127.0.0.0/8 scram-sha-256\n"
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class OverTls:
    """A PostgreSQL that takes nobody without TLS, its certificate, and another that has nothing to do with it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.other = folder / "server.pem", folder / "other.pem"
        for certificate in (self.root, self.other):
            self._make(certificate, MADE)
        self.clients = {role: folder / f"{role}.pem" for role in (APP, OWNER)}
        for role, certificate in self.clients.items():
            self._make(certificate, MADE.replace("CN=baton", f"CN={role}"))
        known = folder / "clients.pem"
        known.write_text("".join(each.read_text() for each in self.clients.values()))
        self.server = Server(home_in(folder / "var"), settings=FAST)
        self.server.start()
        for database in (DATABASE, BY_CERTIFICATE):
            prepare(self.server.home, database)
        self.server.stop()
        rules = self.server.home.data / "pg_hba.conf"
        rules.write_text(f"{rules.read_text()}{RULES}")
        key = self.root.with_suffix(".key")
        key.chmod(0o600)
        if self.server.account.drop_rights:
            os.chown(key, self.server.account.uid, self.server.account.gid)
        self.server.settings |= {
            "listen_addresses": f"{NAMED},{NOT_NAMED}",
            "ssl": "on",
            "ssl_cert_file": str(self.root),
            "ssl_key_file": str(key),
            "ssl_ca_file": str(known),
        }
        self.server.start()

    @staticmethod
    def _make(certificate: Path, command: str) -> None:
        key = certificate.with_suffix(".key")
        subprocess.run(
            [*command.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
        )
        certificate.chmod(0o644)
        key.chmod(0o600)

    def without_password(self, patch: pytest.MonkeyPatch, *, shows: str = "") -> dict[str, dict[str, Any]]:
        """Baton's settings for a database that asks for certificates; the application's role shows that of a role."""
        for name, role in (("DATABASE_URL", APP), ("DATABASE_OWNER_URL", OWNER)):
            query = f"sslmode=verify-full&sslrootcert={self.root}"
            if shows:
                certificate = self.clients[shows if role == APP else role]
                query += f"&sslcert={certificate}&sslkey={certificate.with_suffix('.key')}"
            patch.setenv(name, f"postgresql://{role}@{NAMED}/{BY_CERTIFICATE}?{query}")
        return database_settings()

    def address(self, role: str, *, host: str, **said: str) -> str:
        password = quote(secret(self.server.home.secrets, role), safe="")
        query = "&".join(f"{name}={value}" for name, value in said.items())
        return f"postgresql://{role}:{password}@{host}/{DATABASE}?{query}"

    def settings(self, patch: pytest.MonkeyPatch, *, host: str = NAMED, **said: str) -> dict[str, dict[str, Any]]:
        """What Baton makes of these two addresses."""
        patch.setenv("DATABASE_URL", self.address(APP, host=host, **said))
        patch.setenv("DATABASE_OWNER_URL", self.address(OWNER, host=host, **said))
        return database_settings()


@pytest.fixture(scope="module")
def over_tls(short_folder: Path) -> Iterator[OverTls]:
    built = subprocess.run([find_binaries() / "pg_config", "--configure"], capture_output=True, text=True, check=False)
    if "openssl" not in built.stdout or "without-openssl" in built.stdout:
        pytest.skip("this PostgreSQL was built without TLS")
    folder = short_folder / "tls"
    folder.mkdir()
    folder.chmod(0o755)
    made = OverTls(folder)
    yield made
    made.server.stop()


def asked(settings: dict[str, dict[str, Any]], role: str) -> tuple[Any, ...]:
    """Who is connected and whether with TLS, as Django's connection of these settings finds it."""
    connection = ConnectionHandler(settings)[role]
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_user::text, s.ssl, s.version from pg_stat_ssl s where s.pid = pg_backend_pid()"
            )
            found: tuple[Any, ...] = cursor.fetchone()
            return found
    finally:
        connection.close()


def test_both_roles_connect_where_the_root_vouches(over_tls: OverTls, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = over_tls.settings(monkeypatch, sslmode="verify-full", sslrootcert=str(over_tls.root))
    assert asked(settings, "default") == (APP, True, "TLSv1.3")
    assert asked(settings, "owner")[:2] == (OWNER, True)


def test_another_root_is_not_believed(over_tls: OverTls, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = over_tls.settings(monkeypatch, sslmode="verify-full", sslrootcert=str(over_tls.other))
    with pytest.raises(OperationalError, match="certificate verify failed"):
        asked(settings, "default")


def test_a_certificate_of_another_name_is_not_believed(over_tls: OverTls, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = over_tls.settings(monkeypatch, host=NOT_NAMED, sslmode="verify-full", sslrootcert=str(over_tls.root))
    with pytest.raises(OperationalError, match="does not match host name"):
        asked(settings, "default")


def test_without_a_root_nobody_is_believed(over_tls: OverTls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = over_tls.settings(monkeypatch, sslmode="verify-full", sslrootcert=str(tmp_path / "none.pem"))
    with pytest.raises(OperationalError, match="root certificate"):
        asked(settings, "default")


def test_without_tls_it_takes_nobody(over_tls: OverTls, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = over_tls.settings(monkeypatch, sslmode="disable")
    with pytest.raises(OperationalError, match="no encryption"):
        asked(settings, "default")


def test_the_programs_of_postgresql_ask_the_same(
    over_tls: OverTls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A backup goes by pg_dump, which is told of the root by its environment."""
    readers = public_keys([make_key(tmp_path / "key", AT)])
    right = over_tls.settings(monkeypatch, sslmode="verify-full", sslrootcert=str(over_tls.root))["owner"]
    assert backup(right, tmp_path / "all.backup", readers, AT) > 0
    wrong = over_tls.settings(monkeypatch, sslmode="verify-full", sslrootcert=str(over_tls.other))["owner"]
    with pytest.raises(NotBackedUp, match="certificate verify failed"):
        backup(wrong, tmp_path / "another.backup", readers, AT)


def test_migrations_run_over_it(over_tls: OverTls, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of Baton's own commands, by its environment alone."""
    over_tls.settings(monkeypatch, sslmode="verify-full", sslrootcert=str(over_tls.root))
    command = [sys.executable, "-m", "baton", "manage", "showmigrations", "--database", "owner"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "0001_initial" in done.stdout


def test_every_address_that_we_write_down_names_the_root() -> None:
    """Without one PostgreSQL's library looks in a home folder that the units of deploy/ keep closed, and finds none."""
    files = (DEPLOY / "environment", *DEPLOY.glob("*.md"), DEPLOY.parent / "docs" / "operators-guide.md")
    found = [each for file in files for each in re.findall(r"postgresql://\S*sslmode=verify-full\S*", file.read_text())]
    assert len(found) >= 3
    assert [each for each in found if "sslrootcert=" not in each] == []


def test_a_role_proves_itself_by_its_certificate_without_a_password(
    over_tls: OverTls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = over_tls.without_password(monkeypatch, shows=APP)
    assert settings["default"]["PASSWORD"] == ""
    assert asked(settings, "default")[:2] == (APP, True)
    assert asked(settings, "owner")[:2] == (OWNER, True)
    readers = public_keys([make_key(tmp_path / "key", AT)])
    assert backup(settings["owner"], tmp_path / "all.backup", readers, AT) > 0, "PostgreSQL's programs show it too"


@pytest.mark.parametrize("shows", ["", OWNER], ids=["no certificate", "another role's"])
def test_nobody_is_taken_for_a_role_whose_certificate_they_do_not_show(
    over_tls: OverTls, monkeypatch: pytest.MonkeyPatch, shows: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(OperationalError, match=r"certificate authentication failed|valid client certificate"):
        asked(over_tls.without_password(monkeypatch, shows=shows), "default")
