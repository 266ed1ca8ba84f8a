"""A person's record, one subject a page; and changing one fact of it."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.people.actions import change_facts, record_birth
from baton.people.forms.facts import FACT_FORMS, BornForm
from baton.people.models import FamilyMember
from baton.people.permissions import may_change_member, may_compare
from baton.people.presenters.facts import FACTS
from baton.people.presenters.picture import age_in_words
from baton.people.presenters.record import SUBJECTS, family_parts, parts_of, subjects_of
from baton.people.queries import get_member
from baton.people.queries.record import changes_of, memberships_of, responsible_for, rows_of
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.jinja import url_if_any
from baton.platform.models import User
from baton.platform.pages import FormPage

PAGE_OF = {slug: subject.slug for subject in SUBJECTS.values() for slug in subject.facts}


def person(request: HttpRequest, member_id: int, subject: str) -> HttpResponse:
    """One subject of somebody's record, with what stood before."""
    if subject not in SUBJECTS:
        raise Http404
    member = get_member(member_id)
    note_look(family_id=member.family_id, what=f"person: {subject}", by=cast(User, request.user), at=clock.now())
    shown, on = SUBJECTS[subject], clock.today()
    if subject == "family":
        parts = family_parts(member, list(memberships_of(member.person)), list(responsible_for(member.person)), on=on)
    else:
        rows = rows_of(shown.thing, member.person) if shown.thing else []
        changes = list(changes_of(member.person, subjects_of(shown)))
        parts = parts_of(shown, member, rows, changes, on=on)
    user = cast(User, request.user)
    may_change = may_change_member(user, member)
    ways = {"parts": parts, "may_change": may_change, "add": _add(member, subject) if may_change else []}
    ways["compare"] = url_if_any("whom-to-compare", member.person_id) if may_compare(user, member) else ""
    return render(request, "people/person.html", _about(member, subject) | ways)


def _about(member: FamilyMember, subject: str) -> dict[str, Any]:
    return {
        "title": member.person.name,
        "caption": ", ".join(filter(None, (member.get_part_display(), age_in_words(member, clock.today())))),
        "subject": SUBJECTS[subject],
        "family": member.family,
        "member": member,
        "pages": [
            {
                "text": each.title,
                "href": reverse("person", args=[member.pk, each.slug]),
                "current": each.slug == subject,
            }
            for each in SUBJECTS.values()
        ],
    }


def _add(member: FamilyMember, subject: str) -> list[dict[str, str]]:
    shown = SUBJECTS[subject]
    if shown.thing == "home":
        return [{"text": shown.add, "href": reverse("move-home", args=[member.pk])}]
    if shown.thing:
        return [{"text": shown.add, "href": reverse("record-over-time", args=[member.pk, shown.thing])}]
    if subject == "identity" and member.person.is_unborn:
        return [{"text": "Record the birth", "href": reverse("record-birth", args=[member.pk])}]
    if subject == "family":
        href = reverse("record-responsibility", args=[member.pk])
        return [{"text": "Record parental responsibility", "href": href}]
    return []


class OfAPerson(FormPage):
    """A form about somebody in a family."""

    template = "people/warned_form.html"
    subject = ""
    button = "Save"
    done = "Saved."

    def load(self) -> None:
        self.member = get_member(self.kwargs["member_id"])
        if self.request.method == "GET":
            note_look(family_id=self.member.family_id, what="person form", by=self.user, at=self.at)

    def back(self) -> str:
        return reverse("person", args=[self.member.pk, self.subject])

    def context(self) -> dict[str, Any]:
        back = {"href": self.back(), "text": SUBJECTS[self.subject].title}
        return {"caption": self.member.person.name, "back": back, "family": self.member.family}


class ChangeFactPage(OfAPerson):
    """Change one fact; what stood before is kept."""

    def load(self) -> None:
        if self.kwargs["fact"] not in FACTS:
            raise Http404
        self.fact = FACTS[self.kwargs["fact"]]
        self.title, self.subject = self.fact.title, PAGE_OF[self.fact.slug]
        self.form_class = FACT_FORMS[self.fact.slug]  # type: ignore[misc]
        super().load()

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today()}

    def initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.member.person, name) for name in self.fact.fields}
        return {"version": self.member.person.version, **stands}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        change_facts(
            member=self.member,
            subject=self.fact.slug,
            facts={name: typed[name] for name in self.fact.fields},
            version=typed["version"],
            by=self.user,
            at=self.at,
        )
        return self.back()


class RecordBirthPage(OfAPerson):
    """A child who was awaited is born: the same record goes on."""

    form_class = BornForm
    title = "Record the birth"
    subject = "identity"
    done = "The birth is recorded."

    def load(self) -> None:
        super().load()
        if not self.member.person.is_unborn:
            raise Http404

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today()}

    def initial(self) -> dict[str, Any]:
        child = self.member.person
        return {"version": child.version, "family_name": child.family_name, "sex": child.sex}

    def save(self, form: forms.Form) -> str:
        record_birth(member=self.member, **form.cleaned_data, by=self.user, at=self.at)
        return self.back()
