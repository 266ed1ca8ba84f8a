"""Each page of need to know has something to show in a demonstration place."""

import pytest

from baton.demonstration.loading import load_place
from baton.governance.models import Alert, AroundMember, Audit, Emergency, NamedPerson, PanelCase, Restriction
from baton.people.models import Family
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.roles import Role

FAMILIES = 24


def the(role: Role) -> User:
    return User.objects.filter(roles_held__role=role)[0]


@pytest.mark.django_db
def test_each_page_of_need_to_know_has_something_to_show() -> None:
    until = clock.now()
    walk = load_place(place="dorset", families=FAMILIES, until=until, say=lambda done: None)
    with acting_as(the(Role.GOVERNANCE)):
        restricted = Restriction.objects.get()
        assert NamedPerson.objects.filter(restriction=restricted).count() == 2
        assert restricted.set_at == until
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
