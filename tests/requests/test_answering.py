"""Taking, checking and answering requests: what each decision begins, and who may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.consent.models import Consent
from baton.episodes.models import Deadline, Episode, Event
from baton.people.models import Family, FamilyMember, Person
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.roles import Role
from baton.requests.actions import (
    Answer,
    Named,
    give_back,
    link_person,
    record_agreement,
    screen,
    take,
    tell_enquirer,
)
from baton.requests.models import HelpRequest
from tests.factories import Place, a_family, a_user, an_allocated_episode
from tests.factories.requests import BRAN, NELL, a_request
from tests.factories.times import MONDAY
from tests.requests.answering import LATER, SIGNPOST, link_a_child, opening, screened

pytestmark = pytest.mark.django_db


def test_an_adviser_takes_a_request_and_gives_it_back(hub: Place, asked: HelpRequest) -> None:
    taken = take(request=asked, by=hub.hub_adviser, at=LATER)
    assert (taken.state, taken.screener, taken.screening_started_at) == ("screening", hub.hub_adviser, LATER)
    again = take(request=asked, by=hub.hub_adviser, at=LATER + timedelta(hours=1))
    assert again.screening_started_at == LATER
    back = give_back(request=asked, by=hub.hub_adviser, at=LATER)
    assert (back.state, back.screener, back.screening_started_at) == ("waiting", None, None)


def test_a_colleague_takes_over_only_when_they_say_so(place: Place, asked: HelpRequest) -> None:
    second = a_user((Role.HUB_ADVISER, None), name="Hetty Hubb")
    with acting_as(place.hub_adviser):
        take(request=asked, by=place.hub_adviser, at=LATER)
    with acting_as(second):
        with pytest.raises(Refused, match="colleague took this request first"):
            take(request=asked, by=second, at=LATER)
        assert take(request=asked, from_colleague=True, by=second, at=LATER).screener == second
    with acting_as(place.hub_adviser), pytest.raises(Refused, match="You do not have this request"):
        give_back(request=asked, by=place.hub_adviser, at=LATER)


def test_only_the_hub_takes_checks_and_answers(place: Place, asked: HelpRequest) -> None:
    by, at = place.manager, LATER
    named = asked.people.model(request=asked)
    with acting_as(by):
        for refused in (
            lambda: take(request=asked, by=by, at=at),
            lambda: give_back(request=asked, by=by, at=at),
            lambda: link_person(named=named, person=None, by=by, at=at),
            lambda: record_agreement(request=asked, consent="refused", by=by, at=at),
            lambda: screen(request=asked, answer=SIGNPOST, place="dorset", by=by, at=at),
            lambda: tell_enquirer(request=asked, answer="x", answered_how="phone", by=by, at=at),
        ):
            with pytest.raises(NotAllowed):
                refused()


def test_what_the_family_says_is_written_down(hub: Place) -> None:
    asked = a_request(by=hub.teacher, consent="not_asked", consent_by="", consent_method="")
    by = hub.hub_adviser
    with acting_as(by):
        with pytest.raises(Refused, match="who agreed and how"):
            record_agreement(request=asked, consent="given", by=by, at=LATER)
        agreed = record_agreement(
            request=asked, consent="given", consent_by="Maud", consent_method="verbal", by=by, at=LATER
        )
        assert (agreed.consent, agreed.consent_by, agreed.consent_at) == ("given", "Maud", LATER)
        again = record_agreement(request=asked, consent="refused", by=by, at=LATER)
    assert (again.consent, again.consent_at) == ("refused", None)


def test_a_link_to_a_known_person_is_made_and_taken_back(place: Place, asked: HelpRequest) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    with acting_as(place.hub_adviser):
        person = Person.objects.filter(first_family=family).first()
        named = asked.people.first()
        assert named is not None
        linked = link_person(named=named, person=person, by=place.hub_adviser, at=LATER)
        assert linked.person == person
        assert link_person(named=named, person=None, by=place.hub_adviser, at=LATER).person is None


def test_an_answered_request_is_not_taken_linked_or_changed(place: Place, asked: HelpRequest) -> None:
    screened(place, asked, SIGNPOST)
    by = place.hub_adviser
    with acting_as(by):
        named = asked.people.first()
        assert named is not None
        for refused in (
            lambda: take(request=asked, by=by, at=LATER),
            lambda: link_person(named=named, person=None, by=by, at=LATER),
            lambda: record_agreement(request=asked, consent="refused", by=by, at=LATER),
            lambda: screen(request=asked, answer=SIGNPOST, place="dorset", by=by, at=LATER),
        ):
            with pytest.raises(Refused, match="answered already"):
                refused()


def test_what_the_decision_does_not_ask_for_is_left_aside(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, replace(SIGNPOST, team=place.team))
    assert (answered.team, answered.signposted_to) == (None, "School nursing")
    other = a_request(by=place.teacher)
    advised = screened(place, other, replace(SIGNPOST, decision="advice_and_information"))
    assert (advised.team, advised.signposted_to) == (None, "")


def test_a_signpost_answers_a_request_and_opens_nothing(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, SIGNPOST)
    assert (answered.state, answered.decision, answered.screened_at) == ("answered", "signpost", LATER)
    assert (answered.screener, answered.family, answered.episode) == (place.hub_adviser, None, None)
    with acting_as(place.hub_adviser):
        assert AuditEntry.objects.filter(action="screen", record_id=asked.pk, family_id=None).exists()
        assert not Episode.objects.exists()


def test_a_decision_the_framework_does_not_have_is_no_outcome(place: Place, asked: HelpRequest) -> None:
    with pytest.raises(Refused, match="Choose what this request leads to"):
        screened(place, asked, Answer("anything", "why", "told", "phone"))


def test_opening_early_help_begins_the_teams_record(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, opening(place))
    with acting_as(place.worker):
        episode = Episode.objects.select_related("family").get(pk=answered.episode_id)
        assert (episode.state, episode.level, episode.team) == ("waiting", 3, place.team)
        assert (episode.requested_at, episode.opened_at) == (MONDAY, LATER)
        assert (episode.family.name, episode.family.team) == ("Marshmarigold", place.team)
        members = FamilyMember.objects.filter(family=episode.family).select_related("person")
        assert {(m.person.name, m.part) for m in members} == {
            ("Nell Marshmarigold", "child"),
            ("Bran Marshmarigold", "child"),
            ("Maud Marshmarigold", "parent"),
        }
        assert {m.person.address for m in members} == {"1 Test Street"}


def test_opening_early_help_records_the_request_and_its_screening(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, opening(place))
    with acting_as(place.worker):
        events = Event.objects.filter(episode=answered.episode).order_by("at").values_list("kind", "at")
        assert list(events) == [("request_received", MONDAY), ("request_screened", LATER)]
        deadlines = {row.timescale: row for row in Deadline.objects.filter(episode=answered.episode)}
    assert deadlines["screen_request"].state == "met"
    assert (deadlines["allocate"].state, deadlines["allocate"].due_at) == ("open", MONDAY + timedelta(hours=48))


def test_agreement_given_at_the_front_door_becomes_a_consent_of_that_person(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, opening(place))
    with acting_as(place.worker):
        consent = Consent.objects.get(family_id=answered.family_id)
        assert consent.person is not None
    assert (consent.person.name, consent.method, consent.given_at) == ("Maud Marshmarigold", "verbal", MONDAY)
    assert consent.recorded_by == place.hub_adviser


def test_written_agreement_at_the_front_door_is_an_event(place: Place) -> None:
    asked = a_request(by=place.teacher, consent_method="written", consent_by="Aunt Maud")
    answered = screened(place, asked, opening(place))
    with acting_as(place.worker):
        assert Consent.objects.get(family_id=answered.family_id).person is None
        assert Event.objects.filter(episode=answered.episode, kind="written_consent_recorded").exists()


def test_early_help_does_not_open_without_agreement(place: Place) -> None:
    asked = a_request(by=place.teacher, consent="not_asked", consent_by="")
    with pytest.raises(Refused, match="family agrees before you open"):
        screened(place, asked, opening(place))
    with acting_as(place.hub_adviser):
        assert not Family.objects.exists()


@pytest.mark.parametrize("level", [None, 1, 4])
def test_early_help_opens_only_at_levels_early_help_works_at(
    place: Place, asked: HelpRequest, level: int | None
) -> None:
    with pytest.raises(Refused, match="level of need that early help works at"):
        screened(place, asked, opening(place, level=level))


def test_social_care_is_told_without_agreement_reason_or_answer(place: Place) -> None:
    asked = a_request(by=place.teacher, consent="refused", consent_by="")
    answered = screened(place, asked, Answer(decision="social_care"))
    assert (answered.state, answered.decision, answered.answered_how) == ("answered", "social_care", "not_yet")
    assert "safety came first" in answered.answer


def test_the_enquirer_is_told_after_the_child_is_safe(place: Place, asked: HelpRequest) -> None:
    screened(place, asked, Answer(decision="social_care", reason="Bruises."))
    by = place.hub_adviser
    with acting_as(by):
        told = tell_enquirer(request=asked, answer="Social care will call you.", answered_how="phone", by=by, at=LATER)
        assert (told.answer, told.answered_how) == ("Social care will call you.", "phone")
        with pytest.raises(Refused, match="told already"):
            tell_enquirer(request=asked, answer="Again", answered_how="phone", by=by, at=LATER)


def test_social_care_answered_at_once_is_told_at_once(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, Answer("social_care", "Bruises.", "You were told on the phone.", "phone"))
    assert answered.answered_how == "phone"


def test_the_database_lets_no_request_end_with_nothing(place: Place, asked: HelpRequest) -> None:
    with (
        acting_as(place.hub_adviser),
        pytest.raises(IntegrityError, match="outcome_and_an_answer"),
        transaction.atomic(),
    ):
        HelpRequest.objects.filter(pk=asked.pk).update(state="answered")


def test_known_people_are_reused_and_a_family_moves_to_its_new_team(place: Place) -> None:
    family = a_family(team=place.other_team, by=place.hub_adviser)
    asked = a_request(by=place.teacher)
    link_a_child(place, asked, family.pk)
    answered = screened(place, asked, opening(place))
    with acting_as(place.hub_adviser):
        assert answered.family == family
        assert Family.objects.get().team == place.team
        assert FamilyMember.objects.filter(family=family, person__given_name="Nell").count() == 0
        assert FamilyMember.objects.filter(family=family).count() == 3 + 2  # the known, and Bran and Maud


def test_a_second_episode_does_not_open_beside_one_under_way(place: Place) -> None:
    episode = an_allocated_episode(place)
    asked = a_request(by=place.teacher)
    link_a_child(place, asked, episode.family_id)
    with pytest.raises(Refused, match="already has help under way"):
        screened(place, asked, opening(place))


def test_support_to_a_lead_attaches_the_request_to_the_family(place: Place) -> None:
    episode = an_allocated_episode(place)
    asked = a_request(by=place.teacher, at=MONDAY + timedelta(days=2))
    link_a_child(place, asked, episode.family_id)
    answered = screened(
        place, asked, Answer("support_lead_professional", "A lead is there.", "Wilf will call you.", "phone")
    )
    assert (answered.family_id, answered.episode) == (episode.family_id, None)
    with acting_as(place.worker):
        assert HelpRequest.objects.get(family_id=episode.family_id) == asked


def test_people_of_two_families_make_the_hub_say_which(place: Place) -> None:
    first = a_family(team=place.team, by=place.hub_adviser)
    second = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    asked = a_request(by=place.teacher)
    with acting_as(place.hub_adviser):
        for named, family in zip(asked.people.order_by("pk"), (first, second), strict=False):
            person = Person.objects.filter(first_family=family).first()
            link_person(named=named, person=person, by=place.hub_adviser, at=LATER)
    with pytest.raises(Refused, match="Choose which family it is about"):
        screened(place, asked, opening(place))
    assert screened(place, asked, opening(place, family=second)).family == second


def test_known_children_may_begin_a_new_family(place: Place) -> None:
    known = a_family(team=place.team, by=place.hub_adviser)
    asked = a_request(by=place.teacher)
    link_a_child(place, asked, known.pk)
    answered = screened(place, asked, opening(place, is_new_family=True))
    assert answered.family != known


def test_a_family_is_called_by_all_of_its_childrens_names(place: Place) -> None:
    asked = a_request(by=place.teacher, people=(NELL, BRAN, Named("child", "Pim", "Reed")))
    answered = screened(place, asked, opening(place))
    assert answered.family is not None
    assert answered.family.name == "Marshmarigold and Reed"


def test_the_hub_opens_a_record_and_then_sees_none_of_the_casework(place: Place, asked: HelpRequest) -> None:
    answered = screened(place, asked, opening(place))
    with acting_as(place.hub_adviser):
        assert Episode.objects.filter(pk=answered.episode_id).exists()
        assert not Event.objects.exists()
        assert not Deadline.objects.exists()
        assert not Consent.objects.exists()
