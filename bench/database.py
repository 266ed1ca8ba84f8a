"""The benchmark's own database: a walked place, copied until it holds as many episodes as wanted."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from django.db import connections

from baton.cluster import background
from baton.cluster.databases import copy_database, drop_database, prepare
from baton.cluster.home import home_in, var_folder

DATABASE, SMALL = "baton_bench", "baton_bench_small"


@contextmanager
def bench_database(*, families: int, keep: bool) -> Iterator["Bench"]:
    """Start the cluster if it does not run, make the database anew, and take it away afterwards."""
    started = background.start(var_folder())
    home = home_in(var_folder())
    for name in (DATABASE, SMALL):
        drop_database(home, name)
    prepare(home, DATABASE)
    django.setup()
    try:
        call_command("migrate", database="owner", verbosity=0)
        yield Bench(families)
    finally:
        connections.close_all()
        for name in () if keep else (DATABASE, SMALL):
            drop_database(home, name)
        if started:
            background.stop(var_folder())


@contextmanager
def kept_database() -> Iterator[None]:
    """What an earlier run with `--keep` left, once more."""
    started = background.start(var_folder())
    django.setup()
    try:
        yield
    finally:
        connections.close_all()
        if started:
            background.stop(var_folder())


class Bench:
    """A database that grows, and what was measured on it."""

    def __init__(self, families: int) -> None:
        began = time.monotonic()
        call_command("demo_load", families=families)
        self.walked = self._episodes()
        self.copies = 0
        print(f"walked {self.walked} episodes in {time.monotonic() - began:.0f} s")

    def grow_to(self, episodes: int) -> None:
        """Copy the walked place until there are at least so many episodes."""
        from baton.demonstration.bulk import copy_place

        began = time.monotonic()
        wanted = -(-episodes // self.walked) - 1
        copy_place(first=self.copies + 1, last=wanted, say=lambda line: None)
        self.copies = wanted
        print(f"\n{self._episodes()} episodes after {time.monotonic() - began:.0f} s of copying")

    def keep_as(self, name: str) -> None:
        """A second database, just as this one is now."""
        connections.close_all()
        copy_database(home_in(var_folder()), DATABASE, name)

    def _episodes(self) -> int:
        with connections["owner"].cursor() as cursor:
            cursor.execute("select count(*) from episodes_episode")
            return int(cursor.fetchone()[0])
