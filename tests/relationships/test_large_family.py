"""A large family is drawn as a person would draw it, and stays readable on paper."""

import re
from itertools import pairwise

import pytest

from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.pdf import pdf_of
from baton.relationships.presenters.genogram import Picture, picture_of
from baton.relationships.presenters.letters import wrapped
from baton.relationships.presenters.on_a_date import facts_on
from baton.relationships.presenters.on_paper import TWICE, genogram_paper, parts_of
from baton.relationships.queries import family_ties
from tests.factories import a_place
from tests.relationships.large_family import Large, a_large_family

WIDEST = 2_800  # pixels; with other beginnings it took up to 5,700


@pytest.fixture
def drawn_family(db: None) -> tuple[Large, Picture, int]:
    place = a_place()
    known = a_large_family(place)
    with acting_as(place.worker):
        picture = picture_of(facts_on(family_ties(known.family.pk), on=clock.today()))
        pdf = pdf_of("picture", genogram_paper(known.family, on=clock.today()) | {"made": "Made today"})
    return known, picture, len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_one_line_crosses_and_nobody_stands_on_anybody(drawn_family: tuple[Large, Picture, int]) -> None:
    known, picture, _ = drawn_family
    assert (picture.crossings, picture.rows, len(picture.symbols)) == (1, 4, len(known.people))
    assert picture.width < WIDEST
    for one in picture.symbols:
        for other in picture.symbols:
            if one is not other and one.y == other.y:
                assert abs(one.x - other.x) >= one.half + other.half, (one.names, other.names)


def test_brothers_and_sisters_stand_by_age(drawn_family: tuple[Large, Picture, int]) -> None:
    known, picture, _ = drawn_family
    xs = {symbol.person.id: symbol.x for symbol in picture.symbols}
    for siblings in (("Donna", "Wayne", "Marigold"), ("Bramwell", "Juniper", "Hazel", "Baby"), ("Linda", "Terence")):
        places = [xs[known.people[name].pk] for name in siblings]
        assert places == sorted(places), siblings


def test_what_is_too_wide_for_a_sheet_follows_in_parts_that_share_somebody() -> None:
    assert parts_of(850, 700)["starts"] == []
    assert parts_of(1_700, 600)["starts"] == []
    for width in (1_800.0, 2_735.0, 9_000.0):
        cut = parts_of(width, 600)
        part = 269 / cut["scale"]
        assert cut["starts"][0] == 0
        assert cut["starts"][-1] + part == pytest.approx(width, abs=1)
        for left, right in pairwise(cut["starts"]):
            assert left + part - right >= TWICE - 1


def test_the_paper_has_the_whole_and_then_its_parts(drawn_family: tuple[Large, Picture, int]) -> None:
    assert drawn_family[2] > 4  # the whole, two parts, the signs and the words


def test_a_long_name_breaks_at_its_own_hyphen() -> None:
    assert list(wrapped("Piers Fotheringay-Wilkins", size=13, room=104)) == ["Piers", "Fotheringay-", "Wilkins"]
    assert list(wrapped("Thistlefeathering", size=13, room=80)) == ["Thistlefeat-", "hering"]
