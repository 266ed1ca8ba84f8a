"""Counts how often a caller does a thing, in the database, so that all server processes count together."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

ADD_ONE = """
insert into platform_ratecount (key, window_starts_at, count) values (%s, %s, 1)
on conflict (key, window_starts_at) do update set count = platform_ratecount.count + 1 returning count
"""


def too_often(*, what: str, who: str, most: int, within: timedelta, at: datetime) -> bool:
    """Count one more time and say whether that is more than `most` in the current window. Keeps no address, only a keyed hash."""
    key = f"{what}:{salted_hmac('baton.rate', who).hexdigest()[:40]}"
    seconds = within.total_seconds()
    window = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE, [key, window])
        return bool(cursor.fetchone()[0] > most)
