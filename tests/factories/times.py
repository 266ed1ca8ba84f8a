"""Moments that tests start from. A Monday morning, so that working days are easy to follow."""

from datetime import UTC, datetime

LONG_AGO = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
MONDAY = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)  # half past nine in London
