"""What `baton check --deploy` finds too weak for real people, and when `baton serve` refuses to start for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.checks import CheckMessage, Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections
from django.test import override_settings

from baton.cluster.home import home_in
from baton.cluster.server import connect
from baton.command.checking import is_for_real
from baton.demonstration.staffing import PASSWORD
from baton.platform.checks.clocks import the_clocks_agree, weakness_of_clocks
from baton.platform.checks.roles import Might, might_of, weaknesses_of_the_application, weaknesses_of_the_owner
from baton.platform.clock import stopped_at
from tests.database import DATABASE, VAR
from tests.factories import a_user

BREACHED = Path(__file__).with_name("breached.txt")
AWAY: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "NAME": "baton", "HOST": "db.example"}
STRONG = {
    "DEMONSTRATION": False,
    "DEBUG": False,
    "ALLOWED_HOSTS": ["help.example"],
    "CSRF_TRUSTED_ORIGINS": ["https://help.example"],
    "BEHIND_TLS": True,
    "SECRET_KEY": "mG2yQx7-vKp9_TzR4wLs8BnHd3FcJa6UeYi1ObXqVtZk",
    "SECRET_KEY_IS_GIVEN": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "BREACHED_PASSWORDS": str(BREACHED),
}
WEAK = [
    ("baton.E001", {"DEMONSTRATION": True}),
    ("baton.E002", {"ALLOWED_HOSTS": ["*"]}),
    ("baton.E002", {"ALLOWED_HOSTS": ["help.example", ".example"]}),
    ("baton.E003", {"ALLOWED_HOSTS": ["127.0.0.1", "localhost"]}),
    ("baton.E004", {"BEHIND_TLS": False}),
    ("baton.E005", {"CSRF_TRUSTED_ORIGINS": []}),
    ("baton.E006", {"CSRF_TRUSTED_ORIGINS": ["https://help.example", "http://help.example"]}),
    ("baton.E006", {"CSRF_TRUSTED_ORIGINS": ["https://*.example"]}),
    ("baton.E007", {"SECRET_KEY": "mG2yQx7-vKp9_TzR4wLs8"}),
    ("baton.E007", {"SECRET_KEY": "abcabcabc" * 9}),
    ("security.W018", {"DEBUG": True}),
    ("security.W011", {"SESSION_COOKIE_SECURE": False}),
    ("security.W016", {"CSRF_COOKIE_SECURE": False}),
    ("security.W004", {"SECURE_HSTS_SECONDS": 0}),
    ("security.W005", {"SECURE_HSTS_INCLUDE_SUBDOMAINS": False}),
    ("security.W008", {"SECURE_SSL_REDIRECT": False}),
    ("baton.E014", {"DIRECTORY": "http://directory.example"}),
    ("baton.E015", {"CLAMD": "tcp://scanner.example:3310"}),
    ("baton.I001", {"BREACHED_PASSWORDS": ""}),
    ("baton.E017", {"BREACHED_PASSWORDS": "/nowhere/breached.txt"}),
    ("baton.E018", {"BREACHED_PASSWORDS": __file__}),
    ("baton.E009", {"DATABASES": {"default": AWAY}}),
    ("baton.E009", {"DATABASES": {"default": AWAY | {"OPTIONS": {"sslmode": "require"}}}}),
    ("baton.E009", {"DATABASES": {"owner": AWAY | {"HOST": "127.0.0.1,db.example"}}}),
    ("baton.E009", {"DATABASES": {"owner": AWAY | {"HOST": "", "OPTIONS": {"host": "db.example"}}}}),
]


def findings(**weakened: Any) -> list[CheckMessage]:
    databases = weakened.pop("DATABASES", settings.DATABASES)
    silenced = ["security.W009", "security.W021"]
    with pytest.MonkeyPatch.context() as patch, override_settings(SILENCED_SYSTEM_CHECKS=silenced, **STRONG | weakened):
        patch.setattr(settings, "DATABASES", databases)  # the check only reads it
        found = run_checks(include_deployment_checks=True, tags=[Tags.security])
        return [each for each in found if not each.is_silenced()]


def test_nothing_is_found_where_everything_is_strong() -> None:
    assert findings() == []


@pytest.mark.parametrize(("found", "weakened"), WEAK, ids=lambda value: str(value))
def test_each_weak_setting_is_found_and_nothing_else(found: str, weakened: dict[str, Any]) -> None:
    assert [each.id for each in findings(**dict(weakened))] == [found]


def test_each_finding_of_ours_is_a_sentence_that_says_what_to_do() -> None:
    for _, weakened in WEAK:
        for each in findings(**dict(weakened)):
            if str(each.id).startswith("baton."):
                first = each.msg.split()[0]
                assert first in {"Unset", "Name", "Set", "Let", "Write", "Add"}, each.msg
                assert each.msg.endswith((".", "`")), each.msg


@pytest.mark.parametrize("host", ["/var/run/postgresql", "localhost", "127.0.0.1", "", "::1"])
def test_a_database_on_this_machine_needs_no_tls(host: str) -> None:
    assert findings(DATABASES={"default": AWAY | {"HOST": host}}) == []


def test_a_database_whose_certificate_is_proven_is_well() -> None:
    assert findings(DATABASES={"default": AWAY | {"OPTIONS": {"sslmode": "verify-full"}}}) == []


def test_a_key_that_each_machine_makes_for_itself_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://baton_app@/baton")
    assert [each.id for each in findings(SECRET_KEY_IS_GIVEN=False)] == ["baton.E008"]
    assert findings() == []


@pytest.mark.parametrize("clamd", ["", "unix:/run/clamav/clamd.ctl", "tcp://127.0.0.1:3310"])
def test_a_scanner_on_this_machine_and_a_directory_with_tls_are_well(clamd: str) -> None:
    assert findings(CLAMD=clamd, DIRECTORY="https://directory.example") == []


@pytest.mark.parametrize(("apart", "found"), [(0, []), (4, []), (-4, []), (6, ["baton.E016"]), (-6, ["baton.E016"])])
def test_clocks_that_differ_are_found(apart: int, found: list[str]) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    there = now + timedelta(seconds=apart)
    assert [each.id for each in weakness_of_clocks(there, between=(now, now))] == found


@pytest.mark.django_db
def test_the_clock_of_the_database_is_asked() -> None:
    assert the_clocks_agree(None, ["default"]) == []
    with stopped_at(datetime(2026, 1, 1, tzinfo=UTC)):
        assert [each.id for each in the_clocks_agree(None, ["default"])] == ["baton.E016"]


@pytest.fixture
def superuser(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A superuser in the tests' database; what it does there is undone."""
    with connect(home_in(VAR), DATABASE) as connection, connection.transaction(force_rollback=True):
        yield connection


