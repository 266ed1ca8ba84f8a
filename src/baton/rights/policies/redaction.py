"""Where other people are named in a text, hiding them, and what must be decided before a release. No Django."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHORTEST = 3  # letters: "Jo" would be found in half of all sentences


def passages_of(given: str, family: str, known_as: str, *, not_these: Iterable[str] = ()) -> list[str]:
    """How a text may name somebody, the longest first. `not_these` are first names of who is asked about."""
    firsts = [name for name in (given, known_as) if len(name) >= SHORTEST and name not in set(not_these)]
    whole = [f"{name} {family}".strip() for name in (given, known_as) if name]
    return list(dict.fromkeys(sorted((*whole, *firsts), key=len, reverse=True)))


def mentions(text: str, passages: Sequence[str]) -> bool:
    """Whether one of the passages stands in the text, as words of its own."""
    return bool(passages) and _pattern(passages).search(text) is not None


def hide(text: str, passages: Sequence[str], *, instead: str) -> str:
    """The text with every passage replaced."""
    return _pattern(passages).sub(lambda _: instead, text) if passages else text


def parted(text: str, passages: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the passages."""
    if not passages:
        return [(text, False)]
    pieces, last = [], 0
    for found in _pattern(passages).finditer(text):
        pieces += [(text[last : found.start()], False), (found.group(), True)]
        last = found.end()
    return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]


def _pattern(passages: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(passages, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(each) for each in longest_first) + r")(?!\w)")


@dataclass(frozen=True)
class ReleaseFacts:
    """What is known of a request whose copy is about to be released."""

    is_answered: bool
    identity_is_checked: bool
    clock_stands: bool
    items: int
    undecided: int
    files_undecided: int = 0
    files_wrongly_given: int = 0


def it_is_not_answered(facts: ReleaseFacts) -> bool:
    """This request was answered already."""
    return not facts.is_answered


def identity_is_checked(facts: ReleaseFacts) -> bool:
    """Write down first how you know who they are."""
    return facts.identity_is_checked


def something_is_gathered(facts: ReleaseFacts) -> bool:
    """Gather first what is held on them."""
    return facts.items > 0


def each_mark_is_decided(facts: ReleaseFacts) -> bool:
    """Decide first on everything that may concern other people."""
    return facts.undecided == 0


def each_file_is_decided(facts: ReleaseFacts) -> bool:
    """Decide first for each document whether its file is given or withheld."""
    return facts.files_undecided == 0


def no_file_is_given_that_may_not_be(facts: ReleaseFacts) -> bool:
    """A file is to be given whose row is hidden, or in which a virus was found since. Withhold it, and say why."""
    return facts.files_wrongly_given == 0


TO_RELEASE = (
    it_is_not_answered,
    identity_is_checked,
    something_is_gathered,
    each_mark_is_decided,
    each_file_is_decided,
    no_file_is_given_that_may_not_be,
)


@dataclass(frozen=True)
class FileFacts:
    """What is known when it is decided whether the file of a document is given."""

    is_given: bool
    is_infected: bool
    row_is_hidden: bool
    reason_is_chosen: bool


def nothing_was_found_in_the_file(facts: FileFacts) -> bool:
    """A virus was found in this file. Withhold it, and say why."""
    return not (facts.is_given and facts.is_infected)


def its_row_is_shown(facts: FileFacts) -> bool:
    """What is said of this document is hidden, so its file is not given. Leave the row in first, or withhold it."""
    return not (facts.is_given and facts.row_is_hidden)


def why_it_is_withheld_is_chosen(facts: FileFacts) -> bool:
    """Select why it is withheld."""
    return facts.is_given or facts.reason_is_chosen


TO_DECIDE_ON_A_FILE = (nothing_was_found_in_the_file, its_row_is_shown, why_it_is_withheld_is_chosen)
