"""Closing and opening families, each as one action with its audit entry."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.episodes.models import Event
from baton.governance.actions import (
    close_audit,
    close_sample,
    join_team_around,
    keep_restricted,
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
from baton.governance.queries.audits import Pool, draw
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from tests.factories import a_place, an_allocated_episode
from tests.factories.guarded import a_sample, an_audit
from tests.governance.test_need_to_know import a_child, restrict, sees

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
IN_SPRING = (NOW + timedelta(days=120)).date()
JUDGED = {"judgement": "justified", "review": "The police did ring"}


def test_information_governance_closes_a_family_names_people_and_opens_it_again() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.governance):
        restriction = restrict_family(
            family_id=family_id,
            reason="A colleague's family",
            named={place.worker: "Leads"},
            review_on=IN_SPRING,
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
        lift_restriction(restriction=restriction, because="The trial is over", by=place.governance, at=NOW)
    assert sees(place.colleague, family_id)


def test_a_manager_closes_a_family_of_their_team_and_a_worker_does_not() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    asked = {"family_id": family_id, "reason": "They are in hiding", "named": {place.worker: "Leads"}, "at": NOW}
    asked["review_on"] = IN_SPRING
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
            review_emergency(emergency=emergency, **JUDGED, by=place.other_manager, at=NOW)
    for reviewer in (place.manager, place.governance):
        with acting_as(reviewer):
            assert Emergency.objects.get().family_id == family_id
    with acting_as(place.governance):
        review_emergency(emergency=Emergency.objects.get(), **JUDGED, by=place.governance, at=NOW)
    with acting_as(place.stranger), pytest.raises(Refused, match="No one family fits"):
        open_in_emergency(**{**told, "given_name": "Nobody"}, reason="The police rang", by=place.stranger)


def test_an_audit_draws_the_same_families_from_the_same_seed_and_never_a_restricted_one() -> None:
    place = a_place()
    families = {an_allocated_episode(place).family_id for _ in range(6)}
    closed = families.pop()
    restrict(place, closed, place.worker, place.service_manager)
    pool = Pool(team_id=place.team.pk, is_open=True)
    with acting_as(place.service_manager):
        drawn = [draw(pool, number=3, seed=seed, auditor=place.auditor, at=NOW) for seed in (7, 7, *range(8, 20))]
    assert drawn[0] == drawn[1]
    assert drawn[0].pool_size == 5
    assert len({tuple(each.family_ids) for each in drawn}) > 2
    assert set().union(*(each.family_ids for each in drawn)) == families
    audit = an_audit(place, number=3)
    assert [sees(place.auditor, each) for each in drawn[0].family_ids] == [True] * 3
    with acting_as(place.service_manager):
        close_audit(audit=audit, by=place.service_manager, at=NOW)
    assert not any(sees(place.auditor, each) for each in families)
    with acting_as(place.service_manager), pytest.raises(Refused, match="This audit is closed"):
        open_sample(family_id=next(iter(families)), audit=audit, by=place.service_manager, at=NOW)


def test_joining_and_leaving_the_team_around_a_family_are_on_its_timeline() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        told = {"family_id": family_id, "part": "teacher", "by": place.worker, "at": NOW}
        member = join_team_around(user=place.teacher, **told)
        with pytest.raises(Refused, match="already"):
            join_team_around(user=place.teacher, **told)
        with pytest.raises(Refused, match="does not work with families"):
            join_team_around(user=place.analyst, **told)
        leave_team_around(member=member, by=place.worker, at=NOW)
        join_team_around(name="Nora Nightly", agency="Larkhill School", **told)
        said = [
            (each.kind, each.summary) for each in Event.objects.filter(record="governance_aroundmember").order_by("id")
        ]
    assert said == [
        ("team_around_joined", "Tess Teacher, teacher"),
        ("team_around_left", "Tess Teacher, teacher"),
        ("team_around_joined", "Nora Nightly, teacher"),
    ]


@pytest.mark.parametrize("who", ["colleague", "hub_adviser", "coordinator", "governance"])
def test_only_those_who_answer_for_a_family_change_the_team_around_it(who: str) -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    asker = getattr(place, who)
    with acting_as(asker), pytest.raises(NotAllowed):
        join_team_around(family_id=family_id, part="teacher", user=place.teacher, by=asker, at=NOW)


def test_a_restriction_is_kept_at_its_review_and_its_end_ends_its_names() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    by = {"by": place.governance, "at": NOW}
    with acting_as(place.governance):
        told = {"family_id": family_id, "reason": "A colleague's family", "review_on": IN_SPRING}
        restriction = restrict_family(named={place.stranger: "Leads from afar"}, **told, **by)
        with pytest.raises(Refused, match="Name somebody else first"):
            unname_person(named=restriction.named.get(), **by)
        keep_restricted(restriction=restriction, words="Still a colleague", review_on=IN_SPRING, **by)
        with pytest.raises(Refused, match="within a year"):
            keep_restricted(restriction=restriction, words="Still a colleague", review_on=NOW.date(), **by)
    assert sees(place.stranger, family_id)
    with acting_as(place.governance):
        lift_restriction(restriction=restriction, because="She left the council", **by)
    assert not sees(place.stranger, family_id)


def test_teams_around_families_and_samples_begin_and_end() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        member = join_team_around(family_id=family_id, user=place.teacher, part="teacher", by=place.worker, at=NOW)
    sample = a_sample(place, family_id)
    assert (sees(place.teacher, family_id), sees(place.auditor, family_id)) == (True, True)
    with acting_as(place.worker):
        leave_team_around(member=member, by=place.worker, at=NOW)
    with acting_as(place.service_manager):
        close_sample(sample=sample, by=place.service_manager, at=NOW)
    assert (sees(place.teacher, family_id), sees(place.auditor, family_id)) == (False, False)
