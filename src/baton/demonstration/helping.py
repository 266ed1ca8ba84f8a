"""A family is helped: visited, assessed, planned with, reviewed, let go; or passed on when a child is not safe."""

from datetime import datetime, timedelta

from baton.demonstration.assessing import assess
from baton.demonstration.calendar import later, office_time
from baton.demonstration.filing import file_papers
from baton.demonstration.knowing import get_to_know
from baton.demonstration.overseeing import oversee, supervise
from baton.demonstration.planning import close, plan, review
from baton.demonstration.refusing import some_say_no
from baton.demonstration.relating import relate
from baton.demonstration.sharing import agree_about_school, ask_again, decide_about_papers, decide_about_plan
from baton.demonstration.texts import say
from baton.demonstration.visiting import agree_in_writing, plan_next, visit
from baton.demonstration.walk import NotYet, Walk
from baton.episodes.actions import step_up
from baton.episodes.models import Allocation, Episode
from baton.platform.models import User
from baton.practice.happenings import Happening

STEPS_UP = 0.05
FORTNIGHT = timedelta(days=14)
"""The rhythm of visits; places without a rule keep it too, as many teams do."""


def help_family(walk: Walk, episode: Episode, lead: User) -> None:
    """Everything between allocation and the end. Raises NotYet where the work stands today."""
    manager = walk.staff.managers[episode.team_id]
    try:
        _begin_and_plan(walk, episode, lead, manager)
    except NotYet:
        plan_next(walk, episode, lead)
        raise


def _begin_and_plan(walk: Walk, episode: Episode, lead: User, manager: User) -> None:
    oversee(walk, episode, manager, Happening.LEAD_PRACTITIONER_ALLOCATED, _allocated_at(walk, episode, manager))
    first_at = _first_visit(walk, episode, lead, manager)
    authorised_at = assess(walk, episode, lead, manager, first_at + timedelta(hours=3))
    oversee(walk, episode, manager, Happening.ASSESSMENT_AUTHORISED, authorised_at)
    met_at = later(walk.random, authorised_at, usual=8, late=25, how_often_late=0.25)
    plan(walk, episode, lead, met_at)
    decide_about_plan(walk, episode, lead, met_at)
    oversee(walk, episode, manager, Happening.PLANNING_MEETING_HELD, met_at)
    _work_through(walk, episode, lead, manager, met_at)


def _first_visit(walk: Walk, episode: Episode, lead: User, manager: User) -> datetime:
    at = later(walk.random, _allocated_at(walk, episode, manager), usual=4, late=12, how_often_late=0.2)
    while not visit(walk, episode, lead, at):
        at = later(walk.random, at, usual=3, late=8, how_often_late=0.2)
    agree_in_writing(walk, episode, lead, at + timedelta(minutes=50))
    get_to_know(walk, episode, lead, at + timedelta(minutes=60))
    relate(walk, episode, lead, at + timedelta(minutes=65))
    agree_about_school(walk, episode, lead, at + timedelta(minutes=66))
    some_say_no(walk, episode, lead, manager, at + timedelta(minutes=68))
    file_papers(walk, episode, lead, at + timedelta(minutes=70))
    decide_about_papers(walk, episode, lead, at + timedelta(minutes=75))
    oversee(walk, episode, manager, Happening.VISIT_MADE, at)
    return at


def _work_through(walk: Walk, episode: Episode, lead: User, manager: User, started_at: datetime) -> None:
    """Visits every fortnight, supervision every month, a review every six weeks or so, until it is enough."""
    months = walk.random.choice((2, 3, 3, 4, 4, 5, 6, 7)) + (3 if walk.place == "derby" else 0)
    ends = started_at + timedelta(days=30 * months)
    goes_wrong = office_time(walk.random, started_at + timedelta(days=60)) if walk.random.random() < STEPS_UP else None
    visit_at = review_at = supervised_at = started_at
    while visit_at < ends:
        visit_at = later(walk.random, visit_at, usual=13, late=24, how_often_late=0.2)
        if goes_wrong and visit_at > goes_wrong:
            _step_up(walk, episode, lead, goes_wrong)
            return
        visit(walk, episode, lead, visit_at)
        if visit_at - supervised_at > timedelta(days=24):
            supervised_at = office_time(walk.random, visit_at + timedelta(days=1))
            supervise(walk, episode, manager, lead, supervised_at)
        if visit_at - review_at > timedelta(days=35):
            review_at = office_time(walk.random, visit_at + timedelta(days=2))
            review(walk, episode, lead, review_at)
            ask_again(walk, episode, lead, manager, review_at)
            oversee(walk, episode, manager, Happening.REVIEW_HELD, review_at)
    closed_at = close(walk, episode, lead, manager, visit_at)
    oversee(walk, episode, manager, Happening.CLOSED, closed_at)


def _step_up(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    with walk.step(lead, at):
        step_up(
            episode=episode,
            decided_at=at,
            immediate=True,
            told_to="The duty social worker",
            reason=say(walk.random, "step_up_reasons"),
            family_told="Mum was told on the telephone before we rang.",
            by=lead,
            at=at,
        )


def _allocated_at(walk: Walk, episode: Episode, manager: User) -> datetime:
    with walk.step(manager, walk.until):
        return Allocation.objects.get(episode=episode, until_at__isnull=True).from_at
