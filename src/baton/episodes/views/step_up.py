"""Stepping up to social care. Nothing on this page ever refuses."""

from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse

from baton.episodes.actions import step_up
from baton.episodes.forms import StepUpForm
from baton.episodes.models import StepUp
from baton.episodes.queries.episodes import get_episode
from baton.episodes.queries.step_up import step_up_of, still_missing
from baton.episodes.queries.stories import framework_of
from baton.platform.access import note_look
from baton.platform.pages import FormPage
from baton.platform.roles import CASEWORKERS

KEPT = ("immediate", "decided_at", "told_to", "reason", "family_told")


class StepUpPage(FormPage):
    """Record that social care was told a child is not safe."""

    form_class = StepUpForm
    template = "episodes/step_up.html"
    title = "Step up to social care"
    button = "Record the step-up"

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        self.earlier: StepUp | None = step_up_of(self.episode)
        if self.request.method == "GET":
            note_look(family_id=self.episode.family_id, what="step-up", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        if self.earlier is None:
            return {"decided_at": self.at}
        return {name: getattr(self.earlier, name) for name in KEPT}

    def save(self, form: forms.Form) -> str:
        missing = still_missing(self.episode, family_told=form.cleaned_data["family_told"])
        step_up(episode=self.episode, **form.cleaned_data, still_missing=missing, by=self.user, at=self.at)
        name = self.episode.family.name
        messages.success(self.request, f"The step-up of the {name} family to social care is recorded.")
        if self.user.has_role_in(self.episode.family.team_id, *CASEWORKERS):
            return reverse("family", args=[self.episode.family_id])
        messages.info(
            self.request, f"You no longer lead the work with the {name} family, so its record has closed for you."
        )
        return reverse("home")

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.episode.family.name} family",
            "back": {"href": reverse("family", args=[self.episode.family_id]), "text": "Back to the family"},
            "contact": framework_of(self.episode).social_care_contact,
            "earlier": self.earlier,
            "missing": still_missing(self.episode, family_told=self.earlier.family_told if self.earlier else " "),
        }
