"""The assessment: written, submitted, returned, submitted again, authorised."""

from collections.abc import Iterator

from baton.assessments.presenters.boxes import LABELS
from baton.practice.frameworks import Question
from tests.journeys.roads import ELDEST, NAME, YOUNGEST, Road
from tests.journeys.somebody import Somebody, number_in


def start_assessment(worker: Somebody, family_id: int) -> int:
    """Plan it, and come to its questions. Returns its id."""
    worker.goes_to(f"/families/{family_id}/")
    worker.follows("Start the assessment")
    worker.writes("What should this assessment find out?", "What mornings are like for each child.")
    worker.presses("Start the assessment")
    return number_in(worker.path, "assessments")


def write_assessment(worker: Somebody, road: Road, assessment_id: int) -> None:
    """What has to be there: of both children in every section about children; strengths; the analysis; outcomes."""
    for question in questions_needed(road):
        worker.goes_to(f"/assessments/{assessment_id}/")
        worker.follows(question.title)
        answer(worker, question, ELDEST if question.about == "child" else "the family")
        if question.about == "child":
            worker.goes_to(f"/assessments/{assessment_id}/{question.id}/")
            worker.follows(f"{YOUNGEST} {NAME}", inside=worker.main)
            answer(worker, question, YOUNGEST)
    mark_outcomes(worker, road, assessment_id)


def answer(worker: Somebody, question: Question, whom: str) -> None:
    """Write something into each box of the question the page shows."""
    worker.is_at(question.title)
    for box in question.boxes:
        worker.writes(LABELS[box], f"{LABELS[box]} of {whom}: {question.title}")
    worker.presses("Save and go back to the list")


def questions_needed(road: Road) -> Iterator[Question]:
    """The first about children of each section, the first about strengths, and the first of the analysis."""
    wanted = {"strengths", "analysis"}
    for _, questions in road.framework.assessment.asked_at(road.level):
        of_children = next((each for each in questions if each.about == "child"), None)
        if of_children:
            yield of_children
            wanted -= set(of_children.boxes)
            continue
        found = next((each for each in questions if each.about == "family" and wanted & set(each.boxes)), None)
        if found:
            yield found
            wanted -= set(found.boxes)


def mark_outcomes(worker: Somebody, road: Road, assessment_id: int) -> None:
    """One is there, another needs help."""
    first, second = road.framework.outcomes[:2]
    worker.goes_to(f"/assessments/{assessment_id}/")
    worker.follows("Which outcomes does the family reach")
    worker.chooses(first.title, "Already there")
    worker.chooses(second.title, "Needs help")
    worker.presses("Save")


def submit(worker: Somebody, assessment_id: int) -> None:
    """Give it to the manager; from then on the writer cannot write in it."""
    worker.goes_to(f"/assessments/{assessment_id}/")
    worker.presses("Check and submit")
    worker.presses("Submit")
    worker.reads("The assessment is with the manager")
    assert not worker.has_way("Check and submit")


def return_it(manager: Somebody, assessment_id: int, because: str) -> None:
    """The manager sends it back with comments."""
    manager.goes_to(f"/assessments/{assessment_id}/authorise-or-return/")
    manager.chooses("What is your decision?", "Return it with comments")
    manager.presses("Save your decision", refused=True)
    manager.reads("Write what should change")
    manager.writes("Your comments", because)
    manager.presses("Save your decision")


def authorise(manager: Somebody, family_id: int) -> None:
    """The manager authorises it."""
    manager.goes_to(f"/families/{family_id}/")
    manager.follows("Authorise the assessment")
    manager.chooses("What is your decision?", "Authorise it")
    manager.presses("Save your decision")


def is_read_only(worker: Somebody, road: Road, assessment_id: int) -> None:
    """What is authorised can be read by whoever may, and written in by nobody."""
    worker.goes_to(f"/assessments/{assessment_id}/")
    worker.reads("Authorised", f"of {YOUNGEST}")
    question = next(questions_needed(road))
    worker.goes_to(f"/assessments/{assessment_id}/{question.id}/")
    assert worker.path == f"/assessments/{assessment_id}/in-full/" or not worker.page.get_by_role("textbox").count()
