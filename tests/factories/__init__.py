"""Builders that walk the real road: places, families and episodes in any state, made by the actions themselves."""

from tests.factories.episodes import an_allocated_episode, an_episode
from tests.factories.families import a_family
from tests.factories.places import Place, a_place, a_user

__all__ = ["Place", "a_family", "a_place", "a_user", "an_allocated_episode", "an_episode"]
