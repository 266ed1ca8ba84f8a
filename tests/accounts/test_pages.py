"""The administrator's pages, the link somebody comes in by, and the table of permissions."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse

from baton.platform.models import RoleHeld, Session, User
from baton.platform.roles import Role
from tests.client import page_client
from tests.factories import Place, a_place, a_user
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
LINK = re.compile(r"http://testserver/join/#([\w-]+)")
PASSWORD = "marmalade bicycle gravel"


@pytest.fixture
def place() -> Place:
    return a_place()


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def who(place: Place, **more: str) -> dict[str, str]:
    fields = {
        "form_key": str(uuid4()),
        "given_name": "Nora",
        "family_name": "New",
        "email": "nora.new@example.org",
        "job_title": "",
        "phone": "",
        "organisation": str(place.team.organisation_id),
    }
    return fields | more


def test_an_administrator_invites_somebody_who_then_comes_in(place: Place) -> None:
    administrator = page_client(place.administrator)
    answer = administrator.post("/accounts/invite/", who(place), follow=True)
    link = LINK.search(answer.content.decode())
    assert link, "the link is shown"
    assert not LINK.search(administrator.get(answer.request["PATH_INFO"]).content.decode()), "once"
    nora = User.objects.get(email="nora.new@example.org")
    given = {
        "form_key": str(uuid4()), "role": "practitioner", "part": f"team-{place.team.pk}",
        "from_on-day": f"{NOW.day}", "from_on-month": f"{NOW.month}", "from_on-year": f"{NOW.year}",
    }  # fmt: skip
    assert administrator.post(f"/accounts/{nora.pk}/give-role/", given).status_code == 302

    visitor = page_client()
    assert "Nora New" in words_of(visitor.post("/join/", {"code": link[1]}, follow=True))
    assert "at least 12 characters" in words_of(visitor.post("/join/password/", {"password": "too short"}))
    assert visitor.post("/join/password/", {"password": PASSWORD}).status_code == 302
    assert visitor.post("/join/", {"code": link[1]}).status_code == 410
    assert page_client().post("/join/", {"code": link[1]}).status_code == 410


def test_no_address_holds_the_code_of_an_invitation(place: Place) -> None:
    answer = page_client(place.administrator).post("/accounts/invite/", who(place), follow=True)
    code = LINK.search(answer.content.decode())
    assert code, "behind a #, which a browser keeps to itself"
    visitor = page_client()
    shown = visitor.get("/join/")
    assert b'data-from-link="code"' in shown.content
    answer = visitor.post("/join/", {"code": f"http://testserver/join/#{code[1]}"})
    assert answer["Location"] == "/join/password/", "the whole link may be pasted"
    assert code[1] not in visitor.get("/join/password/").content.decode()
    assert visitor.get(f"/join/{code[1]}/").status_code == 404
    assert page_client().get("/join/password/")["Location"] == "/join/", "who has shown no code chooses nothing"


def test_an_invitation_that_ended_meanwhile_lets_nobody_choose_a_password(place: Place) -> None:
    administrator, visitor = page_client(place.administrator), page_client()
    code = LINK.search(administrator.post("/accounts/invite/", who(place), follow=True).content.decode())
    assert code
    visitor.post("/join/", {"code": code[1]})
    nora = User.objects.get(email="nora.new@example.org")
    administrator.post(f"/accounts/{nora.pk}/new-link/", {"form_key": str(uuid4())})
    assert visitor.post("/join/password/", {"password": PASSWORD}).status_code == 410
    assert not User.objects.get(pk=nora.pk).has_usable_password()


@pytest.mark.parametrize("password", ["qwerty123456", "Passwordpassword", "earlyhelp2026!", "baton-baton-baton"])
def test_a_common_password_is_refused(place: Place, password: str) -> None:
    administrator = page_client(place.administrator)
    link = LINK.search(administrator.post("/accounts/invite/", who(place), follow=True).content.decode())
    assert link
    visitor = page_client()
    visitor.post("/join/", {"code": link[1]})
    assert "too easy to guess" in words_of(visitor.post("/join/password/", {"password": password}))


def test_accounts_are_found_by_name_or_address_and_paged(place: Place) -> None:
    for number in range(35):
        a_user((Role.PRACTITIONER, place.team), name=f"Number {number}")
    client = page_client(place.administrator)
    assert "Next" in words_of(client.get("/accounts/"))
    found = words_of(client.get("/accounts/", {"q": "wilf worker"}))
    assert "Wilf Worker" in found
    assert "Stan Stranger" not in found
    assert "Stan Stranger" in words_of(client.get("/accounts/", {"q": place.stranger.email}))
    assert "no such account" in words_of(client.get("/accounts/", {"q": "nobody by this name"}))


def test_accounts_nobody_used_for_ninety_days_are_flagged(place: Place) -> None:
    User.objects.update(last_login=NOW)
    User.objects.filter(pk=place.stranger.pk).update(last_login=NOW - timedelta(days=91))
    client = page_client(place.administrator)
    assert "1 open account has not been used for 90 days" in words_of(client.get("/accounts/"))
    shown = words_of(client.get("/accounts/", {"show": "unused"}))
    assert "Stan Stranger" in shown
    assert "Wilf Worker" not in shown


def test_one_who_never_signed_in_counts_from_their_first_role(place: Place) -> None:
    User.objects.update(last_login=NOW)
    User.objects.filter(pk__in=[place.stranger.pk, place.worker.pk]).update(last_login=None)
    RoleHeld.objects.filter(user=place.worker).update(from_on=NOW.date())
    shown = words_of(page_client(place.administrator).get("/accounts/", {"show": "unused"}))
    assert "Stan Stranger" in shown
    assert "Wilf Worker" not in shown


def test_the_administrator_ends_a_role_at_once(place: Place) -> None:
    client, worker = page_client(place.administrator), page_client(place.worker)
    held = RoleHeld.objects.get(user=place.worker)
    shown = client.get(f"/accounts/{place.worker.pk}/")
    assert f"/roles/{held.pk}/end/" in shown.content.decode()
    answer = client.post(f"/roles/{held.pk}/end/", {"form_key": str(uuid4()), "when": "at-once"}, follow=True)
    assert "Ended" in words_of(answer)
    assert worker.get("/find/").status_code == 403


def test_the_last_administrator_is_told_why_they_stay(place: Place) -> None:
    client = page_client(place.administrator)
    answer = client.post(f"/accounts/{place.administrator.pk}/close/", {"form_key": str(uuid4())})
    assert "This is the last administrator" in words_of(answer)


def test_what_administrators_give_themselves_is_marked(place: Place) -> None:
    client = page_client(place.administrator)
    given = {
        "form_key": str(uuid4()), "role": "service_manager", "part": "place",
        "from_on-day": f"{NOW.day}", "from_on-month": f"{NOW.month}", "from_on-year": f"{NOW.year}",
    }  # fmt: skip
    answer = client.post(f"/accounts/{place.administrator.pk}/give-role/", given, follow=True)
    assert "Given to themselves" in words_of(answer)


def test_a_leaver_is_shown_as_closed_and_can_come_back(place: Place) -> None:
    client = page_client(place.administrator)
    answer = client.post(f"/accounts/{place.worker.pk}/close/", {"form_key": str(uuid4())}, follow=True)
    assert "Closed" in words_of(answer)
    assert "Wilf Worker" in words_of(client.get("/accounts/", {"show": "closed"}))
    again = client.post(f"/accounts/{place.worker.pk}/open/", {"form_key": str(uuid4())}, follow=True)
    assert LINK.search(again.content.decode())


def test_the_administrator_signs_somebody_out_everywhere(place: Place) -> None:
    client, worker = page_client(place.administrator), page_client(place.worker)
    assert "In 1 browser" in words_of(client.get(f"/accounts/{place.worker.pk}/"))
    client.post(f"/accounts/{place.worker.pk}/sign-out/", {"form_key": str(uuid4())})
    assert worker.get("/").status_code == 302
    assert not Session.objects.filter(user=place.worker).exists()


def test_staff_can_read_who_may_do_what(place: Place) -> None:
    read = words_of(page_client(place.worker).get("/permissions/"))
    assert "Early help coordinator" in read
    assert "Give a family to a lead practitioner" in read


@pytest.fixture
def as_the_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works as the owner of the tables; within a test there is one connection."""
    monkeypatch.setattr("baton.accounts.management.commands.invite_administrator.as_owner", nullcontext)


@pytest.mark.usefixtures("as_the_operator")
def test_the_first_administrator_comes_by_a_link_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--given-name", "Fay", "--family-name", "First", "--organisation", "Test Council"]
    call_command("invite_administrator", "fay.first@example.org", *words)
    printed = capsys.readouterr().out
    link = re.search(r"/join/#([\w-]+)", printed)
    assert link
    assert page_client().post("/join/", {"code": link[1]}).status_code == 302
    assert RoleHeld.objects.get(user__email="fay.first@example.org").role == Role.ADMINISTRATOR
    call_command("invite_administrator", "fay.first@example.org")
    assert page_client().post("/join/", {"code": link[1]}).status_code == 410, "a new link ends the earlier one"


@pytest.mark.usefixtures("as_the_operator")
def test_the_command_says_what_it_needs() -> None:
    with pytest.raises(CommandError, match="--given-name"):
        call_command("invite_administrator", "fay.first@example.org")
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("invite_administrator", "fay")
