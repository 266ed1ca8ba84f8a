"""Makes a demonstration place: its staff, and the lives of its families up to now."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from random import Random

from django.db import connection, connections, transaction

from baton.demonstration.asking import answer, ask, ask_about_somebody_known, give_to_somebody
from baton.demonstration.calendar import office_time
from baton.demonstration.doubling import record_some_twice
from baton.demonstration.families import MadeUp, make_up
from baton.demonstration.guarding import guard_some
from baton.demonstration.helping import help_family
from baton.demonstration.rights import people_ask_of_their_record
from baton.demonstration.staffing import staff_place
from baton.demonstration.walk import NotYet, Walk
from baton.episodes.actions import deadlines_refreshed_later, rebuild_deadlines
from baton.episodes.models import Episode
from baton.platform.guard import acting_as
from baton.practice.loading import framework_in_force

SEED = 20261122
MONTHS = timedelta(days=548)
SECOND_REQUEST = 0.24  # of the families whose help has ended
ANSWERED_OTHERWISE = 0.5  # requests for other families that open no episode, for each family that is helped
JUST_NOW = 0.1  # families who asked within the last few days, so that the hub has something to do


def load_place(*, place: str, families: int, until: datetime, say: Callable[[int], None], processes: int = 1) -> Walk:
    """Fill an empty database with a place: sixty staff, families, and eighteen months of work up to `until`.

    The same seed, place and moment give the same people and work, whatever the number of processes. `say` is told how
    many families are done. Returns the walk, with all of its steps counted.
    """
    framework = framework_in_force(place, on=until.date())
    with transaction.atomic():
        staff = staff_place(place, Random(f"{SEED}-{place}"))  # noqa: S311 - people who do not exist need no secrecy
    walk = Walk(place, framework, staff, Random(), until)  # noqa: S311
    lives = _side_by_side(walk, families, processes) if processes > 1 else (live(walk, n) for n in range(families))
    for done, steps in enumerate(lives, start=1):
        walk.steps += steps
        say(done)
    record_some_twice(by=staff.hub[0], until=until)
    _ask_about_somebody_known(walk, seed=f"{SEED}-{place}")
    guard_some(walk)
    people_ask_of_their_record(walk, seed=f"{SEED}-{place}")
    with acting_as(staff.service_managers[0]):
        rebuild_deadlines(at=until)
    return walk


def live(walk: Walk, number: int) -> int:
    """One family's life, by its number. Returns how many steps it took."""
    walk = replace(walk, random=Random(f"{SEED}-{walk.place}-{number}"), steps=0, number=number)  # noqa: S311
    with deadlines_refreshed_later():
        _one_family(walk)
    return walk.steps


def _side_by_side(walk: Walk, families: int, processes: int) -> Iterator[int]:
    """Several processes, each with a connection of its own, take one family after another."""
    connections.close_all()
    with ProcessPoolExecutor(processes, get_context("fork"), initializer=_hurry) as pool:
        yield from pool.map(partial(live, walk), range(families))


def _hurry() -> None:
    """Losing the last moment of a demonstration that is being made costs nothing: it is made anew."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")


def _one_family(walk: Walk) -> None:
    back = MONTHS if walk.random.random() > JUST_NOW else timedelta(days=4)
    starts = walk.until - back * walk.random.random()
    if walk.number == 0:  # the large family, with a life to look at
        starts = walk.until - MONTHS / 2
    family = make_up(walk.random, on=starts.date())
    if walk.random.random() < ANSWERED_OTHERWISE:
        _another_request(walk)
    try:
        ended = _one_episode(walk, family, office_time(walk.random, starts), again=False)
        if ended and walk.random.random() < SECOND_REQUEST:
            again_at = office_time(walk.random, ended + timedelta(days=walk.random.randint(30, 300)))
            _one_episode(walk, family, again_at, again=True)
    except NotYet:
        return


def _another_request(walk: Walk) -> None:
    """Somebody asks for a family that then needs no team: it is signposted, advised or passed on."""
    at = office_time(walk.random, walk.until - MONTHS * walk.random.random())
    try:
        request = ask(walk, make_up(walk.random, on=at.date()), at, agreed=walk.random.random() < 0.8)
        answer(walk, request, None)
    except NotYet:
        return


def _ask_about_somebody_known(walk: Walk, *, seed: str) -> None:
    """Within the last days, so that the hub finds it in its queue."""
    walk = replace(walk, random=Random(f"{seed}-known"))  # noqa: S311
    try:
        ask_about_somebody_known(walk, office_time(walk.random, walk.until - timedelta(days=4)))
    except NotYet:  # nothing was open since
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
