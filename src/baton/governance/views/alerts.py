"""The misuse watch, for information governance; and what everybody may tell it of themselves."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.governance.actions import close_alert, tell_own_details
from baton.governance.forms import CloseAlertForm, OwnDetailsForm
from baton.governance.models import Alert
from baton.governance.permissions import may_close_alert
from baton.governance.presenters.alerts import alerts_in_words, facts_of, sentence_of
from baton.governance.queries.alerts import alerts, alerts_beside, get_alert, own_details
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import NotAllowed

A_PAGE = 30
MOST_BESIDE = 10


def misuse_watch(request: HttpRequest) -> HttpResponse:
    """What the misuse watch found, of one rule or all, still open or closed."""
    is_closed, rule = request.GET.get("show") == "closed", request.GET.get("rule", "")
    note_look(family_id=None, what="misuse watch", by=cast(User, request.user), at=clock.now())
    page = Paginator(alerts(is_closed=is_closed, rule=rule), A_PAGE).get_page(request.GET.get("page"))
    show = "closed" if is_closed else "open"
    rules = [{"text": "All", "href": f"?show={show}", "current": rule not in Alert.Rule.values}]
    rules += [
        {"text": each.label, "href": f"?show={show}&rule={each.value}", "current": each.value == rule}
        for each in Alert.Rule
    ]
    context = {
        "title": "Misuse watch",
        "rows": alerts_in_words(page),
        "page": page,
        "rules": rules,
        "is_closed": is_closed,
        "query": f"show={show}&rule={rule}&" if rule in Alert.Rule.values else f"show={show}&",
    }
    return render(request, "governance/misuse_watch.html", context)


def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert: what was seen, with its facts, and what else there was about the same person."""
    user, found = cast(User, request.user), get_alert(alert_id)
    note_look(family_id=found.family_id, what="alert", by=user, at=clock.now())
    context = {
        "title": found.get_rule_display(),
        "alert": found,
        "sentence": sentence_of(found),
        "facts": facts_of(found),
        "beside": alerts_in_words(alerts_beside(found)[:MOST_BESIDE]),
        "may_close": found.closed_at is None and may_close_alert(user, found),
    }
    return render(request, "governance/alert.html", context)


class CloseAlertPage(FormPage):
    """Close an alert with what came of it."""

    form_class = CloseAlertForm
    title = "What came of it?"
    button = "Close the alert"
    done = "The alert is closed."

    def load(self) -> None:
        self.alert = get_alert(self.kwargs["alert_id"])
        if not may_close_alert(self.user, self.alert):
            raise NotAllowed("Nobody closes what is about themselves.")
        if self.alert.closed_at is not None:
            raise Http404("This alert is closed.")

    def save(self, form: Any) -> str:
        close_alert(alert=self.alert, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("misuse-watch")

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("alert", args=[self.alert.pk])}
        return {"caption": self.alert.get_rule_display(), "intro": sentence_of(self.alert), "back": back}


class OwnDetailsPage(FormPage):
    """Tell your own birthday and postcode, so that the misuse watch knows your own family's record when you meet it."""

    form_class = OwnDetailsForm
    title = "About yourself"
    button = "Save"
    done = "Saved. Only the misuse watch reads it."

    def initial(self) -> dict[str, Any]:
        told = own_details(self.user)
        return {"date_of_birth": told.date_of_birth, "postcode": told.postcode} if told else {}

    def save(self, form: Any) -> str:
        tell_own_details(user=self.user, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("your-activity")

    def context(self) -> dict[str, Any]:
        intro = (
            "Nobody should open the record of their own family. If you tell your birthday and postcode, the misuse "
            "watch can see when that happens, also by mistake. No person reads them, and you may leave them empty."
        )
        return {"intro": intro, "back": {"href": reverse("your-activity")}}
