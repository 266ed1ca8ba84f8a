"""The hub's queue, a request, and what the hub finds out before it decides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from baton.people.models import Person
from baton.platform import clock
from baton.platform.access import note_look, note_looks
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.roles import Role
from baton.requests.actions import give_back, link_person, record_agreement, take, tell_enquirer
from baton.requests.forms.screening import AgreementForm, TellForm
from baton.requests.forms.steps import NothingToType
from baton.requests.models import RequestPerson
from baton.requests.presenters.answers import request_rows
from baton.requests.presenters.people import families_known, people_named
from baton.requests.presenters.queue import answered_rows, counts_in_words, queue_rows, sent_requests, time_left
from baton.requests.presenters.screening import agreement_rows, answer_rows, request_facts
from baton.requests.queries import (
    answered_requests,
    earlier_requests,
    get_request,
    hub_counts,
    hub_queue,
    known_families,
    possible_matches,
    requests_sent_by,
    still_to_tell,
)
from baton.requests.queries.queue import clock_status
from baton.requests.views.asking import place_framework

NAMED = "somebody named in a request"


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the hub, oldest due first."""
    at, user = clock.now(), hub_user(request)
    mine = request.GET.get("show") == "mine"
    counts = hub_counts(at, of=user)
    page = hub_queue(at, request.GET.get("page", 1), counts=counts, of=user if mine else None)
    context = {
        "title": "Requests for help",
        "page": page,
        "rows": queue_rows(page, at),
        "counts": counts,
        "summary": counts_in_words(counts),
        "part": "mine" if mine else "all",
    }
    return render(request, "requests/queue.html", context)


def answered(request: HttpRequest) -> HttpResponse:
    """What the hub answered in the last thirty days."""
    at = clock.now()
    page = answered_requests(at, request.GET.get("page", 1))
    context = {
        "title": "Requests answered",
        "page": page,
        "rows": answered_rows(page, place_framework()),
        "to_tell": answered_rows(still_to_tell(), place_framework()),
        "counts": hub_counts(at, of=hub_user(request)),
        "part": "answered",
    }
    return render(request, "requests/answered.html", context)


def hub_user(request: HttpRequest) -> User:
    """The person who signed in; routes let nobody else in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def help_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """A request, for the hub, whoever sent it, and those who hold the family it led to."""
    user, at, found = hub_user(request), clock.now(), get_request(request_id)
    framework = place_framework()
    screens = user.has_role(Role.HUB_ADVISER)
    family_id = found.family_id if found.family else None  # whose family the sender may not open, looked at none
    note_look(family_id=family_id, what=f"request {found.reference}", by=user, at=at)
    people = list(found.people.all())
    matches = possible_matches(people) if screens and not found.is_answered else {}
    families = known_families(found.pk) if screens else []
    shown = {each.family.pk for each in families} | {m.member.family_id for some in matches.values() for m in some}
    note_looks(families=shown - {family_id}, what=NAMED, by=user, at=at)
    context = {
        "title": f"Request {found.reference}",
        "help_request": found,
        "clock": clock_status(found, at),
        "time_left": time_left(found.screen_due_at, at),
        "facts": request_facts(found, framework),
        "sections": request_rows(found, framework),
        "agreement": agreement_rows(found),
        "people": people_named(people, matches),
        "families": families_known(families),
        "earlier": earlier_requests(found.pk) if screens else [],
        "answer": answer_rows(found, framework, with_reason=screens or found.family is not None),
        "screens": screens,
        "is_mine": found.screener_id == user.pk,
        "back": {"href": reverse("hub-queue"), "text": "All requests"} if screens else None,
    }
    return render(request, "requests/request.html", context)


class RequestPage(FormPage):
    """Something the hub does with one request."""

    def load(self) -> None:
        self.asked = get_request(self.kwargs["request_id"])

    def url(self) -> str:
        return reverse("request", args=[self.asked.pk])

    def context(self) -> dict[str, Any]:
        caption = f"{self.asked.reference}, {self.asked.surnames}"
        return {"caption": caption, "back": {"href": self.url()}, "help_request": self.asked}


class TakePage(RequestPage):
    """Take a request to screen it, or take it over from a colleague."""

    form_class = NothingToType
    title = "Take this request?"
    button = "Take it"

    def save(self, form: Any) -> str:
        take(request=self.asked, from_colleague=bool(self.request.GET.get("over")), by=self.user, at=self.at)
        return self.url()


class GiveBackPage(RequestPage):
    """Give a request back to the queue."""

    form_class = NothingToType
    title = "Give this request back to the queue?"
    button = "Give it back"

    def save(self, form: Any) -> str:
        give_back(request=self.asked, by=self.user, at=self.at)
        return reverse("hub-queue")


class LinkPage(RequestPage):
    """Say that somebody named in a request is a person we know, or take that back."""

    form_class = NothingToType

    def load(self) -> None:
        super().load()
        self.named = get_object_or_404(RequestPerson, pk=self.kwargs["named_id"], request=self.asked)
        person_id = self.kwargs["person_id"]
        self.person = get_object_or_404(Person, pk=person_id) if person_id else None
        known = self.person.name if self.person else "somebody we know"
        self.title = f"Is {self.named.name} {known}?" if self.person else f"Is {self.named.name} somebody new?"
        self.button = "Yes"
        if self.person and self.request.method == "GET":
            note_look(family_id=self.person.first_family_id, what=NAMED, by=self.user, at=self.at)

    def save(self, form: Any) -> str:
        link_person(named=self.named, person=self.person, by=self.user, at=self.at)
        return f"{self.url()}#people"


class AgreementPage(RequestPage):
    """Write down what the family said when the hub asked them."""

    form_class = AgreementForm
    template = "requests/agreement.html"
    title = "What did the family say?"
    button = "Save"
    done = "The family’s answer is recorded."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.asked, name) for name in AgreementForm.base_fields}

    def save(self, form: Any) -> str:
        record_agreement(request=self.asked, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class TellPage(RequestPage):
    """Write down what the enquirer was told, where a child's safety came first."""

    form_class = TellForm
    title = "Tell the person who asked"
    button = "Save"
    done = "It is recorded that they were told."

    def save(self, form: Any) -> str:
        tell_enquirer(request=self.asked, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


def your_requests(request: HttpRequest) -> HttpResponse:
    """The requests somebody sent and what became of them."""
    page = requests_sent_by(hub_user(request), request.GET.get("page", 1))
    context = {"title": "Requests you sent", "page": page, "rows": sent_requests(page, place_framework())}
    return render(request, "requests/yours.html", context)
