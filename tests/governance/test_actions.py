"""Closing and opening families, each as one action with its audit entry."""

from datetime import UTC, datetime

import pytest

from baton.governance.actions import (
    close_sample,
    join_team_around,
    leave_team_around,
    lift_restriction,
    name_person,
    open_in_emergency,
    open_sample,
    restrict_family,
    review_emergency,
    unname_person,
)
from baton.governance.models import Emergency
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from tests.factories import a_place, an_allocated_episode
from tests.governance.test_need_to_know import a_child, sees

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_information_governance_closes_a_family_names_people_and_opens_it_again() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.governance):
        restriction = restrict_family(
            family_id=family_id,
            reason="A colleague's family",
            named={place.worker: "Leads"},
            by=place.governance,
            at=NOW,
        )
        assert AuditEntry.objects.filter(action="restrict_family", family_id=family_id).exists()
    assert (sees(place.worker, family_id), sees(place.manager, family_id)) == (True, False)
    with acting_as(place.governance):
        named = name_person(restriction=restriction, user=place.manager, because="Manages", by=place.governance, at=NOW)
    assert sees(place.manager, family_id)
    with acting_as(place.governance):
        unname_person(named=named, by=place.governance, at=NOW)
    assert not sees(place.manager, family_id)
    with acting_as(place.governance):
        lift_restriction(restriction=restriction, by=place.governance, at=NOW)
    assert sees(place.colleague, family_id)


def test_a_manager_closes_a_family_of_their_team_and_a_worker_does_not() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    asked = {"family_id": family_id, "reason": "They are in hiding", "named": {place.worker: "Leads"}, "at": NOW}
    with acting_as(place.worker), pytest.raises(NotAllowed):
        restrict_family(**asked, by=place.worker)
    with acting_as(place.manager):
        with pytest.raises(Refused, match="Name at least one person"):
            restrict_family(**{**asked, "named": {}}, by=place.manager)
        restrict_family(**asked, by=place.manager)
    assert not sees(place.manager, family_id)


def test_an_emergency_is_told_and_looked_at_by_somebody_else() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    child = a_child(place, family_id)
    told = {"given_name": child.given_name, "family_name": child.family_name, "born": child.date_of_birth, "at": NOW}
    with acting_as(place.other_manager):
        emergency = open_in_emergency(**told, reason="The police rang at night", by=place.other_manager)
        with pytest.raises(NotAllowed):
            review_emergency(emergency=emergency, review="It was right", by=place.other_manager, at=NOW)
    for reviewer in (place.manager, place.governance):
        with acting_as(reviewer):
            assert Emergency.objects.get().family_id == family_id
    with acting_as(place.governance):
        review_emergency(emergency=Emergency.objects.get(), review="It was right", by=place.governance, at=NOW)
    with acting_as(place.stranger), pytest.raises(Refused, match="No one family fits"):
        open_in_emergency(**{**told, "given_name": "Nobody"}, reason="The police rang", by=place.stranger)


def test_teams_around_families_and_samples_begin_and_end() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        member = join_team_around(family_id=family_id, user=place.teacher, part="teacher", by=place.worker, at=NOW)
    with acting_as(place.governance):
        sample = open_sample(family_id=family_id, auditor=place.auditor, audit="Autumn", by=place.governance, at=NOW)
    assert (sees(place.teacher, family_id), sees(place.auditor, family_id)) == (True, True)
    with acting_as(place.worker):
        leave_team_around(member=member, by=place.worker, at=NOW)
    with acting_as(place.governance):
        close_sample(sample=sample, by=place.governance, at=NOW)
    assert (sees(place.teacher, family_id), sees(place.auditor, family_id)) == (False, False)
