"""The demonstration shows who is who: a queue with pairs, some decided, and a request about somebody known."""

import pytest

from baton.demonstration.loading import load_place
from baton.matching.models import Merge, PossibleDuplicate
from baton.matching.queries.duplicates import waiting_pairs
from baton.platform.guard import acting_as
from baton.requests.models import HelpRequest, RequestPerson
from tests.demonstration.conftest import NOW

FAMILIES = 40  # so many that a few pairs are found


@pytest.mark.django_db
def test_the_hub_finds_pairs_to_look_at_some_decided_and_a_request_about_somebody_known() -> None:
    walk = load_place(place="derby", families=FAMILIES, until=NOW, say=lambda done: None)
    with acting_as(walk.staff.hub[0]):
        assert waiting_pairs().count() >= 2
        merge = Merge.objects.get()
        assert (merge.made_by, merge.undone_at) == (walk.staff.hub[0], None)
        assert PossibleDuplicate.objects.filter(state="different").count() == 1
        linked = RequestPerson.objects.filter(person__isnull=False, request__screened_at__isnull=True)
        named = linked.select_related("request", "person").get()
        assert named.given_name == named.person.given_name[:-1]
        assert named.request.state == HelpRequest.State.WAITING
