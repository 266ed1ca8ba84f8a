"""A restriction kept and lifted, a virus, own details, a locality, an entry put right: in the browser."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from baton.platform import clock
from tests.factories import Place
from tests.factories.documents import a_document, a_virus_found
from tests.factories.guarded import a_restriction
from tests.journeys.browser import DESK, screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import Road, in_each_place_wide_or_narrow, leader, led


def pictured(page: Page, name: str) -> None:
    """As a desk or a phone shows it."""
    screenshot(page, name if page.viewport_size == DESK else f"phone-{name}")


@in_each_place_wide_or_narrow
def test_a_restriction_is_kept_at_its_review_and_lifted_at_the_next(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    # Given a family that only its lead sees
    family_id = led(place, road).family_id
    a_restriction(place, family_id, leader(place, road))
    colleague = enter("colleague", phone=phone)

    # When information governance looks whether it must stay so, and names somebody more
    governance = enter("governance", phone=phone)
    governance.goes_to("/restricted/")
    governance.follows(f"Family number {family_id}")
    pictured(governance.page, "restriction")
    governance.presses("Keep it restricted")
    governance.writes("Why must it stay restricted?", "Too soon")
    governance.dates("When will somebody look again?", clock.today() + timedelta(days=900))
    governance.presses("Keep it restricted", refused=True)
    governance.dates("When will somebody look again?", clock.today() + timedelta(days=90))
    governance.writes("Why must it stay restricted?", "The parent still works for the council.")
    pictured(governance.page, "restriction-keep")
    governance.presses("Keep it restricted")
    governance.reads("The review is recorded.", "The parent still works for the council.")
    governance.presses("Name somebody")
    governance.writes("Who?", place.colleague.email)
    governance.writes("Why must they see this family?", "Works beside the lead")
    governance.presses("Name them")

    # Then who was named sees it until the name is taken away
    colleague.goes_to(f"/families/{family_id}/who-sees/")
    colleague.reads("This family is restricted.")
    with governance.page.expect_navigation():
        governance.page.get_by_role("listitem").filter(has_text="Cora Colleague").get_by_role("link").click()
    pictured(governance.page, "restriction-unname")
    governance.presses("Take their name away")
    told = colleague.page.goto(f"/families/{family_id}/")
    assert told
    assert told.status == 404

    # When it is lifted
    governance.presses("Lift the restriction")
    governance.writes("Why?", "The parent has left the council.")
    pictured(governance.page, "restriction-lift")
    governance.presses("Lift it")

    # Then it is there again for its team, and the restriction says who lifted it and why
    governance.reads("The family is open again to those whose work it is.")
    pictured(governance.page, "restricted-families")
    colleague.goes_to(f"/families/{family_id}/")
    colleague.is_at("Quillfeather")
    governance.follows(f"Family number {family_id}")
    governance.reads("The parent has left the council.", "Iggy Governance")


@in_each_place_wide_or_narrow
def test_a_virus_found_later_is_told_and_dealt_with(place: Place, enter: Enter, road: Road, phone: bool) -> None:
    # Given a drawing that a colleague added, the lead downloaded, and in which a virus was found since
    family_id = led(place, road).family_id
    drawing = a_document(family_id, by=place.colleague, title="My week")
    lead = enter(road.lead, phone=phone)
    lead.goes_to(f"/documents/{drawing.pk}/")
    with lead.page.expect_download():
        lead.page.get_by_role("button", name="Download the file").click()
    a_virus_found(drawing, at=clock.now())

    # When the lead comes to their home page
    lead.goes_to("/")
    pictured(lead.page, "home-virus")
    lead.follows("Viruses found")
    pictured(lead.page, "viruses")
    lead.follows(f"Document {drawing.pk}")

    # Then the document says so, and nobody can have it
    lead.reads("A virus was found in this file after it was added. Nobody can open it any more.", "Win.Worm")
    assert not lead.page.get_by_role("button", name="Download the file").count()
    pictured(lead.page, "document-virus")
    lead.goes_to(f"/families/{family_id}/documents/")
    pictured(lead.page, "documents-virus")

    # When information governance has reached whoever has a copy
    governance = enter("governance", phone=phone)
    governance.follows("Viruses found", inside=governance.main)
    governance.follows(f"Document {drawing.pk} of family number {family_id}")
    governance.reads("Downloaded by", leader(place, road).name, "Cora Colleague")
    pictured(governance.page, "virus-close")
    governance.presses("Record what was done", refused=True)
    governance.writes("What was done?", "The copy is deleted; IT looked at the laptop.")
    governance.presses("Record what was done")
    governance.reads("It is recorded.", "The copy is deleted")

    # Then nobody is told of it any more
    lead.goes_to("/")
    lead.does_not_read("Viruses found")


@in_each_place_wide_or_narrow
def test_somebody_tells_the_misuse_watch_about_themselves(place: Place, enter: Enter, road: Road, phone: bool) -> None:
    worker = enter(road.lead, phone=phone)
    worker.goes_to("/your-activity/")
    pictured(worker.page, "your-activity")
    worker.follows("Tell the misuse watch about yourself")
    worker.dates("Date of birth (optional)", date(1985, 12, 1))
    worker.writes("Postcode at home (optional)", "DT1 1AA")
    pictured(worker.page, "own-details")
    worker.presses("Save")
    worker.goes_to("/your-activity/yourself/")
    assert worker.page.get_by_label("Postcode at home (optional)").input_value() == "DT1 1AA"


@in_each_place_wide_or_narrow
def test_a_coordinator_reads_the_families_of_the_locality(place: Place, enter: Enter, road: Road, phone: bool) -> None:
    family_id = led(place, road).family_id
    coordinator = enter("coordinator", phone=phone)
    coordinator.page.reload()
    pictured(coordinator.page, "home-coordinator")
    coordinator.follows("Families", inside=coordinator.main)
    coordinator.is_at("Families of your locality")
    pictured(coordinator.page, "locality")
    coordinator.follows("Quillfeather family", inside=coordinator.main)
    coordinator.reads("What happened", road.level_of_need.title)
    leads = coordinator.page.get_by_text(f"{road.term('lead_practitioner')}: {leader(place, road).name}")
    expect(leads).to_be_visible()
    pictured(coordinator.page, "family-coordinator")
    assert not coordinator.has_way("Record a visit")
    coordinator.goes_to(f"/families/{family_id}/chronology/")
    assert not coordinator.page.get_by_role("button", name="Add something that happened").count()


@in_each_place_wide_or_narrow
def test_what_was_added_to_the_chronology_is_put_right_and_taken_back(
    place: Place, enter: Enter, road: Road, phone: bool
) -> None:
    family_id = led(place, road).family_id
    worker = enter(road.lead, phone=phone)
    worker.goes_to(f"/families/{family_id}/chronology/add/")
    pictured(worker.page, "chronology-add")
    worker.dates("When did it happen?", date(2024, 3, 3))
    worker.picks("What kind of thing was it?", "Police or courts")
    worker.writes("What happened?", "The police were called to an argument.")
    worker.picks("Which agency knew it?", "Police")
    worker.writes("Where do you know it from?", "Police notification")
    worker.chooses("How significant was it?", "Significant")
    worker.presses("Add it", refused=True)
    pictured(worker.page, "chronology-add-refused")
    worker.writes("What did it mean for the children?", "They heard it from their room")
    worker.presses("Add it")
    entry = worker.page.get_by_role("row").filter(has_text="The police were called to an argument.")
    with worker.page.expect_navigation():
        entry.get_by_role("link").first.click()
    worker.dates("When did it happen?", date(2024, 3, 4))
    pictured(worker.page, "chronology-edit")
    worker.presses("Save")
    worker.reads("4 March 2024")
    worker.goes_to(f"/families/{family_id}/chronology/copy/")
    pictured(worker.page, "chronology-copy-form")
    worker.goes_to(f"/families/{family_id}/chronology/")
    with worker.page.expect_navigation():
        worker.page.get_by_role("row").filter(has_text="argument").get_by_role("link").first.click()
    worker.follows("Take this entry back")
    worker.writes("Why should it not be there?", "It was another family")
    pictured(worker.page, "chronology-withdraw")
    worker.presses("Take it back")
    worker.does_not_read("The police were called to an argument.")
