"""That somebody who was entered is none of those they might have been."""

from collections.abc import Callable, Sequence
from datetime import datetime

from baton.people.models import Person
from baton.people.permissions import may_change_family
from baton.platform.actions import action
from baton.platform.models import User

Follower = Callable[[Person, Sequence[Person], User, datetime], None]
_followers: list[Follower] = []


def when_told_apart(follow: Follower) -> None:
    """For the area that suggests matches: call this with somebody, those they are not, who says so, and when."""
    _followers.append(follow)


@action(allowed=may_change_family)
def somebody_else(*, person: Person, others: Sequence[Person], by: User, at: datetime) -> Person:
    """Say that somebody is none of the others, so that nobody is asked again."""
    for follow in _followers:
        follow(person, others, by, at)
    return person
