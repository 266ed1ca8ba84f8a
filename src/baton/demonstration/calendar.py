"""When people who do not exist do their work: on working days, in office hours, often late."""

from datetime import datetime, time, timedelta
from random import Random

from baton.platform.clock import LONDON
from baton.practice.calendar import is_working_day

OFFICE_HOURS = (9, 16)


def office_time(random: Random, near: datetime) -> datetime:
    """A minute in office hours on the first working day from then on; never before `near`."""
    day = near.astimezone(LONDON).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    moment = datetime.combine(day, time(random.randint(*OFFICE_HOURS), random.choice((0, 10, 15, 30, 40, 50))), LONDON)
    return moment if moment >= near else office_time(random, near.replace(hour=0, minute=0) + timedelta(days=1))


def later(random: Random, start: datetime, *, usual: float, late: float, how_often_late: float) -> datetime:
    """About `usual` days after a start, or, as often as said, up to `late` days."""
    days = random.uniform(usual, late) if random.random() < how_often_late else usual * random.uniform(0.4, 1)
    return office_time(random, start + timedelta(days=days))
