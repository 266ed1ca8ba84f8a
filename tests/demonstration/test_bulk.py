"""Copies of the walked place hold as the walked place does."""

from datetime import UTC, datetime

import pytest
from django.db import connections

from baton.demonstration.bulk import GAP, copy_place
from baton.demonstration.loading import load_place
from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.episodes.models import Episode, Event
from baton.matching.queries.finding import find
from baton.people.models import Person
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import RoleHeld, User

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_copies_have_other_names_and_the_same_lives_and_every_constraint_back() -> None:
    load_place(place="derby", families=6, until=NOW, say=lambda done: None)
    before = _constraints()
    with as_owner():
        walked, events = Episode.objects.count(), Event.objects.count()
    copy_place(first=1, last=2, say=lambda line: None)
    copy_place(first=3, last=3, say=lambda line: None)
    assert _constraints() == before
    with as_owner():
        assert (Episode.objects.count(), Event.objects.count()) == (walked * 4, events * 4)
        assert list(deadlines_that_differ(at=NOW)) == []
        original = Person.objects.filter(pk__lt=GAP, date_of_birth__isnull=False).order_by("pk")[0]
        copied = Person.objects.get(pk=original.pk + GAP)
        assert abs(original.date_of_birth - copied.date_of_birth).days <= 3
        manager = User.objects.get(pk=RoleHeld.objects.filter(role="service_manager", user_id__gt=GAP).first().user_id)
    with acting_as(manager):
        found = find(f"{copied.name} {copied.date_of_birth:%d/%m/%Y}", on=NOW.date())
    assert copied in [each.person for each in found.people]


def _constraints() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("select count(*) from pg_constraint where connamespace = 'public'::regnamespace")
        return int(cursor.fetchone()[0])
