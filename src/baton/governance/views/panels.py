"""The panel of a locality: families brought to it, which its chair reads until it has decided."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.governance.actions import bring_to_panel, decide_at_panel
from baton.governance.forms import BringForm, DecideForm
from baton.governance.permissions import may_change_team_around
from baton.governance.presenters.panels import before_panel_in_words, panel_name
from baton.governance.queries.panels import before_panels, get_panel_case
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import NotAllowed

A_PAGE = 30


def panel(request: HttpRequest) -> HttpResponse:
    """The families that a chair's panel has to decide on, and nothing else."""
    page = Paginator(before_panels(), A_PAGE).get_page(request.GET.get("page"))
    for family_id in {each.family_id for each in page}:
        note_look(family_id=family_id, what="panel", by=cast(User, request.user), at=clock.now())
    name = panel_name(clock.today())
    context = {"title": f"Families before the {name}", "panel": name, "rows": before_panel_in_words(page), "page": page}
    return render(request, "governance/panel.html", context)


class BringPage(FormPage):
    """Bring a family to its locality's panel."""

    form_class = BringForm
    button = "Bring this family"
    done = "Who chairs it reads this family’s record until it has decided."

    def load(self) -> None:
        self.title = f"Bring this family to the {panel_name(clock.today())}"
        self.family = get_held_family(self.kwargs["family_id"])
        note_look(family_id=self.family.pk, what="bringing the family to the panel", by=self.user, at=self.at)
        if not may_change_team_around(self.user, self.family.pk):
            raise NotAllowed("The lead practitioner, or the team’s manager, brings a family there.")

    def save(self, form: Any) -> str:
        bring_to_panel(family_id=self.family.pk, question=form.cleaned_data["question"], by=self.user, at=self.at)
        return reverse("who-sees", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("who-sees", args=[self.family.pk])}
        return {"caption": f"{self.family.name} family", "back": back}


class DecidePage(FormPage):
    """Record what the panel agreed on one family."""

    form_class = DecideForm
    button = "Record the decision"
    done = "The decision is in the family’s record. You read this record no more."

    def load(self) -> None:
        self.title = f"What did the {panel_name(clock.today())} decide?"
        self.case = get_panel_case(self.kwargs["panel_case_id"])
        note_look(family_id=self.case.family_id, what="decision of the panel", by=self.user, at=self.at)

    def save(self, form: Any) -> str:
        decide_at_panel(case=self.case, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("panel")

    def context(self) -> dict[str, Any]:
        return {"caption": f"{self.case.family.name} family", "back": {"href": reverse("panel")}}
