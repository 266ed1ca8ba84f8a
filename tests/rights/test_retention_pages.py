"""The pages of retention: what is due, holds, a review, a second person, the certificate."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from baton.platform.roles import Role
from baton.rights.models import Disposal
from tests.client import page_client
from tests.factories import a_place, a_user, an_allocated_episode
from tests.governance.test_need_to_know import restrict
from tests.rights.old_families import LONG_AFTER, a_family_of_long_ago

pytestmark = pytest.mark.django_db


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def test_two_officers_dispose_of_a_record_and_keep_its_certificate() -> None:
    # Given a record whose time is over
    place = a_place()
    family_id = a_family_of_long_ago(place)
    second = page_client(a_user((Role.GOVERNANCE, None), name="Olive Officer"))
    first = page_client(place.governance)
    with clock.stopped_at(LONG_AFTER):
        said = first.get(reverse("retention")).content.decode()
        assert "Quillfeather family" in said
        assert "Baton’s proposal: confirm it" in said
        said = first.get(reverse("retention-family", args=[family_id])).content.decode()
        assert "Kept until <strong>30 September 2044</strong>" in said
        # When one decides
        posted = {"decision": "dispose", "because": "Nobody has needed it for years"}
        said = first.post(reverse("review-record", args=[family_id]), posted, follow=True).content.decode()
        assert "Dispose of it: Nobody has needed it for years" in said
        assert "Waiting for a second person" in second.get(reverse("retention")).content.decode()
        # Then the same one cannot approve it, and another can
        review_id = said.split("/take-back/")[0].rsplit("/", 1)[1]
        address = reverse("approve-disposal", args=[review_id])
        assert "Somebody else must approve" in first.post(address, {}).content.decode()
        said = second.post(address, {}, follow=True).content.decode()
        assert "The certificate names nobody it was about" in said
        assert "Quillfeather" not in said
        assert "Nothing is due for review" in first.get(reverse("retention")).content.decode()
        assert "Disposal" in first.get(reverse("certificates")).content.decode()
    with acting_as(place.governance):
        assert Disposal.objects.get().number == family_id


def test_a_hold_is_placed_by_name_and_birthday_and_is_said_wherever_it_stops_something() -> None:
    place = a_place()
    family_id = a_family_of_long_ago(place)
    client = page_client(place.governance)
    typed = {"given_name": "Marigold", "family_name": "Quillfeather", "reason": "The inquiry asked for it"}
    with clock.stopped_at(LONG_AFTER):
        typed |= day("born", date(1988, 2, 3)) | day("review_on", (LONG_AFTER + timedelta(days=90)).date())
        said = client.post(reverse("hold"), typed, follow=True).content.decode()
        assert "The inquiry asked for it" in said
        said = client.get(reverse("retention-family", args=[family_id])).content.decode()
        assert "A legal hold stands" in said
        wrong = client.post(reverse("hold"), typed | day("born", date(1988, 2, 4)))
        assert "Nobody you may find" in wrong.content.decode()
    with acting_as(place.governance):
        assert AccessEntry.objects.filter(family_id=family_id, what="hold", by=place.governance).exists()


def test_the_time_of_an_open_record_is_not_over() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    said = page_client(place.governance).get(reverse("retention-family", args=[episode.family_id])).content.decode()
    assert "Help is open" in said


def test_a_restricted_family_is_on_no_page_of_an_officer_who_is_not_named() -> None:
    place = a_place()
    family_id = a_family_of_long_ago(place)
    restrict(place, family_id, place.worker)
    client = page_client(place.governance)
    with clock.stopped_at(LONG_AFTER):
        assert "Quillfeather" not in client.get(reverse("retention")).content.decode()
        assert client.get(reverse("retention-family", args=[family_id])).status_code == 404
        typed = {"given_name": "Marigold", "family_name": "Quillfeather", "reason": "The inquiry asked for it"}
        typed |= day("born", date(1988, 2, 3)) | day("review_on", (LONG_AFTER + timedelta(days=90)).date())
        # The factories know another Marigold; the hold finds that one only
        client.post(reverse("hold"), typed)
        assert f"Family {family_id}" not in client.get(reverse("holds")).content.decode()
