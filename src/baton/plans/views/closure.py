"""Pages of closing: the proposal, the manager's decision, and how it ended."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.episodes.models import Episode
from baton.episodes.queries.episodes import get_episode
from baton.episodes.queries.stories import framework_of
from baton.plans.actions import close_episode, close_unstarted, propose_closure, send_closure_back
from baton.plans.forms.closure import SEND_BACK, DecisionForm, ProposalForm, UnstartedForm
from baton.plans.models import Closure, Goal
from baton.plans.permissions import may_close
from baton.plans.presenters.closure import (
    before_help_ends,
    facts_of_closure,
    reason_choices,
    result_choices,
    state_of,
)
from baton.plans.presenters.plan import goals_in_words
from baton.plans.queries import closure_of, meetings_of, missing_records, plan_in_full
from baton.plans.queries.closures import OF_CLOSING
from baton.plans.views.pages import EpisodeFormPage, about
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.refusals import NotAllowed
from baton.practice.calendar import day_of


def closure(request: HttpRequest, episode_id: int) -> HttpResponse:
    """How help is proposed to end, or ended."""
    at, episode = clock.now(), get_episode(episode_id)
    found, user = closure_of(episode), cast(User, request.user)
    if found is None:
        raise Http404
    note_look(family_id=episode.family_id, what="closure", by=user, at=at)
    context = {
        "title": "How help ended" if found.closed_at else "Proposal to close",
        "part": "plan",
        "closure": found,
        "state": state_of(found),
        "may_decide": found.waits_for_manager and episode.is_open and may_close(user, episode),
        **_proposed(episode, found, at=at),
        **about(episode),
    }
    return render(request, "plans/closure.html", context)


def decide(request: HttpRequest, episode_id: int) -> HttpResponse:
    """The manager's page: to decide on a proposal, or to end what nobody has begun."""
    unstarted = get_episode(episode_id).state == Episode.State.WAITING
    page = UnstartedPage if unstarted else DecisionPage
    return page.as_view()(request, episode_id=episode_id)


def _proposed(episode: Episode, found: Closure | None, *, at: Any) -> dict[str, Any]:
    framework = framework_of(episode)
    return {
        "facts": facts_of_closure(found, framework) if found else [],
        "goals": goals_in_words(plan_in_full(episode.pk), framework, on=day_of(at)),
    }


class ClosurePage(EpisodeFormPage):
    """A form about how help ends."""

    what = "closure"

    def find(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])

    def back(self) -> tuple[str, str]:
        return reverse("plan", args=[self.episode.pk]), "Plan"


class ProposalPage(ClosurePage):
    """The lead practitioner proposes to end help."""

    form_class = ProposalForm
    template = "plans/propose_closure.html"
    title = "Propose to close"
    button = "Propose to close"

    def find(self) -> None:
        super().find()
        self.closure = closure_of(self.episode)
        self.goals = list(Goal.objects.filter(plan__episode=self.episode))

    def form_kwargs(self) -> dict[str, Any]:
        choices = {"reasons": reason_choices(self.framework), "outcomes": result_choices(self.framework)}
        return {**choices, "goals": self.goals}

    def initial(self) -> dict[str, Any]:
        results = {f"result_{goal.pk}": goal.result for goal in self.goals}
        names = ("reason", "leads_next", "sustaining", "familys_view", "summary", "version")
        if self.closure is None:
            return {"version": 0, **results}
        return {name: getattr(self.closure, name) for name in names} | results

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "episode": self.episode,
            "closure": self.closure,
            "before": before_help_ends(list(meetings_of(self.episode))),
            "missing": missing_records(self.episode, counting=OF_CLOSING),
        }

    def save(self, form: forms.Form) -> str:
        propose_closure(
            episode=self.episode,
            ending=cast(ProposalForm, form).ending(),
            results=cast(ProposalForm, form).results(),
            version=form.cleaned_data["version"] or 0,
            by=self.user,
            at=self.at,
        )
        return reverse("closure", args=[self.episode.pk])


class ManagersPage(ClosurePage):
    """A page for the manager of the team that holds the family."""

    def find(self) -> None:
        super().find()
        if not may_close(self.user, self.episode):
            raise NotAllowed("Only the manager of the team that holds a family closes.")


class DecisionPage(ManagersPage):
    """The manager closes, or sends the proposal back."""

    form_class = DecisionForm
    template = "plans/close.html"
    title = "Close the work with this family?"
    button = "Save my decision"

    def find(self) -> None:
        super().find()
        self.closure = closure_of(self.episode)
        self.missing = missing_records(self.episode, counting=OF_CLOSING)

    def form_kwargs(self) -> dict[str, Any]:
        return {"lacks_records": bool(self.missing)}

    def context(self) -> dict[str, Any]:
        waits = self.closure is not None and self.closure.waits_for_manager and self.episode.is_open
        return {
            **super().context(),
            **_proposed(self.episode, self.closure, at=self.at),
            "episode": self.episode,
            "closure": self.closure,
            "missing": self.missing,
            "waits": waits,
        }

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        if typed["decision"] == SEND_BACK and self.closure is not None:
            send_closure_back(closure=self.closure, reason=typed["returned_because"], by=self.user, at=self.at)
        else:
            close_episode(episode=self.episode, why_without=typed.get("why_without", ""), by=self.user, at=self.at)
        return reverse("closure", args=[self.episode.pk])


class UnstartedPage(ManagersPage):
    """The manager ends what nobody has begun, because the family declined."""

    form_class = UnstartedForm
    title = "End this before it begins"
    button = "End it"

    def form_kwargs(self) -> dict[str, Any]:
        return {"reasons": reason_choices(self.framework)}

    def save(self, form: forms.Form) -> str:
        close_unstarted(episode=self.episode, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("closure", args=[self.episode.pk])
