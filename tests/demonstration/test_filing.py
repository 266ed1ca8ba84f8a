"""In the demonstration some families have a letter and a drawing, small enough to be copied often."""

from baton.demonstration.filing import LETTER, a_drawing, a_letter
from baton.documents.reading import take

SMALL = 2_500  # bytes; a benchmark copies them thousands of times


def test_what_is_made_is_what_would_be_taken_and_is_small() -> None:
    for name, made in (("a.pdf", a_letter(LETTER)), ("a.png", a_drawing(1))):
        assert 0 < len(take(name, made).contents) < SMALL
