"""The page of one family: who opens it, what it says, and what may be done from it."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from baton.consent.actions import withdraw_consent
from baton.episodes.actions import step_up
from baton.episodes.models import Episode
from baton.people.models import Family
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests.caseload.opening import NAMES, WEEK, _family, a_visit, consent, opened, page_of
from tests.caseload.reading import FRIDAY, links_of, read, section, words_of
from tests.client import page_client
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_family, an_allocated_episode
from tests.factories.assessments import a_started_assessment, a_submitted_assessment
from tests.factories.plans import a_proposal, an_agreed_plan
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def it_is_friday() -> Iterator[None]:
    with stopped_at(FRIDAY):
        yield


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["worker", "colleague", "manager", "service_manager"])
def test_those_who_hold_a_family_open_its_pages(place: Place, episode: Episode, name: str, who: str) -> None:
    assert "Quillfeather family" in read(getattr(place, who), page_of(name, episode))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["stranger", "other_manager", "teacher"])
def test_for_everybody_else_there_is_no_such_family(place: Place, episode: Episode, name: str, who: str) -> None:
    assert page_client(getattr(place, who)).get(page_of(name, episode)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_an_administrator_may_not_come_in(place: Place, episode: Episode, name: str) -> None:
    assert page_client(place.administrator).get(page_of(name, episode)).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_a_lead_practitioner_of_another_agency_opens_the_family_they_lead(place: Place, name: str) -> None:
    episode = an_allocated_episode(place, to=place.teacher)
    assert "Quillfeather family" in read(place.teacher, page_of(name, episode))


def test_the_hub_sees_who_holds_a_family_and_nothing_of_the_work(place: Place, episode: Episode) -> None:
    a_visit(place, episode)
    said = words_of(opened(place.hub_adviser, episode))
    assert "Wilf Worker, Test Council" in said
    assert "What is written about them is with their team." in said
    assert "Visit made" not in said
    assert "What you can do now" not in said


@pytest.mark.parametrize("name", ["timeline", "deadlines"])
def test_the_hub_opens_neither_timeline_nor_deadlines(place: Place, episode: Episode, name: str) -> None:
    assert page_client(place.hub_adviser).get(page_of(name, episode)).status_code == 403


@pytest.mark.parametrize(
    ("name", "what"), [("family", "family page"), ("timeline", "timeline"), ("deadlines", "deadlines")]
)
def test_every_opening_is_noted(place: Place, episode: Episode, name: str, what: str) -> None:
    opened(place.worker, episode, name)
    entry = AccessEntry.objects.filter(family_id=episode.family_id).latest("id")
    assert (entry.by_id, entry.what, entry.at) == (place.worker.pk, what, FRIDAY)


def test_a_refused_opening_leaves_no_entry(place: Place, episode: Episode) -> None:
    page_client(place.stranger).get(page_of("family", episode))
    assert not AccessEntry.objects.filter(by=place.stranger).exists()


def test_the_page_says_who_is_in_the_family(place: Place, episode: Episode) -> None:
    said = words_of(opened(place.worker, episode))
    assert "Children Ashby Quillfeather aged 13 Bramwell Quillfeather aged 7" in said
    assert "Parents and carers Marigold Quillfeather aged 38, mum" in said


def test_the_page_says_how_help_stands(place: Place, episode: Episode) -> None:
    said = words_of(opened(place.worker, episode))
    assert "Since 6 October 2026 Open" in said
    assert "Level of need 3, Universal Partnership Plus" in said
    assert "Early Help practitioner Wilf Worker Family worker, Test Council, since 6 October 2026" in said
    assert "Consent Nobody has recorded any Not asked yet" in said
    assert "Early Help Assessment Not started" in said
    assert "Early Help Plan Not started" in said


def test_consent_is_said_as_it_stands(place: Place, episode: Episode) -> None:
    consent(place, episode)
    assert "Consent Marigold Quillfeather, 12 October 2026 In writing" in words_of(opened(place.worker, episode))
    with acting_as(place.worker):
        standing = Family.objects.get(pk=episode.family_id).consents.get()
        withdraw_consent(consent=standing, withdrawn_at=FRIDAY, reason="Had enough.", by=place.worker, at=FRIDAY)
    assert "27 November 2026 Withdrawn" in words_of(opened(place.worker, episode))


def test_assessment_and_plan_are_said_as_they_stand(place: Place, episode: Episode) -> None:
    a_started_assessment(place, episode)
    an_agreed_plan(episode, by=place.worker)
    said = words_of(opened(place.worker, episode))
    assert "Early Help Assessment Being written" in said
    assert "Early Help Plan On 9 November 2026 Agreed" in said
    assert "Mornings without shouting 0 of 1 action done" in said


def test_what_is_due_comes_with_its_explanation(place: Place, episode: Episode) -> None:
    said = words_of(opened(place.worker, episode))
    assert "First visit due by Tuesday 13 October 2026: five working days after allocation on 6 October." in said
    assert "Dorset framework 14.1" in said


def test_the_longest_overdue_stands_first(place: Place, episode: Episode) -> None:
    said = section(opened(place.worker, episode), "table-what-is-due-next")
    whole = words_of(opened(place.worker, episode))
    assert said == "What is due next"
    assert whole.index("First visit") < whole.index("Supervision") < whole.index("End of help")


def test_the_latest_happenings_are_shown_newest_first(place: Place, episode: Episode) -> None:
    a_visit(place, episode)
    said = words_of(opened(place.worker, episode))
    assert said.index("Visit made") < said.index("Lead practitioner allocated")


def test_earlier_help_is_listed(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        step_up(
            episode=episode,
            decided_at=MONDAY + WEEK,
            immediate=False,
            told_to="The duty team",
            reason="Not safe at home.",
            family_told="Yes",
            by=place.worker,
            at=MONDAY + WEEK,
        )
    family = _family(place, episode)
    again = an_allocated_episode(place, family=family, at=MONDAY + 3 * WEEK)
    said = words_of(opened(place.worker, again))
    assert "Earlier help 6 October 2026 to 12 October 2026" in said
    assert "Stepped up to social care" in said


def test_a_family_without_an_episode_has_a_page(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    said = read(place.worker, reverse("family", args=[family.pk]))
    assert "Nothing has happened yet." in said
    assert "What you can do now" not in said


def test_a_practitioner_is_offered_the_work(place: Place, episode: Episode) -> None:
    links = links_of(opened(place.worker, episode))
    assert links["Record a visit"] == reverse("record-visit", args=[episode.pk])
    assert links["Start the assessment"] == reverse("start-assessment", args=[episode.pk])
    assert links["Propose to close"] == reverse("propose-closure", args=[episode.pk])
    assert "Change lead practitioner" not in links
    assert "Decide on closing" not in words_of(opened(place.worker, episode))


def test_a_manager_is_offered_what_managers_do(place: Place, episode: Episode) -> None:
    links = links_of(opened(place.manager, episode))
    assert links["Change lead practitioner"] == reverse("allocate", args=[episode.pk])
    assert links["Record supervision"] == reverse("record-supervision", args=[episode.pk])


def test_what_is_not_yet_possible_says_why(place: Place, episode: Episode) -> None:
    said = words_of(opened(place.manager, episode))
    assert "Decide on closing The lead practitioner has not proposed to close yet." in said
    assert "Decide on closing" not in links_of(opened(place.manager, episode))


def test_a_proposal_opens_the_way_to_closing(place: Place, episode: Episode) -> None:
    an_agreed_plan(episode, by=place.worker)
    a_proposal(episode, by=place.worker, at=FRIDAY)
    links = links_of(opened(place.manager, episode))
    assert links["Decide on closing"] == reverse("close-episode", args=[episode.pk])


def test_before_allocation_nobody_is_supervised_and_nothing_proposed(place: Place) -> None:
    episode = a_requested_episode(place)
    response = opened(place.manager, episode)
    said, links = words_of(response), links_of(response)
    assert "Record supervision Nobody leads the work with this family yet. Allocate it first." in said
    assert "Propose to close Nobody leads the work yet, so the manager can close it alone." in said
    assert links["Allocate"] == reverse("allocate", args=[episode.pk])
    assert links["Close without starting"] == reverse("close-episode", args=[episode.pk])


def test_the_way_into_the_assessment_follows_its_state(place: Place, episode: Episode) -> None:
    a_submitted_assessment(place, episode)
    assert "Read the assessment" in links_of(opened(place.worker, episode))
    assert "Authorise the assessment" in links_of(opened(place.manager, episode))
    assert "Authorise the assessment" not in links_of(opened(place.worker, episode))


def test_an_assessment_being_written_is_carried_on(place: Place, episode: Episode) -> None:
    a_started_assessment(place, episode)
    assert "Carry on with the assessment" in links_of(opened(place.worker, episode))


@pytest.mark.parametrize("who", ["worker", "colleague", "manager", "service_manager"])
def test_the_way_to_keep_a_child_safe_is_always_there(place: Place, episode: Episode, who: str) -> None:
    links = links_of(opened(getattr(place, who), episode))
    assert links["Step up to Children's Social Care"] == reverse("step-up", args=[episode.pk])


def test_when_help_has_ended_nothing_more_is_offered(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        step_up(
            episode=episode,
            decided_at=FRIDAY,
            immediate=True,
            told_to="The duty team",
            reason="Not safe.",
            family_told="",
            by=place.worker,
            at=FRIDAY,
        )
    said = words_of(opened(place.manager, episode))
    assert "What you can do now" not in said
    assert "Help as it ended" in said
