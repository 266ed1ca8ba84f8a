"""Each page that shows a family, printed and downloaded ones too, leaves an entry: who, as what, which family."""

import pytest
from django.test import Client

from baton.accounts.presenters.permissions import NOT_OF_A_FAMILY, routes
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests.client import sign_in_fully
from tests.factories import Place, a_place
from tests.refusals.test_every_route import a_record_of_each_kind, address_of
from tests.refusals.who_may import IN, WHO_MAY

NOT_OF_ITS_FAMILY = {"number", "request_id", "named_id", "restriction_id", "named_person_id", "request_review_id"}
NOT_OF_ITS_FAMILY |= NOT_OF_A_FAMILY


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "at_least"),
    [("worker", 80), ("manager", 90), ("service_manager", 90), ("coordinator", 25), ("governance", 8)],
)
def test_each_page_about_a_family_leaves_an_entry(who: str, at_least: int) -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    client = Client()
    sign_in_fully(client, getattr(place, who))
    silent, opened = [], []
    for route in routes():
        numbers = {name for name in route.pattern.converters if name.endswith("_id")} - NOT_OF_ITS_FAMILY
        if not numbers or WHO_MAY[str(route.name)][who] != IN:
            continue
        before = looks_at(records["family_id"], place, who)
        answer = client.get(address_of(route, records, who))
        if answer.status_code == 200:
            opened.append(str(route.name))
            if looks_at(records["family_id"], place, who) == before:
                silent.append(str(route.name))
    assert silent == [], f"note_look() is missing: {silent}"
    assert len(opened) >= at_least, f"{len(opened)}: {opened}"


def looks_at(family_id: int, place: Place, who: str) -> int:
    """How many looks of theirs are kept, each with the roles they held."""
    with acting_as(place.governance):
        return AccessEntry.objects.filter(family_id=family_id, by=getattr(place, who)).exclude(roles=[]).count()
