"""The pages of one family: its record in short, its timeline, its deadlines, and who may open them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.consent.actions import record_consent, withdraw_consent
from baton.episodes.actions import refresh_deadlines, set_date, step_up
from baton.episodes.models import Deadline, Episode, Event
from baton.people.models import Family, FamilyMember
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from baton.visits.actions import record_visit
from baton.visits.policies import Told
from tests.caseload.reading import FRIDAY, links_of, read, section, words_of
from tests.client import page_client
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.assessments import a_started_assessment, a_submitted_assessment
from tests.factories.plans import a_proposal, an_agreed_plan
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NAMES = ("family", "timeline", "deadlines")
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def it_is_friday() -> Iterator[None]:
    with stopped_at(FRIDAY):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def page_of(name: str, episode: Episode) -> str:
    return reverse(name, args=[episode.family_id])


def opened(user: User, episode: Episode, name: str = "family") -> HttpResponse:
    response = page_client(user).get(page_of(name, episode))
    assert response.status_code == 200
    return response


def person_id(place: Place, episode: Episode, name: str) -> int:
    with acting_as(place.manager):
        return FamilyMember.objects.get(family=episode.family_id, person__given_name=name).person_id


def a_visit(place: Place, episode: Episode, *, seen: str = "Ashby", at: datetime = MONDAY + WEEK) -> None:
    told = Told(happened_at=at, made=True, place="home", seen=frozenset({person_id(place, episode, seen)}))
    with acting_as(place.worker):
        record_visit(episode=episode, told=told, by=place.worker, at=at + timedelta(hours=1))


def consent(place: Place, episode: Episode, method: str = "written") -> None:
    with acting_as(place.worker):
        record_consent(
            family=Family.objects.get(pk=episode.family_id),
            person=FamilyMember.objects.get(family=episode.family_id, part="parent").person,
            method=method,
            given_at=MONDAY + WEEK,
            by=place.worker,
            at=MONDAY + WEEK,
        )


def many_events(place: Place, episode: Episode, number: int) -> None:
    with acting_as(place.manager):
        Event.objects.bulk_create(
            Event(
                episode=episode,
                family_id=episode.family_id,
                kind="correspondence_filed",
                at=MONDAY + timedelta(days=2, minutes=each),
                recorded_at=MONDAY,
                recorded_by=place.worker,
                summary=f"Letter {each}",
                record="a_letter",
                record_id=each,
            )
            for each in range(number)
        )


# Who may open them


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


# The family page


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


# What may be done now


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


# The timeline


def test_the_timeline_tells_everything_newest_first_with_who_and_where(place: Place, episode: Episode) -> None:
    a_visit(place, episode)
    response = opened(place.worker, episode, "timeline")
    said = words_of(response)
    assert said.index("Visit made") < said.index("Lead practitioner allocated by Mina Manager")
    with acting_as(place.worker):
        made = Event.objects.get(kind="visit_made")
    found = [href for text, href in links_of(response).items() if text.startswith("Open the record: Visit made")]
    assert found == [reverse("visit", args=[made.record_id])]


def test_the_timeline_is_filtered_by_kind(place: Place, episode: Episode) -> None:
    a_visit(place, episode)
    said = read(place.worker, f"{page_of('timeline', episode)}?kind=visit_made")
    assert "Wilf Worker is lead practitioner" not in said
    assert said.count("Visit made") > 1  # in the choice, and in the timeline


def test_the_timeline_of_a_child_holds_the_visits_that_saw_the_child(place: Place, episode: Episode) -> None:
    a_visit(place, episode, seen="Ashby")
    ashby, bramwell = (person_id(place, episode, name) for name in ("Ashby", "Bramwell"))
    assert "Open the record" in read(place.worker, f"{page_of('timeline', episode)}?person={ashby}")
    assert "Nothing of this kind has happened." in read(
        place.worker, f"{page_of('timeline', episode)}?person={bramwell}"
    )


@pytest.mark.parametrize("wrong", ["?kind=nothing", "?person=x", "?person=999999", "?page=99", "?kind=%00"])
def test_a_choice_that_makes_no_sense_shows_everything(place: Place, episode: Episode, wrong: str) -> None:
    assert "Lead practitioner allocated" in read(place.worker, f"{page_of('timeline', episode)}{wrong}")


def test_a_long_timeline_goes_on_over_the_page_and_keeps_the_choice(place: Place, episode: Episode) -> None:
    many_events(place, episode, 70)
    client = page_client(place.worker)
    first = client.get(f"{page_of('timeline', episode)}?kind=correspondence_filed")
    assert "Letter 69" in words_of(first)
    assert "Letter 19" not in words_of(first)
    second = client.get(f"{page_of('timeline', episode)}{links_of(first)['Next page']}")
    assert "Letter 19" in words_of(second)
    assert "Wilf Worker is lead practitioner" not in words_of(second)


# The deadlines page


def test_deadlines_stand_by_what_became_of_them(place: Place, episode: Episode) -> None:
    a_visit(place, episode, at=MONDAY + timedelta(days=3))
    said = words_of(opened(place.worker, episode, "deadlines"))
    assert said.index("Overdue") < said.index("Done")
    assert "Done" in said
    assert "Not started yet (" in said


def test_each_deadline_says_its_rule_its_source_and_the_other_readings(place: Place) -> None:
    episode = a_requested_episode(place)
    said = words_of(opened(place.manager, episode, "deadlines"))
    assert (
        "Assessment due by Sunday 25 October 2026: 20 days after the request on 5 October. Dorset framework 12.4."
        in said
    )
    assert "Under 14.2 and 15.1 it would be 20 days after allocation." in said
    assert "Tuesday 6 October 2026 at 9:30am" in said  # allocation under the performance framework's own reading
    assert "Owed by Early Help practitioner" in said


def test_only_a_manager_may_set_another_date(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        first_visit = Deadline.objects.get(episode=episode, timescale="first_visit")
    assert links_of(opened(place.manager, episode, "deadlines"))["Set another date for First visit"] == reverse(
        "set-date", args=[first_visit.pk]
    )
    assert "Set another date" not in words_of(opened(place.worker, episode, "deadlines"))


def test_the_managers_date_stands_beside_the_frameworks_own(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        first_visit = Deadline.objects.get(episode=episode, timescale="first_visit")
        set_date(
            deadline=first_visit,
            due_on=date(2026, 12, 4),
            reason="The family is away",
            by=place.manager,
            at=FRIDAY - WEEK,
        )
    said = words_of(opened(place.worker, episode, "deadlines"))
    assert "Friday 4 December 2026 set by Mina Manager; the framework’s own date is Tuesday 13 October 2026" in said


def test_a_deadline_for_one_child_says_which(place: Place) -> None:
    episode = an_allocated_episode(place, framework="derby")
    said = words_of(opened(place.worker, episode, "deadlines"))
    assert "Exploitation screening for Ashby" in said


def test_the_deadlines_of_earlier_help_can_be_read_too(place: Place, episode: Episode) -> None:
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
    again = an_allocated_episode(place, family=_family(place, episode), at=MONDAY + 3 * WEEK)
    response = opened(place.worker, again, "deadlines")
    earlier = links_of(response)["Show the help that began on 6 October 2026"]
    said = read(place.worker, f"{page_of('deadlines', again)}{earlier}")
    assert "Of the help that began on 6 October 2026 and ended on 12 October 2026" in said
    assert "Not done" in said


@pytest.mark.parametrize("other", ["999999", "x", ""])
def test_help_that_is_not_the_familys_is_not_shown(place: Place, episode: Episode, other: str) -> None:
    assert "6 October 2026" in read(place.worker, f"{page_of('deadlines', episode)}?episode={other}")


def test_a_family_without_help_has_no_deadlines(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser)
    assert "no help has begun" in read(place.worker, reverse("deadlines", args=[family.pk]))


# How much they ask


@pytest.mark.parametrize(("name", "most"), [("family", 15), ("timeline", 12), ("deadlines", 13)])
def test_a_page_asks_as_little_with_a_hundred_happenings(place: Place, episode: Episode, name: str, most: int) -> None:
    an_agreed_plan(episode, by=place.worker)
    many_events(place, episode, 100)
    client = page_client(place.worker)
    client.get(page_of(name, episode))
    assert client.queries <= most


def test_the_pages_deadlines_are_those_that_are_kept(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        assert refresh_deadlines(episode_id=episode.pk, at=FRIDAY) == 0
        kept = Deadline.objects.filter(episode=episode, state="open").count()
    said = section(opened(place.worker, episode, "deadlines"), "main-content")
    overdue, upcoming = (int(said.split(f"{title} ")[1].split()[0]) for title in ("Overdue", "Upcoming"))
    assert overdue + upcoming == kept


def test_ages_are_said_as_of_today(place: Place) -> None:
    babies = [("Tilly", date(2026, 6, 30)), ("Noah", date(2025, 1, 2)), ("Unknown", None)]
    family = a_family(team=place.team, by=place.hub_adviser, children=babies)  # type: ignore[arg-type]
    said = read(place.worker, reverse("family", args=[family.pk]))
    assert "Tilly Quillfeather 4 months old" in said
    assert "Noah Quillfeather 22 months old" in said
    assert "Unknown Quillfeather age not known" in said


def test_an_event_of_a_kind_nobody_listed_is_told_by_its_name(place: Place, episode: Episode) -> None:
    with acting_as(place.manager):
        Event.objects.filter(episode=episode).update(kind="a_new_thing", summary="", recorded_by=None)
    assert "A new thing" in read(place.worker, page_of("timeline", episode))


def _family(place: Place, episode: Episode) -> Family:
    with acting_as(place.manager):
        return Family.objects.get(pk=episode.family_id)


def test_writing_up_is_told_on_the_timeline_and_left_out_in_short(place: Place, episode: Episode) -> None:
    texts = {"purpose": "Mornings", "action": "Walked along", "reflection": "Calm", "analysis": "It helps"}
    told = Told(MONDAY + WEEK, made=True, place="home", seen=frozenset({person_id(place, episode, "Ashby")}), **texts)
    with acting_as(place.worker):
        record_visit(episode=episode, told=told, by=place.worker, at=MONDAY + WEEK)
    assert "Visit recorded by" not in words_of(opened(place.worker, episode))
    assert "Visit recorded by" in words_of(opened(place.worker, episode, "timeline"))
