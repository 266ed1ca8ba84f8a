"""What every form about one assessment shares."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.assessments import presenters
from baton.assessments.models import Assessment
from baton.assessments.queries import InFull, assessment_in_full
from baton.assessments.states import BEING_WRITTEN
from baton.platform.access import note_look
from baton.platform.clock import LONDON
from baton.platform.pages import FormPage


class OfAnAssessment(FormPage):
    """A form about one assessment. In other states than `only_while` it leads to the assessment."""

    looked_at: ClassVar[str] = "assessment"
    only_while: ClassVar[tuple[str, ...]] = BEING_WRITTEN
    full: InFull

    def load(self) -> None:
        self.full = assessment_in_full(self.kwargs["assessment_id"], on=self.at.astimezone(LONDON).date())
        if self.request.method != "POST":
            note_look(family_id=self.assessment.family_id, what=self.looked_at, by=self.user, at=self.at)

    @property
    def assessment(self) -> Assessment:
        return self.full.assessment

    @property
    def home(self) -> str:
        """The assessment's own page."""
        return reverse("assessment", args=[self.assessment.pk])

    def get(self) -> HttpResponse:
        if self.assessment.state not in self.only_while:
            return HttpResponseRedirect(self.home)
        return super().get()

    def context(self) -> dict[str, Any]:
        return {
            "caption": presenters.caption(self.assessment),
            "back": {"href": self.home, "text": "Back to the assessment"},
        }
