"""Who is who: found by whatever is known, known before they are entered twice, made one record and two again."""

import re
from datetime import date

from playwright.sync_api import expect

from baton.matching.jobs import sweep_for_duplicates
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from tests.factories import Place, a_family, an_allocated_episode
from tests.factories.guarded import a_restriction
from tests.journeys.browser import DESK, PHONE, screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import CHILDREN, DORSET, ELDEST, NAME, Road, in_each_place, in_each_place_wide_or_narrow
from tests.journeys.somebody import Somebody

BORN = CHILDREN[0][1]
PAIR = f"{ELDEST} {NAME} and {ELDEST} Quilfeather"
LOOK_FOR = "Who are you looking for?"
COMPARE_WITH = "Which record do you want to compare it with?"
SCHOOL, HOME = "Otter School", "DT1 1XJ"

# What somebody types, and what the page says of why it fits.
WHATEVER_IS_KNOWN = (
    (f"Ashbie Quilfether {BORN:%d %m %Y}", "first name spelt differently"),
    (f"Quillfeather Ashby {BORN:%d/%m/%Y}", "same date of birth"),
    ("Ashby Quillfeather 5 1 2013", "day and month of birth swapped"),
    ("ashb quillf", "part of the last name"),
    (f"{BORN:%d/%m/%Y}", "same date of birth"),
    ("ashby 13", "aged 13"),
    (HOME, "same postcode"),
    ("ashby otter school", "same school"),
    ("999 000 0018", "same identifying number"),
)


def shows(somebody: Somebody, name: str) -> None:
    """Keep a picture of the page as wide as a phone, and of one at a desk as wide as that too."""
    place = somebody.place
    if somebody.is_on_a_phone:
        screenshot(somebody.page, f"phone-{name}-{place}")
        return
    screenshot(somebody.page, f"{name}-{place}")
    somebody.page.set_viewport_size(PHONE)
    screenshot(somebody.page, f"phone-{name}-{place}")
    somebody.page.set_viewport_size(DESK)


def looks_for(somebody: Somebody, typed: str) -> None:
    somebody.goes_to("/find/")
    somebody.writes(LOOK_FOR, typed)
    somebody.presses("Find")


def types_a_child(somebody: Somebody, given_name: str, family_name: str, born: date = BORN) -> None:
    somebody.writes("First name", given_name)
    somebody.writes("Last name", family_name)
    somebody.dates(
        "Date of birth" if "/members/" in somebody.path else "Date of birth, if you know it",
        born,
    )


def known_twice(place: Place) -> tuple[int, int]:
    """One child in a family of each team: Ashby Quillfeather, and Ashby Quilfeather. Returns the families."""
    first = an_allocated_episode(place).family_id
    second = a_family(team=place.other_team, by=place.hub_adviser, name="Quilfeather", children=((ELDEST, BORN),))
    return first, second.pk


@in_each_place
def test_a_tired_worker_finds_a_family_by_whatever_they_know(place: Place, enter: Enter, road: Road) -> None:
    # Given a child of whom a few things are known
    family_id = an_allocated_episode(place, framework=road.place).family_id
    with acting_as(place.worker):
        known = Person.objects.filter(first_family=family_id, given_name=ELDEST)
        known.update(school=SCHOOL, postcode=HOME, nhs_number="9990000018", date_of_birth=BORN)

    # Then whatever is typed finds them, and the page says why
    worker = enter("worker")
    for typed, why in WHATEVER_IS_KNOWN if road == DORSET else WHATEVER_IS_KNOWN[:2]:
        looks_for(worker, typed)
        worker.reads(f"{ELDEST} {NAME}")
        expect(worker.main).to_contain_text(re.compile(re.escape(why), re.IGNORECASE))
    looks_for(worker, WHATEVER_IS_KNOWN[0][0])
    shows(worker, "find")
    looks_for(worker, "Zebedee Zouch")
    worker.reads("Nobody found whom you may open")
    shows(worker, "find-nobody")

    # And of a family they may not open somebody learns only whom to ask
    stranger = enter("stranger", phone=True)
    looks_for(stranger, f"{ELDEST} {NAME} {BORN:%d %m %Y}")
    stranger.reads("Ask the hub")
    stranger.does_not_read(f"{ELDEST} {NAME}", place.team.name)
    shows(stranger, "find-elsewhere")


