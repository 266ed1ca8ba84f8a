"""Who sees a family, and who is in the team around it."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.governance.actions import join_team_around, leave_team_around
from baton.governance.forms import JoinForm, NothingForm
from baton.governance.permissions import may_change_team_around
from baton.governance.presenters.circles import members_in_words
from baton.governance.presenters.panels import panel_cases_in_words, panel_name
from baton.governance.queries.circles import (
    get_member_around,
    lead_of,
    members_around,
    open_episode_of,
    restriction_of,
)
from baton.governance.queries.panels import panel_cases_of
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import NotAllowed
from baton.platform.roles import MANAGERS


def who_sees(request: HttpRequest, family_id: int) -> HttpResponse:
    """Who sees a family: its team, its lead practitioner, the team around it, and whether it is restricted."""
    user, family = cast(User, request.user), get_held_family(family_id)
    note_look(family_id=family_id, what="who sees the family", by=user, at=clock.now())
    may_change = may_change_team_around(user, family_id)
    restriction, panel_cases = restriction_of(family_id), list(panel_cases_of(family_id))
    context = {
        "title": "Who sees this family",
        "family": family,
        "episode": open_episode_of(family_id),
        "lead": lead_of(family_id),
        "members": members_in_words(members_around(family_id), may_change=may_change),
        "may_change": may_change,
        "panel": panel_name(clock.today()),
        "panel_cases": panel_cases_in_words(panel_cases),
        "may_bring": may_change and all(each.decided_at for each in panel_cases),
        "restriction": restriction,
        "may_restrict": restriction is None and user.has_role(*MANAGERS),
    }
    return render(request, "governance/who_sees.html", context)


class JoinPage(FormPage):
    """Add somebody to the team around a family."""

    form_class = JoinForm
    title = "Who joins the team around the family?"
    button = "Add them"
    done = "They are in the team around the family."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        note_look(family_id=self.family.pk, what="team around the family", by=self.user, at=self.at)
        if not may_change_team_around(self.user, self.family.pk):
            raise NotAllowed("The lead practitioner, or the team’s manager, says who is in the team around a family.")

    def save(self, form: Any) -> str:
        join_team_around(family_id=self.family.pk, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("who-sees", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        caption = f"{self.family.name} family"
        return {"caption": caption, "back": {"href": reverse("who-sees", args=[self.family.pk])}}


class LeavePage(FormPage):
    """Take somebody out of the team around a family: they see it no more."""

    form_class = NothingForm
    button = "They have left"
    done = "They are no longer in the team around the family."

    def load(self) -> None:
        self.member = get_member_around(self.kwargs["around_id"])
        note_look(family_id=self.member.family_id, what="team around the family", by=self.user, at=self.at)
        if not may_change_team_around(self.user, self.member):
            raise NotAllowed("The lead practitioner, or the team’s manager, says who is in the team around a family.")
        self.title = f"Has {self.member.called} left the team around the family?"

    def save(self, form: Any) -> str:
        leave_team_around(member=self.member, by=self.user, at=self.at)
        return reverse("who-sees", args=[self.member.family_id])

    def context(self) -> dict[str, Any]:
        intro = "From the next page they ask for, this family does not exist for them." if self.member.user else ""
        back = {"href": reverse("who-sees", args=[self.member.family_id])}
        return {"intro": intro, "back": back, "caption": f"{self.member.family.name} family"}
