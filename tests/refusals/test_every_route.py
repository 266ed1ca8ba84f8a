"""Every route, asked by everybody: who comes in, who is refused, and for whom a family of another team does not exist.

A route that is added without saying here who may open it fails.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from baton.accounts.presenters.permissions import (
    NO,
    THEIRS,
    Permission,
    permissions,
    permissions_as_markdown,
    routes,
)
from baton.chronology.actions import Chosen, add_entry, make_copy
from baton.chronology.actions import Told as Happened
from baton.consent.actions import Told as Agreed
from baton.consent.actions import record_consent
from baton.episodes.models import Deadline
from baton.governance.actions import bring_to_panel, decide_at_panel, join_team_around
from baton.governance.models import NamedPerson
from baton.matching.actions import merge_people
from baton.matching.models import PossibleDuplicate
from baton.measures.queries import quarters
from baton.people.actions import add_member, give_warning, record_responsibility
from baton.people.actions.warnings import Warned
from baton.people.models import Family, FamilyMember, Person, PersonName
from baton.plans.models import Goal, PlanAction
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import RoleHeld
from baton.platform.roles import Role
from baton.relationships.actions import add_tie, record_relationship
from baton.relationships.policies.relationships import Told
from baton.relationships.policies.ties import ToldTie
from baton.requests.models import RequestPerson
from baton.rights.actions import ask_for_correction, ask_the_person, gather, hold_family
from baton.rights.models import CopiedFile, Item, Mark, RequestReview, RetentionReview, Subject
from baton.sharing.actions import Ground, decide_to_share
from baton.sharing.actions import Told as Sharing
from baton.sharing.presenters.papers import copy_that_leaves
from baton.sharing.queries import Document
from baton.visits.actions import plan_visit
from tests.client import sign_in_fully
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.factories.accounts import give_everybody_a_password
from tests.factories.assessments import STARTED, a_started_assessment
from tests.factories.documents import a_document, a_virus_found
from tests.factories.guarded import a_restriction, a_sample, an_alert, an_audit, an_emergency
from tests.factories.plans import a_draft_plan, a_meeting
from tests.factories.requests import a_request
from tests.factories.rights import a_released_copy, a_request_about
from tests.factories.sharing import said_no
from tests.factories.times import MONDAY
from tests.refusals.who_may import ADMINISTRATOR, EVERYBODY, HUB, IN, NOBODY, OTHERS, REFUSED, SIGN_IN, UNKNOWN, WHO_MAY

LATER = MONDAY + timedelta(days=60)
WORDS = {
    "step": "worries",
    "key": uuid4(),
    "number": 1,
    "question": "strengths",
    "place": "dorset",
    "quarter": quarters(clock.today())[0].isoformat(),
    "token": "a-link-nobody-made",
    "subject": "identity",
    "fact": "ethnicity",
    "thing": "name",
    "mark": "no-session",
    "provider_id": "council",
    "pk": 0,
    "disposal_id": 0,
    "run_id": 0,
}
KINDS = {"record-meeting": "planning", "ask-person": "children", "ask-remove": "children", "ask-known": "children"}


def test_it_is_said_of_every_route_who_may_open_it() -> None:
    names = {each.name for each in routes()}
    assert names == set(WHO_MAY), f"say here who may open {names - set(WHO_MAY)}; gone: {set(WHO_MAY) - names}"


PERSONS = {
    Role.HUB_ADVISER: (HUB,),
    Role.PRACTITIONER: ("worker", "colleague", "stranger", "teacher"),
    Role.COORDINATOR: ("coordinator",),
    Role.TEAM_MANAGER: ("manager", "other_manager"),
    Role.SERVICE_MANAGER: ("service_manager",),
    Role.PANEL_CHAIR: ("panel_chair",),
    Role.AUDITOR: ("auditor",),
    Role.ANALYST: ("analyst",),
    Role.GOVERNANCE: ("governance",),
    Role.ADMINISTRATOR: (ADMINISTRATOR,),
}
ITS_OWN_SENDER = {"request", "ask-sent"}  # the teacher sent it, so it is theirs though the family is not


@pytest.mark.parametrize("permission", permissions(), ids=lambda permission: str(permission.name))
def test_the_table_of_permissions_says_what_each_may(permission: Permission) -> None:
    expected = WHO_MAY[permission.name]
    assert permission.public == (expected[NOBODY] != SIGN_IN)
    for role, said in permission.roles.items():
        refused = {who for who in PERSONS[role] if expected[who] == REFUSED}
        if said == THEIRS:  # some records are theirs alone who wrote them
            assert len(refused) < len(PERSONS[role]), f"{refused} are refused, the table says {said}"
        else:
            assert refused == (set(PERSONS[role]) if said == NO else set()), f"{refused} refused, but {said}"
        for who in PERSONS[role]:
            if said == THEIRS and who in OTHERS and permission.name not in ITS_OWN_SENDER:
                assert expected[who] == UNKNOWN, f"{who} {expected[who]}, though the family is not theirs"


def test_the_page_in_the_documents_is_this_table() -> None:
    written = (Path(__file__).resolve().parents[2] / "docs" / "permissions.md").read_text()
    assert written == permissions_as_markdown(), "write it anew: ./baton manage permissions"


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_each_comes_in_where_they_may_and_nowhere_else(who: str) -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    give_everybody_a_password()
    client = Client()
    if who != NOBODY:
        sign_in_fully(client, getattr(place, who))
    found = []
    for route in routes():
        expected = WHO_MAY[str(route.name)][who]
        address = address_of(route, records, who)
        methods = (client.get,) if expected == IN else (client.get, client.post)
        got = {answer_of(ask(address)) for ask in methods}
        if got != {expected}:
            found.append(f"{who} {' and '.join(got)} at {route.name} ({address}), not {expected}")
    assert not found, "\n".join(found)


def answer_of(response: Any) -> str:
    """What the answer means to whoever asked."""
    if response.status_code == 302 and response.headers["Location"].startswith("/sign-in/?next="):
        return SIGN_IN
    return {403: REFUSED, 404: UNKNOWN}.get(response.status_code, IN)


def address_of(route: URLPattern, records: Mapping[str, Any], who: str) -> str:
    """Where the route leads for the records there are."""
    known = WORDS | dict(records) | {"kind": KINDS.get(str(route.name), "")}
    if route.name == "assessment-question-about":
        known["question"] = "child_wishes"
    if route.name == "work-list":
        known["key"] = "late" if who in ("manager", "other_manager") else "due"
    return reverse(str(route.name), kwargs={name: known[name] for name in route.pattern.converters})


def _recorded_twice(place: Place, family: Family, child: Person, mother: Person) -> dict[str, int]:
    """A pair somebody must look at, and two records that were made one."""
    with acting_as(place.manager):
        aunts = [Person(given_name=name, family_name="Quillfeather") for name in ("Bea", "Beatrice")]
        for aunt in aunts:
            told = {"part": "wider", "relationship": "aunt", "from_on": MONDAY.date()}
            add_member(family=family, person=aunt, **told, by=place.manager, at=STARTED)
        reason = "She goes by both names."
        merge = merge_people(survivor=aunts[0], merged=aunts[1], taken=(), reason=reason, by=place.manager, at=STARTED)
        one, other = sorted((child.pk, mother.pk))
        pair = PossibleDuplicate.objects.create(one_id=one, other_id=other, sure=0.7, found_at=STARTED)
    return {"pair_id": pair.pk, "merge_id": merge.pk}


def _what_somebody_asked(place: Place) -> dict[str, int]:
    """A request for what is held on the mother, whose clock stands."""
    request = a_request_about(place)
    with acting_as(place.governance):
        stop = ask_the_person(
            request=request, kind="clarification", what="Which years?", on=MONDAY.date(), by=place.governance, at=MONDAY
        )
        subject_id = Subject.objects.filter(request=request).latest("pk").pk
        gather(request=request, by=place.governance, at=MONDAY)
        mark = Mark.objects.filter(request=request, family_id__isnull=False).exclude(name="").latest("family_id")
    released = a_released_copy(place)
    of_copies = {"mark_id": mark.pk, "release_id": released.pk, "form": "pdf"}
    with acting_as(place.governance):
        of_copies["item_id"] = Item.objects.filter(request=request, table="documents_document")[0].pk
        of_copies["copied_file_id"] = CopiedFile.objects.filter(release=released, is_given=True)[0].pk
        held = {"reason": "An inquiry asked for it", "review_on": LATER.date(), "by": place.governance, "at": MONDAY}
        hold = hold_family(family_id=mark.family_id, **held)
        review = RetentionReview.objects.create(
            family_id=mark.family_id, until=MONDAY.date(), decision="dispose", because="Nobody needs it",
            decided_at=MONDAY, decided_by=place.service_manager,
        )  # fmt: skip
        of_request = RequestReview.objects.create(
            request_id=a_request(by=place.teacher).pk, until=MONDAY.date(), decision="dispose",
            because="Nobody needs it", decided_at=MONDAY, decided_by=place.service_manager,
        )  # fmt: skip
    of_copies |= {"hold_id": hold.pk, "review_id": review.pk, "request_review_id": of_request.pk}
    return {"access_id": request.pk, "stop_id": stop.pk, "subject_id": subject_id} | of_copies


def _guarded(place: Place, family_id: int) -> dict[str, int]:
    """Another family, restricted to worker and manager; and of this one an emergency, an audit, a team around."""
    other = an_allocated_episode(place).family_id
    restriction = a_restriction(place, other, place.worker, place.manager)
    with acting_as(place.worker):
        around = join_team_around(
            family_id=family_id, name="Nurse Nightly", part="school nurse", by=place.worker, at=clock.now()
        )
        told = {"family_id": family_id, "question": "Which threshold is met?"}
        case = bring_to_panel(**told, by=place.worker, at=clock.now())
    with acting_as(place.panel_chair):
        agreed = {"threshold": "early_help", "words": "Early help meets it."}
        decide_at_panel(case=case, **agreed, by=place.panel_chair, at=clock.now())
    sample = a_sample(place, family_id, auditor=a_user((Role.AUDITOR, None)))
    with acting_as(place.worker):
        named_person_id = NamedPerson.objects.filter(restriction=restriction, user=place.worker)[0].pk
    return {
        "restriction_id": restriction.pk,
        "named_person_id": named_person_id,
        "around_id": around.pk,
        "emergency_id": an_emergency(place, family_id).pk,
        "audit_id": an_audit(place).pk,
        "panel_case_id": case.pk,
        "alert_id": an_alert(place).pk,
        "sample_id": sample.pk,
    }


def a_record_of_each_kind(place: Place, *, framework: str = "dorset") -> dict[str, Any]:
    """Ids of a family that the team holds, of a record of each kind about it, and of a request nobody answered."""
    asked = a_request(by=place.teacher, place=framework)
    episode = an_allocated_episode(place, framework=framework)
    assessment = a_started_assessment(place, episode)
    a_draft_plan(episode, by=place.worker)
    meeting = a_meeting(episode, by=place.worker)
    with acting_as(place.worker):
        tomorrow = STARTED + timedelta(days=1)
        visit = plan_visit(
            episode=episode, planned_for=tomorrow, place="home", purpose="To meet", by=place.worker, at=STARTED
        )
        child = FamilyMember.objects.filter(family=episode.family, part=FamilyMember.Part.CHILD)[0]
        consent = record_consent(
            family=episode.family,
            person=child.person,
            given_by="",
            method="written",
            given_at=MONDAY + timedelta(days=2),
            told=Agreed(scope="Help with mornings", understanding="She said it back."),
            by=place.worker,
            at=MONDAY + timedelta(days=2),
        )
        mother = FamilyMember.objects.select_related("person").get(family=episode.family, part=FamilyMember.Part.PARENT)
        responsibility = record_responsibility(
            member=child, holder=mother.person, source="mother", by=place.worker, at=STARTED
        )
        looked_at_on = (STARTED + timedelta(days=60)).date()
        warned = Warned("animal", "Ask them to shut the dog in", "It bit a postman", True, "At a visit", looked_at_on)
        warning = give_warning(family=episode.family, warned=warned, by=place.worker, at=STARTED)
        told = Happened(MONDAY.date(), "police", "The police were called.", "police", "Letter")
        entry = add_entry(family=episode.family, told=told, by=place.worker, at=STARTED)
        chosen = [Chosen("chronology_entry", entry.pk, "5 October 2026", "Police or courts")]
        copied = make_copy(
            family=episode.family,
            title="For the review",
            purpose="The review",
            chosen=chosen,
            by=place.worker,
            at=STARTED,
        )
        mother = FamilyMember.objects.filter(family=episode.family, part=FamilyMember.Part.PARENT)[0]
        told = Told(mother.person_id, "birth_mother", child.person_id)
        relationship = record_relationship(family=episode.family, told=told, by=place.worker, at=STARTED)
        correction = ask_for_correction(
            family_id=episode.family_id,
            asked_by="Marigold Quillfeather",
            said_wrong="Ashby was never absent",
            received_on=MONDAY.date(),
            by=place.worker,
            at=STARTED,
        )
        tie = add_tie(family=episode.family, told=ToldTie("GP", "health"), by=place.worker, at=STARTED)
        decision = decide_to_share(
            family=episode.family,
            told=Sharing(
                Document("genogram", episode.family_id, "The genogram", MONDAY.date()),
                decided_by="Wilf",
                decided_at=STARTED,
                organisation="Police",
                because="Bruises",
            ),
            ground=Ground(reason="serious_harm"),
            copy=copy_that_leaves,
            by=place.worker,
            at=STARTED,
        )
        suspected = a_document(episode.family_id, by=place.worker, at=STARTED, title="Suspected")
        of_family = {
            "virus_id": a_virus_found(suspected, at=STARTED, since_clean=True).pk,
            "uploaded_id": a_document(episode.family_id, by=place.worker, at=STARTED).pk,
            "decision_id": decision.pk,
            "document": "genogram",
            "document_id": episode.family_id,
            **_recorded_twice(place, episode.family, child.person, mother.person),
            "entry_id": entry.pk,
            "copy_id": copied.pk,
            "relationship_id": relationship.pk,
            "tie_id": tie.pk,
            "correction_id": correction.pk,
            "row_id": PersonName.objects.get(person=child.person).pk,
            "responsibility_id": responsibility.pk,
            "warning_id": warning.pk,
            "family_id": episode.family_id,
            "episode_id": episode.pk,
            "member_id": child.pk,
            "person_id": child.person_id,
            "other_id": mother.person_id,
            "consent_id": consent.pk,
            "refusal_id": said_no(episode.family_id, by=place.worker, who="Marigold", at=STARTED).pk,
            "assessment_id": assessment.pk,
            "goal_id": Goal.objects.all()[0].pk,
            "plan_action_id": PlanAction.objects.all()[0].pk,
            "meeting_id": meeting.pk,
            "visit_id": visit.pk,
            "deadline_id": Deadline.objects.filter(episode=episode, state="open")[0].pk,
        }
    with acting_as(place.hub_adviser):
        named_id = RequestPerson.objects.filter(request=asked)[0].pk
    of_rights = _what_somebody_asked(place)
    of_family |= _guarded(place, episode.family_id)
    of_accounts = {"user_id": place.worker.pk, "role_held_id": RoleHeld.objects.get(user=place.worker).pk}
    return (
        of_accounts
        | of_rights
        | of_family
        | {"request_id": asked.pk, "reference": asked.reference, "named_id": named_id}
    )
