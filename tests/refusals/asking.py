"""Whom the crawl asks as, and with whose ids: shared by those who read every address and those who post to it."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from baton.accounts.presenters.permissions import NOT_OF_A_FAMILY
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.client import sign_in_fully
from tests.refusals.marked import Families, Marked

NOT_FOUND = (403, 404)
# The hub answers requests before there is a family, and the teacher sent this one.
OF_A_REQUEST = {"request", "ask-sent", "take-request", "give-back-request", "request-agreement", "link-person"}
OF_A_REQUEST |= {"screen-request", "tell-enquirer"}


@pytest.fixture
def no_log() -> Iterator[None]:
    """Thousands of refusals would each leave a page of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def is_about_a_family(route: URLPattern) -> bool:
    return bool({name for name in route.pattern.converters if name.endswith("_id")} - NOT_OF_A_FAMILY)


def asked_with(route: URLPattern, user: User, families: Families) -> tuple[Marked, ...]:
    """The families whose ids stand in the address: all three, but one where the role alone is refused."""
    view: Any = route.callback
    is_refused = not view.audience.admits(user)  # by the roles that `client_of` read
    if not is_about_a_family(route):
        return (families.own,)
    return (families.closed,) if is_refused else tuple(families)


def is_refused_alike(route: URLPattern, user: User, refused: set[tuple[str, frozenset[str]]]) -> bool:
    """Whether the role alone is refused here and somebody else with just these roles was: noted in `refused`."""
    view: Any = route.callback
    if view.audience.admits(user):
        return False
    told = (str(route.name), frozenset(role.value for role, _ in user.held))
    was_asked = told in refused
    refused.add(told)
    return was_asked


def is_named(route: URLPattern, user: Any, family: Marked) -> bool:
    """Whether the address is of the restriction among the records, for which two of the team are named."""
    return "restriction_id" in route.pattern.converters and user in (family.place.worker, family.place.manager)


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    sign_in_fully(client, user)
    with acting_as(user):  # reads their roles
        assert user.held
    return client
