"""Every read of assessments and scores."""

from baton.assessments.queries.assessments import (
    all_versions,
    assessments_to_authorise,
    current_assessment,
    get_assessment,
    paths_half_typed,
)
from baton.assessments.queries.in_full import Asked, InFull, assessment_in_full
from baton.assessments.queries.readiness import facts_to_submit
from baton.assessments.queries.tools import Awaited, scores_awaited, tool_scores, tool_scores_are_for_each_child

__all__ = [
    "Asked",
    "Awaited",
    "InFull",
    "all_versions",
    "assessment_in_full",
    "assessments_to_authorise",
    "current_assessment",
    "facts_to_submit",
    "get_assessment",
    "paths_half_typed",
    "scores_awaited",
    "tool_scores",
    "tool_scores_are_for_each_child",
]
