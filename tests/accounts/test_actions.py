"""Joiners, movers and leavers: state, audit, and who may."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from baton.accounts.actions import (
    accept_invitation,
    change_account,
    close_account,
    end_role,
    give_role,
    invite,
    make_link,
    open_account_again,
    sign_out_everywhere,
    start_anew,
)
from baton.accounts.models import Invitation
from baton.accounts.queries import Part, day_in_force, hash_of, invitation_with
from baton.platform.guard import acting_as, open_context
from baton.platform.models import AuditEntry, RoleHeld, User
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.roles import HeldFor, Role
from tests.client import page_client
from tests.factories import Place, a_place, a_user

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
TODAY = day_in_force(NOW)
A_DAY = timedelta(days=1)


@pytest.fixture
def place() -> Place:
    return a_place()


def invited(place: Place, **more: Any) -> Invitation:
    who = {
        "email": "nora.new@example.org",
        "given_name": "Nora",
        "family_name": "New",
        "job_title": "Family worker",
        "phone": "",
    }
    with acting_as(place.administrator):
        return invite(organisation=place.team.organisation, **who | more, by=place.administrator, at=NOW)


def given(place: Place, user: User, role: Role = Role.PRACTITIONER, part: Part | None = None, **more: Any) -> RoleHeld:
    told = {"from_on": TODAY, "until_on": None, "by": place.administrator, "at": NOW} | more
    with acting_as(place.administrator):
        return give_role(user=user, role=role, part=part or Part(HeldFor.TEAM, place.team.pk), **told)


def roles_in_postgresql(user: User) -> set[str]:
    """The roles PostgreSQL itself finds held now."""
    with acting_as(user), connection.cursor() as cursor:
        cursor.execute("select current_setting('app.roles', true)")
        held = cursor.fetchone()
    return set(filter(None, str(held[0] if held else "").strip("{}").split(",")))


def entries(place: Place) -> list[str]:
    with acting_as(place.administrator):
        return list(AuditEntry.objects.filter(by=place.administrator).order_by("pk").values_list("action", flat=True))


def test_somebody_invited_has_an_account_without_password_or_role(place: Place) -> None:
    made = invited(place)
    assert not made.user.has_usable_password()
    assert roles_in_postgresql(made.user) == set()
    assert entries(place) == ["make_link", "invite"]


def test_of_a_link_only_the_hash_is_kept(place: Place) -> None:
    made = invited(place)
    kept = Invitation.objects.get(pk=made.pk)
    assert made.token
    assert kept.token == ""
    assert kept.token_hash == hash_of(made.token)


def test_nobody_is_invited_under_an_address_that_is_taken(place: Place) -> None:
    with pytest.raises(Refused, match="account with this e-mail address already"):
        invited(place, email=place.worker.email.upper())


def test_a_link_works_once_and_for_a_week(place: Place) -> None:
    made = invited(place)
    assert invitation_with(made.token, NOW + 6 * A_DAY) == made
    assert invitation_with(made.token, NOW + 8 * A_DAY) is None
    user = accept_invitation(invitation=made, password="three unlikely words here", by=None, at=NOW)
    assert user.check_password("three unlikely words here")
    assert invitation_with(made.token, NOW) is None


def test_a_new_link_ends_the_earlier_one(place: Place) -> None:
    first = invited(place)
    with acting_as(place.administrator):
        second = make_link(user=first.user, by=place.administrator, at=NOW + A_DAY)
    assert invitation_with(first.token, NOW + A_DAY) is None
    assert invitation_with(second.token, NOW + A_DAY) == second


def test_somebody_signed_in_accepts_no_link(place: Place) -> None:
    with pytest.raises(NotAllowed):
        accept_invitation(invitation=invited(place), password="three unlikely words", by=place.worker, at=NOW)  # type: ignore[arg-type]


def test_a_role_holds_from_the_day_it_is_given(place: Place) -> None:
    user = invited(place).user
    held = given(place, user)
    assert roles_in_postgresql(user) == {"practitioner"}
    assert (held.team, held.given_by, held.given_at) == (place.team, place.administrator, NOW)
    assert entries(place)[-1] == "give_role"


def test_a_role_from_tomorrow_is_not_held_today(place: Place) -> None:
    user = invited(place).user
    given(place, user, from_on=TODAY + A_DAY)
    assert roles_in_postgresql(user) == set()


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.ADMINISTRATOR, HeldFor.TEAM),
        (Role.TEAM_MANAGER, HeldFor.PLACE),
        (Role.COORDINATOR, HeldFor.TEAM),
    ],
)
def test_a_role_is_held_only_for_what_its_sheet_says(place: Place, role: Role, kind: HeldFor) -> None:
    part = Part(kind, place.team.pk if kind == HeldFor.TEAM else None)
    with pytest.raises(Refused, match="cannot be held for that part"):
        given(place, place.worker, role, part)


def test_nobody_holds_a_role_twice_for_the_same_part(place: Place) -> None:
    with pytest.raises(Refused, match="already"):
        given(place, place.worker)
    given(place, place.worker, part=Part(HeldFor.TEAM, place.other_team.pk))


def test_somebody_may_hold_several_roles(place: Place) -> None:
    given(place, place.worker, Role.PANEL_CHAIR, Part(HeldFor.LOCALITY, place.team.locality_id))
    assert roles_in_postgresql(place.worker) == {"practitioner", "panel_chair"}


def test_access_ends_with_the_role_at_once(place: Place) -> None:
    client = page_client(place.worker)
    assert client.get("/find/").status_code == 200
    held = RoleHeld.objects.get(user=place.worker)
    with acting_as(place.administrator):
        end_role(held=held, last_on=None, by=place.administrator, at=NOW)
    assert roles_in_postgresql(place.worker) == set()
    assert client.get("/find/").status_code == 403


def test_a_role_given_and_ended_on_one_day_holds_no_more(place: Place) -> None:
    user = invited(place).user
    held = given(place, user)
    with acting_as(place.administrator):
        end_role(held=held, last_on=None, by=place.administrator, at=NOW)
    assert roles_in_postgresql(user) == set()
    assert (held.ended_by, held.ended_at) == (place.administrator, NOW)


def test_a_role_can_end_after_a_last_day(place: Place) -> None:
    held = RoleHeld.objects.get(user=place.worker)
    with acting_as(place.administrator):
        end_role(held=held, last_on=TODAY, by=place.administrator, at=NOW)
    assert roles_in_postgresql(place.worker) == {"practitioner"}
    with acting_as(place.administrator), pytest.raises(Refused, match="today or later"):
        end_role(held=held, last_on=TODAY - A_DAY, by=place.administrator, at=NOW)


def test_the_last_administrator_stays(place: Place) -> None:
    held = RoleHeld.objects.get(user=place.administrator)
    with acting_as(place.administrator):
        with pytest.raises(Refused, match="last administrator"):
            end_role(held=held, last_on=None, by=place.administrator, at=NOW)
        with pytest.raises(Refused, match="last administrator"):
            close_account(user=place.administrator, by=place.administrator, at=NOW)


def test_an_administrator_whose_role_will_end_does_not_count_as_one_who_stays(place: Place) -> None:
    given(place, place.colleague, Role.ADMINISTRATOR, Part(HeldFor.PLACE), until_on=TODAY + A_DAY)
    held = RoleHeld.objects.get(user=place.administrator)
    with acting_as(place.administrator), pytest.raises(Refused, match="last administrator"):
        end_role(held=held, last_on=None, by=place.administrator, at=NOW)


def test_with_another_administrator_the_first_may_go(place: Place) -> None:
    given(place, place.colleague, Role.ADMINISTRATOR, Part(HeldFor.PLACE))
    held = RoleHeld.objects.get(user=place.administrator)
    with acting_as(place.administrator):
        end_role(held=held, last_on=None, by=place.administrator, at=NOW)
    assert roles_in_postgresql(place.administrator) == set()


def test_what_administrators_give_themselves_is_on_record(place: Place) -> None:
    held = given(place, place.administrator, Role.SERVICE_MANAGER, Part(HeldFor.PLACE))
    assert held.given_by == place.administrator
    assert entries(place)[-1] == "give_role"


def test_a_leaver_is_out_at_once_everywhere(place: Place) -> None:
    client = page_client(place.worker)
    assert client.get("/").status_code == 200
    with acting_as(place.administrator):
        close_account(user=place.worker, by=place.administrator, at=NOW)
    assert client.get("/").status_code == 302
    assert not place.worker.sessions.exists()
    assert not User.objects.get(pk=place.worker.pk).has_usable_password()
    assert roles_in_postgresql(place.worker) == set()
    assert entries(place) == ["close_account"]


def test_roles_that_would_begin_later_end_with_the_account(place: Place) -> None:
    given(place, place.worker, Role.AUDITOR, Part(HeldFor.PLACE), from_on=TODAY + 5 * A_DAY)
    with acting_as(place.administrator):
        close_account(user=place.worker, by=place.administrator, at=NOW)
    assert not [held for held in RoleHeld.objects.filter(user=place.worker) if held.until_on is None]
    later = RoleHeld.objects.get(user=place.worker, role=Role.AUDITOR)
    assert later.until_on == later.from_on - A_DAY


def test_a_closed_account_gets_no_role_and_is_not_closed_twice(place: Place) -> None:
    with acting_as(place.administrator):
        close_account(user=place.worker, by=place.administrator, at=NOW)
        with pytest.raises(Refused, match="ended already"):
            close_account(user=place.worker, by=place.administrator, at=NOW)
    with pytest.raises(Refused, match="account is closed"):
        given(place, place.worker, Role.AUDITOR, Part(HeldFor.PLACE))


def test_an_account_opened_again_holds_no_role(place: Place) -> None:
    with acting_as(place.administrator):
        close_account(user=place.worker, by=place.administrator, at=NOW)
        made = open_account_again(user=place.worker, by=place.administrator, at=NOW)
    assert invitation_with(made.token, NOW) == made
    assert roles_in_postgresql(place.worker) == set()


def test_a_new_start_takes_the_password_and_the_sessions_away(place: Place) -> None:
    client = page_client(place.worker)
    with acting_as(place.administrator):
        start_anew(user=place.worker, by=place.administrator, at=NOW)
    assert client.get("/").status_code == 302
    assert roles_in_postgresql(place.worker) == {"practitioner"}


def test_somebody_who_moved_keeps_the_account(place: Place) -> None:
    with acting_as(place.administrator):
        change_account(
            user=place.teacher, organisation=place.team.organisation, email="tess.moved@example.org", given_name="Tess",
            family_name="Teacher", job_title="Family worker", phone="", by=place.administrator, at=NOW,
        )  # fmt: skip
    moved = User.objects.get(pk=place.teacher.pk)
    assert (moved.organisation, moved.email) == (place.team.organisation, "tess.moved@example.org")


@pytest.mark.parametrize("who", ["worker", "manager", "service_manager", "governance", "auditor"])
def test_only_administrators_look_after_accounts(place: Place, who: str) -> None:
    by = getattr(place, who)
    somebody = a_user(name="Sam Body")
    with acting_as(by):
        with pytest.raises(NotAllowed):
            give_role(
                user=by, role=Role.ADMINISTRATOR, part=Part(HeldFor.PLACE), from_on=TODAY, until_on=None, by=by, at=NOW
            )
        with pytest.raises(NotAllowed):
            close_account(user=somebody, by=by, at=NOW)
        with pytest.raises(NotAllowed):
            start_anew(user=somebody, by=by, at=NOW)
        with pytest.raises(NotAllowed):
            sign_out_everywhere(user=somebody, but="", by=by, at=NOW)


def test_everybody_may_sign_themselves_out_everywhere_but_here(place: Place) -> None:
    here, there = page_client(place.worker), page_client(place.worker)
    with acting_as(place.worker):
        open_context(place.worker)
        sign_out_everywhere(user=place.worker, but=here.session.session_key or "", by=place.worker, at=NOW)
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
