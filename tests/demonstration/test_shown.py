"""What a demonstration place has to show: all of it made by real actions, something for every page."""

from collections.abc import Iterator

import pytest
from django.db.models import Count

from baton.consent.models import Consent, Renewal
from baton.demonstration.walk import Walk
from baton.documents.models import Document
from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.episodes.models import Allocation, Deadline, Episode, Event
from baton.governance.models import Alert, AroundMember, Audit, Emergency, NamedPerson, PanelCase, Restriction
from baton.matching.models import Merge, PossibleDuplicate
from baton.matching.queries.duplicates import waiting_pairs
from baton.people.models import Family, FamilyMember, ParentalResponsibility, Person, PersonName, Residence, Setting
from baton.people.policies.identifiers import is_nhs_number
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, User
from baton.platform.roles import Role
from baton.relationships.models import NetworkTie, Relationship
from baton.relationships.presenters.genogram import picture_of
from baton.relationships.presenters.on_a_date import facts_on
from baton.relationships.queries import family_ties
from baton.requests.models import HelpRequest, RequestPerson
from baton.rights.models import AccessRequest, CopiedFile, Correction, Disposal, Hold, RequestReview, Stop
from baton.rights.queries.retention import requests_due_for_review
from baton.sharing.models import Decision, DocumentLeft, HandedOut
from tests.demonstration.conftest import NOW

ONLY_WHERE_MANY = pytest.mark.parametrize("walk", ["derby"], indirect=True)
ONLY_WHERE_SHARED = pytest.mark.parametrize("walk", ["doncaster"], indirect=True)


@pytest.fixture
def as_service_manager(walk: Walk) -> Iterator[None]:
    with acting_as(walk.staff.service_managers[0]):
        yield


def the(role: Role) -> User:
    return User.objects.filter(roles_held__role=role)[0]


def test_a_place_is_walked_by_actions_under_its_own_framework(walk: Walk, as_service_manager: None) -> None:
    assert Family.objects.count() == Episode.objects.values("family").distinct().count()
    assert set(Episode.objects.values_list("framework_place", flat=True)) == {walk.place}
    assert Event.objects.count() > 0
    assert AuditEntry.objects.count() > 0
    assert list(deadlines_that_differ(at=NOW)) == []


def test_nothing_happens_after_today_and_nobody_is_left_without_a_clock(walk: Walk, as_service_manager: None) -> None:
    assert not Event.objects.filter(at__gt=NOW).exists()
    for episode in Episode.objects.filter(state__in=["waiting", "open"]):
        assert Deadline.objects.filter(episode=episode, state="open").exists()
    for episode in Episode.objects.filter(state="open"):
        assert Allocation.objects.filter(episode=episode, until_at__isnull=True).count() == 1


def test_requests_are_answered_in_all_the_ways_the_framework_knows(walk: Walk) -> None:
    with acting_as(walk.staff.hub[0]):
        decisions = set(HelpRequest.objects.exclude(decision="").values_list("decision", flat=True))
        assert len(decisions) >= 3
        for request in HelpRequest.objects.filter(state="answered"):
            assert request.answer
            assert request.decision_reason


def test_a_place_knows_its_people_and_every_record_holds_together(walk: Walk, as_service_manager: None) -> None:
    assert Person.objects.exclude(ethnicity="").exists()
    for person in Person.objects.exclude(nhs_number=""):
        assert is_nhs_number(person.nhs_number)
    assert not Person.objects.exclude(upn="").exclude(no_upn="").exists()
    assert Setting.objects.filter(kind="gp").exists()
    assert ParentalResponsibility.objects.filter(source="mother").exists()
    legal = PersonName.objects.filter(kind="legal", until_on__isnull=True).values("person")
    assert not legal.annotate(many=Count("id")).filter(many__gt=1).exists()
    for home in Residence.objects.filter(until_on__isnull=True, kind="main", is_shared_care=False):
        if not home.person.residences.filter(is_shared_care=True).exists():
            assert home.person.address == home.address.lines


def test_families_are_related_and_supported_and_the_first_is_large(walk: Walk, as_service_manager: None) -> None:
    related = Relationship.objects.values("family").annotate(many=Count("pk")).order_by("-many")
    assert len(related) >= 2
    largest = related[0]["family"]
    assert FamilyMember.objects.filter(family=largest).count() >= 30
    assert NetworkTie.objects.filter(family=largest).count() >= 10
    picture = picture_of(facts_on(family_ties(largest), on=NOW.date()))
    assert picture.rows >= 4
    assert {kind for (kind,) in Relationship.objects.values_list("kind").distinct()} >= {
        "birth_mother", "birth_father", "living_together"
    }  # fmt: skip


