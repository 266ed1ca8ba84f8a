"""A walk through lives that do not exist: each step is a real action, by somebody who may, at its own time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random

from baton.demonstration.staffing import Staff
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.practice.frameworks import Framework


class NotYet(Exception):
    """The next step lies in the future, so this life stands where it stands today."""


@dataclass
class Walk:
    """What every step needs to know."""

    place: str
    framework: Framework
    staff: Staff
    random: Random
    until: datetime
    steps: int = 0
    number: int = 0  # of the family

    @contextmanager
    def step(self, by: User, at: datetime) -> Iterator[None]:
        """Act as somebody at a time. Raises NotYet, doing nothing, when that is still to come."""
        if at > self.until:
            raise NotYet
        with acting_as(by):
            self.steps += 1
            yield
