"""History: what a record was and what it became, written by PostgreSQL whoever makes the change."""

import json
from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from baton.people.actions import hand_family_to
from baton.people.models import Family, FamilyMember
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Change, User
from baton.platform.row_security import keep_history
from tests.factories import a_family, a_place, an_allocated_episode

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


def test_a_change_says_what_it_was_what_it_became_by_whom_and_through_which_action() -> None:
    place = a_place()
    family = a_family(team=place.team, by=place.hub_adviser)
    with acting_as(place.service_manager):
        hand_family_to(family=family, team=place.other_team, by=place.service_manager, at=NOON)
        change = Change.objects.get(record="people_family", record_id=family.pk, kind="changed")
    assert change.before == {"team_id": place.team.pk}
    assert change.after == {"team_id": place.other_team.pk}
    assert (change.by, change.action, change.at) == (place.service_manager, "hand_family_to", NOON)
    assert (change.login, change.family_id) == ("baton_app", family.pk)


def test_each_change_can_be_put_beside_its_audit_entry() -> None:
    place = a_place()
    an_allocated_episode(place)
    with acting_as(place.manager):
        unmatched = Change.objects.exclude(transaction__in=AuditEntry.objects.values("transaction"))
        assert Change.objects.filter(record="episodes_allocation").exists()
        assert not unmatched.exists()


def test_a_removed_record_is_kept_whole() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        member = FamilyMember.objects.filter(family=episode.family_id)[0]
        number, person = member.pk, member.person_id
        member.delete()
        kept = Change.objects.get(record="people_familymember", record_id=number, kind="removed")
    assert kept.before["person_id"] == person


def test_a_statement_that_changes_nothing_leaves_nothing() -> None:
    place = a_place()
    family = a_family(team=place.team, by=place.hub_adviser)
    with acting_as(place.manager):
        Family.objects.filter(pk=family.pk).update(name=family.name)
        assert not Change.objects.filter(record="people_family", kind="changed").exists()


def test_one_statement_over_many_rows_leaves_an_entry_of_each() -> None:
    place = a_place()
    families = [a_family(team=place.team, by=place.hub_adviser) for _ in range(3)]
    with acting_as(place.manager):
        Family.objects.update(name="Otterdown")
        changed = Change.objects.filter(record="people_family", kind="changed")
        assert {each.record_id for each in changed} == {family.pk for family in families}


def test_a_password_is_never_part_of_history() -> None:
    place = a_place()
    place.worker.set_password("correct horse battery staple")
    place.worker.phone = "01305 000000"
    with acting_as(place.worker):
        place.worker.save()
        told = Change.objects.filter(record="platform_user", record_id=place.worker.pk, kind="changed").latest("id")
    assert told.after == {"phone": "01305 000000"}


@pytest.mark.parametrize(
    "statement",
    [
        "update platform_change set action = 'x'",
        "delete from platform_change",
        "truncate platform_change",
        "insert into platform_change (at, action, record, record_id, kind) values (now(), 'x', 'x', 1, 'added')",
        "alter table people_family disable trigger history_changed",
        "create temp table forged (id bigint); create trigger t after insert on forged"
        " referencing new table as new_rows for each statement execute function guard.note_added('id', '{}')",
    ],
)
def test_the_application_cannot_write_history_itself_nor_switch_it_off(statement: str) -> None:
    place = a_place()
    an_allocated_episode(place)
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with acting_as(place.manager), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_column_may_be_called_as_anything_in_the_triggers() -> None:
    odd = "told_at text, told_by text, told_action text, unsaid text, before text, after text, key text, value text"
    with as_owner(), transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"create table oddly_named (id bigint primary key, family_id bigint, {odd})")
        cursor.execute(keep_history("oddly_named").sql)
        cursor.execute("insert into oddly_named (id, told_at, told_by) values (1, 'noon', 'Ada')")
        cursor.execute("update oddly_named set told_action = 'wrote', unsaid = 'much' where id = 1")
        cursor.execute("delete from oddly_named")
        cursor.execute("select kind, after, before from platform_change where record = 'oddly_named' order by id")
        told = {
            kind: (json.loads(after or "{}"), json.loads(before or "{}")) for kind, after, before in cursor.fetchall()
        }
        transaction.set_rollback(True, using="owner")
    assert told["added"] == ({}, {})
    assert told["changed"][0] == {"told_action": "wrote", "unsaid": "much"}
    assert told["removed"][1]["told_at"] == "noon"


def test_those_who_may_not_open_a_family_read_nothing_of_its_history() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    for user, reads in ((place.colleague, True), (place.stranger, False), (place.administrator, False)):
        with acting_as(user):
            assert Change.objects.filter(family_id=episode.family_id).exists() is reads, user


def test_a_change_in_no_action_says_so() -> None:
    place = a_place()
    with acting_as(place.administrator):
        User.objects.filter(pk=place.worker.pk).update(job_title="Adviser")
        told = Change.objects.get(record="platform_user", record_id=place.worker.pk, kind="changed")
    assert (told.action, told.by) == ("", place.administrator)
