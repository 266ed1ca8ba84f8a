"""What a command says instead of doing what was asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from baton.cluster.account import NoAccount
from baton.cluster.archive import NotRecovered
from baton.cluster.backups import NotBackedUp, NotRestored
from baton.cluster.binaries import NoBinaries
from baton.cluster.connection import NotConfigured
from baton.cluster.encryption import NoKey, NotOpened
from baton.cluster.making import NotMade
from baton.cluster.server import NotStarted

WHAT_IS_REFUSED = (
    NoAccount,
    NoBinaries,
    NoKey,
    NotBackedUp,
    NotConfigured,
    NotMade,
    NotOpened,
    NotRecovered,
    NotRestored,
    NotStarted,
)


class Refusal(Exception):
    """A sentence for the person at the keyboard: what is wrong and what to do."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turns what the cluster refuses into a Refusal."""
    try:
        yield
    except WHAT_IS_REFUSED as reason:
        raise Refusal(str(reason)) from reason
    except PermissionError as reason:
        raise Refusal(
            f"{reason.filename or reason} is not yours to use. Run Baton as the account that made its files, or give "
            "it a folder of its own in BATON_VAR."
        ) from reason
