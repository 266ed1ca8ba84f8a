"""The plan, the planning meeting, and the review."""

from datetime import timedelta

from baton.platform import clock
from tests.journeys.roads import MOTHER, NAME, Road
from tests.journeys.somebody import Somebody, earlier_today

GOALS = ("Mornings without shouting", "Ashby is in school every day")
REVIEW = timedelta(weeks=5)


def write_plan(worker: Somebody, road: Road, episode_id: int) -> None:
    """Two goals, an action for each, and how everybody works together."""
    for goal in GOALS:
        write_goal(worker, road, episode_id, goal)
    worker.goes_to(f"/episodes/{episode_id}/plan/")
    worker.reads(*GOALS, "Before the family can agree to it")
    worker.follows("how we will work together")
    worker.picks("How often will the family be visited?", "Every 2 weeks")
    worker.writes("What will we do if things get worse?", "Marigold rings the team; at night the out-of-hours number.")
    worker.dates("When will the plan be reviewed?", clock.today() + REVIEW)
    worker.presses("Save")
    worker.reads("Ready to be agreed")


def write_goal(worker: Somebody, road: Road, episode_id: int, goal: str) -> None:
    """One goal with one action."""
    worker.goes_to(f"/episodes/{episode_id}/plan/")
    worker.presses("Add a goal")
    worker.writes("What does the family want?", goal)
    worker.chooses("Which outcome is this part of?", road.framework.outcomes[1].title)
    worker.presses("Add the goal")
    sheet = worker.page.locator(".baton-sheet").filter(has_text=goal)
    worker.follows("Add an action", inside=sheet)
    worker.writes("What will be done?", f"Pack bags in the evening ({goal})")
    worker.chooses("Who will do it?", f"{MOTHER} {NAME}")
    worker.dates("By when?", clock.today() + timedelta(weeks=3))
    worker.writes("How will we know that it is done?", "Bags stand at the door at bedtime")
    worker.presses("Add the action")


def agree_plan(worker: Somebody, episode_id: int) -> None:
    """The mother says yes."""
    worker.goes_to(f"/episodes/{episode_id}/plan/")
    worker.presses("Record that it is agreed")
    worker.ticks("Who in the family agreed to the plan?", f"{MOTHER} {NAME}")
    worker.presses("The plan is agreed")
    worker.reads("Agreed on", f"{MOTHER} {NAME}")
    worker.follows("A copy for the family")
    worker.picks("Who in the family?", f"{MOTHER} {NAME}")
    worker.presses("Record the decision and make the copy")
    worker.reads("The copy that left", "Given to the family")


def hold_planning_meeting(worker: Somebody, family_id: int) -> None:
    """Everybody meets and agrees on the plan."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Record a planning meeting")
    _who_was_there(worker)
    _what_was_said(worker)
    worker.dates("When is the next review?", clock.today() + REVIEW)
    worker.presses("Save the meeting")
    worker.is_at("Planning meeting")
    worker.reads("A bedtime for everybody.", "Nina Nurse")


def hold_review(worker: Somebody, road: Road, episode_id: int) -> None:
    """A review meeting; at a level that needs none, everybody's updates instead."""
    worker.goes_to(f"/episodes/{episode_id}/meetings/")
    assert worker.has_way("Review by collected updates") == road.gathers_updates
    if road.gathers_updates:
        worker.follows("Review by collected updates")
        worker.writes(f"What {MOTHER} {NAME} says", "Better since we eat together.")
        worker.times("When did you bring the updates together?", earlier_today(minutes=5))
        worker.writes("What do the updates say together?", "Mornings go well.")
        worker.writes("How did everybody hear what the updates said together?", "By letter to everybody.")
    else:
        worker.follows("Review meeting")
        _who_was_there(worker)
        worker.writes("What was talked about?", "Mornings go well.")
    worker.chooses("Whose voice did the children have?", "A child was there and spoke")
    worker.writes("What do the children think?", "Ashby likes that bags are packed.")
    worker.chooses("What did the review decide?", "Work towards closing")
    worker.writes("What was decided?", "Two more weeks, then close.")
    worker.presses("Save the review" if road.gathers_updates else "Save the meeting")
    worker.reads("Work towards closing")


def _who_was_there(worker: Somebody) -> None:
    worker.times("When was it?", earlier_today(minutes=5))
    worker.ticks("Who in the family was invited?", f"{MOTHER} {NAME}")
    worker.ticks("Who in the family came?", f"{MOTHER} {NAME}")
    school = worker.group("Practitioner 2")
    school.get_by_label("Name", exact=True).fill("Nina Nurse")
    school.get_by_label("Agency", exact=True).fill("Health visiting")
    school.get_by_label("Came to the meeting").check()
    worker.writes("Who chaired the meeting?", "Wilf Worker")
    worker.writes("Who took the notes?", "Nina Nurse")


def _what_was_said(worker: Somebody) -> None:
    worker.chooses("Whose voice did the children have?", "Somebody spoke for them")
    worker.writes("What do the children think?", "Bramwell wants Mum to wake him.")
    worker.writes("What was talked about?", "How mornings go.")
    worker.writes("What was decided?", "A bedtime for everybody.")
