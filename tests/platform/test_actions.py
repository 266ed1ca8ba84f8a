"""The action decorator: permission, one transaction, an audit entry, and what must be done at the end."""

from datetime import UTC, datetime

import pytest

from baton.episodes.actions import record_event
from baton.people.actions import register_family
from baton.people.models import Family
from baton.platform.actions import action, at_end_of_action, current_action, held_as_one
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Team, User
from baton.platform.refusals import NotAllowed, Refused, require, unmet
from baton.practice.happenings import Happening
from tests.factories import Place, a_place, an_allocated_episode

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


@action(allowed=lambda user, team: True)
def rename_then_fail(*, team: Team, by: User, at: datetime) -> Team:
    Family.objects.create(name="Kettlewhistle", team=team, created_at=at)
    raise Refused("Nothing of this stays.")


def test_an_action_leaves_one_audit_entry_with_the_change() -> None:
    place = a_place()
    with acting_as(place.hub_adviser):
        family = register_family(team=place.team, name="Otterdown", by=place.hub_adviser, at=NOON)
        entry = AuditEntry.objects.get()
    assert (entry.action, entry.by, entry.at) == ("register_family", place.hub_adviser, NOON)
    assert (entry.record, entry.record_id, entry.family_id) == ("people_family", family.pk, family.pk)
    assert entry.roles == ["hub_adviser"]


def test_an_action_refused_leaves_neither_change_nor_entry() -> None:
    place = a_place()
    with acting_as(place.manager):
        with pytest.raises(Refused):
            rename_then_fail(team=place.team, by=place.manager, at=NOON)
        assert not Family.objects.exists()
        assert not AuditEntry.objects.exists()


def test_the_wrong_person_is_not_allowed() -> None:
    place = a_place()
    with acting_as(place.worker), pytest.raises(NotAllowed):
        register_family(team=place.team, name="Otterdown", by=place.worker, at=NOON)


def test_what_is_due_at_the_end_is_done_once_after_the_last_change() -> None:
    done: list[str] = []

    @action(allowed=lambda user, subject: True)
    def inner(*, subject: str, by: User, at: datetime) -> str:
        at_end_of_action("once", lambda: done.append("end"))
        done.append(subject)
        return subject

    @action(allowed=lambda user, subject: True)
    def outer(*, subject: str, by: User, at: datetime) -> str:
        inner(subject="first", by=by, at=at)
        inner(subject="second", by=by, at=at)
        return subject

    place = a_place()
    with acting_as(place.worker):
        outer(subject="all", by=place.worker, at=NOON)
    assert done == ["first", "second", "end"]


def test_outside_an_action_nothing_can_be_left_for_its_end() -> None:
    with pytest.raises(RuntimeError, match="Only an action"):
        current_action()


def test_an_event_the_action_did_not_declare_is_a_mistake() -> None:
    place = a_place()
    episode = an_allocated_episode(place)

    @action(allowed=lambda user, subject: True)
    def undeclared(*, subject: object, by: User, at: datetime) -> None:
        record_event(kind=Happening.VISIT_MADE, episode=episode, record=episode, at=at)

    with acting_as(place.worker), pytest.raises(RuntimeError, match="visit_made"):
        undeclared(subject=None, by=place.worker, at=NOON)


def is_even(number: int) -> bool:
    """Choose an even number."""
    return number % 2 == 0


def test_a_refusal_says_the_policys_own_sentence() -> None:
    assert unmet((is_even,), 3) == ("Choose an even number.",)
    assert unmet((is_even,), 4) == ()
    with pytest.raises(Refused) as refused:
        require((is_even,), 3)
    assert refused.value.sentences == ("Choose an even number.",)


def test_what_is_held_as_one_is_taken_back_as_one() -> None:
    place = a_place()
    with acting_as(place.hub_adviser):
        with pytest.raises(Refused):
            _two_of_which_one_fails(place)
        assert not Family.objects.exists()
        assert not AuditEntry.objects.exists()
        register_family(team=place.team, name="Wrenfield", by=place.hub_adviser, at=NOON)
        assert [family.name for family in Family.objects.all()] == ["Wrenfield"]


def _two_of_which_one_fails(place: Place) -> None:
    with held_as_one():
        register_family(team=place.team, name="Otterdown", by=place.hub_adviser, at=NOON)
        rename_then_fail(team=place.team, by=place.hub_adviser, at=NOON)
