"""Agreement by two people about one agency, a withdrawal considered, and what goes to the agency by whose decision."""

from playwright.sync_api import expect

from baton.people.models import Person
from baton.platform.guard import acting_as
from baton.practice.loading import load_framework
from tests.factories import Place, an_allocated_episode
from tests.factories.plans import a_meeting, an_agreed_plan, review_words
from tests.factories.times import MONDAY
from tests.journeys.browser import check_fits, screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import in_each_place_at_a_desk_or_a_phone
from tests.journeys.somebody import Somebody

SCHOOL = "Otter School"
NARROWEST = 320


def records_agreement(
    worker: Somebody, family_id: int, who: str, *, known: bool = False, understands: str = ""
) -> None:
    worker.goes_to(f"/families/{family_id}/consent/")
    worker.page.get_by_role("group", name="Who agrees?").get_by_label(who).first.check()
    worker.ticks("What do they agree to?", "Sharing what concerns them with an agency", "Asking an agency about them")
    if known:
        worker.ticks("Which agencies?", SCHOOL)
    else:
        worker.writes("Another agency, by name", SCHOOL)
        worker.picks("What kind of agency is that?", "School or college")
    worker.writes("What did they say they agree to?", "School should know why mornings are hard.")
    worker.writes("If they are under 16: how do you know that they understand?", understands)
    worker.presses("Record agreement")
    worker.reads("Sharing with Otter School", "Asking Otter School")


def reads_without_scrolling_sideways(somebody: Somebody, width: int) -> None:
    """On a screen of that width neither the page nor a table in it is wider than what one sees of it."""
    page, before = somebody.page, somebody.page.viewport_size
    page.set_viewport_size({"width": width, "height": 700})
    check_fits(page)
    for box in page.locator(".baton-scroll").all():
        wide, room = box.evaluate("box => [box.scrollWidth, box.clientWidth]")
        assert wide <= room, f"{page.url}: a table is {wide} wide, and {room} are seen of it"
    screenshot(page, f"sharing-{width}-{somebody.place}")
    if before:
        page.set_viewport_size(before)


@in_each_place_at_a_desk_or_a_phone
def test_two_people_agree_about_a_school_and_are_asked_again(
    place: Place, enter: Enter, place_name: str, phone: bool
) -> None:
    # Given a family whose plan was made
    episode = an_allocated_episode(place, framework=place_name, at=MONDAY)
    family_id = episode.family_id
    with acting_as(place.worker):
        Person.objects.filter(first_family=family_id).update(school="")

    # When a mother agrees, and her son for himself, each about one school
    worker = enter("worker", phone=phone)
    records_agreement(worker, family_id, "Marigold Quillfeather")
    worker.goes_to(f"/families/{family_id}/consent/")
    screenshot(worker.page, f"consent-record-{place_name}")
    records_agreement(
        worker,
        family_id,
        "Ashby Quillfeather",
        known=True,
        understands="He said who would hear what, and that he may stop.",
    )
    worker.reads("Marigold Quillfeather", "Ashby Quillfeather", "He said who would hear what")

    # Then the page says what the place's own documents say, and leads to the lawful basis without mixing the two
    worker.page.get_by_text("says about agreement").click()
    framework = load_framework(place_name)
    worker.reads(*(each.title for each in framework.agreement))
    screenshot(worker.page, f"consents-{place_name}")
    worker.follows("What does stands on a page of its own")
    worker.reads("A family’s agreement to early help is not the lawful basis", "Not set")
    worker.does_not_read(SCHOOL, *(each.title for each in framework.agreement))
    screenshot(worker.page, f"lawful-basis-{place_name}")

    # And after a review they are asked again in one step
    with acting_as(place.worker):
        Person.objects.filter(first_family=family_id, given_name="Ashby").update(school=SCHOOL)
    worker = enter("worker", phone=not phone)
    worker.goes_to(f"/families/{family_id}/consents/renew/")
    worker.ticks("Who still agrees, and to what?", "Marigold Quillfeather: Sharing with Otter School")
    screenshot(worker.page, f"consent-renew-{place_name}")
    worker.presses("They still agree")
    worker.reads("still agrees")
    screenshot(worker.page, f"consents-renewed-{place_name}")


