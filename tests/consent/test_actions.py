"""Agreement is recorded, withdrawn and considered; and refers nobody by itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.caseload.queries.work import agreement_to_consider
from baton.consent.actions import Told, consider_withdrawal, record_consent, renew_consents, withdraw_consent
from baton.consent.models import Consent, Renewal
from baton.consent.queries import (
    agencies_known,
    consents_of,
    due_for_renewal,
    has_consent,
    open_episode_of,
    standing_consents,
    who_can_agree,
)
from baton.episodes.models import Deadline, Episode, Event, StepUp
from baton.people.actions import add_member
from baton.people.models import Family, Person
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
VISIT = MONDAY + timedelta(days=4)
LATER = MONDAY + timedelta(days=30)
SHARE = Told(purpose="share", agency="school", organisation="Otter School", where="visit")
ASK = Told(purpose="contact", agency="school", organisation="Otter School", where="visit")


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
            family=family,
            person=mother,
            method=method,
            given_at=VISIT,
            told=Told(scope="Visits"),
            by=place.worker,
            at=VISIT,
        )


def agreed_to(place: Place, episode: Episode, told: Told) -> Consent:
    family, mother = family_and_mother(place, episode)
    with acting_as(place.worker):
        return record_consent(
            family=family, person=mother, method="written", given_at=VISIT, told=told, by=place.worker, at=VISIT
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
        told = Told(understanding="He said it back in his own words.")
        record_consent(
            family=family, person=child, method="written", given_at=VISIT, told=told, by=place.worker, at=LATER
        )
        assert Event.objects.filter(kind="written_consent_recorded").count() == 2
        assert consents_of(family.pk).count() == 2
    assert [member.part for member in members] == ["parent", "child", "child"]


def test_parents_and_children_are_asked_before_the_wider_family(place: Place, episode: Episode) -> None:
    family, _ = family_and_mother(place, episode)
    with acting_as(place.worker):
        for part, given_name in (("wider", "Nora"), ("carer", "Tess")):
            person = Person(given_name=given_name, family_name="Otterby", date_of_birth=date(1950, 1, 9))
            told = {"part": part, "relationship": "", "from_on": MONDAY.date()}
            add_member(family=family, person=person, **told, by=place.worker, at=VISIT)
        parts = [member.part for member in who_can_agree(family.pk)]
    assert parts == ["carer", "parent", "child", "child", "wider"]


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
        considered = consider_withdrawal(
            consent=consent, outcome="ends", note="The school sees them daily.", by=by, at=LATER
        )
        with pytest.raises(Refused, match="considered already"):
            consider_withdrawal(consent=consent, outcome="ends", note="Again", by=by, at=LATER)
    assert (considered.consideration, considered.considered_by, considered.considered_at) == (
        "The school sees them daily.",
        by,
        LATER,
    )


def test_only_a_manager_considers_a_withdrawal(place: Place, episode: Episode) -> None:
    consent = withdrawn(place, agreed(place, episode))
    with acting_as(place.worker), pytest.raises(NotAllowed):
        consider_withdrawal(consent=consent, outcome="ends", note="x", by=place.worker, at=LATER)


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


def test_somebody_under_sixteen_agrees_when_it_is_written_how_they_understand(place: Place, episode: Episode) -> None:
    family, _ = family_and_mother(place, episode)
    with acting_as(place.worker):
        child = Person.objects.get(first_family=family, given_name="Ashby")
        said = {"family": family, "person": child, "method": "verbal", "given_at": VISIT, "by": place.worker}
        with pytest.raises(Refused, match="understands what they agree to"):
            record_consent(**said, at=VISIT)
        record_consent(**said, told=Told(where="front_door"), at=VISIT)  # the first visit asks again


def test_agreement_about_an_agency_is_no_agreement_to_help(place: Place, episode: Episode) -> None:
    shared = agreed_to(place, episode, SHARE)
    with acting_as(place.worker):
        assert not has_consent(episode.family_id)
        assert not Event.objects.filter(kind="written_consent_recorded").exists()
        assert shared.to_what == "Sharing with Otter School"
        family, mother = family_and_mother(place, episode)
        with pytest.raises(Refused, match="Name the agency"):
            record_consent(
                family=family,
                person=mother,
                method="written",
                given_at=VISIT,
                told=Told(purpose="share"),
                by=place.worker,
                at=VISIT,
            )


def test_what_is_asked_again_is_kept_and_due_after_each_review(place: Place, episode: Episode) -> None:
    consent = agreed(place, episode)
    with acting_as(place.worker):
        (standing,) = standing_consents(episode.family_id)
        assert due_for_renewal([standing], reviewed_at=None) == []
        assert due_for_renewal([standing], reviewed_at=LATER) == [consent]
        renew_consents(family=consent.family, consents=[consent], asked_at=LATER, by=place.worker, at=LATER)
        (standing,) = standing_consents(episode.family_id)
        assert (standing.given_at, standing.said_at) == (VISIT, LATER)
        assert due_for_renewal([standing], reviewed_at=LATER) == []
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Renewal.objects.update(note="It was otherwise")


def test_a_withdrawn_agreement_is_not_renewed(place: Place, episode: Episode) -> None:
    consent = withdrawn(place, agreed(place, episode))
    with acting_as(place.worker), pytest.raises(Refused, match="Record new agreement instead"):
        renew_consents(family=consent.family, consents=[consent], asked_at=LATER, by=place.worker, at=LATER)
    with acting_as(place.worker), pytest.raises(Refused, match="Select who still agrees"):
        renew_consents(family=consent.family, consents=[], asked_at=LATER, by=place.worker, at=LATER)


def test_one_thing_or_everything_is_withdrawn_and_considered_once(place: Place, episode: Episode) -> None:
    helped, shared, asked = agreed(place, episode), agreed_to(place, episode, SHARE), agreed_to(place, episode, ASK)
    with acting_as(place.worker):
        withdraw_consent(consent=asked, withdrawn_at=LATER, reason="Not school.", by=place.worker, at=LATER)
        assert {each.pk for each in standing_consents(episode.family_id)} == {helped.pk, shared.pk}
        withdraw_consent(
            consent=shared, withdrawn_at=LATER, reason="No more.", everything=True, by=place.worker, at=LATER
        )
        assert not standing_consents(episode.family_id)
        assert Event.objects.filter(kind="consent_withdrawn").count() == 3
        assert episode.is_open
    with acting_as(place.manager):
        teams = [episode.team_id]
        assert len(agreement_to_consider(place.manager.pk, teams, LATER)) == 1
        with pytest.raises(Refused, match="Select what you decided"):
            consider_withdrawal(consent=helped, outcome="", note="x", by=place.manager, at=LATER)
        consider_withdrawal(consent=helped, outcome="refer", note="Worries remain.", by=place.manager, at=LATER)
        assert not agreement_to_consider(place.manager.pk, teams, LATER)
        assert set(Consent.objects.values_list("considered_outcome", flat=True)) == {"refer"}
        assert not StepUp.objects.exists()  # a manager's decision is written down; nothing is sent


def test_agencies_are_offered_that_the_family_knows(place: Place, episode: Episode) -> None:
    agreed_to(place, episode, SHARE)
    with acting_as(place.worker):
        Person.objects.filter(given_name="Ashby").update(school="Kettle Street School")
        members = list(who_can_agree(episode.family_id))
        assert {("school", "Kettle Street School"), ("school", "Otter School")} <= set(
            agencies_known(episode.family_id, members)
        )
