"""What the demonstration knows of its people: numbers that fit, shares that are known, records that hold together."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest

from baton.demonstration.numbers import nhs_number, uln, upn
from baton.demonstration.origins import MINORITY, origin_of, says_no
from baton.people.policies.identifiers import is_nhs_number, is_uln, is_upn

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_every_number_fits_and_nhs_numbers_are_of_the_range_kept_for_tests() -> None:
    found = {number for each in range(2000) if (number := nhs_number(each))}
    assert len(found) > 1800
    assert all(is_nhs_number(number) and number.startswith("999") for number in found)
    assert all(is_uln(uln(each)) for each in range(500))
    for place in MINORITY:
        assert all(is_upn(upn(place, date(2009 + each % 14, 5, 1), each)) for each in range(500))


@pytest.mark.parametrize("place", MINORITY)
def test_as_many_families_belong_to_a_minority_as_the_place_counts(place: str) -> None:
    random = Random("origins")
    counted = Counter(origin_of(random, place)[0] == "WBRI" for _ in range(5000))
    assert counted[False] / 5000 == pytest.approx(MINORITY[place], abs=0.02)
    assert 0 < sum(bool(says_no(random)) for _ in range(5000)) < 100
