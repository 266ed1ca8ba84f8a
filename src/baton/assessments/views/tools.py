"""Scoring a tool, and what was scored before."""

from typing import Any

from django import forms
from django.urls import reverse

from baton.assessments import presenters
from baton.assessments.actions import score_tool
from baton.assessments.forms import THE_FAMILY, ScoreForm
from baton.assessments.queries import scores_awaited, tool_scores, tool_scores_are_for_each_child
from baton.episodes.models import Episode
from baton.episodes.queries.episodes import get_episode
from baton.episodes.queries.stories import framework_of
from baton.people.models import FamilyMember
from baton.people.queries import members_on
from baton.platform.access import note_look
from baton.platform.clock import LONDON
from baton.platform.pages import FormPage


class ScorePage(FormPage):
    """Record the score of a tool; below it everything scored so far."""

    form_class = ScoreForm
    template = "assessments/tools.html"
    title = "Record the score of a tool"
    button = "Save the score"
    done = "The score is recorded."
    episode: Episode
    members: tuple[FamilyMember, ...]

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        self.framework = framework_of(self.episode)
        self.members = tuple(members_on(self.episode.family_id, on=self.at.astimezone(LONDON).date()))
        if self.request.method != "POST":
            note_look(family_id=self.episode.family_id, what="scores of tools", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        only_one = self.framework.tools[0].id if len(self.framework.tools) == 1 else ""
        return {
            "tool": self.request.GET.get("tool", only_one),
            "person": self.request.GET.get("person", ""),
            "scored_at": self.at,
        }

    def form_kwargs(self) -> dict[str, Any]:
        apart = (each.id for each in self.framework.tools if tool_scores_are_for_each_child(self.framework, each.id))
        return {
            "tools": self.framework.tools,
            "people": presenters.people_choices(self.members),
            "for_each_child": frozenset(apart),
        }

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        people = {str(member.person_id): member.person for member in self.members}
        score_tool(
            episode=self.episode,
            tool=typed["tool"],
            person=None if typed["person"] == THE_FAMILY else people[typed["person"]],
            scored_at=typed["scored_at"],
            result=typed["result"],
            by=self.user,
            at=self.at,
        )
        return reverse("score-tool", args=[self.episode.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.episode.family.name} family",
            "family": self.episode.family,
            "awaited": list(presenters.awaited_lines(scores_awaited(self.episode), self.framework)),
            "scores": presenters.score_rows(tool_scores(self.episode), self.framework),
        }