@in_each_place
def test_whoever_is_added_to_a_family_is_looked_for_before_they_are_saved(
    place: Place, enter: Enter, road: Road
) -> None:
    # Given a child in one family of the team, and another whom only another team knows
    an_allocated_episode(place, framework=road.place)
    aunts = a_family(team=place.team, by=place.hub_adviser, name="Otterby", children=())
    a_family(team=place.other_team, by=place.hub_adviser, name="Marsh", children=(("Nell", BORN),))

    # When a worker adds them to their aunt's family, with a slip
    worker = enter("worker")
    worker.goes_to(f"/families/{aunts.pk}/")
    worker.follows("Add somebody")
    types_a_child(worker, "Ashbey", NAME)
    worker.chooses("What part do they have in the family?", "Child or young person")
    worker.presses("Add to the family", refused=True)

    # Then they are asked, with how sure that is and why, and nothing is saved yet
    worker.reads(f"{ELDEST} {NAME}, born 1 May 2013, in the {NAME} family", "first name spelt differently")
    shows(worker, "likely-match")
    worker.group("Is it one of these people?").get_by_label(f"{ELDEST} {NAME}, born").check()
    worker.presses("Add to the family")
    worker.reads(f"{ELDEST} {NAME} is in the Otterby family.")
    with acting_as(place.worker):
        assert FamilyMember.objects.filter(person__given_name=ELDEST).count() == 2
        assert not Person.objects.filter(given_name="Ashbey").exists()

    # And of somebody whom only another team knows they learn that the hub can be asked
    phone = enter("worker", phone=True)
    phone.goes_to(f"/families/{aunts.pk}/members/add/")
    types_a_child(phone, "Nell", "Marsh")
    phone.chooses("What part do they have in the family?", "Child or young person")
    phone.presses("Add to the family")
    phone.reads("known in another family. Ask the hub about them.")
    phone.does_not_read(place.other_team.name)
    shows(phone, "known-elsewhere")


@in_each_place
def test_staff_who_type_a_request_are_asked_whether_it_is_somebody_known(
    place: Place, enter: Enter, road: Road
) -> None:
    # Given a child whom the worker's team knows
    an_allocated_episode(place, framework=road.place)

    # When the worker types a request about somebody like that
    worker = enter("worker")
    worker.goes_to("/ask/")
    worker.presses("Start now")
    worker.chooses("Is a child in immediate danger?", "No")
    for _ in range(3):
        worker.presses("Continue")
    types_a_child(worker, "Ashbie", NAME)
    worker.presses("Continue")

    # Then they are asked who it is, and may leave it to the hub
    worker.is_at(f"Do we know Ashbie {NAME} already?")
    worker.reads("Almost certainly: ", "same date of birth")
    shows(worker, "ask-known")
    worker.page.get_by_label(f"{ELDEST} {NAME}, born").check()
    worker.presses("Continue")
    worker.reads("You said which of the people we know this is")
    shows(worker, "ask-known-said")


@in_each_place_wide_or_narrow
def test_two_records_become_one_and_two_again(place: Place, enter: Enter, road: Road, phone: bool) -> None:
    # Given a child whom two teams entered, found by the nightly look through everybody
    first, second = known_twice(place)
    with acting_as(place.worker):
        Person.objects.filter(first_family=first, given_name=ELDEST).update(known_as="Ash", school=SCHOOL)
    sweep_for_duplicates(timestamp=0)

    # When the hub opens the pair
    hub = enter("hub_adviser", phone=phone)
    hub.goes_to("/")
    if phone:
        hub.page.get_by_role("button", name="Menu").click()
    hub.follows("Recorded twice")
    hub.reads("last name spelt differently", f"{NAME} family", "Quilfeather family")
    shows(hub, "duplicates")
    hub.follows(PAIR)
    hub.reads("Record A", "Record B", "Not recorded")
    shows(hub, "pair")

    # Then what differs is chosen field by field, before anything is made one
    hub.chooses("Are these records of one person?", "Yes, one person: make them one record")
    hub.writes("How do you know?", "The school says there is one.")
    hub.presses("Save", refused=True)
    hub.reads("Select which is right: Name", "The school says there is one.")
    shows(hub, "pair-refused")
    hub.chooses("Name", f"B: {ELDEST} Quilfeather")
    hub.presses("Save")
    hub.reads("One record of two", "The school says there is one.", "What was taken from the other record")
    shows(hub, "merge")
    merged_at = hub.path
    hub.goes_to("/duplicates/")
    hub.does_not_read(PAIR)

    # And work goes on with the one record, in the family that was the survivor's
    with acting_as(place.worker):
        member = FamilyMember.objects.get(family=first, person__given_name=ELDEST).pk
    worker = enter("worker", phone=phone)
    worker.goes_to(f"/members/{member}/record/identity/")
    worker.is_at(f"{ELDEST} Quilfeather")
    worker.follows("Change Ethnicity")
    worker.picks("Ethnicity", "White and Black Caribbean")
    worker.presses("Save")

    # When somebody finds that they were two, they are two again and the later work stays
    hub.goes_to(merged_at)
    hub.writes("How do you know that they are two people?", "They are cousins: both mothers came.")
    hub.presses("Make them two records again")
    hub.reads("They are two records again.", "Undone")
    shows(hub, "merges")
    worker.goes_to(f"/members/{member}/record/identity/")
    worker.is_at(f"{ELDEST} {NAME}")
    worker.reads("White and Black Caribbean")
    stranger = enter("stranger", phone=True)
    stranger.goes_to(f"/families/{second}/")
    stranger.reads(f"{ELDEST} Quilfeather")

    # And they are not suggested again
    sweep_for_duplicates(timestamp=0)
    hub.goes_to("/duplicates/")
    hub.does_not_read(PAIR)


