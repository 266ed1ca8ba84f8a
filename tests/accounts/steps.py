"""The two steps of signing in, taken by a client without a browser."""

from django.http import HttpResponse
from django.test import Client

from baton.platform.models import User
from tests.factories.accounts import PASSWORD
from tests.html import parse, text_of

SECOND_STEP = "/sign-in/second-step/"


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def first_step(client: Client, user: User, password: str = PASSWORD, to: str = "") -> HttpResponse:
    return client.post("/sign-in/", {"login": user.email, "password": password, "next": to})


def second_step(client: Client, code: str) -> HttpResponse:
    return client.post(SECOND_STEP, {"code": code})


def is_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)
