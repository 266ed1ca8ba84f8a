"""Each limit that is written down is the one that is held."""

import re
import subprocess
import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings

from baton.cluster.connection import A_STATEMENT_MAY_TAKE
from baton.platform.rate_limits import Limit
from tests.database import DATABASE, VAR
from tests.house.tables import tables_of
from tests.site import environment_of_baton

NAMED = re.compile(r"`([\w.]+)`")
OF_THE_TESTS = environment_of_baton(
    BATON_VAR=str(VAR), BATON_DATABASE=DATABASE, BATON_PLACE="dorset", DJANGO_SETTINGS_MODULE="baton.settings"
)
UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 24 * 3600}
BYTES = {"MB": (1024 * 1024, 1_000_000)}
RATES = {  # where the number and its window are two names
    "baton.documents.views.MOST_FILES": "WITHIN",
    "baton.governance.views.emergencies.MOST_TRIES": "WITHIN",
    "baton.requests.policies.MOST_PUBLIC_FROM_ONE_ADDRESS": "PUBLIC_WINDOW",
    "baton.requests.policies.MOST_PUBLIC_IN_ALL": "PUBLIC_WINDOW",
    "baton.requests.policies.MOST_PUBLIC_PAGES_FROM_ONE_ADDRESS": "PUBLIC_WINDOW",
    "baton.platform.views.MOST_PUBLIC_DRAFTS_FROM_ONE_ADDRESS": "PUBLIC_WINDOW",
}
ROWS = [(row[1], name[1], row) for row in tables_of("security/limits.md") if (name := NAMED.fullmatch(row[-1]))]


@pytest.mark.parametrize(("said", "named", "row"), ROWS, ids=lambda value: str(value)[:60])
def test_a_limit_is_held_as_it_is_written(said: str, named: str, row: list[str]) -> None:
    place, _, name = named.rpartition(".")
    value = getattr(settings if place == "settings" else import_module(place), name)
    assert said in _in_words(value, place, named, row), f"{row[0]}: {value}"


def test_every_count_of_callers_is_written_down() -> None:
    """The names that code counts under, and nothing counted without a line in the page."""
    assert len(ROWS) >= 20
    counted = {named for _, named, _ in ROWS}
    assert set(RATES) <= counted


def test_a_statement_of_a_page_ends_in_time(django_db_setup: None) -> None:
    """What the web server loads tells PostgreSQL so with each connection; a command's statements may take long."""
    asks = "from django.db import connection\nwith connection.cursor() as c:\n c.execute('show statement_timeout')\n"
    asks += " print(c.fetchone()[0])"
    loads = {"web": "import baton.wsgi\n", "command": "import django; django.setup()\n"}
    told = {who: subprocess.run([sys.executable, "-c", load + asks], env=OF_THE_TESTS, capture_output=True, text=True,
                                check=True).stdout.strip() for who, load in loads.items()}  # fmt: skip
    assert told == {"web": A_STATEMENT_MAY_TAKE, "command": "0"}


def _in_words(value: Any, place: str, named: str, row: list[str]) -> set[str]:
    """The ways in which a value may be written."""
    if isinstance(value, dict):  # allauth's: "5/5m/key,100/5m/ip"
        kind = "key" if row[2].startswith("each account") else "ip"
        most = next(each.split("/") for each in value["login_failed"].split(",") if each.endswith(kind))
        return {f"{most[0]} within {most[1].rstrip('m')} minutes"}
    if isinstance(value, Limit):
        return _rate(value.most, value.within)
    if named in RATES:
        return _rate(value, getattr(import_module(place), RATES[named]))
    if isinstance(value, timedelta):
        return _spans(value)
    if isinstance(value, str):  # PostgreSQL's: "50s"
        return _spans(timedelta(seconds=int(value.rstrip("s"))))
    sizes = {f"{value // size} MB" for size in BYTES["MB"] if value >= size and value % size == 0}
    spans = _spans(timedelta(seconds=value)) if "SECONDS" in named else set()
    return {str(value)} | sizes | spans


def _rate(most: int, within: timedelta) -> set[str]:
    spans = _spans(within) | ({"an hour"} if within == timedelta(hours=1) else set())
    return {f"{most} within {span}" for span in spans}


def _spans(value: timedelta) -> set[str]:
    seconds = value.total_seconds()
    return {f"{seconds / size:g} {unit}{'' if seconds == size else 's'}" for unit, size in UNITS.items()}
