"""Writing in an assessment. Each part carries a version, so that of two people the second is shown both."""

from collections.abc import Mapping
from datetime import datetime

from baton.assessments.models import Answer, Assessment, OutcomeView
from baton.assessments.permissions import may_write
from baton.assessments.policies import TO_WRITE, WriteFacts
from baton.episodes.queries.stories import framework_of
from baton.people.models import Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.frameworks import Question, Section


@action(allowed=may_write)
def save_answer(
    *,
    assessment: Assessment,
    question: str,
    person: Person | None,
    texts: Mapping[str, str],
    version: int,
    by: User,
    at: datetime,
) -> Answer:
    """Save what is written under one question about one person, or about the family as a whole.

    `texts` maps boxes of the question to what they hold; a box left out stays as it was. `version` is the version the
    writer began with, 0 for none. Raises `EditedMeanwhile` when somebody else saved another text since, `Refused` when
    the assessment is not being written, `KeyError` for a question or box the framework does not have.
    """
    locked = _locked_for_writing(assessment)
    answer = _answer_so_far(locked, question, person)
    new = dict(_in_its_boxes(locked, question, texts))
    theirs: dict[str, str] = {box: getattr(answer, box) for box in new}
    if answer.pk and theirs == new:
        return answer
    if answer.version != version:
        raise EditedMeanwhile(theirs, version=answer.version, by=answer.edited_by.name if answer.pk else "Somebody")
    for box, text in new.items():
        setattr(answer, box, text)
    answer.version, answer.edited_by, answer.edited_at = answer.version + 1, by, at
    answer.save()
    return answer


@action(allowed=may_write)
def change_assessment_plan(
    *,
    assessment: Assessment,
    focus: str,
    when_and_where: str,
    who_to_speak_to: str,
    aids: str,
    version: int,
    by: User,
    at: datetime,
) -> Assessment:
    """Change the plan for the assessment. Raises `EditedMeanwhile` and `Refused` as `save_answer` does."""
    locked = _locked_for_writing(assessment)
    new = {"focus": focus, "when_and_where": when_and_where, "who_to_speak_to": who_to_speak_to, "aids": aids}
    theirs = {name: getattr(locked, name) for name in new}
    if theirs == new:
        return locked
    if locked.version != version:
        raise EditedMeanwhile(theirs, version=locked.version, by=_name(locked.edited_by))
    for name, text in new.items():
        setattr(locked, name, text)
    locked.version, locked.edited_by = locked.version + 1, by
    locked.save(update_fields=[*new, "version", "edited_by"])
    return locked


@action(allowed=may_write)
def mark_outcomes(
    *, assessment: Assessment, views: Mapping[str, str], version: int, by: User, at: datetime
) -> Assessment:
    """Mark outcomes of the framework as `OutcomeView.View` says; an empty text takes a mark away (DLP outcomes).

    `version` is the assessment's `outcomes_version` the writer began with. Raises as `save_answer` does.
    """
    locked = _locked_for_writing(assessment)
    stand = dict(OutcomeView.objects.filter(assessment=locked).values_list("outcome", "view"))
    theirs = {outcome: stand.get(outcome, "") for outcome in views}
    if theirs == views:
        return locked
    if locked.outcomes_version != version:
        raise EditedMeanwhile(theirs, version=locked.outcomes_version, by=_name(locked.outcomes_by))
    OutcomeView.objects.filter(assessment=locked, outcome__in=views).delete()
    OutcomeView.objects.bulk_create(
        OutcomeView(assessment=locked, family_id=locked.family_id, outcome=outcome, view=view)
        for outcome, view in views.items()
        if view
    )
    locked.outcomes_version, locked.outcomes_by = locked.outcomes_version + 1, by
    locked.save(update_fields=["outcomes_version", "outcomes_by"])
    return locked


def _locked_for_writing(assessment: Assessment) -> Assessment:
    """The assessment as it stands, held until the transaction ends, so that two people save one after the other."""
    held = Assessment.objects.select_for_update(of=("self",), no_key=True)
    locked = held.select_related("episode", "edited_by", "outcomes_by").get(pk=assessment.pk)
    require(TO_WRITE, WriteFacts(state=locked.state))
    return locked


def _answer_so_far(assessment: Assessment, question: str, person: Person | None) -> Answer:
    """The answer as it stands, or a new one that has not been saved."""
    answers = Answer.objects.select_related("edited_by")
    found = answers.filter(assessment=assessment, question=question, person=person).first()
    section, _ = _asked(assessment, question)
    return found or Answer(
        assessment=assessment,
        family_id=assessment.family_id,
        section=section.id,
        question=question,
        person=person,
        version=0,
    )


def _in_its_boxes(assessment: Assessment, question: str, texts: Mapping[str, str]) -> Mapping[str, str]:
    _, asked = _asked(assessment, question)
    if unknown := texts.keys() - set(asked.boxes):
        raise KeyError(f"{question} has no box {', '.join(sorted(unknown))}")
    return texts


def _asked(assessment: Assessment, question_id: str) -> tuple[Section, Question]:
    sections = framework_of(assessment.episode).assessment.sections
    found = {question.id: (section, question) for section in sections for question in section.questions}
    return found[question_id]


def _name(person: User | None) -> str:
    return person.name if person else "Somebody"
