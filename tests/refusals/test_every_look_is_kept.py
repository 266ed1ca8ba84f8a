"""Each page that shows a family leaves an entry: who, as what, which family."""

import pytest
from django.test import Client

from baton.accounts.presenters.permissions import NOT_OF_A_FAMILY, routes
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests.factories import a_place
from tests.refusals.test_every_route import a_record_of_each_kind, address_of, answer_of
from tests.refusals.who_may import IN, WHO_MAY

NOT_OF_ITS_FAMILY = {"number", "request_id", "named_id", "restriction_id", "named_person_id", *NOT_OF_A_FAMILY}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["worker", "manager"])
def test_each_page_about_a_family_leaves_an_entry(who: str) -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    client = Client()
    client.force_login(getattr(place, who))
    silent = []
    for route in routes():
        numbers = {name for name in route.pattern.converters if name.endswith("_id")} - NOT_OF_ITS_FAMILY
        if not numbers or WHO_MAY[str(route.name)][who] != IN:
            continue
        with acting_as(place.manager):
            before = AccessEntry.objects.filter(family_id=records["family_id"]).count()
        answer = client.get(address_of(route, records, who))
        with acting_as(place.manager):
            after = AccessEntry.objects.filter(family_id=records["family_id"]).count()
        if answer.status_code == 200 and answer_of(answer) == IN and after == before:
            silent.append(str(route.name))
    assert silent == [], f"note_look() is missing: {silent}"
