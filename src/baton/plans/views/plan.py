"""The plan: as practitioners work on it, as a family reads it on paper, and the forms about the whole of it."""

from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.episodes.models import Episode
from baton.episodes.queries.episodes import get_episode
from baton.episodes.queries.stories import framework_of
from baton.people.queries import children_of
from baton.plans.actions import agree_plan, set_terms
from baton.plans.forms.plan import AgreeForm, TermsForm
from baton.plans.models import Plan
from baton.plans.policies.plan import READY_TO_AGREE
from baton.plans.presenters.plan import goals_in_words, review_hint, state_of, terms_in_words
from baton.plans.queries import closure_of, plan_in_full, review_asked
from baton.plans.queries.plans import agreement_facts
from baton.plans.views.pages import EpisodeFormPage, about
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.refusals import unmet
from baton.practice.calendar import day_of

MOST_REVISIONS = 50


def plan(request: HttpRequest, episode_id: int) -> HttpResponse:
    """The plan with everything that can be done about it."""
    at, episode = clock.now(), get_episode(episode_id)
    found = plan_in_full(episode.pk)
    note_look(family_id=episode.family_id, what="plan", by=cast(User, request.user), at=at)
    facts = agreement_facts(episode, found, agreed_on=day_of(at), agreed_with="", today=day_of(at))
    context = {
        **_in_words(episode, found, on=day_of(at)),
        "part": "plan",
        "not_ready": unmet(READY_TO_AGREE, facts),
        "revisions": list(found.revisions.all())[:MOST_REVISIONS] if found else [],
        "closure": closure_of(episode),
        **about(episode),
    }
    return render(request, "plans/plan.html", context)


def plan_to_print(request: HttpRequest, episode_id: int) -> HttpResponse:
    """The plan on paper, for the family."""
    at, episode = clock.now(), get_episode(episode_id)
    note_look(family_id=episode.family_id, what="plan, to print", by=cast(User, request.user), at=at)
    context = {
        **in_words(episode, on=day_of(at)),
        "printed_on": day_of(at),
        "back": {"href": reverse("plan", args=[episode.pk]), "text": "Plan"},
        **about(episode),
    }
    return render(request, "plans/plan_to_print.html", context)


def in_words(episode: Episode, *, on: date) -> dict[str, Any]:
    """The plan of an episode as it stands on a day, for paper."""
    return _in_words(episode, plan_in_full(episode.pk), on=on)


def _in_words(episode: Episode, found: Plan | None, *, on: date) -> dict[str, Any]:
    framework = framework_of(episode)
    return {
        "title": framework.terms.get("plan", "Plan"),
        "plan": found,
        "state": state_of(found, episode_is_open=episode.is_open),
        "goals": goals_in_words(found, framework, on=on),
        "terms": terms_in_words(found),
    }


class TermsPage(EpisodeFormPage):
    """How everybody works together: visits, each child alone, what if things get worse, the next review."""

    form_class = TermsForm
    template = "plans/terms.html"
    title = "How we will work together"
    button = "Save"

    def find(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        self.children = list(children_of(self.episode.family_id).order_by("person__date_of_birth", "person_id"))

    def back(self) -> tuple[str, str]:
        return reverse("plan", args=[self.episode.pk]), "Plan"

    def form_kwargs(self) -> dict[str, Any]:
        return {"children": self.children}

    def initial(self) -> dict[str, Any]:
        found = plan_in_full(self.episode.pk)
        if found is None:
            return {"version": 0}
        alone = {f"alone_{row.person_id}": row.how_often for row in found.children_alone.all()}
        names = ("visit_every_weeks", "contingency", "review_on", "version")
        return {name: getattr(found, name) for name in names} | alone

    def context(self) -> dict[str, Any]:
        hint = review_hint(review_asked(self.episode), from_on=day_of(self.at))
        return super().context() | {
            "review_hint": hint,
            "child_fields": [f"alone_{c.person_id}" for c in self.children],
        }

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        set_terms(
            episode=self.episode,
            visit_every_weeks=typed["visit_every_weeks"],
            alone=cast(TermsForm, form).alone(),
            contingency=typed["contingency"],
            review_on=typed["review_on"],
            version=typed["version"] or 0,
            by=self.user,
            at=self.at,
        )
        return self.back()[0]


class AgreePage(EpisodeFormPage):
    """The family's yes to the plan."""

    form_class = AgreeForm
    template = "plans/agree.html"
    title = "Agree the plan"
    button = "The plan is agreed"
    done = "The plan is agreed. Give the family a copy of it."

    def find(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])

    def back(self) -> tuple[str, str]:
        return reverse("plan", args=[self.episode.pk]), "Plan"

    def form_kwargs(self) -> dict[str, Any]:
        return {"members": self.members(), "since": day_of(self.episode.opened_at)}

    def initial(self) -> dict[str, Any]:
        return {"agreed_on": day_of(self.at)}

    def context(self) -> dict[str, Any]:
        today, found = day_of(self.at), plan_in_full(self.episode.pk)
        facts = agreement_facts(self.episode, found, agreed_on=today, agreed_with="", today=today)
        return super().context() | {"not_ready": unmet(READY_TO_AGREE, facts)}

    def save(self, form: forms.Form) -> str:
        agree_plan(
            episode=self.episode,
            agreed_on=form.cleaned_data["agreed_on"],
            agreed_with=cast(AgreeForm, form).agreed_with(),
            by=self.user,
            at=self.at,
        )
        return self.back()[0]