@in_each_place_wide_or_narrow
def test_somebody_compares_two_people_of_their_own_choosing(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    # Given a boy, and a girl of another team who nobody thinks is one person with him; and a restricted family
    family_id = an_allocated_episode(place, framework=road.place).family_id
    a_family(team=place.other_team, by=place.hub_adviser, name="Marsh", children=(("Nell", BORN),))
    hidden = a_family(team=place.other_team, by=place.hub_adviser, name="Marsh", children=(("Nelly", BORN),))
    a_restriction(place, hidden.pk, place.other_manager)

    # When his manager looks for her from his page
    manager = enter("manager", phone=phone)
    manager.goes_to(f"/families/{family_id}/")
    manager.follows(f"{ELDEST} {NAME}")
    manager.follows("Compare with another record")
    manager.writes(COMPARE_WITH, f"Nell Marsh {BORN:%d %m %Y}")
    manager.presses("Find")

    # Then the manager learns whom to ask, and nothing more
    manager.reads("Ask a hub adviser")
    manager.does_not_read("Select the other record", place.other_team.name)
    shows(manager, "compare-ask")

    # When the hub looks for her from the family's page
    hub = enter("hub_adviser", phone=phone)
    hub.goes_to(f"/families/{family_id}/")
    hub.follows(f"Compare {ELDEST} {NAME} with another record")
    shows(hub, "compare-whom")
    hub.writes(COMPARE_WITH, f"Nell Marsh {BORN:%d %m %Y}")
    hub.presses("Find")

    # Then she is found, whoever is restricted is not, and both stand side by side
    hub.reads("Select the other record", "Marsh family")
    hub.does_not_read("Nelly")
    shows(hub, "compare-found")
    hub.follows("Nell Marsh")
    hub.is_at("Two records side by side")
    hub.reads(f"{ELDEST} {NAME}", "Nell Marsh")
    shows(hub, "compare-side-by-side")

    # And once the hub says that they are two, that stands when they are compared again
    hub.chooses("Are these records of one person?", "No, two people: do not ask again")
    hub.writes("How do you know?", "The health visitor has seen both.")
    side_by_side = hub.path
    hub.presses("Save")
    hub.reads("They are two people.")
    hub.goes_to(side_by_side)
    hub.reads("Two people: so said", "The health visitor has seen both.")


@in_each_place
def test_who_was_told_apart_is_not_suggested_again_until_somebody_asks(place: Place, enter: Enter, road: Road) -> None:
    # Given two records that look like one person's
    known_twice(place)
    sweep_for_duplicates(timestamp=0)
    hub = enter("hub_adviser")
    hub.goes_to("/duplicates/")
    hub.follows(PAIR)

    # When the hub says that they are two
    hub.chooses("Are these records of one person?", "No, two people: do not ask again")
    hub.writes("How do you know?", "They are cousins, and sat in one room.")
    hub.presses("Save")
    hub.reads("They are two people. Baton does not suggest them again.")

    # Then looking through everybody does not bring them back
    hub.presses("Look through everybody now")
    hub.reads("Baton is looking.")
    sweep_for_duplicates(timestamp=0)
    hub.goes_to("/duplicates/")
    hub.does_not_read(PAIR)

    # Until somebody says that this was wrong
    hub.follows("Said to be two people")
    hub.reads("They are cousins, and sat in one room.", place.hub_adviser.name)
    shows(hub, "told-apart")
    hub.follows(PAIR)
    hub.reads("Two people: so said")
    shows(hub, "pair-told-apart")
    hub.page.get_by_role("button", name="Look at these two again").click()
    hub.is_at("Look at these two records again?")
    hub.presses("Look at them again")
    hub.is_at("Two records, perhaps of one person")
    hub.goes_to("/duplicates/")
    hub.reads(PAIR)

    # And who holds only one of them learns nothing of the pair
    manager = enter("other_manager", phone=True)
    manager.goes_to("/duplicates/")
    manager.does_not_read(PAIR)
