"""Submitting an assessment, the manager's answer, and starting a new version."""

from typing import Any

from django import forms
from django.urls import reverse

from baton.assessments import presenters
from baton.assessments.actions import authorise_assessment, return_assessment, revise_assessment, submit_assessment
from baton.assessments.forms import ConfirmForm, JudgeForm
from baton.assessments.permissions import may_judge
from baton.assessments.states import AUTHORISED, SUBMITTED
from baton.assessments.views.of_an_assessment import OfAnAssessment
from baton.platform.refusals import NotAllowed


class SubmitPage(OfAnAssessment):
    """Give the assessment to the manager, seeing first what is still missing."""

    form_class = ConfirmForm
    template = "assessments/submit.html"
    title = "Submit the assessment to the manager"
    button = "Submit"
    done = "The assessment is with the manager."

    def save(self, form: forms.Form) -> str:
        submit_assessment(assessment=self.assessment, by=self.user, at=self.at)
        return self.home

    def context(self) -> dict[str, Any]:
        return super().context() | {"missing": presenters.missing(self.full)}


class JudgePage(OfAnAssessment):
    """Read the assessment, and authorise it or return it with comments."""

    form_class = JudgeForm
    template = "assessments/judge.html"
    title = "Authorise or return the assessment"
    button = "Save your decision"
    looked_at = "assessment, to authorise"
    only_while = (SUBMITTED,)

    def load(self) -> None:
        super().load()
        if not may_judge(self.user, self.assessment):
            raise NotAllowed("Only the manager of the team that holds the family may authorise its assessment.")

    def save(self, form: forms.Form) -> str:
        comment = form.cleaned_data["comment"]
        if form.cleaned_data["decision"] == "authorise":
            authorise_assessment(assessment=self.assessment, comment=comment, by=self.user, at=self.at)
        else:
            return_assessment(assessment=self.assessment, comment=comment, by=self.user, at=self.at)
        return self.home

    def context(self) -> dict[str, Any]:
        return super().context() | presenters.written(self.full)


class RevisePage(OfAnAssessment):
    """Start a new version of an authorised assessment."""

    form_class = ConfirmForm
    template = "assessments/revise.html"
    title = "Write a new version of the assessment"
    button = "Start the new version"
    only_while = (AUTHORISED,)

    def save(self, form: forms.Form) -> str:
        after = revise_assessment(assessment=self.assessment, by=self.user, at=self.at)
        return reverse("assessment", args=[after.pk])
