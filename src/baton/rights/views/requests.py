"""Requests for what is held on somebody: the list, one request, and what is done to it."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.rights import actions
from baton.rights.forms import requests as forms
from baton.rights.models import Subject
from baton.rights.policies.clock import tell_of_extension_by
from baton.rights.presenters import requests as presenters
from baton.rights.presenters.copies import releases_in_words
from baton.rights.queries.files import copied_files
from baton.rights.queries.gathered import count_items, marks_by_state, releases_of
from baton.rights.queries.requests import (
    answered_requests,
    asked_of,
    get_request,
    get_stop,
    get_subject,
    open_requests,
    state_of,
)

A_PAGE = 30
NOBODY_FITS = "Nobody you may find has this name and date of birth. Try another spelling, or a former name."


def requests(request: HttpRequest) -> HttpResponse:
    """Requests of people for what is held on them, the first due first."""
    answered = request.GET.get("show") == "answered"
    found = answered_requests() if answered else open_requests()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Information rights",
        "answered": answered,
        "rows": presenters.rows_of(page, on=clock.today()),
        "page": page,
    }
    return render(request, "rights/requests.html", context)


def access_request(request: HttpRequest, access_id: int) -> HttpResponse:
    """One request: what was asked, its clock with every date explained, and what is to be done."""
    found = get_request(access_id)
    note_look(family_id=None, what="subject-access request", by=cast(User, request.user), at=clock.now())
    releases = list(releases_of(found.pk))
    context = {
        "title": found.reference,
        "asked": found,
        "facts": presenters.facts_of(found),
        "steps": presenters.steps_in_words(found),
        "due": presenters.due_in_words(found),
        "state": state_of(found, on=clock.today()),
        "waits": presenters.waiting_for(found),
        "subjects": list(found.subjects.all()),
        "may_extend": found.extended_on is None
        and clock.today() <= (tell_of_extension_by(asked_of(found)) or clock.today()),
        "restricted": presenters.RESTRICTED,
        "marks": marks_by_state(found.pk),
        "items": count_items(found.pk),
        "releases": releases_in_words(releases, copied_files([each.pk for each in releases]) if releases else ()),
        "back": {"href": reverse("rights"), "text": "Information rights"},
    }
    return render(request, "rights/request.html", context)


def registered(request: HttpRequest, access_id: int) -> HttpResponse:
    """What somebody registered, and who takes it from here."""
    found = get_request(access_id)
    note_look(family_id=None, what="subject-access request", by=cast(User, request.user), at=clock.now())
    context = {"title": "It is registered", "asked": found, "due": presenters.due_in_words(found)}
    return render(request, "rights/registered.html", context)


class RegisterPage(FormPage):
    """Write down that somebody asks for what is held on them."""

    form_class = forms.RegisterForm
    template = "rights/register.html"
    title = "Somebody asks for what is held on them"
    button = "Register the request"

    def initial(self) -> dict[str, Any]:
        return {"received_on": clock.today()}

    def save(self, form: Any) -> str:
        made = actions.register_request(told=actions.Told(**form.cleaned_data), by=self.user, at=self.at)
        return reverse("access-registered", args=[made.pk])


class OfARequest(FormPage):
    """Something that is done to one request."""

    def load(self) -> None:
        self.found = get_request(self.kwargs["access_id"])

    def url(self) -> str:
        return reverse("access-request", args=[self.found.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": self.url(), "text": self.found.reference}
        return {"caption": f"{self.found.reference}, {self.found.asked_by}", "back": back}


class IdentityPage(OfARequest):
    """Write down how it is known who asks."""

    form_class = forms.IdentityForm
    title = "Who they are"
    button = "Save"
    done = "It is written down."

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: Any) -> str:
        actions.check_identity(request=self.found, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class StopPage(OfARequest):
    """Write down what the person was asked for: the clock stands until it comes."""

    form_class = forms.StopForm
    title = "Ask the person"
    button = "Stop the clock"
    done = "The clock stands until they answer."

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: Any) -> str:
        actions.ask_the_person(request=self.found, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class StopAnsweredPage(OfARequest):
    """Write down that what the person was asked for has come."""

    form_class = forms.AnswerToStopForm
    title = "They have answered"
    button = "Let the clock run"
    done = "The clock runs again."

    def load(self) -> None:
        self.stop = get_stop(self.kwargs["stop_id"])
        self.found = self.stop.request

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: Any) -> str:
        actions.note_their_answer(stop=self.stop, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"They were asked: {self.stop.what}"}


class ExtendPage(OfARequest):
    """Take two months more, once the person was told why."""

    form_class = forms.ExtendForm
    template = "rights/extend.html"
    title = "Take two months more"
    button = "Save"
    done = "There are two months more."

    def initial(self) -> dict[str, Any]:
        return {"told_on": clock.today()}

    def save(self, form: Any) -> str:
        actions.extend_request(request=self.found, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()

    def context(self) -> dict[str, Any]:
        return super().context() | {"last": tell_of_extension_by(asked_of(self.found))}


class SubjectPage(OfARequest):
    """Say whose record a request means."""

    form_class = forms.SubjectForm
    template = "rights/subject.html"
    title = "Whose record is meant?"
    button = "Add them"

    def save(self, form: Any) -> str:
        note_look(family_id=None, what="search for a subject-access request", by=self.user, at=self.at)
        before = {each.pk for each in self.found.subjects.all()}
        actions.add_subject(request=self.found, **form.cleaned_data, by=self.user, at=self.at)
        found = Subject.objects.filter(request=self.found).exclude(pk__in=before).exists()
        if not found:
            messages.info(self.request, NOBODY_FITS)
        self.done = "They are added." if found else ""
        return self.url() if found else self.request.path

    def context(self) -> dict[str, Any]:
        return super().context() | {"about": self.found.about, "restricted": presenters.RESTRICTED}


class RemoveSubjectPage(OfARequest):
    """Take back that somebody is meant."""

    form_class = forms.ConfirmForm
    title = "This is not the person meant"
    button = "Take them off the request"
    done = "They are no longer on the request."

    def load(self) -> None:
        self.subject = get_subject(self.kwargs["subject_id"])
        self.found = self.subject.request

    def save(self, form: Any) -> str:
        actions.remove_subject(subject=self.subject, by=self.user, at=self.at)
        return self.url()

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"{self.subject.name} is taken off this request."}


class AnswerPage(OfARequest):
    """Say how a request was answered, and end its clock."""

    form_class = forms.AnswerForm
    title = "Answer the request"
    button = "It is answered"
    done = "The request is answered."

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def save(self, form: Any) -> str:
        actions.answer_request(request=self.found, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": presenters.RESTRICTED}
