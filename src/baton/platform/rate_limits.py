"""Counts how often a caller does a thing, in the database, so that all server processes count together."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

log = logging.getLogger("baton.security")

ADD_ONE = """
insert into platform_ratecount (key, window_starts_at, count) values (%s, %s, 1)
on conflict (key, window_starts_at) do update set count = platform_ratecount.count + 1 returning count
"""


@dataclass(frozen=True)
class Limit:
    """How often one person, or one network address, may do a thing within a window."""

    what: str
    most: int
    within: timedelta
    done: str = "did this"  # what its page says that they did too often

    def is_over(self, *, who: str, at: datetime) -> bool:
        """Count one more, and say whether that is too often."""
        return too_often(what=self.what, who=who, most=self.most, within=self.within, at=at)


# What leaves Baton as paper or a file, of whatever kind, counts together.
TAKING_OUT = Limit("taking-out", most=100, within=timedelta(minutes=10), done="printed or downloaded")
# Whatever page finds people, or says whom somebody may be, counts together. Nobody looks for so many by hand: this
# slows whoever would read out the whole place.
SEARCHES = Limit("search", most=100, within=timedelta(minutes=10), done="looked for people")
SEARCHED_TOO_OFTEN = "You searched a hundred times within ten minutes. Wait a little, then search again."
# Codes of invitations are too long to guess; this keeps what tries from costing anything.
INVITATIONS = Limit("invitation", most=30, within=timedelta(minutes=10))


def too_often(*, what: str, who: str, most: int, within: timedelta, at: datetime) -> bool:
    """Count one more, and say whether that is over `most` in this window. Keeps no address, only a keyed hash."""
    key = f"{what}:{salted_hmac('baton.rate', who).hexdigest()[:40]}"
    seconds = within.total_seconds()
    window = datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo)
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE, [key, window])
        count = int(cursor.fetchone()[0])
    if count == most + 1:  # once a window: who goes on does not fill the log
        log.warning("too-often what=%s who=%s most=%s", what, key[-12:], most)
    return count > most


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
