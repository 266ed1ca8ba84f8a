"""A mother says that a meeting is written down wrongly; it is not changed, and what she says stands beside it."""

from baton.people.models import FamilyMember
from baton.platform.guard import acting_as
from tests.factories import Place, an_allocated_episode
from tests.factories.plans import a_draft_plan, a_meeting
from tests.factories.times import MONDAY
from tests.journeys.browser import screenshot
from tests.journeys.conftest import Enter
from tests.journeys.roads import in_each_place_at_a_desk_or_a_phone

SAYS = "I did not shout. I raised my voice once."


@in_each_place_at_a_desk_or_a_phone
def test_what_a_mother_says_stands_beside_the_meeting_it_is_about(
    place: Place, enter: Enter, place_name: str, phone: bool
) -> None:
    # Given a meeting that was recorded
    episode = an_allocated_episode(place, framework=place_name, at=MONDAY)
    a_draft_plan(episode, by=place.worker)
    meeting = a_meeting(episode, by=place.worker).pk
    with acting_as(place.worker):
        child = FamilyMember.objects.filter(family=episode.family_id, part="child")[0]

    # When the worker writes down what she says, from the meeting itself
    worker = enter("worker", phone=phone)
    worker.goes_to(f"/meetings/{meeting}/")
    worker.follows("Somebody says that this meeting’s record is wrong")
    assert "A meeting" in worker.page.get_by_label("What is it about?").locator("option:checked").inner_text()
    worker.writes("Who says so?", "Marigold Quillfeather")
    worker.writes("What do they say is wrong, and what would be right?", SAYS)
    screenshot(worker.page, f"correction-ask-{place_name}")
    worker.presses("Save")
    worker.reads("Marigold Quillfeather", SAYS, "A meeting")
    worker.goes_to(f"/meetings/{meeting}/")
    worker.reads("Marigold Quillfeather says that this is wrong. It is not decided yet")

    # And her manager, on a phone where the worker sits at a desk, changes nothing and says why
    manager = enter("manager", phone=not phone)
    manager.goes_to(f"/families/{episode.family_id}/corrections/")
    screenshot(manager.page, f"manager-corrections-{place_name}")
    manager.follows("Say what was done")
    manager.chooses("What was done?", "Not changed; what they say is kept with the record")
    manager.writes("What was put right, or why was it not?", "The worker wrote what she heard.")
    manager.writes("What do they want to stand beside the record?", SAYS)
    screenshot(manager.page, f"manager-correction-decide-{place_name}")
    manager.presses("Save")

    # Then it stands beside the meeting and in the chronology, and beside nothing else
    manager.goes_to(f"/meetings/{meeting}/")
    manager.reads("Marigold Quillfeather disagrees with this", SAYS)
    screenshot(manager.page, f"manager-meeting-disagreed-{place_name}")
    worker.goes_to(f"/families/{episode.family_id}/chronology/")
    worker.reads("Marigold Quillfeather disagrees with this", SAYS)
    screenshot(worker.page, f"chronology-disagreed-{place_name}")
    worker.goes_to(f"/families/{episode.family_id}/corrections/")
    screenshot(worker.page, f"corrections-{place_name}")
    worker.goes_to(f"/members/{child.pk}/record/names/")
    worker.does_not_read(SAYS)
    worker.reads("Somebody says that this is wrong")
    screenshot(worker.page, f"person-names-{place_name}")
