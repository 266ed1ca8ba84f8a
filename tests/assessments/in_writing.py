"""Writing in an assessment as its actions do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.assessments.actions import (
    save_answer,
)
from baton.assessments.models import Answer, Assessment
from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import User
from tests.factories import Place
from tests.factories.assessments import (
    STARTED,
)

LATER = STARTED + timedelta(days=4)


QUESTION = "concerns"


def children(place: Place, episode: Episode) -> list[Person]:
    """The children of the family, eldest first."""
    members = FamilyMember.objects.filter(family_id=episode.family_id, part="child").select_related("person")
    with acting_as(place.manager):
        return [member.person for member in members.order_by("person__date_of_birth")]


def write(assessment: Assessment, text: str, *, version: int, by: User, at: datetime = LATER) -> Answer:
    texts = {"worries": text}
    with acting_as(by):
        return save_answer(
            assessment=assessment, question=QUESTION, person=None, texts=texts, version=version, by=by, at=at
        )


@contextmanager
def refused_by_the_database() -> Iterator[None]:
    with pytest.raises(IntegrityError, match="authorised and read-only"), transaction.atomic():
        yield
