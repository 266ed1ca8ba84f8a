"""Places walked once for all tests that only look at them: walking one takes half a minute."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from baton.demonstration.loading import load_place
from baton.demonstration.walk import Walk

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
# Enough that records are asked for and held; in one, that somebody is hidden, audited, on the panel and there twice.
FAMILIES = {"dorset": 14, "doncaster": 14, "derby": 40}


@pytest.fixture(scope="module", params=FAMILIES)
def walk(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    """Each place in turn, never committed. Only tests that change nothing may ask for it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_place(place=request.param, families=FAMILIES[request.param], until=NOW, say=lambda done: None)
        transaction.set_rollback(True)
