"""What people ask of the record kept of them: copies, corrections; what must not be disposed of, and what was."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from baton.demonstration.asking import answer, ask
from baton.demonstration.calendar import office_time
from baton.demonstration.families import make_up
from baton.demonstration.walk import Walk
from baton.documents.models import Document
from baton.episodes.models import Allocation, Episode
from baton.people.models import FamilyMember
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.practice.calendar import add_months, day_of
from baton.requests.models import HelpRequest
from baton.rights.actions import (
    Told,
    add_subject,
    answer_request,
    approve_request_disposal,
    ask_for_correction,
    ask_the_person,
    decide_correction,
    decide_file,
    decide_on_person,
    gather,
    hold_family,
    register_request,
    release_copy,
    review_request,
)
from baton.rights.models import AccessRequest, Correction, Stop
from baton.rights.queries.corrections import About
from baton.rights.queries.gathered import documents_of, hidden_by, people_marked

KEPT_YEARS = 6  # and some months: requests whose time is over by each place's schedule
OLD_REQUESTS = 3


@dataclass
class Asking:
    """Who asks and who answers, by whose dice."""

    walk: Walk
    officer: User
    second: User
    members: list[FamilyMember]  # a mother of each of some families; all but the first are helped

    def ago(self, days: int) -> datetime:
        return office_time(self.walk.random, self.walk.until - timedelta(days=days + 4))


def people_ask_of_their_record(walk: Walk, *, seed: str) -> None:
    """One request answered, one under way, one whose clock stands; two corrections, a hold, and old requests."""
    walk = replace(walk, random=Random(f"{seed}-rights"))  # noqa: S311
    officer, second = walk.staff.governance
    with acting_as(walk.staff.service_managers[0]):
        asking = Asking(walk, officer, second, _mothers())
    of_old = [_an_old_request(walk, number) for number in range(OLD_REQUESTS)]
    _dispose_of_some(asking, [each for each in of_old if each])
    if len(asking.members) < 4:
        return
    _answered(asking, asking.members[0])
    _gathered(asking, asking.members[1], days=14)
    _asked_back(asking, asking.members[2])
    _corrections(asking, asking.members[1:3])
    with walk.step(officer, asking.ago(30)):
        hold_family(
            family_id=asking.members[3].family_id,
            reason="The coroner has asked that nothing be destroyed.",
            review_on=day_of(walk.until) + timedelta(days=120),
            by=officer,
            at=asking.ago(30),
        )


def _mothers() -> list[FamilyMember]:
    """Of a family to whose record a document was added, and of three others that are helped."""
    found = FamilyMember.objects.filter(part="parent", person__sex="F", until_on__isnull=True)
    known = found.filter(person__date_of_birth__isnull=False).select_related("person").order_by("family_id", "pk")
    with_papers = Document.objects.filter(withdrawn_at__isnull=True).values("family_id")
    first = list(known.filter(family__in=with_papers)[:1])
    helped = Episode.objects.filter(state=Episode.State.OPEN).values("family_id")
    others = known.filter(family__in=helped).exclude(family__in=[each.family_id for each in first])
    return [*first, *others.distinct("family_id")[: 4 - len(first)]]


def _register(asking: Asking, mother: FamilyMember, *, days: int) -> AccessRequest:
    at, born = asking.ago(days), mother.person.date_of_birth
    told = Told(
        asked_by=mother.person.name,
        asks_as=AccessRequest.AsksAs.THEMSELVES,
        reach="At home, by post",
        about=mother.person.name,
        channel=AccessRequest.Channel.LETTER,
        received_on=day_of(at),
        identity_how="Passport seen",
    )
    with asking.walk.step(asking.officer, at):
        request = register_request(told=told, by=asking.officer, at=at)
        named: dict[str, Any] = {"given_name": mother.person.given_name, "family_name": mother.person.family_name}
        return add_subject(request=request, **named, born=born or day_of(at), by=asking.officer, at=at)


def _gathered(asking: Asking, mother: FamilyMember, *, days: int) -> AccessRequest:
    request, at = _register(asking, mother, days=days), asking.ago(days - 5)
    with asking.walk.step(asking.officer, at):
        return gather(request=request, by=asking.officer, at=at)


def _answered(asking: Asking, mother: FamilyMember) -> None:
    request, at = _gathered(asking, mother, days=50), asking.ago(30)
    by: dict[str, Any] = {"by": asking.officer, "at": at}
    with asking.walk.step(asking.officer, at):
        for named in people_marked(request.pk):
            decided: dict[str, Any] = {"state": "hidden", "reason": "another", "note": ""}
            decide_on_person(request=request, name=named["name"], **decided, **by)
        shown = [item for item in documents_of(request.pk) if hidden_by(item) is None]
        for number, item in enumerate(shown):
            decide_file(item=item, is_given=not number, reason="another" if number else "", note="", **by)
        release_copy(request=request, **by)
        outcome = AccessRequest.Outcome.SENT
        answer_request(request=request, outcome=outcome, told_how="By recorded delivery", on=day_of(at), **by)


def _asked_back(asking: Asking, mother: FamilyMember) -> None:
    request, at = _register(asking, mother, days=9), asking.ago(6)
    what = "Which years do you mean? You wrote of a school your children do not go to."
    with asking.walk.step(asking.officer, at):
        kind = Stop.Kind.CLARIFICATION
        ask_the_person(request=request, kind=kind, what=what, on=day_of(at), by=asking.officer, at=at)


def _corrections(asking: Asking, mothers: list[FamilyMember]) -> None:
    """One is not changed, and what she says stands beside it; one waits for a decision."""
    refused = _ask(asking, mothers[0], "His attendance was never that low.", days=40)
    manager, at = asking.walk.staff.managers[_episode_of(asking, mothers[0]).team_id], asking.ago(25)
    with asking.walk.step(manager, at):
        decide_correction(
            correction=refused,
            decision=Correction.Decision.NOT_CORRECTED,
            because="School has sent its register, and it says so.",
            statement="He was at hospital on eleven of those days, and school knew.",
            told_on=day_of(at),
            by=manager,
            at=at,
        )
    _ask(asking, mothers[1], "That is not how we spell it.", days=8)


def _ask(asking: Asking, mother: FamilyMember, said: str, *, days: int) -> Correction:
    at, episode = asking.ago(days), _episode_of(asking, mother)
    with acting_as(asking.walk.staff.service_managers[0]):
        lead = Allocation.objects.select_related("practitioner").get(episode=episode, until_at__isnull=True)
        child = FamilyMember.objects.select_related("person").filter(family=mother.family_id, part="child")[0]
    worker = lead.practitioner
    about = About(
        f"{child.person.name}: Health and education", person_id=child.person_id, subject="health-and-education"
    )
    with asking.walk.step(worker, at):
        told: dict[str, Any] = {
            "asked_by": mother.person.name,
            "said_wrong": said,
            "received_on": day_of(at),
            "about": about,
        }
        return ask_for_correction(family_id=mother.family_id, **told, by=worker, at=at)


def _episode_of(asking: Asking, mother: FamilyMember) -> Episode:
    with acting_as(asking.walk.staff.service_managers[0]):
        return Episode.objects.get(family=mother.family_id, state=Episode.State.OPEN)


def _an_old_request(walk: Walk, number: int) -> HelpRequest | None:
    """Somebody asked years ago, and no team was needed; nothing where the place's framework is younger."""
    on = add_months(day_of(walk.until), -12 * KEPT_YEARS) - timedelta(days=60 + 40 * number)
    if on < walk.framework.in_force_from:
        return None
    at = office_time(walk.random, walk.until.replace(year=on.year, month=on.month, day=min(on.day, 28)))
    request = ask(walk, make_up(walk.random, on=on), at)
    answer(walk, request, None)
    return request


def _dispose_of_some(asking: Asking, requests: list[HelpRequest]) -> None:
    """Of the first the certificate is there to see, the second waits for another officer, the third for a review."""
    by, at = asking.officer, asking.ago(20)
    for number, request in enumerate(requests[:2]):
        with asking.walk.step(asking.officer, at):
            because = "Nobody has asked for it since, and nobody in it is known."
            review = review_request(request_id=request.pk, decision="dispose", because=because, by=by, at=at)
        if number == 0:
            with asking.walk.step(asking.second, asking.ago(19)):
                approve_request_disposal(review=review, by=asking.second, at=asking.ago(19))
