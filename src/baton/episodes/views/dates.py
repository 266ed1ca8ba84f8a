"""Setting another date for one deadline."""

from typing import Any

from django import forms
from django.urls import reverse

from baton.episodes import presenters
from baton.episodes.actions import set_date
from baton.episodes.forms import SetDateForm
from baton.episodes.permissions import may_set_date
from baton.episodes.queries.deadlines import explained_row
from baton.episodes.queries.episodes import get_open_deadline
from baton.platform.access import note_look
from baton.platform.pages import FormPage
from baton.platform.refusals import NotAllowed


class SetDatePage(FormPage):
    """Set another date for one deadline, seeing the framework's own and why it falls then."""

    form_class = SetDateForm
    template = "episodes/set_date.html"
    title = "Set another date"
    button = "Set this date"
    done = "The new date is set. The framework’s own date stays beside it."

    def load(self) -> None:
        self.deadline = get_open_deadline(self.kwargs["deadline_id"])
        if not may_set_date(self.user, self.deadline):
            raise NotAllowed("Only the manager of the team that holds a family sets another date.")
        if self.request.method == "GET":
            note_look(family_id=self.deadline.family_id, what="deadline", by=self.user, at=self.at)

    def save(self, form: forms.Form) -> str:
        set_date(deadline=self.deadline, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("deadlines", args=[self.deadline.family_id])

    def context(self) -> dict[str, Any]:
        derived = explained_row(self.deadline, at=self.at)
        return {
            "caption": f"{self.deadline.family.name} family",
            "back": {"href": reverse("deadlines", args=[self.deadline.family_id]), "text": "Deadlines"},
            "deadline": presenters.explained_deadline(derived, self.deadline) if derived else None,
        }