def test_the_application_may_do_little_and_the_owner_owns(db: None, superuser: psycopg.Connection[Any]) -> None:
    with connections["default"].cursor() as cursor:
        assert might_of(cursor) == Might("baton_app", False, False, False, False)
    with superuser.cursor() as cursor:
        cursor.execute("set local role baton_owner")
        owner = might_of(cursor)
    assert owner == Might("baton_owner", False, False, False, True)
    assert [each.id for each in weaknesses_of_the_application(owner)] == ["baton.E012"]
    assert weaknesses_of_the_owner(owner) == []


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ("create role tried superuser", "baton.E010"),
        ("create role mighty superuser; create role tried in role mighty", "baton.E010"),
        ("create role tried bypassrls", "baton.E011"),
        ("create role mighty bypassrls; create role tried in role mighty", "baton.E011"),
        ("create role tried in role baton_owner", "baton.E012"),
    ],
)
def test_a_role_that_could_go_round_row_security_is_found(
    superuser: psycopg.Connection[Any], made: str, found: str
) -> None:
    superuser.execute(made)
    superuser.execute("set local role tried")
    with superuser.cursor() as cursor:
        might = might_of(cursor)
    assert [each.id for each in weaknesses_of_the_application(might)] == [found]
    assert [each.id for each in weaknesses_of_the_owner(might)] == [found] * (found == "baton.E010")


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_passwords_of_the_demonstration_are_found_and_others_not() -> None:
    def found() -> list[str]:
        checks = run_checks(include_deployment_checks=True, tags=[Tags.database], databases=["default"])
        return [each.msg for each in checks if each.id == "baton.E013"]

    first, second = a_user(), a_user()
    assert found() == []
    first.set_password("three words apart")
    first.save()
    assert found() == []
    first.password = second.password = make_password(PASSWORD)
    first.email, second.email = "first@council.example", "second@council.example"
    first.save()
    second.save()
    assert len(found()) == 1
    assert ": 2 have" in found()[0]


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_command_ends_with_an_error_that_lists_what_is_weak() -> None:
    with pytest.raises(SystemCheckError) as refused:
        call_command("check", deploy=True, databases=["default"], fail_level="WARNING")
    assert "Set BATON_ORIGINS" in str(refused.value)
    assert "BATON_TLS=1" in str(refused.value)
    assert "security.W" not in str(refused.value), "words of Django's settings, which no operator sets"


@pytest.mark.parametrize(
    ("host", "demo", "environment", "real"),
    [
        ("127.0.0.1", False, {}, False),
        ("localhost", False, {}, False),
        ("::1", False, {}, False),
        ("unix:/run/baton/web.sock", False, {}, False),
        ("unix:/run/baton/web.sock", False, {"BATON_TLS": "1"}, True),
        ("0.0.0.0", False, {}, True),
        ("help.example", False, {}, True),
        ("0.0.0.0", True, {}, False),
        ("127.0.0.1", False, {"BATON_TLS": "1"}, True),
        ("127.0.0.1", False, {"DATABASE_URL": "postgresql://db.example/baton"}, True),
    ],
)
def test_serving_is_for_real_when_others_reach_it_and_it_is_no_demonstration(
    monkeypatch: pytest.MonkeyPatch, host: str, demo: bool, environment: dict[str, str], real: bool
) -> None:
    for name in ("BATON_TLS", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert is_for_real(host=host, demo=demo) is real
