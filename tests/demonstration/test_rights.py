"""In the demonstration people ask for copies and corrections, a record is held, and old requests are disposed of."""

from datetime import UTC, datetime

import pytest

from baton.demonstration.loading import load_place
from baton.platform.guard import acting_as
from baton.rights.models import AccessRequest, Correction, Disposal, Hold, RequestReview, Stop
from baton.rights.queries.retention import requests_due_for_review
from baton.sharing.models import HandedOut

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["dorset", "doncaster", "derby"])
def test_what_people_ask_of_their_record_is_there_to_see(place: str) -> None:
    walk = load_place(place=place, families=14, until=NOW, say=lambda done: None)
    with acting_as(walk.staff.governance[0]):
        answered = AccessRequest.objects.exclude(answered_on=None)
        assert [each.outcome for each in answered] == ["sent"]
        assert AccessRequest.objects.filter(answered_on=None, gathered_at__isnull=False).count() == 1
        assert Stop.objects.filter(answered_on=None).count() == 1
        assert Correction.objects.filter(decision="not_corrected").exclude(statement="").count() == 1
        assert Correction.objects.filter(decision="").count() == 1
        assert Hold.objects.count() == 1
        certificate = Disposal.objects.get()
        assert certificate.decided_by_id != certificate.approved_by_id
        assert RequestReview.objects.count() == 1
        assert len(requests_due_for_review(on=NOW.date())) == 2
    with acting_as(walk.staff.service_managers[0]):
        assert HandedOut.objects.exists()
