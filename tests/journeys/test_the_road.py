"""The whole road, from a request for help to closure, in each of the three places."""

from tests.factories import Place
from tests.journeys.conftest import Enter
from tests.journeys.road.allocating import allocate, set_another_date
from tests.journeys.road.asking import ask_as_practitioner
from tests.journeys.road.assessing import (
    authorise,
    is_read_only,
    return_it,
    start_assessment,
    submit,
    write_assessment,
)
from tests.journeys.road.closing import close, is_closed, oversee, propose_to_close
from tests.journeys.road.planning import agree_plan, hold_planning_meeting, hold_review, write_plan
from tests.journeys.road.screening import open_for_team, take
from tests.journeys.road.visiting import plan_visit, record_consent, record_visit
from tests.journeys.roads import NAME, Road, in_each_place


@in_each_place
def test_a_family_is_helped_from_request_to_closure(place: Place, enter: Enter, road: Road) -> None:
    # Given a teacher who asked for help for a family
    reference = ask_as_practitioner(enter("teacher"), road)

    # When the hub opens help, and the manager gives the family to somebody
    hub = enter("hub_adviser")
    take(hub, road, reference)
    open_for_team(hub, road, place.team.name)
    manager = enter("manager")
    episode_id, family_id = allocate(manager, road, place)

    # And the lead practitioner visits, asks for agreement in writing and assesses
    worker = enter(road.lead)
    worker.reads(NAME)
    plan_visit(worker, family_id)
    record_visit(worker, family_id)
    record_consent(worker, family_id)
    assessment_id = start_assessment(worker, family_id)
    write_assessment(worker, road, assessment_id)
    submit(worker, assessment_id)
    return_it(manager, assessment_id, "Say more about sleep.")
    worker.goes_to(f"/assessments/{assessment_id}/")
    worker.reads("Say more about sleep.")
    submit(worker, assessment_id)
    authorise(manager, family_id)
    is_read_only(worker, road, assessment_id)

    # And everybody plans together, and looks at the plan again
    write_plan(worker, road, episode_id)
    hold_planning_meeting(worker, family_id)
    agree_plan(worker, episode_id)
    set_another_date(manager, family_id)
    hold_review(worker, road, episode_id)
    oversee(manager, episode_id)

    # Then help ends, and the record tells how
    propose_to_close(worker, road, family_id)
    close(manager, family_id)
    is_closed(manager, family_id)
