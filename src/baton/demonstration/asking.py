"""The first steps: somebody asks for help, the hub answers, a manager allocates."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from baton.demonstration.calendar import later
from baton.demonstration.families import MadeUp, make_up
from baton.demonstration.texts import say
from baton.demonstration.walk import Walk
from baton.episodes.actions import allocate
from baton.episodes.models import Episode
from baton.people.models import FamilyMember
from baton.platform.drafts import holder_of
from baton.platform.guard import acting_as
from baton.platform.models import Team, User
from baton.requests.actions import Answer, Named, screen, send_request, take
from baton.requests.models import HelpRequest

# How requests that open no episode are answered, by the kind of decision, in per cent.
OTHER_OUTCOMES = {"supports_lead": 32, "signpost": 32, "advice": 23, "social_care": 13}
ANSWERS = ("email", "phone")
LEVEL_3 = 0.65


def ask(walk: Walk, family: MadeUp, at: datetime, *, agreed: bool = True) -> HelpRequest:
    """Send a request, by a partner two times in three, else by the hub for a family on the telephone."""
    partner = walk.random.choice(walk.staff.partners) if walk.random.random() < 0.66 else None
    consent = "given" if agreed else "not_asked"
    reasons = walk.random.sample([each.id for each in walk.framework.reasons], walk.random.choice((1, 1, 2, 3)))
    enquirer = _practitioner(partner) if partner else _parent(family)
    asked = family.asks(walk.random, reasons=reasons, consent=consent, enquirer=enquirer)
    sender = partner or walk.random.choice(walk.staff.hub)  # the hub writes down what a family says on the telephone
    with walk.step(sender, at):
        return send_request(asked=asked, holder=holder_of(sender.pk, None), place=walk.place, by=sender, at=at)


def answer(walk: Walk, request: HelpRequest, team: Team | None, *, again: bool = False) -> Episode | None:
    """The hub takes the request and answers it: for a team with an episode, which it returns; else without one."""
    adviser = walk.random.choice(walk.staff.hub)
    taken_at = later(walk.random, request.received_at, usual=0.4, late=2.5, how_often_late=0.12)
    with walk.step(adviser, taken_at):
        request = take(request=request, by=adviser, at=taken_at)
    decided_at = later(walk.random, taken_at, usual=0.5, late=2, how_often_late=0.12)
    with walk.step(adviser, decided_at):
        decision = _decide(walk, request, team, again=again)
        request = screen(request=request, answer=decision, place=walk.place, by=adviser, at=decided_at)
    return request.episode


def ask_about_somebody_known(walk: Walk, at: datetime) -> HelpRequest | None:
    """A practitioner asks for a child whose name they heard a little wrong, and says whom of those they know they mean.

    The hub has not looked at it yet. Nothing where no team has helped anybody.
    """
    with acting_as(walk.staff.service_managers[0]):
        helped = FamilyMember.objects.filter(part=FamilyMember.Part.CHILD, family__team__isnull=False, until_on=None)
        helped = helped.filter(person__date_of_birth__gt=at.date() - timedelta(days=17 * 365))
        known = helped.select_related("person", "family").order_by("family_id", "pk").last()
    if known is None or known.family.team_id is None:
        return None
    child, sender = known.person, walk.staff.workers[known.family.team_id][0]
    named = Named(
        "child", child.given_name[:-1], child.family_name, child.date_of_birth, child.sex, same_as=child.pk
    )  # fmt: skip
    family = replace(make_up(walk.random, on=at.date()), family_name=child.family_name, children=(named,))
    reasons = [walk.framework.reasons[0].id]
    asked = family.asks(walk.random, reasons=reasons, consent="given", enquirer=_practitioner(sender))
    with walk.step(sender, at):
        return send_request(asked=asked, holder=holder_of(sender.pk, None), place=walk.place, by=sender, at=at)


def give_to_somebody(walk: Walk, episode: Episode) -> User:
    """The manager allocates, one time in five to a partner agency's practitioner. Returns the lead practitioner."""
    manager = walk.staff.managers[episode.team_id]
    team = walk.staff.workers[episode.team_id]
    to = walk.random.choice(walk.staff.partners if walk.random.random() < 0.2 else team)
    at = later(walk.random, episode.opened_at, usual=0.8, late=4, how_often_late=0.15)
    with walk.step(manager, at):
        children = FamilyMember.objects.filter(family_id=episode.family_id, part=FamilyMember.Part.CHILD).count()
        allocate(
            episode=episode,
            to=to,
            children=children,
            needs=say(walk.random, "needs"),
            first_visit_on=(at + timedelta(days=7)).date(),
            manager_review_on=(at + timedelta(days=28)).date(),
            by=manager,
            at=at,
        )
    return to


def _decide(walk: Walk, request: HelpRequest, team: Team | None, *, again: bool) -> Answer:
    others = [each for each in walk.framework.decisions if each.kind in OTHER_OUTCOMES]
    decision = walk.random.choices(others, [OTHER_OUTCOMES[each.kind] for each in others])[0]
    if team is not None:
        decision = next(each for each in walk.framework.decisions if each.kind == "opens_episode")
    level = 3 if walk.random.random() < LEVEL_3 else 2
    return Answer(
        decision=decision.id,
        reason=say(walk.random, "decision_reasons"),
        answer=say(walk.random, "answers"),
        answered_how=walk.random.choice(ANSWERS),
        level=level if team is not None or decision.kind == "supports_lead" else None,
        team=team,
        is_new_family=not again,
        signposted_to=say(walk.random, "signposts") if decision.kind == "signpost" else "",
    )


def _practitioner(user: User) -> dict[str, Any]:
    return {
        "source": HelpRequest.Source.PRACTITIONER,
        "enquirer_name": user.name,
        "enquirer_job_title": user.job_title,
        "enquirer_organisation": user.organisation.name,
        "enquirer_organisation_kind": user.organisation.kind,
        "enquirer_email": user.email,
    }


def _parent(family: MadeUp) -> dict[str, Any]:
    parent = family.adults[0]
    return {
        "source": HelpRequest.Source.FAMILY,
        "enquirer_name": f"{parent.given_name} {parent.family_name}",
        "enquirer_phone": family.phone,
    }
