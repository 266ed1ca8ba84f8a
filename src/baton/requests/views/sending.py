"""The first and the last pages of a request: start or carry on, check the answers, send, and what happens next."""

from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.platform import drafts
from baton.platform.models import Draft, User
from baton.platform.rate_limits import caller_of, too_often
from baton.platform.refusals import Refused
from baton.platform.routes import holder_of
from baton.practice.frameworks import Framework
from baton.requests.actions import send_request
from baton.requests.forms.answers import Answers
from baton.requests.forms.review import review
from baton.requests.forms.steps import ORDER, NothingToType
from baton.requests.policies import MOST_PUBLIC_FROM_ONE_ADDRESS, MOST_PUBLIC_IN_ALL, PUBLIC_WINDOW
from baton.requests.presenters.queue import expected_by
from baton.requests.queries import get_sent_request, started_by
from baton.requests.views.asking import AskPage, account_of, place_framework, too_many, under


def start(request: HttpRequest) -> HttpResponse:
    """Where a request begins, or one that was left is carried on."""
    account, framework = account_of(request), place_framework()
    may_have_begun = account is not None or "browser" in request.session  # a first look keeps nothing of anybody
    kept = started_by(holder_of(request), under=reverse("request-start")) if may_have_begun else []
    context = {
        "title": "Ask for early help",
        "key": uuid4(),
        "started": started_requests(kept, account, framework),
        "contact": framework.social_care_contact,
        "signed_in": account is not None,
    }
    return render(request, "requests/start.html", context)


def started_requests(kept: list[Draft], account: User | None, framework: Framework) -> list[dict[str, Any]]:
    """The requests somebody began and has not sent, the latest first, with the way to carry on."""
    found = []
    for key, drafts_of_one in groupby(kept, lambda draft: draft.path.split("/")[2]):
        mine = list(drafts_of_one)
        answers = Answers(mine, under=under(UUID(key)), user=account, framework=framework)
        names = [answers.name_of("children", number) for number in answers.people("children")]
        missing = answers.missing()
        found.append(
            {
                "name": ", ".join(name for name in names if name) or "No child named yet",
                "saved_at": max(draft.saved_at for draft in mine),
                "go_on": reverse("ask-step", args=[key, missing[0]]) if missing else reverse("ask-check", args=[key]),
                "delete": reverse("ask-delete", args=[key]),
            }
        )
    return sorted(found, key=lambda each: each["saved_at"], reverse=True)


class CheckPage(AskPage):
    """All answers, each with the way to change it, and the button that sends them."""

    template = "requests/check.html"
    form_class = NothingToType
    title = "Check your answers before you send them"
    button = "Send the request"
    here = "check"

    def take_in(self) -> HttpResponse:
        if self.account is None and self.sends_too_much():
            return too_many(self.request)
        return super().take_in()

    def sends_too_much(self) -> bool:
        from_here = too_often(
            what="ask-send",
            who=caller_of(self.request),
            most=MOST_PUBLIC_FROM_ONE_ADDRESS,
            within=PUBLIC_WINDOW,
            at=self.at,
        )
        in_all = too_often(what="ask-send-all", who="all", most=MOST_PUBLIC_IN_ALL, within=PUBLIC_WINDOW, at=self.at)
        return from_here or in_all

    def save(self, form: Any) -> str:
        kept = drafts.kept_under(holder=self.holder, path=under(self.key), lock=True)
        answers = Answers(kept, under=under(self.key), user=self.account, framework=self.framework)
        if answers.missing():
            raise Refused("Finish the answers marked “Not finished” before you send the request.")
        sent = send_request(
            asked=answers.asked(), holder=self.holder, place=settings.BATON_PLACE, by=self.account, at=self.at
        )
        drafts.forget_under(holder=self.holder, path=under(self.key))
        return reverse("ask-sent", args=[sent.reference])

    def back_url(self) -> str:
        return self.url_of(ORDER[-1])

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "form_key": self.key,  # one key a request, so that two open windows send it once
            "sections": review(self.answers, self.change_url_of),
            "add_child": self.change_url_of("children"),
            "add_adult": self.change_url_of("adults"),
        }


class DeletePage(AskPage):
    """Throw away a request that was not sent."""

    form_class = NothingToType
    title = "Delete this request and everything you typed?"
    button = "Delete it"
    done = "We deleted what you typed."

    def save(self, form: Any) -> str:
        drafts.forget_under(holder=self.holder, path=under(self.key))
        return reverse("request-start")

    def back_url(self) -> str:
        return reverse("request-start")


def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """The reference of a request that was sent, and what happens next. Only its sender finds it."""
    found = get_sent_request(reference, holder=holder_of(request))
    framework = place_framework()
    context = {
        "title": "Request sent",
        "reference": found.reference,
        "expected": expected_by(found, framework),
        "contact": framework.social_care_contact,
        "signed_in": account_of(request) is not None,
    }
    return render(request, "requests/sent.html", context)
