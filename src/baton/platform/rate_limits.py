"""Counts how often a caller does a thing, in the database, so that all server processes count together."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

ADD_ONE = """
insert into platform_ratecount (key, window_starts_at, count) values (%s, %s, 1)
on conflict (key, window_starts_at) do update set count = platform_ratecount.count + 1 returning count
"""


def too_often(*, what: str, who: str, most: int, within: timedelta, at: datetime) -> bool:
    """Count one more, and say whether that is over `most` in this window. Keeps no address, only a keyed hash."""
    key = f"{what}:{salted_hmac('baton.rate', who).hexdigest()[:40]}"
    seconds = within.total_seconds()
    window = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE, [key, window])
        return bool(cursor.fetchone()[0] > most)


def caller_of(request: HttpRequest) -> str:
    """The address a request came from. Behind the installation's own proxy it is the one that proxy added last.

    Of an IPv6 address only the network counts, because one household or school may use any address of its own.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    address = told.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        read = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(read) >> 64 << 64)) if isinstance(read, IPv6Address) else str(read)
