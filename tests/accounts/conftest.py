"""A place whose people can sign in."""

import pytest

from baton.episodes.models import Episode
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.accounts import give_everybody_a_password


@pytest.fixture
def place() -> Place:
    made = a_place()
    give_everybody_a_password()
    return made


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)
