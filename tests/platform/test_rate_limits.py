"""Who is counted: the address a request came from, which a visitor behind the proxy cannot choose."""

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from baton.platform.rate_limits import caller_of

PROXY = "127.0.0.1"


def caller(told: str = "", came_from: str = PROXY) -> str:
    headers = {"x-forwarded-for": told} if told else {}
    return caller_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=came_from))


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("198.51.100.9, 192.0.2.7", "192.0.2.7"),
        ("198.51.100.9,,192.0.2.7 ", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("", PROXY),
    ],
)
def test_behind_the_proxy_the_address_it_added_last_counts(settings: Settings, told: str, counted: str) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert caller(told) == counted


def test_without_a_proxy_what_a_visitor_says_is_not_believed(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None
    assert caller("198.51.100.9", came_from="192.0.2.7") == "192.0.2.7"
