"""Makes a demonstration place: its staff, and the lives of its families up to now."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from baton.demonstration.asking import answer, ask, give_to_somebody
from baton.demonstration.calendar import office_time
from baton.demonstration.families import MadeUp, make_up
from baton.demonstration.helping import help_family
from baton.demonstration.staffing import staff_place
from baton.demonstration.walk import NotYet, Walk
from baton.episodes.actions import deadlines_refreshed_later, rebuild_deadlines
from baton.episodes.models import Episode
from baton.platform.guard import acting_as
from baton.practice.loading import framework_in_force

SEED = 20261122
MONTHS = timedelta(days=548)
SECOND_REQUEST = 0.12
JUST_NOW = 0.06  # families who asked within the last few days, so that the hub has something to do


def load_place(*, place: str, families: int, until: datetime, say: Callable[[int], None]) -> Walk:
    """Fill an empty database with a place: sixty staff, families, and eighteen months of work up to `until`.

    The same seed, place and moment give the same people and work. `say` is told how many families are done.
    """
    random = Random(f"{SEED}-{place}")  # noqa: S311 - people who do not exist need no secrecy
    framework = framework_in_force(place, on=until.date())
    with transaction.atomic():
        walk = Walk(place, framework, staff_place(place, random), random, until)
    with deadlines_refreshed_later():
        for number in range(families):
            _one_family(walk)
            say(number + 1)
    with acting_as(walk.staff.service_managers[0]):
        rebuild_deadlines(at=until)
    return walk


def _one_family(walk: Walk) -> None:
    back = MONTHS if walk.random.random() > JUST_NOW else timedelta(days=4)
    starts = walk.until - back * walk.random.random()
    family = make_up(walk.random, on=starts.date())
    with transaction.atomic():
        try:
            ended = _one_episode(walk, family, office_time(walk.random, starts), again=False)
            if ended and walk.random.random() < SECOND_REQUEST * 2:
                again_at = office_time(walk.random, ended + timedelta(days=walk.random.randint(30, 300)))
                _one_episode(walk, family, again_at, again=True)
        except NotYet:
            return


def _one_episode(walk: Walk, family: MadeUp, at: datetime, *, again: bool) -> datetime | None:
    """From request to closure. Returns when help ended, or nothing where no episode began."""
    team = walk.random.choice(walk.staff.teams)
    request = ask(walk, family, at)
    episode = answer(walk, request, team, again=again)
    if episode is None:
        return None
    lead = give_to_somebody(walk, episode)
    help_family(walk, episode, lead)
    with acting_as(walk.staff.service_managers[0]):
        return Episode.objects.get(pk=episode.pk).ended_at
