"""Why something may not be done yet, in sentences people read. No Django."""

from collections.abc import Callable, Sequence
from typing import Any

Policy = Callable[[Any], bool]


class Refused(Exception):
    """What must be true first, one sentence each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class NotAllowed(Exception):
    """The person may not do this at all."""


class EditedMeanwhile(Exception):
    """Somebody else saved the record first. `theirs` holds what they saved, by field name of the form."""

    def __init__(self, theirs: dict[str, Any], *, version: int, by: str) -> None:
        super().__init__("Somebody else saved this while you were typing.")
        self.theirs = theirs
        self.version = version
        self.by = by


def unmet(policies: Sequence[Policy], facts: object) -> tuple[str, ...]:
    """The sentences of the policies that the facts do not meet, in the order given."""
    return tuple((policy.__doc__ or policy.__name__).strip() for policy in policies if not policy(facts))


def require(policies: Sequence[Policy], facts: object) -> None:
    """Raise `Refused` with a sentence for each policy that is not met."""
    sentences = unmet(policies, facts)
    if sentences:
        raise Refused(*sentences)
