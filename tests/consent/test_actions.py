"""Agreement is recorded, withdrawn and considered; and refers nobody by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.consent.actions import consider_withdrawal, record_consent, withdraw_consent
from baton.consent.models import Consent
from baton.consent.queries import consents_of, has_consent, open_episode_of, who_can_agree
from baton.episodes.models import Deadline, Episode, Event, StepUp
from baton.people.models import Family, Person
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
VISIT = MONDAY + timedelta(days=4)
LATER = MONDAY + timedelta(days=30)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def family_and_mother(place: Place, episode: Episode) -> tuple[Family, Person]:
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        return family, Person.objects.get(first_family=family, given_name="Marigold")


def agreed(place: Place, episode: Episode, method: str = "written") -> Consent:
    family, mother = family_and_mother(place, episode)
    with acting_as(place.worker):
        return record_consent(
            family=family, person=mother, method=method, given_at=VISIT, scope="Visits", by=place.worker, at=VISIT
        )


def withdrawn(place: Place, consent: Consent) -> Consent:
    with acting_as(place.worker):
        return withdraw_consent(consent=consent, withdrawn_at=LATER, reason="It is better.", by=place.worker, at=LATER)


def test_agreement_in_writing_meets_its_deadline(place: Place, episode: Episode) -> None:
    consent = agreed(place, episode)
    with acting_as(place.worker):
        event = Event.objects.get(kind="written_consent_recorded")
        deadline = Deadline.objects.filter(episode=episode, timescale="written_consent").first()
        assert AuditEntry.objects.filter(action="record_consent", family_id=episode.family_id).exists()
    assert (event.at, event.record_id, event.person_id) == (VISIT, consent.pk, consent.person_id)
    assert event.summary == "Marigold Quillfeather agreed in writing"
    assert deadline is None or deadline.state in ("met", "met_late")


def test_agreement_by_word_of_mouth_is_no_event(place: Place, episode: Episode) -> None:
    agreed(place, episode, method="verbal")
    with acting_as(place.worker):
        assert not Event.objects.filter(kind="written_consent_recorded").exists()
        assert has_consent(episode.family_id)


def test_agreement_between_episodes_is_recorded_without_an_event(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    with acting_as(place.worker):
        consent = record_consent(
            family=family, given_by="Aunt Maud", method="written", given_at=VISIT, by=place.worker, at=VISIT
        )
        assert (consent.given_by, consent.person) == ("Aunt Maud", None)
        assert not Event.objects.exists()
        assert open_episode_of(family.pk) is None


def test_each_person_agrees_for_themselves(place: Place, episode: Episode) -> None:
    family, _ = family_and_mother(place, episode)
    agreed(place, episode)
    with acting_as(place.worker):
        members = list(who_can_agree(family.pk))
        child = next(member.person for member in members if member.part == "child")
        record_consent(family=family, person=child, method="written", given_at=VISIT, by=place.worker, at=LATER)
        assert Event.objects.filter(kind="written_consent_recorded").count() == 2
        assert consents_of(family.pk).count() == 2
    assert [member.part for member in members] == ["parent", "child", "child"]


def test_somebody_of_another_family_does_not_agree(place: Place, episode: Episode) -> None:
    family, _ = family_and_mother(place, episode)
    other = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    with acting_as(place.worker):
        stranger = Person.objects.filter(first_family=other).first()
        with pytest.raises(Refused, match="belongs to this family"):
            record_consent(family=family, person=stranger, method="written", given_at=VISIT, by=place.worker, at=VISIT)


def test_agreement_is_not_recorded_before_it_is_given(place: Place, episode: Episode) -> None:
    family, mother = family_and_mother(place, episode)
    with acting_as(place.worker), pytest.raises(Refused, match="date and time that have passed"):
        record_consent(family=family, person=mother, method="written", given_at=LATER, by=place.worker, at=VISIT)


def test_a_withdrawal_is_an_event_and_refers_nobody(place: Place, episode: Episode) -> None:
    consent = withdrawn(place, agreed(place, episode))
    with acting_as(place.worker):
        event = Event.objects.get(kind="consent_withdrawn")
        episode.refresh_from_db()
        assert episode.is_open
        assert not StepUp.objects.exists()
        assert not has_consent(episode.family_id)
    assert (event.at, event.summary) == (LATER, "Marigold Quillfeather no longer agrees")
    assert (consent.withdrawal_reason, consent.withdrawal_recorded_by) == ("It is better.", place.worker)


def test_agreement_is_withdrawn_once(place: Place, episode: Episode) -> None:
    consent = withdrawn(place, agreed(place, episode))
    with pytest.raises(Refused, match="withdrawn already"):
        withdrawn(place, consent)


def test_a_manager_writes_what_they_considered(place: Place, episode: Episode) -> None:
    consent = withdrawn(place, agreed(place, episode))
    by = place.manager
    with acting_as(by):
        considered = consider_withdrawal(consent=consent, note="The school sees them daily.", by=by, at=LATER)
        with pytest.raises(Refused, match="considered already"):
            consider_withdrawal(consent=consent, note="Again", by=by, at=LATER)
    assert (considered.consideration, considered.considered_by, considered.considered_at) == (
        "The school sees them daily.",
        by,
        LATER,
    )


def test_only_a_manager_considers_a_withdrawal(place: Place, episode: Episode) -> None:
    consent = withdrawn(place, agreed(place, episode))
    with acting_as(place.worker), pytest.raises(NotAllowed):
        consider_withdrawal(consent=consent, note="x", by=place.worker, at=LATER)


def test_an_administrator_records_no_agreement(place: Place, episode: Episode) -> None:
    family, mother = family_and_mother(place, episode)
    by = place.administrator
    with acting_as(by), pytest.raises(NotAllowed):
        record_consent(family=family, person=mother, method="written", given_at=VISIT, by=by, at=VISIT)


def test_another_team_neither_sees_nor_writes_a_familys_agreement(place: Place, episode: Episode) -> None:
    consent = agreed(place, episode)
    family, mother = family_and_mother(place, episode)
    for person in (place.stranger, place.hub_adviser):
        with acting_as(person):
            assert not Consent.objects.exists()
    with acting_as(place.stranger):
        with pytest.raises(Consent.DoesNotExist):
            withdraw_consent(consent=consent, withdrawn_at=LATER, reason="x", by=place.stranger, at=LATER)
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            record_consent(family=family, given_by="Maud", method="verbal", given_at=VISIT, by=place.stranger, at=VISIT)
    assert mother.pk == consent.person_id


def test_the_database_keeps_a_consideration_whole(place: Place, episode: Episode) -> None:
    consent = agreed(place, episode)
    with acting_as(place.worker), pytest.raises(IntegrityError, match="who_and_when"), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(consideration="Nobody wrote this")
