"""The pages on which an assessment is submitted and judged, tools are scored, and who may open them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from baton.assessments.models import Assessment, ManagerComment, ToolScore
from baton.episodes.models import Episode
from baton.platform import clock
from baton.platform.guard import acting_as
from tests.assessments.on_pages import NOW, PLAN, ashby, of, page, send, text
from tests.client import page_client
from tests.factories import Place, an_allocated_episode
from tests.factories.assessments import (
    a_started_assessment,
    a_submitted_assessment,
    a_written_assessment,
    an_authorised_assessment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock_stands_still() -> Any:
    with clock.stopped_at(NOW):
        yield


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
