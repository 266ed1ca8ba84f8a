"""A person's record in the browser: who they are, where they live, how to reach them; warnings; the chronology."""

from datetime import date, timedelta

from playwright.sync_api import expect

from baton.people.models import FamilyMember, Person
from baton.people.presenters.facts import FACTS
from baton.people.presenters.record import SUBJECTS
from baton.platform import clock
from baton.platform.guard import acting_as
from tests.factories import Place, an_allocated_episode
from tests.journeys.browser import screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import Road, in_each_place_wide_or_narrow, led
from tests.journeys.somebody import Somebody


def member_of(place: Place, family_id: int, given_name: str) -> int:
    with acting_as(place.worker):
        return FamilyMember.objects.get(family_id=family_id, person__given_name=given_name).pk


def shows(worker: Somebody, name: str) -> None:
    screenshot(worker.page, f"{'phone-' if worker.is_on_a_phone else ''}{name}")


@in_each_place_wide_or_narrow
def test_who_leads_writes_down_who_a_child_is_and_where_they_live(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    # Given a family somebody leads
    family_id = led(place, road).family_id
    ashby = member_of(place, family_id, "Ashby")
    worker = enter(road.lead, phone=phone)
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Ashby Quillfeather")

    # When they write down what they learned, with a slip
    worker.follows("Change Ethnicity")
    worker.picks("Ethnicity", "White and Black Caribbean")
    worker.presses("Save")
    worker.reads("White and Black Caribbean")
    worker.goes_to(f"/members/{ashby}/record/identifiers/")
    worker.follows("Change NHS number")
    worker.writes("NHS number", "000 000 0000")
    worker.presses("Save", refused=True)
    worker.writes("NHS number", "999 000 0018")
    worker.presses("Save")
    worker.follows("Change Unique pupil number")
    worker.page.get_by_label("If there is none, why?").select_option(index=1)
    worker.presses("Save")
    worker.reads("999 000 0018", "None: ")
    worker.goes_to(f"/members/{ashby}/add/contact/")
    worker.chooses("What is it?", "Mobile")
    worker.writes("Number or address", "07700 900 982")
    worker.chooses("Is it safe to use?", "Only in the way written here")
    worker.presses("Save", refused=True)
    worker.writes("How to use it", "Texts only: his father reads the screen")
    worker.presses("Save")
    worker.reads("Only like this: Texts only: his father reads the screen")

    # And the family moves
    for lines, on in (("1 Otter Lane", date(2025, 1, 6)), ("2 Kettle Street", date(2026, 7, 1))):
        worker.goes_to(f"/members/{ashby}/record/homes/")
        worker.presses("Record a home or a move")
        if worker.page.get_by_role("group", name="Which address?").count():
            worker.chooses("Which address?", "Another address")
        worker.writes("Address", lines)
        worker.writes("Postcode", "dt11xj")
        worker.chooses("What kind of home is it?", "Main home")
        worker.ticks("Who else of the family lives there from that day?", "Marigold Quillfeather")
        worker.dates("From", on)
        worker.presses("Save")
    worker.reads("2 Kettle Street, DT1 1XJ", "6 January 2025 to 1 July 2026")
    shows(worker, "person-homes")

    # Then the family's picture of any day says who lived where
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Who lives where")
    worker.reads("2 Kettle Street")
    shows(worker, "family-on")

    # And the coordinator of the locality reads it and changes nothing
    coordinator = enter("coordinator", phone=phone)
    coordinator.goes_to(f"/members/{ashby}/record/contact/")
    coordinator.reads("Texts only")
    assert not coordinator.has_way("Change")


def test_every_page_of_a_persons_record_opens(place: Place, enter: Enter) -> None:
    family_id = an_allocated_episode(place).family_id
    ashby = member_of(place, family_id, "Ashby")
    worker = enter("worker")
    for subject in SUBJECTS:
        worker.goes_to(f"/members/{ashby}/record/{subject}/")
        screenshot(worker.page, f"person-{subject}")
    for fact in FACTS:
        worker.goes_to(f"/members/{ashby}/change/{fact}/")
    for thing in ("name", "contact", "setting", "agency"):
        worker.goes_to(f"/members/{ashby}/add/{thing}/")


@in_each_place_wide_or_narrow
def test_a_child_is_born_in_the_record_they_had(place: Place, enter: Enter, road: Road, phone: bool) -> None:
    family_id = led(place, road).family_id
    ashby = member_of(place, family_id, "Ashby")
    with acting_as(place.worker):
        Person.objects.filter(memberships=ashby).update(date_of_birth=None, due_on=clock.today() + timedelta(days=9))
    worker = enter(road.lead, phone=phone)
    worker.goes_to(f"/members/{ashby}/record/identity/")
    worker.presses("Record the birth")
    worker.dates("Date of birth", clock.today())
    worker.writes("First name", "Juniper")
    worker.chooses("Sex", "Female")
    worker.presses("Save")
    worker.is_at("Juniper Quillfeather")
    worker.reads("Born")


@in_each_place_wide_or_narrow
def test_a_warning_is_seen_before_the_visit_and_looked_at_again(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    episode = led(place, road)
    worker = enter(road.lead, phone=phone)
    worker.goes_to(f"/families/{episode.family_id}/")
    worker.follows("Warnings")
    worker.presses("Give a warning")
    worker.chooses("Who is it about?", "Marigold Quillfeather")
    worker.picks("Kind of warning", "Visit with two workers")
    worker.writes("What should somebody do, or not do?", "Visit with two workers")
    worker.writes("Why?", "A chair was thrown when the housing officer came.")
    worker.chooses("Were they told about this warning?", "No")
    worker.writes("How were they told, or why not?", "It could put the children at risk")
    worker.dates("When will you look at it again?", clock.today() + timedelta(days=60))
    worker.presses("Give the warning")
    shows(worker, "warnings")
    colleague = enter("colleague", phone=True)
    for path in (f"/families/{episode.family_id}/", f"/episodes/{episode.pk}/visits/record/"):
        colleague.goes_to(path)
        expect(colleague.page.locator(".baton-warnings")).to_contain_text("Visit with two workers")
    screenshot(colleague.page, "phone-warning")
    worker.follows("Look at it again")
    worker.writes("What did you find?", "He has not been seen since, nobody knows where he is.")
    worker.dates("When will you look at it again?", clock.today() + timedelta(days=90))
    worker.presses("Keep the warning")
    worker.follows("End it")
    worker.writes("Why is it not needed any more?", "He moved away")
    worker.presses("End the warning")
    worker.reads("No warning stands", "He moved away")


@in_each_place_wide_or_narrow
def test_what_happened_before_is_added_and_copied_for_a_meeting(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    family_id = led(place, road).family_id
    worker = enter(road.lead, phone=phone)
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Chronology")
    worker.presses("Add something that happened")
    worker.dates("When did it happen?", date(2024, 3, 3))
    worker.picks("What kind of thing was it?", "Police or courts")
    worker.writes("What happened?", "The police were called to an argument.")
    worker.picks("Which agency knew it?", "Police")
    worker.writes("Where do you know it from?", "Police notification")
    worker.chooses("How significant was it?", "Significant")
    worker.presses("Add it", refused=True)
    worker.writes("What did it mean for the children?", "They heard it from their room")
    worker.presses("Add it")
    worker.reads("The police were called to an argument.", "Lead practitioner allocated")
    shows(worker, "chronology")
    worker.presses("Copy for a meeting")
    worker.writes("What is the copy called?", "For the review")
    worker.writes("What is it for?", "The review with the school")
    worker.presses("Make the copy")
    worker.is_at("For the review")
    worker.reads("The police were called to an argument.")
    shows(worker, "chronology-copy")
    worker.goes_to(f"/families/{family_id}/chronology/print/?significant=on")
    worker.reads("This is a part of the chronology")
