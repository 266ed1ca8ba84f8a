"""A record whose time is over: one officer decides, another approves, a certificate stays."""

import pytest
from django.db import connections
from playwright.sync_api import expect

from baton.platform.roles import Role
from tests.factories import Place, a_user
from tests.factories.accounts import give_everybody_a_password
from tests.journeys.browser import check, screenshot
from tests.journeys.conftest import SignIn
from tests.rights.old_families import a_family_of_long_ago

pytestmark = [
    pytest.mark.browser,
    pytest.mark.commits,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def long_ago(family_id: int) -> None:
    """As if help had ended in 2012, for children born in the nineties."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("update people_person set date_of_birth = date_of_birth - interval '30 years'")
        earlier = ", ".join(
            f"{name} = {name} - interval '14 years'" for name in ("requested_at", "opened_at", "ended_at")
        )
        cursor.execute(f"update episodes_episode set {earlier} where family_id = %s", [family_id])


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_two_officers_dispose_of_a_record(place: Place, person: SignIn, phone: bool) -> None:
    # Given a record whose time is over
    family_id = a_family_of_long_ago(place)
    long_ago(family_id)
    second = a_user((Role.GOVERNANCE, None), name="Olive Officer")
    give_everybody_a_password()
    size = "phone" if phone else "desk"

    # When one officer reviews it
    page = person("governance", phone=phone)
    page.goto("/retention/")
    check(page)
    screenshot(page, f"retention-due-{size}")
    page.get_by_role("link", name="Quillfeather family").first.click()
    page.get_by_role("button", name="Review the record").click()
    check(page)
    page.get_by_label("Dispose of it").check()
    page.get_by_label("Why?").fill("Nobody has needed it for years")
    page.get_by_role("button", name="Save").click()
    check(page)
    screenshot(page, f"retention-family-{size}")

    # Then another approves, and the certificate names nobody
    page = person(second, phone=phone)
    page.goto("/retention/")
    page.get_by_role("link", name="Quillfeather family").first.click()
    check(page)
    screenshot(page, f"retention-approve-{size}")
    page.get_by_role("button", name="Dispose of it").click()
    expect(page.get_by_text("The certificate names nobody it was about")).to_be_visible()
    assert "Quillfeather" not in page.content()
    check(page)
    screenshot(page, f"retention-certificate-{size}")
