"""An episode opened by a request, so that the clocks that start with one run."""

from datetime import datetime, timedelta

from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember
from baton.platform.guard import acting_as
from baton.practice.loading import load_framework
from baton.requests.actions import Answer, Named, link_person, screen
from baton.requests.models import RequestPerson
from tests.factories import Place, a_family
from tests.factories.requests import a_request
from tests.factories.times import MONDAY


def a_requested_episode(
    place: Place, *, family: Family | None = None, framework: str = "dorset", at: datetime = MONDAY
) -> Episode:
    """A teacher asks for a family that is known, the hub screens it next morning; it waits for a lead practitioner."""
    family = family or a_family(team=place.team, by=place.hub_adviser)
    with acting_as(place.hub_adviser):
        members = list(FamilyMember.objects.filter(family=family).select_related("person").order_by("pk"))
    named = tuple(
        Named(m.part, m.person.given_name, m.person.family_name, m.person.date_of_birth, relationship=m.relationship)
        for m in members
    )
    reasons = (load_framework(framework).reasons[0].id,)
    mother = f"Marigold {family.name}"
    request = a_request(by=place.teacher, at=at, place=framework, people=named, reasons=reasons, consent_by=mother)
    screened_at = at + timedelta(hours=20)
    with acting_as(place.hub_adviser):
        asked = RequestPerson.objects.filter(request=request).order_by("pk")
        for each, member in zip(asked, members, strict=True):
            link_person(named=each, person=member.person, by=place.hub_adviser, at=screened_at)
        opens = next(each.id for each in load_framework(framework).decisions if each.kind == "opens_episode")
        answer = Answer(
            decision=opens, reason="Mornings are hard", answer="The team will ring.", answered_how="phone",
            level=3, team=place.team, family=family,
        )  # fmt: skip
        screened = screen(request=request, answer=answer, place=framework, by=place.hub_adviser, at=screened_at)
    with acting_as(place.manager):
        return Episode.objects.select_related("family__team", "team").get(pk=screened.episode_id)
