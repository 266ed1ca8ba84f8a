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


TO_RELEASE = (it_is_not_answered, identity_is_checked, something_is_gathered, each_mark_is_decided)
