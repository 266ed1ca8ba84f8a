"""What people say is wrong in their record: put right, or kept beside it in their words."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.urls import reverse

from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.refusals import Refused
from baton.rights.actions import ask_for_correction, decide_correction
from baton.rights.models import Correction
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.rights import a_gathered_request
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=5)


def a_correction(place: Place, family_id: int) -> Correction:
    with acting_as(place.worker):
        return ask_for_correction(
            family_id=family_id,
            asked_by="Marigold Quillfeather",
            said_wrong="Ashby was never absent",
            received_on=MONDAY.date(),
            by=place.worker,
            at=MONDAY,
        )


def test_what_is_not_put_right_stays_beside_the_record_in_their_words() -> None:
    # Given a mother who says that something is wrong
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    correction = a_correction(place, family_id)
    client = page_client(place.governance)
    with clock.stopped_at(LATER):
        said = client.get(reverse("to-correct")).content.decode()
        assert "Thursday 5 November 2026 (one month, UK GDPR Article 12(3))" in said
        address = reverse("decide-correction", args=[correction.pk])
        typed = {"decision": "not_corrected", "because": "The school’s register says so"}
        typed |= {f"told_on-{part}": str(getattr(LATER, part)) for part in ("day", "month", "year")}
        assert "Enter what they say" in client.post(address, typed).content.decode()
        client.post(address, typed | {"statement": "The register is wrong."})
        # Then whoever opens the family's corrections reads it
        said = page_client(place.worker).get(reverse("corrections", args=[family_id])).content.decode()
    assert "disagrees with the record" in said
    assert "The register is wrong." in said
    # and it goes with what she is given
    request = a_gathered_request(place)
    with acting_as(place.governance):
        assert "The register is wrong." in str(list(request.items.values_list("lines", flat=True)))


def test_it_is_decided_once_and_not_before_they_asked() -> None:
    place = a_place()
    correction = a_correction(place, an_allocated_episode(place).family_id)
    told = {"decision": "corrected", "because": "It was the brother", "statement": ""}
    with acting_as(place.manager):
        with pytest.raises(Refused, match="on which they asked"):
            decide_correction(
                correction=correction, **told, told_on=(MONDAY - timedelta(days=1)).date(), by=place.manager, at=LATER
            )
        decide_correction(correction=correction, **told, told_on=LATER.date(), by=place.manager, at=LATER)
        with pytest.raises(Refused, match="decided already"):
            decide_correction(correction=correction, **told, told_on=LATER.date(), by=place.manager, at=LATER)


def test_others_and_readers_write_none_and_nobody_sees_those_of_a_restricted_family() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    a_correction(place, family_id)
    with acting_as(place.coordinator):
        assert Correction.objects.count() == 1
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Correction.objects.update(said_wrong="Nothing")
    for who in ("stranger", "teacher", "other_manager", "hub_adviser", "analyst"):
        with acting_as(getattr(place, who)):
            assert not Correction.objects.exists(), who
    restrict(place, family_id, place.worker)
    for who in ("governance", "manager", "service_manager"):
        with acting_as(getattr(place, who)):
            assert not Correction.objects.exists(), who
