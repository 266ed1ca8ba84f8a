"""What the tests of requests start from."""

from collections.abc import Iterator

import pytest

from baton.platform.guard import acting_as
from baton.requests.models import HelpRequest
from tests.factories import Place, a_place
from tests.factories.requests import a_request


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def asked(place: Place) -> HelpRequest:
    return a_request(by=place.teacher)


@pytest.fixture
def hub(place: Place) -> Iterator[Place]:
    with acting_as(place.hub_adviser):
        yield place
