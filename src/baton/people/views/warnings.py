"""Warnings: above each page of a family, and on their own page."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.people.actions import end_warning, give_warning, review_warning
from baton.people.actions.warnings import Warned
from baton.people.forms.warnings import WHOLE_FAMILY, EndWarningForm, GiveWarningForm, ReviewWarningForm
from baton.people.permissions import may_warn
from baton.people.presenters.warnings import WarningInWords, warning_in_words, warnings_in_words
from baton.people.queries import get_held_family, members_on
from baton.people.queries.warnings import get_warning, warnings_ever, warnings_now
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage


def in_every_page(request: HttpRequest) -> dict[str, Callable[[int], list[WarningInWords]]]:
    """For every template: `warnings_of(family.pk)`, one query where it is called, so that no page can forget them."""
    return {"warnings_of": lambda family_id: warnings_in_words(warnings_now(family_id), on=clock.today())}


def warnings(request: HttpRequest, family_id: int) -> HttpResponse:
    """Every warning about a family and its people, those that ended too."""
    family = get_held_family(family_id)
    note_look(family_id=family_id, what="warnings", by=cast(User, request.user), at=clock.now())
    said = [warning_in_words(each, on=clock.today(), with_reviews=True) for each in warnings_ever(family_id)]
    context = {
        "title": "Warnings",
        "family": family,
        "may_warn": may_warn(cast(User, request.user), family),
        "now": [each for each in said if not each.ended],
        "ended": [each for each in said if each.ended],
    }
    return render(request, "people/warnings.html", context)


class GiveWarningPage(FormPage):
    """Give a warning about a family or somebody in it."""

    form_class = GiveWarningForm
    title = "Give a warning"
    button = "Give the warning"
    done = "The warning stands on every page of the family."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        if self.request.method == "GET":
            note_look(family_id=self.family.pk, what="form of a warning", by=self.user, at=self.at)
        self.members = list(members_on(self.family.pk, on=clock.today()))

    def form_kwargs(self) -> dict[str, Any]:
        return {"members": self.members, "today": clock.today()}

    def save(self, form: forms.Form) -> str:
        typed = dict(form.cleaned_data)
        about = typed.pop("about")
        people = {str(member.person_id): member.person for member in self.members}
        person = None if about == WHOLE_FAMILY else people[about]
        give_warning(family=self.family, person=person, warned=Warned(**typed), by=self.user, at=self.at)
        return reverse("warnings", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("warnings", args=[self.family.pk]), "text": "Warnings"}
        return {"caption": f"{self.family.name} family", "back": back}


class OfAWarning(FormPage):
    """A form about one warning, opened from the page of a family it concerns."""

    template = "people/warning_form.html"
    done = "Saved."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        if self.request.method == "GET":
            note_look(family_id=self.family.pk, what="form of a warning", by=self.user, at=self.at)
        self.warning = get_warning(self.kwargs["warning_id"], family_id=self.family.pk)

    def initial(self) -> dict[str, Any]:
        return {"version": self.warning.version}

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("warnings", args=[self.family.pk]), "text": "Warnings"}
        said = warning_in_words(self.warning, on=clock.today())
        return {"caption": f"{self.family.name} family", "back": back, "warning": said}


class ReviewWarningPage(OfAWarning):
    """Look at a warning again and keep it."""

    form_class = ReviewWarningForm
    title = "Look at a warning again"
    button = "Keep the warning"

    def save(self, form: forms.Form) -> str:
        review_warning(warning=self.warning, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("warnings", args=[self.family.pk])


class EndWarningPage(OfAWarning):
    """End a warning, with the reason."""

    form_class = EndWarningForm
    title = "End a warning"
    button = "End the warning"

    def save(self, form: forms.Form) -> str:
        end_warning(warning=self.warning, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("warnings", args=[self.family.pk])
