"""What people say is wrong in their record: put right, or kept beside it in their words."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.urls import reverse

from baton.people.actions import add_member
from baton.people.models import FamilyMember
from baton.plans.models import Plan
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.rights.actions import ask_for_correction, decide_correction
from baton.rights.models import Correction
from baton.rights.queries.corrections import About
from baton.sharing.actions import Ground
from baton.sharing.models import Decision
from baton.sharing.presenters.papers import PAPERS
from baton.sharing.queries import document_of, get_decision
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.assessments import an_authorised_assessment
from tests.factories.rights import a_gathered_request
from tests.factories.sharing import decided
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict
from tests.refusals.test_every_route import a_record_of_each_kind

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


def disagreed(place: Place, family_id: int, about: About, *, says: str = "The register is wrong.") -> Correction:
    """Somebody said that this is wrong, and it was not changed."""
    with acting_as(place.worker):
        asked = ask_for_correction(
            family_id=family_id,
            asked_by="Marigold Quillfeather",
            said_wrong="Not so",
            about=about,
            received_on=MONDAY.date(),
            by=place.worker,
            at=MONDAY,
        )
    with acting_as(place.manager):
        return decide_correction(
            correction=asked,
            decision="not_corrected",
            because="School’s register says so",
            statement=says,
            told_on=LATER.date(),
            by=place.manager,
            at=LATER,
        )


def page_of(user: User, name: str, *args: object) -> str:
    with clock.stopped_at(LATER):
        return page_client(user).get(reverse(name, args=args)).content.decode()


def test_what_they_say_stands_beside_the_subject_it_is_about_and_beside_no_other() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        member = FamilyMember.objects.select_related("person").filter(family=family_id, part="child")[0]
    about = About(f"{member.person.name}: Names", person_id=member.person_id, subject="names")
    disagreed(place, family_id, about)
    assert "The register is wrong." in page_of(place.worker, "person", member.pk, "names")
    assert "The register is wrong." not in page_of(place.worker, "person", member.pk, "homes")
    assert f"{member.person.name}: Names" in page_of(place.worker, "corrections", family_id)


def test_what_is_not_decided_stands_beside_it_as_said_and_what_was_put_right_does_not() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        member = FamilyMember.objects.select_related("person").filter(family=family_id, part="child")[0]
    about = About("Names", person_id=member.person_id, subject="names")
    with acting_as(place.worker):
        asked = ask_for_correction(
            family_id=family_id, asked_by="Marigold", said_wrong="He is called Ash", about=about,
            received_on=MONDAY.date(), by=place.worker, at=MONDAY,
        )  # fmt: skip
    said = page_of(place.worker, "person", member.pk, "names")
    assert "says that this is wrong. It is not decided yet" in said
    assert "He is called Ash" in said
    with acting_as(place.manager):
        decide_correction(
            correction=asked, decision="corrected", because="Changed", statement="", told_on=LATER.date(),
            by=place.manager, at=LATER,
        )  # fmt: skip
    assert "He is called Ash" not in page_of(place.worker, "person", member.pk, "names")


def test_each_record_shows_what_is_said_against_it() -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    with acting_as(place.worker):
        plan_id = Plan.objects.get(episode=records["episode_id"]).pk
    pages = {
        "visits_visit": ("visit", records["visit_id"], records["visit_id"]),
        "plans_meeting": ("meeting", records["meeting_id"], records["meeting_id"]),
        "assessments_assessment": ("assessment-in-full", records["assessment_id"], records["assessment_id"]),
        "plans_plan": ("plan", plan_id, records["episode_id"]),
        "consent_consent": ("consents", records["consent_id"], records["family_id"]),
        "chronology_entry": ("chronology", records["entry_id"], records["family_id"]),
    }
    for table, (page, record_id, shown_by) in pages.items():
        assert f"Against {table}" not in page_of(place.worker, page, shown_by)
        about = About("A record", record=table, record_id=record_id)
        disagreed(place, records["family_id"], about, says=f"Against {table}")
        said = page_of(place.worker, page, shown_by)
        assert f"Against {table}" in said, page
    for page in ("visit", "meeting"):
        assert "Somebody says that this" in page_of(place.worker, page, records[f"{page}_id"])
        assert "Somebody says that this" not in page_of(place.coordinator, page, records[f"{page}_id"])
    assert "Against chronology_entry" in page_of(place.worker, "chronology-to-print", records["family_id"])
    assert "Against chronology_entry" in page_of(place.worker, "edit-entry", records["entry_id"])


def test_it_can_be_about_what_was_recorded_of_this_family_and_nothing_else() -> None:
    place = a_place()
    records = a_record_of_each_kind(place)
    address = reverse("ask-correction", args=[records["family_id"]])
    with clock.stopped_at(LATER):
        said = page_client(place.worker).get(f"{address}?about=visits_visit-{records['visit_id']}").content.decode()
        assert f'<option value="visits_visit-{records["visit_id"]}" selected>' in said
        typed = {"asked_by": "Marigold", "said_wrong": "It was Tuesday", "about": f"visits_visit-{records['visit_id']}"}
        typed |= {f"received_on-{part}": str(getattr(MONDAY, part)) for part in ("day", "month", "year")}
        assert page_client(place.worker).post(address, typed).status_code == 302
    assert "It was Tuesday" in page_of(place.worker, "visit", records["visit_id"])
    other = an_allocated_episode(place)
    for about in (
        About("A visit", record="visits_visit", record_id=records["visit_id"]),
        About("A session", record="platform_session", record_id=1),
        About("Names", person_id=records["person_id"], subject="names"),
    ):
        with pytest.raises(Refused, match="Choose something of this family"):
            disagreed(place, other.family_id, about)


def test_what_is_said_of_a_person_is_read_with_the_person_in_another_family_too_and_nothing_else_is() -> None:
    # Given a child of two families, of two teams, and what its mother says about its names
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        member = FamilyMember.objects.select_related("person").filter(family=family_id, part="child")[0]
    other = a_family(team=place.other_team, by=place.hub_adviser, name="Otterdown")
    with acting_as(place.service_manager):
        told = {"part": "child", "relationship": "", "from_on": MONDAY.date()}
        there = add_member(family=other, person=member.person, **told, by=place.service_manager, at=MONDAY)
    disagreed(place, family_id, About("Names", person_id=member.person_id, subject="names"))
    disagreed(place, family_id, About(), says="Everything is wrong.")
    # Then who works with the other family reads what stands beside the names, and not the rest
    assert "The register is wrong." in page_of(place.stranger, "person", there.pk, "names")
    with acting_as(place.stranger):
        assert list(Correction.objects.values_list("statement", flat=True)) == ["The register is wrong."]
    # Unless the family it was said in is restricted
    restrict(place, family_id, place.worker)
    with acting_as(place.stranger):
        assert not Correction.objects.exists()


def test_what_they_say_goes_with_a_copy_that_leaves() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    assessment = an_authorised_assessment(place, episode)
    about = About("The assessment", record="assessments_assessment", record_id=assessment.pk)
    disagreed(place, episode.family_id, about, says="I never said that.")
    with acting_as(place.worker):
        document = document_of(episode.family, "assessment", assessment.pk, on=LATER.date())
    told = {"organisation": "The court", "because": "It was ordered."}
    ground = Ground(reason="court_order")
    decision = decided(episode.family_id, ground, by=place.worker, document=document, **told)
    with acting_as(place.worker):
        paper = PAPERS[Decision.What.ASSESSMENT][1](get_decision(decision.pk))
    assert "Marigold Quillfeather disagrees with this: I never said that." in str(paper)


def test_nothing_is_refused_without_what_they_say() -> None:
    place = a_place()
    with pytest.raises(Refused, match="Write what they say, or that they wanted nothing to be kept"):
        disagreed(place, an_allocated_episode(place).family_id, About(), says=" ")
