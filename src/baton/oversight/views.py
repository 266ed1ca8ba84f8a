"""Pages of oversight: what managers added, and adding to it."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.episodes.queries.episodes import get_episode, present_allocation
from baton.oversight import presenters
from baton.oversight.actions import give_sign_off, record_oversight, record_supervision
from baton.oversight.forms import OversightForm, SignOffForm, SupervisionForm
from baton.oversight.permissions import may_manage, may_sign_off
from baton.oversight.queries import asks_for_sign_off, notes_of, points_owed, sign_offs_of, supervisions_of
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import NotAllowed


def oversight(request: HttpRequest, episode_id: int) -> HttpResponse:
    """What managers added to the record of an episode."""
    episode = get_episode(episode_id)
    user = cast(User, request.user)
    note_look(family_id=episode.family_id, what="oversight", by=user, at=clock.now())
    lead = present_allocation(episode)
    context = {
        "title": "Oversight and supervision",
        "part": "oversight",
        "episode": episode,
        "family": episode.family,
        "lead": lead.practitioner if lead else None,
        "entries": presenters.entries(episode, notes_of(episode), supervisions_of(episode), sign_offs_of(episode)),
        "owed": [hint for _, _, hint in presenters.points_offered(episode, points_owed(episode)) if hint],
        "may_add": may_manage(user, episode),
        "may_supervise": lead is not None,
        "may_sign_off": may_sign_off(user, episode) and asks_for_sign_off(episode) and episode.is_open,
    }
    return render(request, "oversight/oversight.html", context)


class ManagersPage(FormPage):
    """What all pages on which managers write have in common."""

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        if not may_manage(self.user, self.episode):
            raise NotAllowed("This is for the manager of the team that holds the family.")
        if self.request.method == "GET":
            note_look(family_id=self.episode.family_id, what="oversight form", by=self.user, at=self.at)

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.episode.family.name} family",
            "back": {"href": self.back(), "text": "Oversight and supervision"},
        }

    def back(self) -> str:
        """The page of what managers added."""
        return reverse("oversight", args=[self.episode.pk])


class RecordOversightPage(ManagersPage):
    """Give management oversight at one point."""

    form_class = OversightForm
    title = "Management oversight"
    button = "Save oversight"
    done = "Your oversight is saved."

    def load(self) -> None:
        super().load()
        self.owed = points_owed(self.episode)

    def form_kwargs(self) -> dict[str, Any]:
        return {"points": presenters.points_offered(self.episode, self.owed)}

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("point", "")
        return {"point": asked or next(iter(self.owed), presenters.ANOTHER_TIME)}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data["point"]
        point = "" if typed == presenters.ANOTHER_TIME else typed
        record_oversight(episode=self.episode, point=point, note=form.cleaned_data["note"], by=self.user, at=self.at)
        return self.back()


class RecordSupervisionPage(ManagersPage):
    """Write down how the family was discussed in supervision."""

    form_class = SupervisionForm
    title = "Supervision"
    button = "Save supervision"
    done = "The supervision is saved."

    def load(self) -> None:
        super().load()
        self.lead = present_allocation(self.episode)

    def initial(self) -> dict[str, Any]:
        return {"held_at": self.at}

    def save(self, form: forms.Form) -> str:
        practitioner = self.lead.practitioner if self.lead else None
        record_supervision(
            episode=self.episode, practitioner=practitioner, **form.cleaned_data, by=self.user, at=self.at
        )
        return self.back()

    def context(self) -> dict[str, Any]:
        intro = f"With {self.lead.practitioner.name}, who leads the work with this family." if self.lead else ""
        return {**super().context(), "intro": intro}


class SignOffPage(ManagersPage):
    """Agree as a senior manager that help goes on."""

    form_class = SignOffForm
    title = "Senior sign-off"
    button = "Sign off"
    done = "The sign-off is saved."

    def load(self) -> None:
        super().load()
        if not asks_for_sign_off(self.episode):
            raise Http404

    def save(self, form: forms.Form) -> str:
        give_sign_off(episode=self.episode, **form.cleaned_data, by=self.user, at=self.at)
        return self.back()
