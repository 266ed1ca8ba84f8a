"""The decision on a request, made beside the levels of need."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from baton.people.models import Family
from baton.platform.clock import LONDON
from baton.practice.loading import framework_in_force
from baton.requests.actions import Answer, screen
from baton.requests.forms.screening import NEW, ScreenForm
from baton.requests.presenters.people import families_known
from baton.requests.presenters.screening import agreement_rows, request_facts
from baton.requests.queries import known_families, teams_for_families
from baton.requests.views.hub import RequestPage


class ScreenPage(RequestPage):
    """Decide what a request leads to and write what the enquirer was told."""

    form_class = ScreenForm
    template = "requests/screen.html"
    title = "Answer this request"
    button = "Record the decision"

    def load(self) -> None:
        super().load()
        self.framework = framework_in_force(settings.BATON_PLACE, on=self.asked.received_at.astimezone(LONDON).date())
        self.known = known_families(self.asked.pk)
        self.teams = {str(team.pk): team for team in teams_for_families()}

    def form_kwargs(self) -> dict[str, Any]:
        families = [known.family for known in self.known]
        return {"framework": self.framework, "teams": self.teams.values(), "families": families}

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        answer = Answer(
            decision=typed["decision"],
            reason=typed["reason"],
            answer=typed["answer"],
            answered_how=typed["answered_how"],
            level=int(typed["level"]) if typed["level"] else None,
            team=self.teams.get(typed["team"]),
            family=self._family(typed.get("family", "")),
            is_new_family=typed.get("family") == NEW,
            signposted_to=typed["signposted_to"],
        )
        answered = screen(request=self.asked, answer=answer, place=settings.BATON_PLACE, by=self.user, at=self.at)
        messages.success(self.request, f"Request {answered.reference} is answered.")
        return reverse("hub-queue")

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "decisions": self._by_kind(),
            "levels": self.framework.levels,
            "contact": self.framework.social_care_contact,
            "facts": request_facts(self.asked, self.framework),
            "agreement": agreement_rows(self.asked),
            "families": families_known(self.known),
        }

    def _family(self, chosen: str) -> Family | None:
        return next((known.family for known in self.known if str(known.family.pk) == chosen), None)

    def _by_kind(self) -> dict[str, list[str]]:
        kinds: dict[str, list[str]] = {}
        for decision in self.framework.decisions:
            kinds.setdefault(decision.kind, []).append(decision.id)
        return kinds
