"""Whether Baton's machine and PostgreSQL's agree on what time it is. The finding says what to do."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from baton.platform import clock

MAY_DIFFER = timedelta(seconds=5)


@register(Tags.database, deploy=True)
def the_clocks_agree(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            before = clock.now()
            cursor.execute("select clock_timestamp()")
            found += weakness_of_clocks(cursor.fetchone()[0], between=(before, clock.now()))
    return found


def weakness_of_clocks(there: datetime, *, between: tuple[datetime, datetime]) -> list[CheckMessage]:
    """Said of a moment that PostgreSQL told, when it lies outside those at which it was asked and answered."""
    before, after = between
    if before - MAY_DIFFER <= there <= after + MAY_DIFFER:
        return []
    advice = "Let both machines follow one source of time (chrony): PostgreSQL's clock and Baton's differ, "
    return [Error(f"{advice}so that entries of the log cannot be put in order.", id="baton.E016")]
