"""What the tests of assessments start from."""

import pytest

from baton.episodes.models import Episode
from tests.factories import Place, a_place, an_allocated_episode


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)
