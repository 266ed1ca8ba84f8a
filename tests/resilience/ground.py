"""The folder, the database and the people that tests of resilience stand on."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connections
from psycopg import OperationalError

from baton.cluster.connection import APP, OWNER, embedded
from baton.cluster.home import Home, home_in
from baton.cluster.server import connect
from baton.episodes.models import Episode
from baton.platform import clock
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.accounts import PASSWORD, give_everybody_a_password, recovery_code
from tests.site import environment_of_baton
from tests.visitor import Visitor

DATABASE = "baton_resilience"
A_MONTH = timedelta(days=28)
FAMILIES = ("Quillfeather", "Thistledown", "Brackenbury", "Pennyroyal", "Larkspurling", "Mossgrove")


@dataclass(frozen=True)
class People:
    """Who works here, and the episodes of one team and of the other."""

    place: Place
    episodes: list[Episode]
    episode_of_others: Episode


@dataclass
class Ground:
    """One embedded cluster under `var`, and how Baton's programs are told of it."""

    var: Path
    made: list[People] = field(default_factory=list)
    database: str = DATABASE

    @property
    def home(self) -> Home:
        return home_in(self.var)

    @property
    def people(self) -> People:
        return self.made[0]

    @property
    def environment(self) -> dict[str, str]:
        return environment_of_baton(BATON_VAR=str(self.var), BATON_DATABASE=self.database, BATON_PLACE="dorset")

    def baton(self, *words: str) -> str:
        """Run one of Baton's commands; returns what it said."""
        command = [sys.executable, "-m", "baton", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"baton {' '.join(words)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What PostgreSQL holds, whoever may see it."""
        with connect(self.home, self.database) as connection:
            return list(connection.execute(query, values).fetchall())

    def one(self, query: str, *values: Any) -> Any:
        return self.rows(query, *values)[0][0]

    def cut_connections(self) -> int:
        """End every connection of the application, whatever it does; how many there were, none when nobody answers."""
        query = "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'baton_app'"
        try:
            return int(self.one(query))
        except OperationalError:
            return 0

    def end_sessions(self) -> None:
        """As when everybody went home for the night."""
        with connect(self.home, self.database) as connection:
            connection.execute("delete from platform_session")

    @contextmanager
    def django(self) -> Iterator[None]:
        """Within it, this process's Django works in this database."""
        before = {alias: dict(connections.settings[alias]) for alias in ("default", "owner")}
        for alias, role in (("default", APP), ("owner", OWNER)):
            connections[alias].close()
            connections.settings[alias].update(embedded(self.home, role, self.database))
        try:
            yield
        finally:
            for alias, settings in before.items():
                connections[alias].close()
                connections.settings[alias].update(settings)


def people_at_work() -> People:
    """A place with some families, each helped since about a month ago, whose people can sign in."""
    place, began = a_place(), clock.now() - A_MONTH
    episodes = []
    for name in FAMILIES:
        family = a_family(team=place.team, by=place.hub_adviser, name=name, at=began)
        episodes.append(an_allocated_episode(place, family=family, at=began))
    theirs = a_family(team=place.other_team, by=place.hub_adviser, name="Wintersgill", at=began)
    of_others = an_allocated_episode(other_half(place), family=theirs, to=place.stranger, at=began)
    give_everybody_a_password()
    return People(place=place, episodes=episodes, episode_of_others=of_others)


def other_half(place: Place) -> Place:
    """The same place seen by its other team."""
    return replace(
        place,
        team=place.other_team,
        manager=place.other_manager,
        worker=place.stranger,
        other_team=place.team,
        other_manager=place.manager,
        stranger=place.worker,
    )


def signed_in(visitor: Visitor, email: str) -> Visitor:
    """The visitor, signed in."""
    answer = visitor.sign_in(email, PASSWORD, recovery_code(email))
    assert answer.status == 302, f"{email} was not let in: {answer.status}"
    return visitor
