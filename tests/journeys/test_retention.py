"""Records whose time is over: one officer decides, another approves, a certificate stays; and a hold that stops it."""

from datetime import timedelta

import pytest
from django.db import connections

from baton.platform import clock
from baton.platform.models import User
from baton.platform.roles import Role
from tests.factories import Place, a_user, an_allocated_episode
from tests.factories.accounts import give_everybody_a_password
from tests.journeys.browser import screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import in_each_place_at_a_desk_or_a_phone
from tests.journeys.somebody import Somebody
from tests.rights.old_families import a_family_of_long_ago
from tests.rights.test_standalone_requests import a_signposted_request

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
STILL_NEEDED = "Is the record still needed?"


def long_ago(table: str, of: str, number: int, *moments: str) -> None:
    """As if that had been fourteen years earlier, of children born in the nineties."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("update people_person set date_of_birth = date_of_birth - interval '30 years'")
        earlier = ", ".join(f"{name} = {name} - interval '14 years'" for name in moments)
        cursor.execute(f"update {table} set {earlier} where {of} = %s", [number])


def a_second_officer() -> User:
    second = a_user((Role.GOVERNANCE, None), name="Olive Officer")
    give_everybody_a_password()
    return second


def shows(officer: Somebody, name: str) -> None:
    size = "phone" if officer.is_on_a_phone else "desk"
    screenshot(officer.page, f"retention-{name}-{officer.place}-{size}")


def decides_to_dispose(officer: Somebody, record: str) -> None:
    """From the list of what is due to the decision."""
    officer.goes_to("/retention/")
    officer.reads("Nothing is ever removed by a schedule alone")
    shows(officer, f"due-{record.split()[0].lower()}")
    officer.follows(record)
    officer.reads("Kept until")
    officer.presses("Review the record")
    officer.chooses(STILL_NEEDED, "Dispose of it")
    officer.writes("Why?", "Nobody has needed it for years")
    shows(officer, "review")
    officer.presses("Save")
    shows(officer, f"decided-{record.split()[0].lower()}")


def approves(officer: Somebody, record: str) -> None:
    """From the list of what waits for a second person to the certificate."""
    officer.goes_to("/retention/")
    officer.reads("Waiting for a second person")
    officer.follows(record)
    officer.is_at("Dispose of the record for good")
    shows(officer, f"approve-{record.split()[0].lower()}")
    officer.presses("Dispose of it")
    officer.reads("The certificate names nobody it was about")
    shows(officer, f"certificate-{record.split()[0].lower()}")


@in_each_place_at_a_desk_or_a_phone
def test_two_officers_dispose_of_a_record(place: Place, enter: Enter, place_name: str, phone: bool) -> None:
    # Given a record whose time is over
    family_id = a_family_of_long_ago(place, framework=place_name)
    long_ago("episodes_episode", "family_id", family_id, "requested_at", "opened_at", "ended_at")
    second = a_second_officer()

    # When one officer reviews it, who cannot approve it too
    first = enter("governance", phone=phone)
    decides_to_dispose(first, "Quillfeather family")
    first.reads("Another officer must approve it")

    # Then another approves, and the certificate names nobody
    officer = enter(second, phone=phone)
    approves(officer, "Quillfeather family")
    officer.does_not_read("Quillfeather", "Marigold")


@in_each_place_at_a_desk_or_a_phone
def test_two_officers_dispose_of_a_request_that_became_nobodys_record(
    place: Place, enter: Enter, place_name: str, phone: bool
) -> None:
    # Given a request that was signposted years ago
    request = a_signposted_request(place, framework=place_name)
    long_ago("requests_helprequest", "id", request.pk, "received_at", "screened_at")
    second = a_second_officer()
    record = f"Request {request.reference}"

    # When one officer keeps it a little longer, it is due no more
    first = enter("governance", phone=phone)
    first.goes_to("/retention/")
    first.follows(record)
    first.presses("Review the record")
    first.chooses(STILL_NEEDED, "Keep it longer")
    first.dates("Keep it until", clock.today() + timedelta(days=30))
    first.writes("Why?", "The school has asked about it")
    first.presses("Save")
    first.reads("The school has asked about it")
    where = first.path
    first.goes_to("/retention/")
    first.does_not_read(record)

    # When that is over it is decided, and taken back once
    with connections["owner"].cursor() as cursor:
        cursor.execute("update rights_requestreview set keep_until = keep_until - 60")
    decides_to_dispose(first, record)
    first.follows("Take the decision back")
    first.presses("Take it back")
    first.goes_to(where)
    first.reads("taken back")
    decides_to_dispose(first, record)

    # Then another approves; the certificate says the reference and nobody's name
    officer = enter(second, phone=phone)
    approves(officer, record)
    officer.reads(request.reference)
    officer.does_not_read("Marshmarigold", "Nell")
    first.goes_to("/retention/disposals/")
    shows(first, "certificates")
    first.does_not_read("Marshmarigold")


@in_each_place_at_a_desk_or_a_phone
def test_a_hold_stops_every_disposal_until_it_ends(place: Place, enter: Enter, place_name: str, phone: bool) -> None:
    # Given a family, and an inquiry that asks for its record
    an_allocated_episode(place, framework=place_name)
    officer = enter("governance", phone=phone)
    officer.goes_to("/retention/holds/")
    officer.presses("Hold a record")
    officer.writes("First name of anybody in the family", "Nobody")
    officer.writes("Last name", "Atall")
    officer.dates("Date of birth", clock.today() - timedelta(days=4000))
    officer.writes("Why may nothing be disposed of?", "The inquiry into schools, letter of 3 March")
    officer.dates("When is the hold looked at again?", clock.today() + timedelta(days=90))
    officer.presses("Hold it", refused=True)
    officer.reads("Nobody you may find")

    # When an officer holds it
    officer.writes("First name of anybody in the family", "Ashby")
    officer.writes("Last name", "Quillfeather")
    for label, number in (("Day", "1"), ("Month", "5"), ("Year", "2013")):
        officer.group("Date of birth").get_by_label(label, exact=True).fill(number)
    shows(officer, "hold")
    officer.presses("Hold it")

    # Then it stands in the list with its reason, until somebody says why it ends
    officer.reads("Quillfeather", "The inquiry into schools")
    shows(officer, "holds")
    officer.follows("End this hold")
    officer.writes("Why does the hold end?", "The inquiry has closed")
    officer.presses("End it")
    officer.reads("No record is held.")
