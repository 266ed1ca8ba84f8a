"""Assessments and scores as pages show them."""

from baton.assessments.presenters.addresses import about, address_of, caption, title_of
from baton.assessments.presenters.asked import beside, missing, outcomes_item, progress, task_sections
from baton.assessments.presenters.tools import awaited_lines, people_choices, score_rows
from baton.assessments.presenters.written import plan_rows, standing, versions, written

__all__ = [
    "about",
    "address_of",
    "awaited_lines",
    "beside",
    "caption",
    "missing",
    "outcomes_item",
    "people_choices",
    "plan_rows",
    "progress",
    "score_rows",
    "standing",
    "task_sections",
    "title_of",
    "versions",
    "written",
]
