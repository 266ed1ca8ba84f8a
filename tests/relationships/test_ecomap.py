"""Properties of every ecomap, and how strength and energy are shown."""

import math
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.relationships.presenters.ecomap import Ecomap, NetworkFacts, Support, Tie, ecomap_of
from baton.relationships.presenters.ecomap.layout import MOST_SUPPORTS, overlap, passes
from baton.relationships.presenters.ecomap.svg import drawn
from baton.relationships.states import Energy, Strength

NAMES = st.sampled_from(
    ("GP", "Larkmere Primary School", "Nan next door", "Wilhelmina-Bartholomew Otterdownshire", "<b>&")
)
TIES = st.builds(Tie, st.sampled_from(Strength), st.sampled_from(Energy), st.sampled_from(("", "Asha", "Ben")))


@st.composite
def networks(draw: st.DrawFn) -> NetworkFacts:
    size = draw(st.integers(0, 30))
    supports = tuple(
        Support(f"{draw(NAMES)} {number}", draw(st.sampled_from(("School", "Friends"))),
                tuple(draw(st.lists(TIES, min_size=1, max_size=3))))
        for number in range(size)
    )  # fmt: skip
    members = tuple(f"Member {number}" for number in range(draw(st.integers(0, 12))))
    return NetworkFacts("Quillfeather family", members, supports)


def nothing_overlaps(ecomap: Ecomap) -> None:
    for one, other in combinations(ecomap.shapes, 2):
        assert not overlap(one.box, other.box), (one.names, other.names)
    for shape in ecomap.shapes:
        left, top, right, bottom = shape.box
        x, y = ecomap.middle
        nearest = math.hypot(max(left - x, min(0.0, right - x)), max(top - y, min(0.0, bottom - y)))
        assert nearest > ecomap.radius
        assert 0 <= left < right <= ecomap.width
        assert 0 <= top < bottom <= ecomap.height
        for other in ecomap.shapes:
            assert other is shape or not passes(ecomap.middle, (shape.x, shape.y), other.box)


@settings(max_examples=60)
@given(networks())
def test_nothing_lies_over_anything_and_no_line_passes_through_a_support(facts: NetworkFacts) -> None:
    ecomap = ecomap_of(facts)
    nothing_overlaps(ecomap)
    assert len(ecomap.shapes) == len(facts.supports)
    ElementTree.fromstring(drawn(ecomap, title="Network", told="Drawn"))


@settings(max_examples=30)
@given(networks())
def test_the_same_network_gives_the_same_picture(facts: NetworkFacts) -> None:
    turned = NetworkFacts(facts.family, facts.members, facts.supports[::-1])
    assert drawn(ecomap_of(turned), title="", told="") == drawn(ecomap_of(facts), title="", told="")


def one(tie: Tie) -> str:
    return drawn(ecomap_of(NetworkFacts("Q", ("A",), (Support("GP", "Health", (tie,)),))), title="", told="")


def test_each_strength_has_a_line_of_its_own() -> None:
    assert 'stroke-width="4.5"' in one(Tie("strong"))
    assert "stroke-dasharray" in one(Tie("weak"))
    assert one(Tie("stressful")).count(",") > one(Tie("ordinary")).count(",") + 4


@pytest.mark.parametrize(("energy", "arrows"), [("to_family", 1), ("from_family", 1), ("both", 2), ("neither", 0)])
def test_arrows_show_who_gives(energy: str, arrows: int) -> None:
    assert one(Tie("ordinary", energy)).count("<polygon") == arrows


def test_two_ties_to_one_support_are_two_lines_and_say_whose() -> None:
    support = Support("Larkmere School", "School", (Tie("strong", "both", "Asha"), Tie("stressful", "neither", "Ben")))
    ecomap = ecomap_of(NetworkFacts("Q", ("Asha", "Ben"), (support,)))
    assert len(ecomap.strands) == 2
    assert "with Asha and Ben" in drawn(ecomap, title="", told="")


def test_sixty_supports_are_drawn_and_the_rest_counted() -> None:
    supports = tuple(Support(f"Support {number}", "Friends", (Tie(),)) for number in range(MOST_SUPPORTS + 5))
    ecomap = ecomap_of(NetworkFacts("Q", (), supports))
    assert ecomap.left_out == 5
    nothing_overlaps(ecomap)


def test_a_family_without_a_network_stands_alone() -> None:
    assert ecomap_of(NetworkFacts("Q", ("A",), ())).shapes == ()
