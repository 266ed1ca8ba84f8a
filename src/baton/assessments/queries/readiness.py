"""What is known of an assessment when it is about to be submitted."""

from baton.assessments.policies import SubmitFacts
from baton.assessments.queries.in_full import InFull

ON_THE_ASSESSMENT = ("views",)  # the boxes of a question that may be asked once the assessment was shared


def facts_to_submit(full: InFull) -> SubmitFacts:
    """What the policies of `TO_SUBMIT` look at. No query."""
    written = [box for asked in full.asked for box in asked.written]
    return SubmitFacts(
        state=full.assessment.state,
        analysis_is_written="analysis" in written or not _has_analysis(full),
        strengths_are_written="strengths" in written or not _has_strengths(full),
        outcomes_marked=len(full.outcomes),
        unheard=_unheard(full),
        unwritten=_unwritten(full),
    )


def _has_analysis(full: InFull) -> bool:
    return any("analysis" in asked.question.boxes for asked in full.asked)


def _has_strengths(full: InFull) -> bool:
    return any("strengths" in asked.question.boxes for asked in full.asked)


def _unheard(full: InFull) -> tuple[str, ...]:
    heard = {asked.person_id for asked in full.asked if "childs_voice" in asked.written}
    return tuple(child.name for child in full.children if child.pk not in heard)


def _unwritten(full: InFull) -> tuple[str, ...]:
    """Each section about children in which some child has nothing, as "Child's health: Ashby Quill"."""
    about_children = [
        asked
        for asked in full.asked
        if asked.question.about == "child" and asked.question.boxes != ON_THE_ASSESSMENT and asked.person is not None
    ]
    sections = list(dict.fromkeys(asked.section for asked in about_children))
    written = {(asked.section.id, asked.person_id) for asked in about_children if asked.written}
    return tuple(
        f"{section.title}: {child.name}"
        for section in sections
        for child in full.children
        if (section.id, child.pk) not in written
    )