def test_families_have_a_letter_and_a_drawing_that_their_timeline_tells(walk: Walk, as_service_manager: None) -> None:
    assert set(Document.objects.values_list("kind", flat=True)) == {"letter_agency", "drawing"}
    assert Document.objects.filter(kind="drawing", person__isnull=False).exists()
    told = set(Event.objects.filter(record="documents_document").values_list("kind", flat=True))
    assert told == {"document_added", "direct_work_recorded"}


@ONLY_WHERE_SHARED
def test_families_agree_about_school_and_the_plan_goes_there_under_it(walk: Walk, as_service_manager: None) -> None:
    assert Consent.objects.filter(purpose="share", withdrawn_at__isnull=True).exists()
    assert Renewal.objects.exists()
    shared = Decision.objects.filter(is_shared=True, what="plan")
    assert shared.exists()
    assert {each.agreement.organisation for each in shared} == {each.organisation for each in shared}
    assert Decision.objects.filter(is_shared=False).exists()


def test_a_drawing_goes_out_and_a_letter_does_not(walk: Walk, as_service_manager: None) -> None:
    assert DocumentLeft.objects.filter(decision__is_shared=True, document__kind="drawing").exists()
    kept_back = Decision.objects.filter(is_shared=False, what="document").latest("pk")
    assert Document.objects.get(pk=kept_back.record_id).kind == "letter_agency"
    assert kept_back.because


def test_a_copy_that_somebody_asked_for_has_a_file_with_it(walk: Walk) -> None:
    with acting_as(walk.staff.governance[0]):
        assert CopiedFile.objects.filter(is_given=True).exists()


def test_what_people_ask_of_their_record_is_there_to_see(walk: Walk) -> None:
    with acting_as(walk.staff.governance[0]):
        answered = AccessRequest.objects.exclude(answered_on=None)
        assert [each.outcome for each in answered] == ["sent"]
        assert AccessRequest.objects.filter(answered_on=None, gathered_at__isnull=False).count() == 1
        assert Stop.objects.filter(answered_on=None).count() == 1
        assert Correction.objects.filter(decision="not_corrected").exclude(statement="").count() == 1
        assert Correction.objects.filter(decision="").count() == 1
        assert Hold.objects.count() == 1
        certificate = Disposal.objects.get()
        assert certificate.decided_by_id != certificate.approved_by_id
        assert RequestReview.objects.count() == 1
        assert len(requests_due_for_review(on=NOW.date())) == 2
    with acting_as(walk.staff.service_managers[0]):
        assert HandedOut.objects.exists()


@ONLY_WHERE_MANY
def test_each_page_of_need_to_know_has_something_to_show(walk: Walk) -> None:
    with acting_as(the(Role.GOVERNANCE)):
        restricted = Restriction.objects.get()
        assert NamedPerson.objects.filter(restriction=restricted).count() == 2
        assert restricted.set_at == NOW
        assert Emergency.objects.filter(reviewed_at__isnull=True).count() == 1
        assert Emergency.objects.filter(judgement="justified").count() == 1
        assert {alert.closed_at is None for alert in Alert.objects.all()} == {True, False}
    with acting_as(walk.staff.service_managers[0]):
        assert not Family.objects.filter(pk=restricted.family_id).exists()
        assert {audit.closed_at is None for audit in Audit.objects.all()} == {True, False}
        assert AroundMember.objects.count() == 2
        assert {case.decided_at is None for case in PanelCase.objects.all()} == {True, False}
    with acting_as(the(Role.AUDITOR)):
        assert Family.objects.count() > 0


@ONLY_WHERE_MANY
def test_the_hub_finds_pairs_to_look_at_some_decided_and_a_request_about_somebody_known(walk: Walk) -> None:
    with acting_as(walk.staff.hub[0]):
        assert waiting_pairs().count() >= 2
        merge = Merge.objects.get()
        assert (merge.made_by, merge.undone_at) == (walk.staff.hub[0], None)
        assert PossibleDuplicate.objects.filter(state="different").count() == 1
        linked = RequestPerson.objects.filter(person__isnull=False, request__screened_at__isnull=True)
        named = linked.select_related("request", "person").get()
        assert named.given_name == named.person.given_name[:-1]
        assert named.request.state == HelpRequest.State.WAITING
