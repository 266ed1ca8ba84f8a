"""The three places as the journeys walk them: their frameworks differ, the road does not."""

from dataclasses import dataclass

import pytest

from baton.episodes.models import Episode
from baton.platform import clock
from baton.platform.models import User
from baton.practice.frameworks import Decision, Framework, Level
from baton.practice.loading import framework_in_force
from tests.factories import Place
from tests.factories.episodes import REASONS, an_allocated_episode
from tests.factories.families import TWO_CHILDREN

ELDEST, YOUNGEST, MOTHER = "Ashby", "Bramwell", "Marigold"
NAME = "Quillfeather"
CHILDREN = TWO_CHILDREN


@dataclass(frozen=True)
class Road:
    """One place, the level of need its family has, and who of the place leads."""

    place: str
    level: int
    lead: str

    @property
    def framework(self) -> Framework:
        """The framework the site works by."""
        return framework_in_force(self.place, on=clock.today())

    def term(self, name: str) -> str:
        """What the place calls a thing: its plan, its panel, who leads."""
        return self.framework.terms[name]

    @property
    def reason(self) -> str:
        """The reason for help that the factories give, in the place's own words."""
        return next(each.title for each in self.framework.reasons if each.id == REASONS[self.place])

    @property
    def level_of_need(self) -> Level:
        """The level in the framework's own words."""
        return self.framework.level(self.level)

    @property
    def opening(self) -> Decision:
        """The first of the framework's answers to a request that opens help."""
        return next(each for each in self.framework.decisions if each.kind == "opens_episode")

    @property
    def gathers_updates(self) -> bool:
        """Whether a review at this level needs no meeting."""
        return self.place == "doncaster" and self.level == 2

    def __str__(self) -> str:
        return self.place


DORSET = Road("dorset", level=3, lead="worker")
DONCASTER = Road("doncaster", level=2, lead="worker")
DERBY = Road("derby", level=3, lead="teacher")  # a school leads: a partner, not the council
ROADS = (DORSET, DONCASTER, DERBY)


def leader(place: Place, road: Road) -> User:
    """Who leads families in that place: in Derby somebody of a school."""
    found: User = getattr(place, road.lead)
    return found


def led(place: Place, road: Road) -> Episode:
    """A family led by who leads in that place, at its level of need."""
    return an_allocated_episode(place, to=leader(place, road), level=road.level, framework=road.place)


in_each_place = pytest.mark.parametrize(("place_name", "road"), [(each.place, each) for each in ROADS], ids=str)
# Each place once, and both widths: what a phone shows does not differ by place.
in_each_place_wide_or_narrow = pytest.mark.parametrize(
    ("road", "place_name", "phone"),
    [(DORSET, "dorset", False), (DONCASTER, "doncaster", True), (DERBY, "derby", True)],
    ids=["dorset-desk", "doncaster-phone", "derby-phone"],
)
# The same the other way round, for journeys that need the place's name alone.
in_each_place_at_a_desk_or_a_phone = pytest.mark.parametrize(
    ("place_name", "phone"),
    [("dorset", True), ("doncaster", False), ("derby", True)],
    ids=["dorset-phone", "doncaster-desk", "derby-phone"],
)
# For what is laid out otherwise on a phone: one place twice.
in_each_place_and_one_at_both_widths = pytest.mark.parametrize(
    ("place_name", "phone"),
    [("dorset", False), ("dorset", True), ("doncaster", False), ("derby", True)],
    ids=["dorset-desk", "dorset-phone", "doncaster-desk", "derby-phone"],
)
