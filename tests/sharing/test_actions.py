"""What goes to an agency under an agreement that stands and covers it, or for a reason in words; and what does not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from baton.episodes.models import Episode, Event
from baton.people.models import Family, FamilyMember
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry
from baton.platform.refusals import NotAllowed, Refused
from baton.sharing.actions import Ground, Told, decide_not_to_share, decide_to_share
from baton.sharing.models import Decision, HandedOut
from baton.sharing.queries import Document
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.guarded import a_restriction
from tests.factories.sharing import DECIDED, IN_WORDS, SCHOOL, agreement_to_share, decided, taken_back

pytestmark = pytest.mark.django_db
HARM = {"because": "She has bruises and will not say why.", "organisation": SCHOOL, "agency": "school"}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def test_it_goes_to_the_agency_of_the_agreement(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    decision = decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    assert (decision.ground, decision.organisation, decision.agency) == ("agreement", SCHOOL, "school")
    with acting_as(place.worker):
        assert AuditEntry.objects.filter(action="decide_to_share", family_id=episode.family_id).exists()


def test_an_agreement_about_another_agency_or_another_thing_covers_nothing(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    with pytest.raises(Refused, match="does not cover that agency"):
        decided(episode.family_id, Ground(agreement=agreement), by=place.worker, organisation="Kettle Street School")
    asked = agreement_to_share(episode.family_id, by=place.worker, purpose="contact")
    with pytest.raises(Refused, match="or to ask an agency, does not cover it"):
        decided(episode.family_id, Ground(agreement=asked), by=place.worker)


def test_a_withdrawn_agreement_covers_nothing_and_a_safeguarding_reason_still_does(
    place: Place, episode: Episode
) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    taken_back(agreement, by=place.worker)
    with pytest.raises(Refused, match="This agreement was withdrawn"):
        decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    with pytest.raises(Refused, match="Write why it is shared without agreement"):
        decided(episode.family_id, Ground(reason="significant_harm"), by=place.worker, organisation=SCHOOL)
    decision = decided(episode.family_id, Ground(reason="significant_harm"), by=place.worker, **HARM)
    assert (decision.ground, decision.agreement) == ("safeguarding", None)
    duty = decided(episode.family_id, Ground(reason="court_order"), by=place.worker, **HARM)
    assert duty.ground == "duty"


def test_agreement_of_another_family_covers_nothing(place: Place, episode: Episode) -> None:
    other = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    agreement = agreement_to_share(other.pk, by=place.worker)
    with pytest.raises(Refused, match="Choose an agreement of this family"):
        decided(episode.family_id, Ground(agreement=agreement), by=place.worker)


def test_somebody_in_the_family_gets_what_is_theirs(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        mother = FamilyMember.objects.select_related("person").get(family=episode.family_id, part="parent").person
    decision = decided(episode.family_id, Ground(person=mother), by=place.worker)
    assert (decision.ground, decision.receiver) == ("own", "Marigold Quillfeather")
    other = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    with acting_as(place.worker):
        stranger = FamilyMember.objects.select_related("person").filter(family=other)[0].person
    with pytest.raises(Refused, match="Choose who in the family"):
        decided(episode.family_id, Ground(person=stranger), by=place.worker)


def test_what_is_not_shared_says_why(place: Place, episode: Episode) -> None:
    told = Told(IN_WORDS, decided_by="Mo Manager", decided_at=DECIDED, organisation="A landlord", agency="housing")
    with acting_as(place.worker):
        family = Family.objects.get(pk=episode.family_id)
        with pytest.raises(Refused, match="Write why it is not shared"):
            decide_not_to_share(family=family, told=told, by=place.worker, at=DECIDED)
        told = Told(**vars(told) | {"because": "They do not need it."})
        decision = decide_not_to_share(family=family, told=told, by=place.worker, at=DECIDED)
    assert (decision.is_shared, decision.ground, decision.receiver) == (False, "", "A landlord")


def test_a_decision_is_recorded_once_it_is_made_and_never_changed(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    told = Told(IN_WORDS, decided_by="Wilf", decided_at=DECIDED + timedelta(days=1))
    family = Family(pk=episode.family_id)
    with acting_as(place.worker), pytest.raises(Refused, match="that have passed"):
        decide_to_share(family=family, told=told, ground=Ground(agreement), by=place.worker, at=DECIDED)
    decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    with acting_as(place.worker), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Decision.objects.update(organisation="Elsewhere")
    with acting_as(place.worker), pytest.raises(IntegrityError, match="says_the_ground"), transaction.atomic():
        Decision.objects.create(
            family_id=episode.family_id, is_shared=True, what="information", described="x", organisation="y",
            decided_by="z", decided_at=DECIDED, recorded_by=place.worker, recorded_at=DECIDED,
        )  # fmt: skip


def test_another_team_sees_and_decides_nothing(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    for person in (place.stranger, place.teacher, place.hub_adviser, place.governance, place.administrator):
        with acting_as(person):
            assert not Decision.objects.exists()
    told, family = Told(IN_WORDS, decided_by="x", decided_at=DECIDED), Family(pk=episode.family_id)
    with acting_as(place.administrator), pytest.raises(NotAllowed):
        decide_to_share(family=family, told=told, ground=Ground(), by=place.administrator, at=DECIDED)


def test_a_closed_familys_decisions_are_seen_by_nobody_but_those_named(place: Place, episode: Episode) -> None:
    agreement = agreement_to_share(episode.family_id, by=place.worker)
    decided(episode.family_id, Ground(agreement=agreement), by=place.worker)
    with acting_as(place.service_manager):
        assert Decision.objects.exists()
    a_restriction(place, episode.family_id, place.worker)
    for person in (place.service_manager, place.manager, place.colleague):
        with acting_as(person):
            assert not Decision.objects.exists()
    with acting_as(place.worker):
        assert Decision.objects.exists()


def test_a_document_never_leaves_without_its_copy_and_no_copy_is_altered(place: Place, episode: Episode) -> None:
    ground, document = Ground(reason="court_order"), Document("genogram", episode.family_id, "The genogram")
    told = Told(document, decided_by="Wilf", decided_at=DECIDED, **HARM)
    with acting_as(place.worker), pytest.raises(ValueError, match="leaves as a copy"):
        decide_to_share(family=Family(pk=episode.family_id), told=told, ground=ground, by=place.worker, at=DECIDED)
    decided(episode.family_id, ground, by=place.worker, document=document, **HARM)
    with acting_as(place.worker):
        copy = HandedOut.objects.get()
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            HandedOut.objects.update(size=1)
    other = decided(episode.family_id, ground, by=place.worker, **HARM)
    told_wrong = {"content": b"else", "size": 4, "digest": copy.digest, "made_at": DECIDED, "made_by": place.worker}
    with acting_as(place.worker), pytest.raises(IntegrityError, match="a_copy_is_as_it_left"), transaction.atomic():
        HandedOut.objects.create(decision=other, family_id=episode.family_id, **told_wrong)


def test_sharing_and_not_sharing_stand_on_the_timeline_of_the_last_episode(place: Place, episode: Episode) -> None:
    told = Told(
        IN_WORDS, decided_by="Mo", decided_at=DECIDED, organisation="A landlord", agency="housing", because="No"
    )
    decided(episode.family_id, Ground(reason="court_order"), by=place.worker, **HARM)
    with acting_as(place.worker):
        decide_not_to_share(family=Family(pk=episode.family_id), told=told, by=place.worker, at=DECIDED)
        events = Event.objects.filter(record="sharing_decision").order_by("pk")
        assert [(event.episode_id, event.kind, event.summary) for event in events] == [
            (episode.pk, "information_shared", "To Otter School: That mornings are hard"),
            (episode.pk, "sharing_refused", "To A landlord: That mornings are hard"),
        ]
