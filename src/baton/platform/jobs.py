"""What the worker does by itself: clear away what is needed no more, and take up what a killed worker left."""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baton.platform import clock
from baton.platform.models import RateCount, Session
from baton.platform.seals import seal_entries

COUNTS_ARE_KEPT = timedelta(days=2)
DRAFTS_ARE_KEPT = timedelta(days=30)
AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="sweep", retry=AGAIN)
def sweep(timestamp: int) -> dict[str, int]:
    """Each night: delete ended sessions, old counts of callers, and drafts and keys of forms nobody came back to."""
    at = clock.now()
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    counts, _ = RateCount.objects.filter(window_starts_at__lt=at - COUNTS_ARE_KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute("select guard.sweep(%s)", [at - DRAFTS_ARE_KEPT])
    return {"sessions": sessions, "counts": counts}


@app.periodic(cron="7 2 * * *")
@app.task(queueing_lock="seal", retry=AGAIN)
def seal(timestamp: int) -> int:
    """Each night: seal the days that are over, so that no entry of theirs can be changed unseen."""
    return seal_entries(before=midnight(clock.today()))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_again")
async def take_up_again(timestamp: int) -> None:
    """Each minute: jobs whose worker has gone are put back in the queue."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


def midnight(day: date) -> datetime:
    """When the day begins, by the place's own clock."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
