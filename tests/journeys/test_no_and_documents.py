"""Somebody is asked and says no, which is nobody's agreement; and a letter goes to the school under another's."""

from playwright.sync_api import expect

from tests.factories import Place, an_allocated_episode
from tests.factories.documents import a_document
from tests.factories.sharing import agreement_to_share
from tests.journeys.browser import check, screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import in_each_place_at_a_desk_or_a_phone


@in_each_place_at_a_desk_or_a_phone
def test_a_young_person_says_no_a_manager_considers_it_and_later_he_agrees(
    place: Place, enter: Enter, place_name: str, phone: bool
) -> None:
    # Given a family that is helped
    size = "phone" if phone else "desk"
    episode = an_allocated_episode(place, framework=place_name)
    family_id = episode.family_id

    # When a boy is asked and says no
    worker = enter("worker", phone=phone)
    worker.goes_to(f"/families/{family_id}/consents/")
    worker.follows("Record who does not agree")
    group = worker.page.get_by_role("group", name="Who does not agree?")
    group.get_by_label("Ashby Quillfeather").first.check()
    worker.writes("Who asked them?", "Wilf Worker")
    worker.writes("What did they say? (optional)", "Nobody listens anyway.")
    worker.chooses("What follows?", "A manager considers what it means for the children")
    check(worker.page)
    screenshot(worker.page, f"refusal-{size}")
    worker.presses("Record their answer")

    # Then it stands with the family's agreement, and refers nobody
    worker.reads("It refers the family to nobody", "Asked, and does not agree", "Ashby Quillfeather: early help")
    check(worker.page)
    screenshot(worker.page, f"refusals-{size}")
    worker.goes_to(f"/families/{family_id}/")
    worker.reads("Does not agree")
    screenshot(worker.page, f"refusal-family-{size}")

    # And his manager considers it
    manager = enter("manager", phone=phone)
    manager.goes_to("/")
    manager.reads("Agreement to consider", "Ashby Quillfeather does not agree: Early help")
    screenshot(manager.page, f"refusal-home-{size}")
    sheet = manager.page.locator("section", has_text="Agreement to consider").last
    manager.follows("Quillfeather family", inside=sheet)
    check(manager.page)
    screenshot(manager.page, f"refusal-consider-{size}")
    manager.writes("What did you consider, and why do you decide as you do?", "He is seen at school each day.")
    manager.chooses("What did you decide?", "Help carries on, within what they still agree to")
    manager.presses("Save")
    manager.reads("He is seen at school each day.")

    # When he agrees later, his no has ended
    worker.goes_to(f"/families/{family_id}/consent/")
    worker.page.get_by_role("group", name="Who agrees?").get_by_label("Ashby Quillfeather").first.check()
    worker.writes("What did they say they agree to?", "To meet the youth worker.")
    worker.writes("If they are under 16: how do you know that they understand?", "He said it back.")
    worker.presses("Record agreement")
    worker.reads("Agreed later")
    check(worker.page)
    screenshot(worker.page, f"refusal-agreed-later-{size}")


@in_each_place_at_a_desk_or_a_phone
def test_a_letter_that_was_added_goes_to_the_school_as_the_file_it_is(
    place: Place, enter: Enter, place_name: str, phone: bool
) -> None:
    # Given a letter in the record, and a mother who agreed to sharing with the school
    size = "phone" if phone else "desk"
    episode = an_allocated_episode(place, framework=place_name)
    letter = a_document(episode.family_id, by=place.worker)
    a_document(episode.family_id, by=place.worker, title="Ashby’s drawing of home", kind="drawing", sent=b"A house")
    agreement_to_share(episode.family_id, by=place.worker)

    # When the worker decides on the letter's page that it goes
    worker = enter("worker", phone=phone)
    worker.goes_to(f"/documents/{letter.pk}/")
    screenshot(worker.page, f"document-to-share-{size}")
    worker.follows("Hand it out to an agency or the family")
    expect(worker.page.get_by_label("Letter from school")).to_be_checked()
    worker.chooses("Under what does it go?", "Marigold Quillfeather agreed to sharing with Otter School")
    check(worker.page)
    screenshot(worker.page, f"share-uploaded-{size}")
    worker.presses("Record the decision")

    # Then the list leads to the file that left, and it is that file
    worker.reads("Letter from school", "Otter School")
    screenshot(worker.page, f"shared-uploaded-{size}")
    worker.follows("Open the document that left")
    worker.reads("The file that left", letter.sha256)
    check(worker.page)
    screenshot(worker.page, f"decision-uploaded-{size}")
    with worker.page.expect_download() as downloaded:
        worker.page.get_by_role("button", name="Download the file that left").click()
    assert downloaded.value.suggested_filename == "letter.txt"
    assert downloaded.value.path().read_bytes() == b"Ashby was never absent."
