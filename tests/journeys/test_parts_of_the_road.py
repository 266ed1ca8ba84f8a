"""What the whole road does not pass: a parent who asks, somebody not safe, finding, the rules, a phone, two at once."""

from datetime import timedelta

from baton.platform import clock
from tests.factories import Place, an_allocated_episode
from tests.factories.assessments import a_started_assessment
from tests.journeys.conftest import Enter
from tests.journeys.road.allocating import allocate
from tests.journeys.road.asking import ask_as_parent, ask_as_practitioner
from tests.journeys.road.assessing import answer, questions_needed
from tests.journeys.road.planning import GOALS, write_goal
from tests.journeys.road.screening import open_for_team, take
from tests.journeys.road.visiting import plan_visit, record_visit, record_visit_now
from tests.journeys.roads import CHILDREN, DORSET, ELDEST, NAME, Road, in_each_place, led
from tests.journeys.somebody import earlier_today

BORN = CHILDREN[0][1]
LOOK_FOR = "Who are you looking for?"


@in_each_place
def test_a_parent_without_an_account_asks_and_the_hub_opens_help(place: Place, enter: Enter, road: Road) -> None:
    reference = ask_as_parent(enter(), road)
    hub = enter("hub_adviser")
    take(hub, road, reference)
    open_for_team(hub, road, place.team.name)
    manager = enter("manager")
    manager.goes_to("/waiting/")
    manager.reads(NAME)


@in_each_place
def test_a_child_who_is_not_safe_is_stepped_up_whatever_is_missing(place: Place, enter: Enter, road: Road) -> None:
    # Given a family of which nothing is on record yet
    episode = an_allocated_episode(place, level=road.level, framework=road.place)
    worker = enter("worker")
    worker.goes_to(f"/families/{episode.family_id}/")

    # When the practitioner steps up
    worker.follows("Step up to")
    worker.reads(road.framework.social_care_contact.title, "None of this stops you")
    worker.chooses("Is a child in immediate danger?", "No")
    worker.times("When was it decided?", earlier_today(minutes=10))
    worker.writes("Who in social care was told?", "Dora Duty, front door")
    worker.writes("Why?", f"{ELDEST} said he is afraid to go home.")
    worker.presses("Record the step-up")

    # Then the record says so, and what was missing
    worker.goes_to(f"/families/{episode.family_id}/timeline/")
    worker.reads("Stepped up to social care", "Dora Duty")


def test_a_family_is_found_by_a_misspelt_name_and_a_date_of_birth(place: Place, enter: Enter) -> None:
    an_allocated_episode(place)
    worker = enter("worker")
    worker.goes_to("/find/")
    worker.writes(LOOK_FOR, "Ashbie Quilfether")
    worker.presses("Find")
    worker.reads(f"{ELDEST} {NAME}")
    worker.writes(LOOK_FOR, f"{BORN:%d/%m/%Y}")
    worker.presses("Find")
    worker.follows(f"{ELDEST} {NAME}", inside=worker.main)
    worker.is_at(f"{NAME} family")

    # Of a family of another team a practitioner learns only whom to ask
    stranger = enter("stranger")
    stranger.goes_to("/find/")
    stranger.writes(LOOK_FOR, f"{ELDEST} {NAME} {BORN:%d %m %Y}")
    stranger.presses("Find")
    stranger.reads("Ask the hub")
    stranger.does_not_read(place.team.name)


@in_each_place
def test_the_rules_of_the_place_are_there_to_read_and_to_work_out(enter: Enter, road: Road) -> None:
    reader = enter("administrator")
    reader.follows("The rules")
    reader.reads(road.framework.name, road.framework.timescales[0].title)
    reader.follows("Where documents disagree")
    reader.reads(*(each.title for each in road.framework.contradictions))
    reader.follows("Calculator")
    reader.picks("Rule", next(each.title for each in road.framework.clocks if each.title))
    reader.times("When does the clock start?", clock.now() - timedelta(days=3))
    reader.presses("Work it out")
    reader.reads("Source:")


@in_each_place
def test_who_leads_does_the_work_on_a_phone(place: Place, enter: Enter, road: Road) -> None:
    episode = led(place, road)
    assessment = a_started_assessment(place, episode)
    worker = enter(road.lead, phone=True)
    record_visit_now(worker, episode.family_id)
    question = next(each for each in questions_needed(road) if each.about == "child")
    worker.goes_to(f"/assessments/{assessment.pk}/")
    worker.follows(question.title)
    answer(worker, question, ELDEST)
    write_goal(worker, road, episode.pk, GOALS[0])
    worker.reads(GOALS[0], "Pack bags")


def test_two_people_who_answer_the_same_question_lose_nothing(place: Place, enter: Enter) -> None:
    # Given two people with the same question open
    assessment = a_started_assessment(place, an_allocated_episode(place))
    worker, colleague = enter("worker"), enter("colleague")
    for somebody in (worker, colleague):
        somebody.goes_to(f"/assessments/{assessment.pk}/help_needed/")

    # When both write and save
    worker.writes("What we know", "Somebody at the door at eight.")
    worker.presses("Save and go back to the list")
    colleague.writes("What we know", "A bed of his own.")
    colleague.presses("Save and go on", refused=True)

    # Then the second is shown both, and keeps both
    colleague.is_at(f"{place.worker.name} saved this while you were typing")
    colleague.reads("Somebody at the door at eight.", "A bed of his own.")
    colleague.page.get_by_role("button", name="Add this to my form").click()
    colleague.presses("Save my version")
    colleague.goes_to(f"/assessments/{assessment.pk}/in-full/")
    colleague.reads("Somebody at the door at eight.", "A bed of his own.")


def test_without_script_a_request_leads_to_a_visit(place: Place, enter: Enter) -> None:
    reference = ask_as_practitioner(enter("teacher", script=False), DORSET)
    hub = enter("hub_adviser", script=False)
    take(hub, DORSET, reference)
    open_for_team(hub, DORSET, place.team.name)
    _, family_id = allocate(enter("manager", script=False), DORSET, place)
    worker = enter("worker", script=False)
    plan_visit(worker, family_id)
    record_visit(worker, family_id)
