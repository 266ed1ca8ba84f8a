"""Opening a family in an emergency, and looking at that afterwards."""

from datetime import timedelta
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.governance.actions import open_in_emergency, review_emergency
from baton.governance.forms import EmergencyForm, JudgeForm
from baton.governance.permissions import may_review
from baton.governance.presenters.circles import called
from baton.governance.presenters.emergencies import emergencies_in_words, facts_of
from baton.governance.presenters.logs import activity_in_words
from baton.governance.queries.audits import names_of
from baton.governance.queries.emergencies import done_in, emergencies_to_look_at, get_emergency
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.dates_in_words import clock_time
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.rate_limits import too_often
from baton.platform.refusals import NotAllowed, Refused

A_PAGE = 30
MOST_SHOWN = 200
MOST_TRIES, WITHIN = 10, timedelta(hours=1)  # whoever guesses names and birthdays is stopped
TOO_OFTEN = "You have tried this ten times within an hour. Ring the hub, or social care if a child is in danger."


class EmergencyPage(FormPage):
    """Open one family for three hours, with a reason that its manager and information governance read."""

    form_class = EmergencyForm
    template = "governance/emergency.html"
    title = "I need this in an emergency"
    button = "Open the family now"

    def load(self) -> None:
        tries = self.request.method == "POST"
        what = "emergency: asked for a family" if tries else "emergency page"
        note_look(family_id=None, what=what, by=self.user, at=self.at, why=self.request.POST.get("reason", "")[:2_000])
        self.is_too_often = tries and too_often(
            what="emergency", who=str(self.user.pk), most=MOST_TRIES, within=WITHIN, at=self.at
        )

    def save(self, form: Any) -> str:
        if self.is_too_often:
            raise Refused(TOO_OFTEN)
        opened = open_in_emergency(**form.cleaned_data, by=self.user, at=self.at)
        self.done = f"This family is open to you until {clock_time(opened.until_at)}. Its manager is told."
        return reverse("family", args=[opened.family_id])


def emergencies(request: HttpRequest) -> HttpResponse:
    """Families that somebody opened in an emergency, those that nobody looked at yet first."""
    user = cast(User, request.user)
    note_look(family_id=None, what="emergencies", by=user, at=clock.now())
    page = Paginator(emergencies_to_look_at(user), A_PAGE).get_page(request.GET.get("page"))
    names = names_of([each.family_id for each in page])
    context = {"title": "Emergencies", "rows": emergencies_in_words(page, names), "page": page}
    return render(request, "governance/emergencies.html", context)


def emergency_opened(request: HttpRequest, emergency_id: int) -> HttpResponse:
    """One emergency: who, why, until when, and everything that was opened and done meanwhile."""
    user, found = cast(User, request.user), get_emergency(emergency_id)
    note_look(family_id=found.family_id, what="emergency", by=user, at=clock.now())
    names = names_of([found.family_id])
    context = {
        "title": f"{found.user.name} opened a family",
        "emergency": found,
        "facts": facts_of(found, names),
        "lines": activity_in_words(done_in(found)[:MOST_SHOWN], names),
        "may_review": found.reviewed_at is None and may_review(user, found),
    }
    return render(request, "governance/emergency_opened.html", context)


class ReviewPage(FormPage):
    """Say whether an emergency was justified, and what follows."""

    form_class = JudgeForm
    title = "Review the emergency"
    button = "Record the review"
    done = "The review is recorded."

    def load(self) -> None:
        self.emergency = get_emergency(self.kwargs["emergency_id"])
        note_look(family_id=self.emergency.family_id, what="emergency", by=self.user, at=self.at)
        if not may_review(self.user, self.emergency):
            raise NotAllowed("Nobody reviews their own emergency.")

    def save(self, form: Any) -> str:
        review_emergency(emergency=self.emergency, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("emergencies")

    def context(self) -> dict[str, Any]:
        family = called(self.emergency.family_id, names_of([self.emergency.family_id]))
        back = {"href": reverse("emergency-opened", args=[self.emergency.pk])}
        return {"caption": f"{self.emergency.user.name}: {family}", "back": back}
