"""Where a text names somebody, and what is left when it is hidden. Plain functions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.platform.refusals import unmet
from baton.rights.policies.redaction import (
    TO_RELEASE,
    ReleaseFacts,
    hide,
    mentions,
    parted,
    passages_of,
)

ASHBY = passages_of("Ashby", "Quillfeather", "Ash", not_these=["Marigold"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ashby Quillfeather was seen.", "# was seen."),
        ("Ashby's mornings; Ash said so", "#'s mornings; # said so"),
        ("Marigold Quillfeather and ASHBY", "Marigold Quillfeather and ASHBY"),
        ("Ashbyford School in Ashton", "Ashbyford School in Ashton"),
        ("“Ashby”, (Ashby) Ashby.", "“#”, (#) #."),
    ],
)
def test_whole_words_are_hidden_wherever_they_stand(text: str, left: str) -> None:
    assert hide(text, ASHBY, instead="#") == left


def test_a_first_name_the_person_shares_is_looked_for_with_the_last_name_only() -> None:
    assert passages_of("Marigold", "Otterdown", "", not_these=["Marigold"]) == ["Marigold Otterdown"]
    assert passages_of("Jo", "Otterdown", "") == ["Jo Otterdown"]  # two letters stand in half of all sentences


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_nothing_that_is_to_be_hidden_is_left_and_nothing_else_is_lost(text: str, passages: list[str]) -> None:
    assert "".join(piece for piece, _ in parted(text, passages)) == text
    hidden = hide(text, passages, instead="\0")
    if "\0" not in text:
        kept = [piece for piece, is_marked in parted(text, passages) if not is_marked]
        assert hidden.replace("\0", "") == "".join(kept)
    assert (hidden != text) <= mentions(text, passages)


def test_a_release_waits_for_every_decision() -> None:
    ready = ReleaseFacts(is_answered=False, identity_is_checked=True, clock_stands=False, items=3, undecided=0)
    assert unmet(TO_RELEASE, ready) == ()
    not_ready = ReleaseFacts(is_answered=True, identity_is_checked=False, clock_stands=False, items=0, undecided=1)
    assert len(unmet(TO_RELEASE, not_ready)) == 4
