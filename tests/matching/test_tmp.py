from datetime import date

import pytest

from baton.matching.likeness.facts import Facts
from baton.matching.queries.finding import find, matches_for
from baton.platform.guard import acting_as
from tests.factories import a_family, a_place

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def test_find():
    place = a_place()
    a_family(team=place.team, by=place.hub_adviser)
    a_family(
        team=place.other_team, by=place.hub_adviser, name="Otterby-Marsh", children=(("Elizabeth", date(2015, 3, 7)),)
    )
    for user in (place.hub_adviser, place.worker, place.service_manager):
        with acting_as(user):
            for q in (
                "ashby quillfeather",
                "quill",
                "quilfether ashbie",
                "Quillfeather Ashby",
                "marigold 3/2/1988",
                "marigold 2 3 1988",
                "1 5 2013",
                "ashby 13",
                "liz otterby",
                "lizzie marsh 7.3.2015",
                "lizzie marsh 3 7 2015",
                "bramwell 2019",
                "zzz",
            ):
                f = find(q, on=ON)
                print(
                    user.name,
                    "|",
                    q,
                    "|",
                    [(x.person.name, round(x.ranked.bits, 1), x.ranked.why, x.ranked.why_not) for x in f.people],
                    f.known_elsewhere,
                    f.looked_wide,
                )
            print(matches_for([Facts(given=("lizzie",), family=("otterby marsh",), born=date(2015, 3, 7))]))
