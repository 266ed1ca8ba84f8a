"""Every change to assessments and scores."""

from baton.assessments.actions.judging import authorise_assessment, return_assessment, submit_assessment
from baton.assessments.actions.scoring import score_tool
from baton.assessments.actions.starting import revise_assessment, start_assessment
from baton.assessments.actions.writing import change_assessment_plan, mark_outcomes, save_answer

__all__ = [
    "authorise_assessment",
    "change_assessment_plan",
    "mark_outcomes",
    "return_assessment",
    "revise_assessment",
    "save_answer",
    "score_tool",
    "start_assessment",
    "submit_assessment",
]