@in_each_place_at_a_desk_or_a_phone
def test_a_plan_goes_to_school_under_agreement_and_after_its_withdrawal_only_for_a_reason(
    place: Place, enter: Enter, place_name: str, phone: bool
) -> None:
    # Given a plan, a review of it and a mother who agreed to sharing with the school
    episode = an_allocated_episode(place, framework=place_name)
    family_id = episode.family_id
    an_agreed_plan(episode, by=place.worker)
    a_meeting(episode, by=place.worker, at=MONDAY, **review_words(held_at=MONDAY))
    worker = enter("worker", phone=phone)
    records_agreement(worker, family_id, "Marigold Quillfeather")

    # When the worker hands the plan out under it
    worker.goes_to(f"/episodes/{episode.pk}/plan/")
    worker.follows("A copy for an agency")
    worker.chooses("Under what does it go?", "Marigold Quillfeather agreed to sharing with Otter School")
    worker.writes("Who there? (optional)", "Tess Teacher")
    screenshot(worker.page, f"share-{place_name}")
    worker.presses("Record the decision and make the copy")

    # Then the copy is kept as it left, and the timeline says so
    worker.reads("The copy that left", "Tess Teacher, Otter School", "SHA-256")
    screenshot(worker.page, f"decision-{place_name}")
    with worker.page.expect_download() as downloaded:
        worker.page.get_by_role("button", name="Open the copy (PDF)").click()
    assert downloaded.value.suggested_filename.startswith("the-plan-")
    assert b"pdfuaid" in downloaded.value.path().read_bytes()
    worker.goes_to(f"/families/{family_id}/timeline/")
    worker.reads("Information shared", "To Tess Teacher, Otter School: The plan as it stood on")

    # When she takes her agreement back
    worker.goes_to(f"/families/{family_id}/consents/")
    sharing = worker.page.locator("p", has_text="no longer agrees: Sharing with Otter School")
    worker.follows("Marigold Quillfeather no longer agrees", inside=sharing)
    worker.chooses("What do they no longer agree to?", "This: Sharing with Otter School")
    worker.writes("What did they say about why?", "School told other parents.")
    screenshot(worker.page, f"withdraw-{place_name}")
    worker.presses("Record the withdrawal")
    worker.reads("It refers the family to nobody")

    # Then her manager considers it, and nothing is sent
    manager = enter("manager", phone=phone)
    manager.goes_to("/")
    manager.reads("Agreement to consider", "Marigold Quillfeather no longer agrees: Sharing with Otter School")
    screenshot(manager.page, f"manager-home-{place_name}")
    manager.follows(
        "Quillfeather family", inside=manager.page.locator("section", has_text="Agreement to consider").last
    )
    manager.writes("What did you consider, and why do you decide as you do?", "The school nurse sees them.")
    manager.chooses("What did you decide?", "Help carries on, within what they still agree to")
    screenshot(manager.page, f"consider-{place_name}")
    manager.presses("Save")
    manager.reads("Help carries on, within what they still agree to")

    # And nothing goes to the school under it any more
    worker.goes_to(f"/families/{family_id}/sharing/decide/")
    worker.writes("What is it?", "That he was late all week")
    worker.chooses("Under what does it go?", "Marigold Quillfeather agreed to sharing with Otter School")
    worker.presses("Record the decision", refused=True)
    worker.reads("This agreement was withdrawn. Ask the family again, or say the safeguarding reason or duty.")
    screenshot(worker.page, f"share-refused-{place_name}")

    # Unless a child must be kept safe
    worker.chooses("Under what does it go?", "A safeguarding reason or a duty")
    worker.picks("What is the reason or duty?", "Somebody may otherwise come to serious harm")
    worker.writes("Which agency?", SCHOOL)
    worker.picks("What kind of agency is it?", "School or college")
    worker.writes("Why?", "He said he would not go home. Mum was told.")
    worker.presses("Record the decision")

    # And what does not go is written down too
    worker.presses("Decide not to share")
    which = worker.page.get_by_label("Is it a document or a plan of the record?")
    which.select_option(value=f"plan-{episode.pk}")
    worker.writes("What is it?", "The family’s address")
    worker.writes("Which agency?", "A landlord")
    worker.picks("What kind of agency is it?", "Housing")
    worker.writes("Why?", "They have no need of it.")
    screenshot(worker.page, f"do-not-share-{place_name}")
    worker.presses("Record the decision")

    # Then the list says what went to whom under what, and nobody scrolls it sideways on the narrowest phone
    worker.reads("Shared under agreement", "Shared to keep somebody safe", "Not shared", "A landlord")
    expect(worker.page.get_by_role("row").filter(has_text="A landlord")).to_contain_text("The plan as it stood on")
    screenshot(worker.page, f"sharing-{place_name}")
    reads_without_scrolling_sideways(worker, NARROWEST)
    worker.picks("To whom", "A landlord")
    worker.presses("Show")
    worker.does_not_read("Shared under agreement")
    worker.goes_to(f"/families/{family_id}/sharing/print/")
    worker.reads("What went to whom", "The copy is kept, SHA-256")
    screenshot(worker.page, f"sharing-on-paper-{place_name}")
    manager.goes_to(f"/families/{family_id}/sharing/")
    screenshot(manager.page, f"manager-sharing-{place_name}")
    manager.follows("Open the copy that left")
    manager.reads("This agreement was withdrawn on", "Nothing more goes under it")
    screenshot(manager.page, f"manager-decision-{place_name}")
