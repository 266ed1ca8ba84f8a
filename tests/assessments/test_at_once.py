"""Two people who save the same answer at the same instant, each in a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from baton.assessments.actions import save_answer
from baton.assessments.models import Answer
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile
from tests.factories import a_place, an_allocated_episode
from tests.factories.assessments import STARTED, a_started_assessment


@pytest.mark.commits
@pytest.mark.django_db(transaction=True)
def test_of_two_first_answers_at_once_one_stands_and_the_other_is_shown_it() -> None:
    place = a_place()
    assessment = a_started_assessment(place, an_allocated_episode(place))
    ready = Barrier(2)

    def save(writer: User) -> str:
        try:
            with acting_as(writer):
                ready.wait(timeout=20)
                save_answer(
                    assessment=assessment,
                    question="concerns",
                    person=None,
                    texts={"worries": f"What {writer.given_name} wrote"},
                    version=0,
                    by=writer,
                    at=STARTED,
                )
            return "saved"
        except EditedMeanwhile as meanwhile:
            return str(meanwhile.theirs["worries"])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as two:
        outcomes = list(two.map(save, (place.worker, place.colleague)))

    with acting_as(place.worker):
        stands = Answer.objects.get().worries
    assert sorted(outcomes, key="saved".__ne__) == ["saved", stands]
