"""The pages on which an assessment is started and written."""

import re
from typing import Any
from uuid import uuid4

import pytest

from baton.assessments.models import Answer, Assessment, OutcomeView
from baton.episodes.models import Episode
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Draft
from tests.assessments.on_pages import NOW, PLAN, ashby, of, page, send, text
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.assessments import (
    a_started_assessment,
    a_written_assessment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_clock_stands_still() -> Any:
    with clock.stopped_at(NOW):
        yield


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
