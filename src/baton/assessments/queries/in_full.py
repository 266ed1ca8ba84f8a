"""A whole assessment: the questions the framework asks, of whom, and all that is written under them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from baton.assessments.models import Answer, Assessment, ManagerComment, OutcomeView
from baton.assessments.queries.assessments import get_assessment
from baton.episodes.queries.stories import framework_of
from baton.people.models import FamilyMember, Person
from baton.people.queries import members_on
from baton.platform.clock import LONDON
from baton.practice.frameworks import Framework, Question, Section

WHO_IS_MEANT = {
    "child": (FamilyMember.Part.CHILD,),
    "parents": (FamilyMember.Part.PARENT, FamilyMember.Part.CARER),
}
Answers = Mapping[tuple[str, int | None], Answer]


@dataclass(frozen=True)
class Asked:
    """One question put about one person, or about the family as a whole, and what is written under it so far."""

    section: Section
    question: Question
    person: Person | None
    answer: Answer | None

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def written(self) -> dict[str, str]:
        """What is written, by box, in the order of the boxes; without the empty ones."""
        texts = {box: getattr(self.answer, box, "") for box in self.question.boxes}
        return {box: text for box, text in texts.items() if text.strip()}


@dataclass(frozen=True)
class InFull:
    """An assessment with everything that belongs to it."""

    assessment: Assessment
    framework: Framework
    members: tuple[FamilyMember, ...]
    asked: tuple[Asked, ...]
    outcomes: Mapping[str, str]
    comments: tuple[ManagerComment, ...]

    @property
    def children(self) -> tuple[Person, ...]:
        return tuple(member.person for member in self.members if member.part == FamilyMember.Part.CHILD)

    def asked_about(self, question_id: str, person_id: int | None) -> Asked | None:
        """The question put about this person, or nothing when it is not asked."""
        found = (one for one in self.asked if one.question.id == question_id and one.person_id == person_id)
        return next(found, None)

    def after(self, asked: Asked) -> Asked | None:
        """What is asked next, or nothing after the last."""
        place = self.asked.index(asked)
        return self.asked[place + 1] if place + 1 < len(self.asked) else None


def assessment_in_full(assessment_id: int, *, on: date) -> InFull:
    """The whole assessment, asked of those who are in the family on a day. Five queries, however much is written.

    An authorised one is asked of those who were in the family when it was authorised. `Http404` if it may not be seen.
    """
    assessment = get_assessment(assessment_id)
    if assessment.authorised_at:
        on = assessment.authorised_at.astimezone(LONDON).date()
    framework = framework_of(assessment.episode)
    members = tuple(members_on(assessment.family_id, on=on))
    answers = {
        (answer.question, answer.person_id): answer
        for answer in Answer.objects.filter(assessment=assessment).select_related("person", "edited_by")
    }
    outcomes = dict(OutcomeView.objects.filter(assessment=assessment).values_list("outcome", "view"))
    comments = ManagerComment.objects.filter(assessment=assessment).select_related("by").order_by("-at")
    return InFull(
        assessment=assessment,
        framework=framework,
        members=members,
        asked=tuple(_asked(framework, assessment.level, members, answers)),
        outcomes=outcomes,
        comments=tuple(comments),
    )


def _asked(
    framework: Framework, level: int | None, members: tuple[FamilyMember, ...], answers: Answers
) -> Iterator[Asked]:
    """Questions of the level, section by section and within it person by person; and any other with an answer."""
    answered = {question_id for question_id, _ in answers}
    for section in framework.assessment.sections:
        due = set(section.asked_at(level))
        questions = [each for each in section.questions if each in due or each.id in answered]
        pairs = [(each, person) for each in questions for person in _persons(each, members, answers)]
        order = list(dict.fromkeys(_id(person) for _, person in pairs))
        for question, person in sorted(pairs, key=lambda pair: order.index(_id(pair[1]))):
            yield Asked(section, question, person, answers.get((question.id, _id(person))))


def _persons(question: Question, members: tuple[FamilyMember, ...], answers: Answers) -> list[Person | None]:
    """Whom a question is about: the family as a whole, or those of a part in it; and whoever it was answered about."""
    parts = WHO_IS_MEANT.get(question.about, ())
    meant: list[Person | None] = [member.person for member in members if member.part in parts]
    known = {_id(person) for person in meant}
    left = [each.person for (asked, person), each in answers.items() if asked == question.id and person not in known]
    return (meant + left) or [None]


def _id(person: Person | None) -> int | None:
    return person.pk if person else None
