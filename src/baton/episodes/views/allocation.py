"""The manager's waiting list, and giving a family to a lead practitioner."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from baton.episodes import presenters
from baton.episodes.actions import allocate
from baton.episodes.forms import AllocateForm
from baton.episodes.permissions import may_manage
from baton.episodes.queries.allocation import (
    note_foreseen,
    practitioner,
    practitioners_found,
    waiting_episodes,
    workers_with_caseloads,
)
from baton.episodes.queries.episodes import get_episode, present_allocation
from baton.platform import clock, drafts
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import EditedMeanwhile, NotAllowed
from baton.platform.roles import Role

WAITING_ON_A_PAGE = 25


def waiting_list(request: HttpRequest) -> HttpResponse:
    """Families that wait for a lead practitioner, the oldest due first."""
    at = clock.now()
    page = Paginator(waiting_episodes(), WAITING_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = presenters.waiting_rows(list(page), user=cast(User, request.user), at=at)
    context = {"title": "Waiting for a lead practitioner", "rows": rows, "page": page}
    return render(request, "episodes/waiting_list.html", context)


class AllocatePage(FormPage):
    """Give a family to a lead practitioner, or hand it over from one to another."""

    form_class = AllocateForm
    template = "episodes/allocate.html"

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        if not may_manage(self.user, self.episode):
            raise NotAllowed("Only the manager of the team that holds a family allocates it.")
        self.lead = present_allocation(self.episode)
        self.words = self.request.POST.get("words") or self.request.GET.get("words", "")
        self.title = "Hand the family over" if self.lead else "Allocate the family"
        self.button = "Hand over" if self.lead else "Allocate"
        self.people = self._people()
        if self.request.method == "GET":
            note_look(family_id=self.episode.family_id, what="allocation", by=self.user, at=self.at)

    def post(self) -> HttpResponse:
        if "find" not in self.request.POST:
            return super().post()
        drafts.keep(holder=self.holder, path=self.request.path, posted=self.request.POST, at=self.at)
        return HttpResponseRedirect(f"{self.request.path}?{urlencode({'words': self.words})}#people")

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "lead_title": self._title_of_the_lead(),
            "people": self.people,
            "is_transfer": self.lead is not None,
        }

    @cached_property
    def foreseen(self) -> dict[str, Any]:
        """The note as the page first shows it."""
        return dict(note_foreseen(self.episode, at=self.at)) if self.request.method == "GET" else {}

    def initial(self) -> dict[str, Any]:
        return {"version": self.lead.pk if self.lead else 0, "words": self.words, **self.foreseen}

    def save(self, form: forms.Form) -> str:
        typed = {name: value for name, value in form.cleaned_data.items() if name not in ("to", "words")}
        to = User.objects.get(pk=form.cleaned_data["to"])
        allocation = allocate(episode=self.episode, to=to, **typed, by=self.user, at=self.at)
        self.done = f"{to.name} now leads the work with the {self.episode.family.name} family."
        return reverse("family", args=[allocation.family_id])

    def show_both(self, form: forms.Form, meanwhile: EditedMeanwhile) -> HttpResponse:
        self.load()  # the lead practitioner there is now
        return super().show_both(form, meanwhile)

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.episode.family.name} family",
            "back": self._back(),
            "facts": presenters.episode_facts(self.episode, self.lead),
            "found_nobody": bool(self.words) and not self.found,
        }

    def show(self, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
        if "words" in self.request.GET:
            more.pop("draft_saved_at", None)  # they have just typed it
        return super().show(form, status, **more)

    def _title_of_the_lead(self) -> str:
        title = presenters.lead_title(self.episode)
        return f"New {title}" if self.lead else title

    def _back(self) -> dict[str, str]:
        if self.lead:
            return {"href": reverse("family", args=[self.episode.family_id]), "text": "Back to the family"}
        return {"href": reverse("waiting-list"), "text": "Waiting list"}

    def _people(self) -> list[tuple[str, str, str]]:
        """The team's practitioners, those the search found, and the one who was chosen before the search."""
        on = clock.today()
        workers = workers_with_caseloads(self._teams(), at=self.at, on=on)
        self.found = list(practitioners_found(self.words, at=self.at, on=on)) if self.words.strip() else []
        offered = presenters.workers_offered(list(workers)) + presenters.workers_offered(self.found, agency=True)
        offered += presenters.workers_offered(self._chosen(offered), agency=True)
        here = str(self.lead.practitioner_id) if self.lead else ""
        return [
            each
            for each in {key: (key, name, hint) for key, name, hint in reversed(offered)}.values()
            if each[0] != here
        ][::-1]

    def _teams(self) -> set[int]:
        managed = {team for role, team in self.user.held if role == Role.TEAM_MANAGER and team is not None}
        return managed | {self.episode.team_id}

    def _chosen(self, offered: list[tuple[str, str, str]]) -> list[User]:
        typed = self.request.POST.get("to", "") or self._drafted()
        if not typed.isdecimal() or typed in {key for key, _, _ in offered}:
            return []
        chosen = practitioner(int(typed), at=self.at, on=clock.today())
        return [chosen] if chosen else []

    def _drafted(self) -> str:
        draft = drafts.kept(holder=self.holder, path=self.request.path) if self.request.method == "GET" else None
        return str((draft.typed.get("to") or [""])[0]) if draft else ""
