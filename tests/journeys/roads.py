"""The three places as the journeys walk them: their frameworks differ, the road does not."""

from dataclasses import dataclass

import pytest

from baton.platform import clock
from baton.practice.frameworks import Decision, Framework, Level
from baton.practice.loading import framework_in_force
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

# Each place once, and both widths: for pages that differ by neither, in journeys that take long.
in_each_place_wide_or_narrow = pytest.mark.parametrize(
    ("road", "place_name", "phone"),
    [(DORSET, "dorset", False), (DONCASTER, "doncaster", True), (DERBY, "derby", True)],
    ids=["dorset-desk", "doncaster-phone", "derby-phone"],
)
# Each place once, and one of them twice: what a phone shows does not differ by place.
in_each_place_at_a_desk_or_a_phone = pytest.mark.parametrize(
    ("place_name", "phone"),
    [("dorset", False), ("dorset", True), ("doncaster", False), ("derby", True)],
    ids=["dorset-desk", "dorset-phone", "doncaster-desk", "derby-phone"],
)
