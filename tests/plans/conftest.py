"""What the tests of plans start from."""

import pytest

from baton.episodes.models import Episode
from tests.client import PageClient, page_client
from tests.factories import Place, a_place, an_allocated_episode


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


@pytest.fixture
def client(place: Place) -> PageClient:
    return page_client(place.worker)
