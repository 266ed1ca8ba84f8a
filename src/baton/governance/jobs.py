"""What the worker does by itself: look each night through who looked at what."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baton.governance.queries.alerts import watch
from baton.platform import clock

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)
DAYS = 8  # a leaver's role is often ended after they have gone


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="watch", retry=AGAIN)
def watch_for_misuse(timestamp: int) -> int:
    """Each night: the days that are over, a week back. Returns how many alerts are new."""
    return watch(until=clock.today() - timedelta(days=1), days=DAYS)
