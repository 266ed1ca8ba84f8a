"""A family whose time is over: with a record of every kind, and help that ended."""

from datetime import UTC, datetime, timedelta

from baton.episodes.actions import step_up
from baton.episodes.models import Episode
from baton.platform.guard import acting_as
from baton.rights.actions import answer_request, end_hold, note_their_answer, take_back_disposal
from baton.rights.models import AccessRequest, Hold, RetentionReview, Stop
from tests.factories import Place
from tests.factories.times import MONDAY
from tests.refusals.test_every_route import a_record_of_each_kind

LONG_AFTER = datetime(2045, 3, 1, 10, 0, tzinfo=UTC)  # the youngest, born in 2019, was 25 in 2044


def a_family_of_long_ago(place: Place, *, framework: str = "dorset") -> int:
    """Its id. No hold stands, no request waits, nothing is decided."""
    records = a_record_of_each_kind(place, framework=framework)
    with acting_as(place.worker):
        ended_at = MONDAY + timedelta(days=90)
        step_up(
            episode=Episode.objects.get(pk=records["episode_id"]),
            decided_at=ended_at,
            immediate=False,
            told_to="The duty team",
            reason="Bramwell was not safe",
            family_told="Marigold was told",
            by=place.worker,
            at=ended_at,
        )
    _end_what_governance_has_open(place, records)
    return int(records["family_id"])


def _end_what_governance_has_open(place: Place, records: dict[str, int]) -> None:
    officer, on = place.governance, (MONDAY + timedelta(days=1)).date()
    later = MONDAY + timedelta(days=2)
    with acting_as(officer):
        stop = Stop.objects.select_related("request").get(pk=records["stop_id"])
        note_their_answer(stop=stop, answer="All", on=on, by=officer, at=later)
        for request in AccessRequest.objects.filter(answered_on__isnull=True):
            answer_request(request=request, outcome="taken_back", told_how="By post", on=on, by=officer, at=later)
        end_hold(hold=Hold.objects.get(), because="The inquiry is over", by=officer, at=later)
        take_back_disposal(review=RetentionReview.objects.get(), by=officer, at=later)
