"""Which families the demonstration opens in an emergency."""

from datetime import date

import pytest

from baton.demonstration.guarding import child_known_once
from baton.people.models import Family
from baton.platform.guard import acting_as
from tests.factories import Place, a_family, a_place

pytestmark = pytest.mark.django_db
ASHBY, BRAMWELL = ("Ashby", date(2013, 5, 1)), ("Bramwell", date(2019, 9, 30))


def known_once(place: Place, family: Family) -> str:
    with acting_as(place.service_manager):
        child = child_known_once(family)
    return child.given_name if child else ""


@pytest.mark.parametrize(
    ("elsewhere", "found"), [((), "Ashby"), ((ASHBY,), "Bramwell"), ((("Ashby", date(2013, 5, 2)), BRAMWELL), "Ashby")]
)
def test_a_family_is_opened_by_a_child_who_fits_no_other(elsewhere: tuple[tuple[str, date], ...], found: str) -> None:
    place = a_place()
    family = a_family(team=place.team, by=place.hub_adviser)
    a_family(team=place.other_team, by=place.hub_adviser, children=elsewhere)
    assert known_once(place, family) == found


def test_a_family_whose_children_all_fit_another_is_not_opened() -> None:
    place = a_place()
    family, again = (a_family(team=team, by=place.hub_adviser) for team in (place.team, place.other_team))
    assert [known_once(place, each) for each in (family, again)] == ["", ""]
