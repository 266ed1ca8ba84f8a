"""Limits made small, so that a test meets them."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from baton.platform.rate_limits import too_often


@contextmanager
def only(most: int) -> Iterator[None]:
    """Whatever a `Limit` counts may be done only so often."""
    with patch("baton.platform.rate_limits.too_often", lambda **told: too_often(**told | {"most": most})):
        yield
