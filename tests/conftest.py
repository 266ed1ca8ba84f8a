"""What all tests share, and in which order their files are run."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.database import django_db_setup
from tests.factories.accounts import codes_in_time, quickly_hashed

__all__ = ["django_db_setup"]
# How long an example takes says how busy the machine is; what is tried is the same each time, so a failure is new.
settings.register_profile("baton", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("baton")
TESTS = Path(__file__).resolve().parent
# Where minutes go, the longest first: begun late, one of these would leave the other workers idle at the end.
LONGEST_FIRST = (
    "refusals/test_crawling.py",
    "resilience/test_killed_in_the_middle.py",
    "refusals/test_forging.py",
    "journeys/test_parts_of_the_road.py",
    "journeys/test_the_road.py",
    "importing/test_interrupted.py",
    "journeys/test_need_to_know.py",
    "journeys/test_guarding.py",
    "journeys/test_accounts.py",
    "journeys/test_nothing_lost.py",
    "journeys/test_sharing.py",
    "journeys/test_signing_in.py",
    "journeys/test_a_persons_record.py",
    "journeys/test_relationships.py",
    "journeys/test_retention.py",
    "journeys/test_rights.py",
    "cluster/test_backups.py",
    "cluster/test_moments.py",
    "command/test_serving.py",
    "demonstration/test_place.py",
    "matching/test_febrl.py",
    "matching/test_merging.py",
    "people/test_properties.py",
    "refusals/test_every_route.py",
    "refusals/test_every_answer.py",
    "refusals/test_logs.py",
    "resilience/test_back_again.py",
    "resilience/test_database_gone.py",
    "resilience/test_disk_and_clock.py",
    "resilience/test_forms_over_http.py",
    "resilience/test_in_production.py",
    "resilience/test_jobs_killed.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files, then all others as they come."""
    place = {TESTS / file: number for number, file in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it is not looked through for garbage each time, and the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _sign_in_without_waiting() -> Iterator[None]:
    with codes_in_time(), quickly_hashed():
        yield
