"""Somebody asks for help."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from baton.matching.queries.duplicates import survivor_of
from baton.people.models import Person
from baton.platform.actions import action
from baton.platform.clock import LONDON
from baton.platform.models import User
from baton.platform.refusals import require
from baton.platform.roles import SEEKERS
from baton.practice import deadlines
from baton.practice.facts import EpisodeFacts, Happened
from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.loading import framework_in_force
from baton.requests.actions.references import new_reference
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.permissions import may_ask
from baton.requests.policies import TO_SEND, SendingFacts

TIMES_TO_DRAW_A_REFERENCE = 5


@dataclass(frozen=True)
class Named:
    """Somebody named in a request, as the enquirer knows them."""

    part: str
    given_name: str
    family_name: str
    date_of_birth: date | None = None
    sex: str = "U"
    relationship: str = ""
    school: str = ""
    phone: str = ""
    same_as: int | None = None  # the known person they are, as the enquirer says who may see them


@dataclass(frozen=True)
class Asked:
    """What somebody asks: who they are, about whom, why, and what the family says to it."""

    source: str
    enquirer_name: str
    concerns: str
    consent: str
    people: Sequence[Named] = field(default=())
    enquirer_job_title: str = ""
    enquirer_organisation: str = ""
    enquirer_organisation_kind: str = ""
    enquirer_phone: str = ""
    enquirer_email: str = ""
    contact_notes: str = ""
    child_in_danger: bool = False
    reasons: Sequence[str] = ()
    strengths: str = ""
    tried: str = ""
    others_told: str = ""
    consent_by: str = ""
    consent_method: str = ""
    consent_notes: str = ""
    address: str = ""
    postcode: str = ""


@action(allowed=may_ask)
def send_request(*, asked: Asked, holder: str, place: str, by: User | None, at: datetime) -> HelpRequest:
    """Send a request for help (DOR 5.1). `by` is None for the public; `holder` names who sent it, as drafts do.

    Its screening is due by the framework in force, where that sets a timescale. Raises `Refused` by `TO_SEND`.
    """
    require(TO_SEND, _facts(asked))
    due_at, warn_from = screening_due(framework_in_force(place, on=at.astimezone(LONDON).date()), received_at=at)
    written = {name: value for name, value in asdict(asked).items() if name != "people"}
    agreed = asked.consent == HelpRequest.ConsentState.GIVEN
    written |= {"reasons": list(asked.reasons), "postcode": asked.postcode.upper()}
    request = _with_a_free_reference(
        HelpRequest(
            **written,
            holder=holder,
            created_by=by,
            received_at=at,
            consent_at=at if agreed else None,
            screen_due_at=due_at,
            screen_warn_from=warn_from,
        )
    )
    known = _those_they_know(asked.people, by)
    RequestPerson.objects.bulk_create(
        RequestPerson(request=request, person_id=known.get(named.same_as), **_as_told(named)) for named in asked.people
    )
    return request


def _as_told(named: Named) -> dict[str, Any]:
    return {name: value for name, value in asdict(named).items() if name != "same_as"}


def _those_they_know(people: Sequence[Named], by: User | None) -> dict[int | None, int]:
    """Who the people said to be known are now, of those whom the sender may see. The public names nobody we know."""
    said = [named.same_as for named in people if named.same_as]
    if by is None or not said or not by.has_role(*SEEKERS):
        return {}
    held = Person.objects.filter(pk__in=said).values_list("pk", flat=True)
    return {person: survivor_of(person) for person in held}


def screening_due(framework: Framework, *, received_at: datetime) -> tuple[datetime | None, datetime | None]:
    """Until when a request is to be screened and from when that is soon; nothing where the place sets no timescale."""
    received = Happened(Happening.REQUEST_RECEIVED, received_at)
    for deadline in deadlines.deadlines(framework, EpisodeFacts(level=None), [received], at=received_at):
        if deadline.rule.stops_with and deadline.rule.stops_with[0].event == Happening.REQUEST_SCREENED:
            return deadline.lasts_until, deadline.warn_from
    return None, None


def _with_a_free_reference(request: HelpRequest) -> HelpRequest:
    for _ in range(TIMES_TO_DRAW_A_REFERENCE):
        request.reference = new_reference()
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError as error:
            if "reference" not in str(error):
                raise
            request.pk = None
        else:
            return request
    raise RuntimeError("No free reference was drawn")


def _facts(asked: Asked) -> SendingFacts:
    return SendingFacts(
        enquirer_is_named=bool(asked.enquirer_name.strip()),
        enquirer_can_be_reached=bool(asked.enquirer_phone.strip() or asked.enquirer_email.strip()),
        worries_are_written=bool(asked.concerns.strip()),
        children=sum(named.part == "child" for named in asked.people),
        consent_is_given=asked.consent == HelpRequest.ConsentState.GIVEN,
        consent_giver_is_named=bool(asked.consent_by.strip()),
    )
