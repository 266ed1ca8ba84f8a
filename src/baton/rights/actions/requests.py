"""A request for what is held on somebody: registered, stopped, extended, answered."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require
from baton.practice.calendar import day_of
from baton.rights.models import AccessRequest, Release, Stop, Subject
from baton.rights.permissions import may_answer, may_register
from baton.rights.policies.clock import Asked, waits_for
from baton.rights.policies.requests import (
    TO_ANSWER,
    TO_CHECK_IDENTITY,
    TO_EXTEND,
    TO_GO_ON,
    TO_REGISTER,
    TO_STOP,
    AnsweringFacts,
    AskedFacts,
)
from baton.rights.queries.requests import asked_of


@dataclass(frozen=True)
class Told:
    """What a request says."""

    asked_by: str
    asks_as: str
    reach: str
    about: str
    channel: str
    received_on: date
    authority: str = ""
    scope: str = ""
    identity_how: str = ""


@action(allowed=may_register)
def register_request(*, told: Told, by: User, at: datetime) -> AccessRequest:
    """Write down a request somebody made; from that day its time runs. Raises `Refused` by `TO_REGISTER`."""
    facts = AskedFacts(
        clock=Asked(told.received_on),
        today=day_of(at),
        on=told.received_on,
        for_another=told.asks_as != AccessRequest.AsksAs.THEMSELVES,
        authority=told.authority,
    )
    require(TO_REGISTER, facts)
    checked = {"identity_on": day_of(at), "identity_by": by} if told.identity_how.strip() else {}
    return AccessRequest.objects.create(**asdict(told), **checked, registered_by=by, registered_at=at)


@action(allowed=may_answer)
def check_identity(*, request: AccessRequest, how: str, on: date, by: User, at: datetime) -> AccessRequest:
    """Write down how it is known who asks, and that they may. Raises `Refused` by `TO_CHECK_IDENTITY`."""
    now = _locked(request)
    require(TO_CHECK_IDENTITY, _facts(now, on=on, at=at))
    now.identity_how, now.identity_on, now.identity_by = how, on, by
    now.save(update_fields=["identity_how", "identity_on", "identity_by"])
    return now


@action(allowed=may_answer)
def ask_the_person(*, request: AccessRequest, kind: str, what: str, on: date, by: User, at: datetime) -> Stop:
    """Stop the clock: the person was asked who they are or what they mean. Raises `Refused` by `TO_STOP`."""
    now = _locked(request)
    require(TO_STOP, _facts(now, on=on, at=at))
    return Stop.objects.create(request=now, kind=kind, what=what, asked_on=on, asked_by=by)


@action(allowed=may_answer)
def note_their_answer(*, stop: Stop, answer: str, on: date, by: User, at: datetime) -> Stop:
    """Let the clock run again: what the person was asked for has come. Raises `Refused` by `TO_GO_ON`."""
    now = _locked(stop.request)
    require(TO_GO_ON, _facts(now, on=on, at=at, asked_on=stop.asked_on))
    stop.answered_on, stop.answer, stop.noted_by = on, answer, by
    stop.save(update_fields=["answered_on", "answer", "noted_by"])
    return stop


@action(allowed=may_answer)
def extend_request(*, request: AccessRequest, because: str, told_on: date, by: User, at: datetime) -> AccessRequest:
    """Take two further months; the person was told so, and why, within the first. Raises `Refused` by `TO_EXTEND`."""
    now = _locked(request)
    require(TO_EXTEND, _facts(now, on=told_on, at=at, reason=because))
    now.extended_on, now.extended_because, now.extended_by = told_on, because, by
    now.save(update_fields=["extended_on", "extended_because", "extended_by"])
    return now


@action(allowed=may_answer)
def add_subject(
    *, request: AccessRequest, given_name: str, family_name: str, born: date, by: User, at: datetime
) -> AccessRequest:
    """Say whose record is meant: whoever has, or had, this name and birthday. A person recorded twice comes twice.

    Adds nobody where nobody fits. People whom only restricted families know are never found by somebody who is not
    named for one; the people named for it are told. Raises `Refused` when the request was answered.
    """
    now = _locked(request)
    if now.is_answered:
        raise Refused("This request was answered already.")
    with connection.cursor() as cursor:
        named = (given_name, family_name, born)
        cursor.execute("select guard.tell_the_named(%s, %s, %s, %s)", [now.pk, *named])
        cursor.execute("select * from guard.rights_people(%s, %s, %s, %s)", [now.pk, *named])
        found = cursor.fetchall()
    for person_id, name, birthday in found:
        said = {"name": name, "born": birthday, "added_at": at, "added_by": by}
        Subject.objects.get_or_create(request=now, person_id=person_id, defaults=said)
    return now


@action(allowed=may_answer)
def remove_subject(*, subject: Subject, by: User, at: datetime) -> AccessRequest:
    """Take back that somebody is meant. Raises `Refused` once what is held was gathered."""
    request = _locked(subject.request)
    if request.gathered_at:
        raise Refused("What is held on them was gathered already. Register another request for the right person.")
    subject.delete()
    return request


@action(allowed=may_answer)
def answer_request(
    *, request: AccessRequest, outcome: str, told_how: str, on: date, by: User, at: datetime
) -> AccessRequest:
    """Say how the request was answered, and when. Raises `Refused` by `TO_ANSWER`."""
    now = _locked(request)
    facts = AnsweringFacts(
        is_answered=now.is_answered,
        identity_is_checked=now.identity_on is not None,
        clock_stands=waits_for(asked_of(now)) is not None,
        released=Release.objects.filter(request=now).exists(),
        outcome=outcome,
        told_how=told_how,
    )
    require(TO_ANSWER, facts)
    require(TO_CHECK_IDENTITY, _facts(now, on=on, at=at))
    now.outcome, now.told_how, now.answered_on, now.answered_by = outcome, told_how, on, by
    now.save(update_fields=["outcome", "told_how", "answered_on", "answered_by"])
    return now


def _locked(request: AccessRequest) -> AccessRequest:
    return AccessRequest.objects.select_for_update(no_key=True).get(pk=request.pk)


def _facts(
    request: AccessRequest, *, on: date, at: datetime, reason: str = "", asked_on: date | None = None
) -> AskedFacts:
    return AskedFacts(
        clock=asked_of(request),
        today=day_of(at),
        on=on,
        is_answered=request.is_answered,
        reason=reason,
        asked_on=asked_on,
    )
