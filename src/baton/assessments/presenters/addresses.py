"""Where the parts of an assessment are, and what stands above their headings."""

from typing import Any

from django.urls import reverse

from baton.assessments.models import Assessment
from baton.assessments.queries import Asked, InFull
from baton.platform.models import User

Shown = dict[str, Any]


def address_of(assessment: Assessment, asked: Asked) -> str:
    """The page of one question about one person, or about the family."""
    if asked.person_id is None:
        return reverse("assessment-question", args=[assessment.pk, asked.question.id])
    return reverse("assessment-question-about", args=[assessment.pk, asked.question.id, asked.person_id])


def caption(assessment: Assessment, asked: Asked | None = None) -> str:
    """The line above a heading: whose assessment, and which part of it is about whom."""
    family = f"{assessment.family.name} family"
    if asked is None:
        return family
    return f"{asked.section.title}: {asked.person.name}" if asked.person else f"{asked.section.title}: {family}"


def about(assessment: Assessment, lead: User | None) -> Shown:
    """What `people/about_family.html` needs."""
    return {"family": assessment.family, "episode": assessment.episode, "lead": lead, "part": "assessment"}


def title_of(full: InFull) -> str:
    """What the place calls it, with the number of a later version."""
    title = full.framework.assessment.title
    return title if full.assessment.number == 1 else f"{title}, version {full.assessment.number}"
