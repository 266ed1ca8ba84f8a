"""The pages of assessments and scores, as each person meets them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.assessments.models import Answer, Assessment, ManagerComment, OutcomeView, ToolScore
from baton.episodes.models import Episode
from baton.people.models import FamilyMember, Person
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Draft, User
from tests.client import PageClient, page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.assessments import (
    a_started_assessment,
    a_submitted_assessment,
    a_written_assessment,
    an_authorised_assessment,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_clock_stands_still() -> Any:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def page(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def text(response: HttpResponse) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#39;", "'").split())


def send(client: PageClient, path: str, **typed: Any) -> HttpResponse:
    return client.post(path, {"form_key": str(uuid4()), **typed})


def of(user: User) -> PageClient:
    return page_client(user)


def ashby(place: Place, episode: Episode) -> Person:
    with acting_as(place.manager):
        return FamilyMember.objects.get(family_id=episode.family_id, person__given_name="Ashby").person


PLAN = {"focus": "Mornings and school.", "when_and_where": "", "who_to_speak_to": "", "aids": ""}


# --- starting --------------------------------------------------------------------------------------------------------


def test_starting_asks_for_the_focus_and_keeps_what_was_typed(place: Place, episode: Episode) -> None:
    client, path = of(place.worker), page("start-assessment", episode.pk)
    assert "level 3" in text(client.get(path))
    empty = send(client, path, **PLAN | {"focus": "", "aids": "Makaton"})
    assert empty.status_code == 422
    assert "Write what this assessment should find out" in text(empty)
    assert "Makaton" in client.get(path).content.decode()
    started = send(client, path, **PLAN)
    with acting_as(place.worker):
        assert started.url == page("assessment", Assessment.objects.get().pk)


def test_a_double_click_starts_one_assessment(place: Place, episode: Episode) -> None:
    client, path = of(place.worker), page("start-assessment", episode.pk)
    typed = {"form_key": str(uuid4()), **PLAN}
    first, second = client.post(path, typed), client.post(path, typed)
    assert first.url == second.url
    with acting_as(place.worker):
        assert Assessment.objects.count() == 1


def test_where_there_is_an_assessment_starting_leads_to_it(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client, path = of(place.worker), page("start-assessment", episode.pk)
    assert client.get(path).url == page("assessment", assessment.pk)
    assert "being written already" in text(send(client, path, **PLAN))


def test_after_a_step_down_the_page_says_that_none_is_asked_for(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        Episode.objects.filter(pk=episode.pk).update(route=Episode.Route.STEP_DOWN)
    client, path = of(place.worker), page("start-assessment", episode.pk)
    assert "no new assessment is asked for" in text(client.get(path))
    assert send(client, path, **PLAN).status_code == 302


# --- the list of questions -------------------------------------------------------------------------------------------


def test_the_list_shows_what_is_written_half_typed_and_not_started(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client = of(place.worker)
    send(client, page("assessment-question", assessment.pk, "concerns"), worries="School.", version=0)
    with acting_as(place.worker):
        Draft.objects.create(
            holder=f"u{place.worker.pk}",
            path=page("assessment-question", assessment.pk, "goals"),
            typed={"known": ["Half"]},
            saved_at=NOW,
        )
    shown = text(client.get(page("assessment", assessment.pk)))
    assert "What are the family or others concerned about? Written" in shown
    assert "what are the family's goals? Under way" in shown
    assert "What strengths are there already? Not started" in shown
    assert "1 of 16 questions" in shown


def test_the_list_is_read_in_few_queries_however_much_is_written(place: Place) -> None:
    blank = a_started_assessment(place, an_allocated_episode(place, framework="doncaster"))
    client = of(place.worker)
    client.get(page("assessment", blank.pk))
    of_blank = client.queries
    other = a_place()
    written = a_written_assessment(other, an_allocated_episode(other, framework="doncaster"))
    client = of(other.worker)
    client.get(page("assessment", written.pk))
    assert client.queries <= of_blank <= 12


@pytest.mark.parametrize("framework", ["dorset", "doncaster", "derby"])
def test_every_question_of_every_place_has_its_page(place: Place, framework: str) -> None:
    assessment = a_started_assessment(place, an_allocated_episode(place, framework=framework))
    client = of(place.worker)
    listed = client.get(page("assessment", assessment.pk)).content.decode()
    questions = re.findall(rf'href="(/assessments/{assessment.pk}/[a-z_]+/(?:\d+/)?)"', listed)
    assert len(questions) >= 15
    for path in questions:
        assert client.get(path).status_code == 200


def test_opening_it_leaves_an_access_entry(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    of(place.worker).get(page("assessment", assessment.pk))
    with acting_as(place.worker):
        entry = AccessEntry.objects.latest("id")
        assert (entry.family_id, entry.what, entry.at) == (episode.family_id, "assessment", NOW)


# --- one question ----------------------------------------------------------------------------------------------------


def test_a_question_shows_whom_it_is_about_and_the_way_to_the_others(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    path = page("assessment-question-about", assessment.pk, "child_wishes", ashby(place, episode).pk)
    shown = text(of(place.worker).get(path))
    assert "The child's voice: Ashby Quillfeather" in shown
    assert "What does the child see, feel and wish?" in shown
    assert "Bramwell Quillfeather not started" in shown


def test_a_question_about_children_without_a_name_leads_to_the_first(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    answer = of(place.worker).get(page("assessment-question", assessment.pk, "child_wishes"))
    assert answer.url == page("assessment-question-about", assessment.pk, "child_wishes", ashby(place, episode).pk)


def test_what_is_not_asked_is_not_found(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client = of(place.worker)
    assert client.get(page("assessment-question", assessment.pk, "nonsense")).status_code == 404
    assert client.get(page("assessment-question-about", assessment.pk, "concerns", 1)).status_code == 404


def test_saving_leads_to_the_next_question_or_back_to_the_list(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client, path = of(place.worker), page("assessment-question", assessment.pk, "strengths")
    on = send(client, path, strengths="Nan helps.", version=0)
    assert on.url == page("assessment-question", assessment.pk, "concerns")
    back = send(client, path, strengths="Nan helps a lot.", version=1, then="back")
    assert back.url == page("assessment", assessment.pk)
    with acting_as(place.worker):
        assert Answer.objects.get().strengths == "Nan helps a lot."


def test_going_on_without_typing_writes_nothing(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    send(of(place.worker), page("assessment-question", assessment.pk, "strengths"), strengths="", version=0)
    with acting_as(place.worker):
        assert not Answer.objects.exists()


def test_half_typed_words_are_there_again(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client, path = of(place.worker), page("assessment-question", assessment.pk, "strengths")
    token = client.get(path).content.decode().split('name="draft_token" value="')[1].split('"')[0]
    client.post("/drafts/", {"strengths": "Nan hel", "version": "0", "draft_token": token})
    again = client.get(path)
    assert "Nan hel" in again.content.decode()
    assert "We kept what you typed" in text(again)


def test_two_people_editing_the_second_is_shown_both_versions_and_loses_nothing(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    path = page("assessment-question", assessment.pk, "strengths")
    first, second = of(place.worker), of(place.colleague)
    first.get(path), second.get(path)
    send(first, path, strengths="Mum gets up.", others_say="School: kind.", version=0)
    met = send(second, path, strengths="Nan helps.", childs_voice="“Toast.”", version=0)
    assert met.status_code == 409
    shown = text(met)
    assert "Wilf Worker saved this while you were typing" in shown
    assert "Wilf Worker wrote Mum gets up." in shown
    assert "You wrote Nan helps." in shown
    assert met.content.decode().count("School: kind.") > 1  # shown, and put where the second had nothing
    with acting_as(place.worker):
        assert Answer.objects.get().strengths == "Mum gets up."

    returned = send(second, path, strengths="Nan helps.", childs_voice="“Toast.”", version=0)
    assert returned.status_code == 409, "until the second has decided, theirs is never overwritten"
    assert "Nan helps." in second.get(path).content.decode()

    both = "Mum gets up. Nan helps."
    saved = send(second, path, strengths=both, childs_voice="“Toast.”", others_say="School: kind.", version=1)
    assert saved.status_code == 302
    with acting_as(place.worker):
        answer = Answer.objects.get()
    assert (answer.strengths, answer.childs_voice, answer.others_say) == (both, "“Toast.”", "School: kind.")


def test_two_people_who_mark_outcomes_are_shown_both(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    path = page("assessment-outcomes", assessment.pk)
    assert send(of(place.worker), path, health="met", version=0).status_code == 302
    met = send(of(place.colleague), path, health="needed", secure_housing="not_marked", version=0)
    assert met.status_code == 409
    assert "Wilf Worker wrote Already there" in text(met)
    assert "You wrote Needs help" in text(met)
    assert "Secure housing" not in text(met).split("Your version")[0]


def test_the_plan_is_changed_and_guarded(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    path = page("assessment-plan", assessment.pk)
    assert "Mornings and school." in of(place.worker).get(path).content.decode()
    assert send(of(place.worker), path, **PLAN | {"focus": "Sleep."}, version=1).status_code == 302
    assert send(of(place.colleague), path, **PLAN | {"focus": "Food."}, version=1).status_code == 409


def test_outcomes_are_marked_on_one_page(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client, path = of(place.worker), page("assessment-outcomes", assessment.pk)
    send(client, path, health="met", secure_housing="needed", crime_prevention="not_marked", version=0)
    with acting_as(place.worker):
        marked = dict(OutcomeView.objects.values_list("outcome", "view"))
    assert marked == {"health": "met", "secure_housing": "needed"}
    assert client.get(path).content.decode().count("checked") == 10


# --- submitting and authorising --------------------------------------------------------------------------------------


def test_before_submitting_one_sees_what_is_missing_and_of_whom(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    client, path = of(place.worker), page("submit-assessment", assessment.pk)
    shown = text(client.get(path))
    assert "in the child's voice" in shown
    assert "Ashby Quillfeather" in shown
    assert "Go on writing" in shown
    refused = send(client, path)
    assert refused.status_code == 422
    assert "There is a problem" in text(refused)


def test_a_whole_assessment_is_submitted_once(place: Place, episode: Episode) -> None:
    assessment = a_written_assessment(place, episode)
    client, path = of(place.worker), page("submit-assessment", assessment.pk)
    assert "Have the child and the parents seen it" in text(client.get(path))
    typed = {"form_key": str(uuid4())}
    assert client.post(path, typed).url == client.post(path, typed).url
    after = client.get(page("assessment", assessment.pk))
    assert "Waiting for the manager" in text(after)
    assert "Authorise or return it" not in text(after)


def test_with_the_manager_its_forms_lead_to_what_is_written(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    client = of(place.worker)
    for name in ("submit-assessment", "assessment-plan", "assessment-outcomes", "revise-assessment"):
        assert client.get(page(name, assessment.pk)).url == page("assessment", assessment.pk)
    path = page("assessment-question", assessment.pk, "concerns")
    assert client.get(path).url == page("assessment", assessment.pk)
    kept = send(client, path, worries="Too late, but not lost.", version=1)
    assert "cannot be changed now" in text(kept)
    assert "Too late, but not lost." in kept.content.decode()


def test_the_manager_reads_it_and_authorises_it(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    client = of(place.manager)
    assert "Authorise or return it" in text(client.get(page("assessment", assessment.pk)))
    path = page("authorise-assessment", assessment.pk)
    shown = text(client.get(path))
    assert "worries of the family in concerns" in shown
    assert "Getting a good education" in shown
    undecided = send(client, path, comment="")
    assert "Select whether you authorise or return it" in text(undecided)
    send(client, path, decision="authorise", comment="Careful work.")
    after = text(client.get(page("assessment", assessment.pk)))
    assert "Authorised" in after
    assert "Careful work." in after
    assert client.get(path).url == page("assessment", assessment.pk)


def test_returning_needs_a_comment_and_the_writer_reads_it(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    client, path = of(place.manager), page("authorise-assessment", assessment.pk)
    assert "Write what should change" in text(send(client, path, decision="return", comment=" "))
    send(client, path, decision="return", comment="More of Ashby.")
    shown = text(of(place.worker).get(page("assessment", assessment.pk)))
    assert "Mina Manager returned it" in shown
    assert "More of Ashby." in shown
    assert "Check and submit" in shown
    with acting_as(place.worker):
        assert ManagerComment.objects.count() == 1


def test_what_a_manager_submitted_somebody_else_authorises(place: Place, episode: Episode) -> None:
    assessment = a_written_assessment(place, episode)
    send(of(place.manager), page("submit-assessment", assessment.pk))
    path = page("authorise-assessment", assessment.pk)
    assert "another manager has to authorise it" in text(send(of(place.manager), path, decision="authorise"))
    assert send(of(place.service_manager), path, decision="authorise").status_code == 302


def test_an_authorised_assessment_is_read_and_followed_by_a_new_version(place: Place, episode: Episode) -> None:
    assessment = an_authorised_assessment(place, episode)
    client = of(place.worker)
    assert "Write a new version" in text(client.get(page("assessment", assessment.pk)))
    path = page("revise-assessment", assessment.pk)
    assert "stays as it is" in text(client.get(path))
    second = send(client, path).url
    assert "Early Help Assessment, version 2" in text(client.get(second))
    first = text(client.get(page("assessment", assessment.pk)))
    assert "Write a new version" not in first
    assert "Version 2" in first


def test_all_that_is_written_is_on_one_page_to_print(place: Place, episode: Episode) -> None:
    assessment = a_written_assessment(place, episode)
    client = of(place.worker)
    shown = text(client.get(page("assessment-in-full", assessment.pk)))
    for part in ("Ashby Quillfeather", "childs_voice of Bramwell in child_wishes", "Needs help", "Carry on writing"):
        assert part in shown
    assert client.queries <= 12


def test_an_empty_assessment_says_so_when_read(place: Place, episode: Episode) -> None:
    assessment = a_started_assessment(place, episode)
    shown = text(of(place.worker).get(page("assessment-in-full", assessment.pk)))
    assert "Nothing is written under the questions yet." in shown


# --- tools -----------------------------------------------------------------------------------------------------------


def scored(**changed: Any) -> dict[str, Any]:
    at = {"scored_at-day": 19, "scored_at-month": 10, "scored_at-year": 2026, "scored_at-time": "2:30pm"}
    return {"tool": "outcomes_star", "person": "family", "result": "From 3 to 5.", **at, **changed}


def test_a_score_is_recorded_and_listed(place: Place, episode: Episode) -> None:
    client, path = of(place.worker), page("score-tool", episode.pk)
    assert "Nothing has been scored yet." in text(client.get(path))
    assert send(client, path, **scored(person=ashby(place, episode).pk)).url == path
    shown = text(client.get(path))
    assert "Outcomes Star Ashby Quillfeather 19 October 2026 at 2:30pm From 3 to 5. Wilf Worker" in shown
    with acting_as(place.worker):
        assert ToolScore.objects.get().scored_at == datetime(2026, 10, 19, 13, 30, tzinfo=UTC)


def test_a_score_says_what_is_wrong_and_keeps_what_was_typed(place: Place, episode: Episode) -> None:
    client, path = of(place.worker), page("score-tool", episode.pk)
    wrong = send(client, path, **scored(tool="", person="", **{"scored_at-year": 2027}))
    assert wrong.status_code == 422
    for sentence in ("Select the tool you used", "Select who it was about", "must be in the past"):
        assert sentence in text(wrong)
    assert "From 3 to 5." in wrong.content.decode()


def test_derby_says_which_child_is_still_to_be_screened(place: Place) -> None:
    episode = an_allocated_episode(place, framework="derby")
    client, path = of(place.worker), page("score-tool", episode.pk)
    assert "Exploitation screening with Ashby Quillfeather, by" in text(client.get(path))
    of_nobody = send(client, path, **scored(tool="exploitation_risk_assessment"))
    assert "this tool is asked for of each child" in text(of_nobody)
    child = ashby(place, episode)
    send(client, path, **scored(tool="exploitation_risk_assessment", person=child.pk))
    assert "Exploitation screening with" not in text(client.get(path))


def test_doncaster_says_that_both_stars_are_needed(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster")
    a_started_assessment(place, episode)
    assert "Family Star Plus and My Star" in text(of(place.worker).get(page("score-tool", episode.pk)))


def test_somebody_of_another_family_is_not_scored(place: Place, episode: Episode) -> None:
    wrong = send(of(place.worker), page("score-tool", episode.pk), **scored(person=999999))
    assert wrong.status_code == 422


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def every_page(place: Place, episode: Episode) -> list[str]:
    assessment = a_submitted_assessment(place, episode)
    of_assessment = ("assessment", "assessment-in-full", "assessment-plan", "assessment-outcomes", "submit-assessment")
    return [
        page("start-assessment", episode.pk),
        page("score-tool", episode.pk),
        page("assessment-question", assessment.pk, "concerns"),
        page("assessment-question-about", assessment.pk, "child_wishes", ashby(place, episode).pk),
        page("revise-assessment", assessment.pk),
        *(page(name, assessment.pk) for name in of_assessment),
    ]


def test_another_teams_practitioner_finds_nothing(place: Place, every_page: list[str]) -> None:
    for person in (place.stranger, place.teacher, place.other_manager):
        for path in every_page:
            assert of(person).get(path).status_code == 404
            assert send(of(person), path, focus="x", worries="x").status_code == 404


def test_the_hub_and_administrators_cannot_open_an_assessment(place: Place, every_page: list[str]) -> None:
    for person in (place.hub_adviser, place.administrator):
        for path in every_page:
            assert of(person).get(path).status_code == 403
    for path in every_page:
        assert page_client().get(path).status_code == 302


def test_a_practitioner_cannot_open_or_send_the_managers_decision(place: Place, episode: Episode) -> None:
    assessment = a_submitted_assessment(place, episode)
    path = page("authorise-assessment", assessment.pk)
    for person in (place.worker, place.colleague, place.hub_adviser):
        assert of(person).get(path).status_code == 403
        assert send(of(person), path, decision="authorise").status_code == 403
    assert of(place.other_manager).get(path).status_code == 404
    with acting_as(place.worker):
        assert Assessment.objects.get().state == "submitted"


def test_a_manager_who_leads_a_family_of_another_team_cannot_authorise_there(place: Place) -> None:
    episode = an_allocated_episode(place, to=place.other_manager)
    assessment = a_submitted_assessment(place, episode)
    client = of(place.other_manager)
    assert client.get(page("assessment", assessment.pk)).status_code == 200
    path = page("authorise-assessment", assessment.pk)
    assert client.get(path).status_code == 403
    assert send(client, path, decision="authorise").status_code == 403


def test_no_page_of_a_written_assessment_makes_more_than_15_queries(place: Place) -> None:
    episode = an_allocated_episode(place, framework="doncaster")
    assessment = a_written_assessment(place, episode)
    client = of(place.worker)
    for name in ("assessment", "assessment-in-full", "assessment-plan", "assessment-outcomes", "submit-assessment"):
        assert client.get(page(name, assessment.pk)).status_code == 200
        assert client.queries <= 13, name
    client.get(page("score-tool", episode.pk))
    assert client.queries <= 13


def test_the_clock_of_a_page_is_the_one_it_is_given(place: Place, episode: Episode) -> None:
    send(of(place.worker), page("start-assessment", episode.pk), **PLAN)
    with acting_as(place.worker):
        assert Assessment.objects.get().started_at == NOW
    assert timedelta(0) == NOW - clock.now()
