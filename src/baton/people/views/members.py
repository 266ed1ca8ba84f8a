"""Pages about the people in a family: adding somebody, and correcting what is known of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from baton.people.actions import OF_A_MEMBERSHIP, add_member, edit_member, somebody_else, theirs_of
from baton.people.forms.members import SOMEBODY_NEW, AddMemberForm, EditMemberForm
from baton.people.models import Family, FamilyMember, Person
from baton.people.policies import CHILD, GROWN_UP_AT, Told, age_on
from baton.people.presenters.matches import matches_offered
from baton.people.queries import LikelyMatch, get_held_family, get_member, likely_matches
from baton.platform import clock
from baton.platform.access import note_look, note_looks
from baton.platform.pages import FormPage
from baton.platform.rate_limits import SEARCHES

KNOWN_ELSEWHERE = "Somebody with this name and date of birth is known in another family. Ask the hub about them."
LIKELY = "likely matches for somebody to be added"
TOO_OFTEN = (
    "You looked for people a hundred times within ten minutes. Wait a little, then press the button again:"
    " what you typed stays here."
)


class AddMemberPage(FormPage):
    """Add somebody to a family, after a look at who is known already."""

    form_class = AddMemberForm
    template = "people/member.html"
    title = "Add somebody to the family"
    button = "Add to the family"

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        if self.request.method == "GET":
            note_look(family_id=self.family.pk, what="form to add somebody", by=self.user, at=self.at)
        self.matches: list[LikelyMatch] = []
        self.known_elsewhere = self.is_too_often = False
        if self.request.method == "POST":
            self._look_for_matches()

    def _look_for_matches(self) -> None:
        first = AddMemberForm(self.request.POST, matches=(), today=clock.today())
        first.is_valid()
        typed = first.cleaned_data
        if not (typed.get("given_name") or typed.get("family_name")):
            return
        self.is_too_often = SEARCHES.is_over(who=self.holder, at=self.at)
        if not self.is_too_often:
            told = Told(**{name: typed[name] for name in Told.__dataclass_fields__ if name in typed}, **_silent(typed))
            self.matches, self.known_elsewhere = likely_matches(told, family_id=self.family.pk)

    def post(self) -> HttpResponse:
        if not self.is_too_often:
            return super().post()
        form = self.form_class(self.request.POST, initial=self.initial(), **self.form_kwargs())
        form.add_error(None, TOO_OFTEN)
        answer = self.answer(form)
        answer.status_code = 429
        return answer

    def show(self, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
        shown = (match.member.family_id for match in self.matches)
        note_looks(families=shown, what=LIKELY, by=self.user, at=self.at)
        return super().show(form, status, **more)

    def form_kwargs(self) -> dict[str, Any]:
        return {"matches": matches_offered(self.matches), "today": clock.today()}

    def initial(self) -> dict[str, Any]:
        return {
            "family_name": self.family.name,
            "sex": Person.Sex.UNKNOWN,
            "lives_with_family": True,
            "interpreter_needed": False,
        }

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        told, same_as = _told(typed), typed.get("same_as", SOMEBODY_NEW)
        person = _new_person(told) if same_as == SOMEBODY_NEW else Person.objects.get(pk=same_as)
        add_member(
            family=self.family,
            person=person,
            part=told.part,
            relationship=told.relationship,
            lives_with_family=told.lives_with_family,
            from_on=clock.today(),
            young_adult_meant=typed["young_adult_meant"],
            by=self.user,
            at=self.at,
        )
        if same_as == SOMEBODY_NEW and self.matches:
            others = [match.member.person for match in self.matches]
            somebody_else(person=person, others=others, by=self.user, at=self.at)
        messages.success(self.request, f"{person.name} is in the {self.family.name} family.")
        if self.known_elsewhere and same_as == SOMEBODY_NEW:
            note_look(family_id=None, what=LIKELY, by=self.user, at=self.at)
            messages.info(self.request, KNOWN_ELSEWHERE)
        return reverse("family", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        return _about(self.family)


class EditMemberPage(FormPage):
    """Correct what is known of somebody, or note that they left the family."""

    form_class = EditMemberForm
    template = "people/member.html"
    button = "Save"
    done = "Saved."

    def load(self) -> None:
        self.member = get_member(self.kwargs["member_id"])
        self.title = self.member.person.name
        if self.request.method == "GET":
            note_look(family_id=self.member.family_id, what="person", by=self.user, at=self.at)

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today()}

    def initial(self) -> dict[str, Any]:
        stands = theirs_of(self.member, self.member.person)
        return {**stands, "version": self.member.person.version, "young_adult_meant": _is_grown_up_child(self.member)}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        member = edit_member(
            member=self.member,
            told=_told(typed),
            left_on=typed["left_on"],
            version=typed["version"],
            young_adult_meant=typed["young_adult_meant"],
            by=self.user,
            at=self.at,
        )
        return reverse("family", args=[member.family_id])

    def context(self) -> dict[str, Any]:
        return _about(self.member.family)


def _about(family: Family) -> dict[str, Any]:
    back = {"href": reverse("family", args=[family.pk]), "text": "Back to the family"}
    return {"caption": f"{family.name} family", "back": back, "family": family}


def _is_grown_up_child(member: FamilyMember) -> bool:
    """Whoever is kept as a child of 18 or over was meant so."""
    born = member.person.date_of_birth
    return member.part == CHILD and born is not None and age_on(clock.today(), born=born) >= GROWN_UP_AT


def _silent(typed: dict[str, Any]) -> dict[str, Any]:
    """What a half-typed form leaves out and nobody is without."""
    return {name: "" for name in ("given_name", "family_name", "part") if name not in typed}


def _told(typed: dict[str, Any]) -> Told:
    return Told(**{name: typed[name] for name in Told.__dataclass_fields__})


def _new_person(told: Told) -> Person:
    names = [name for name in Told.__dataclass_fields__ if name not in OF_A_MEMBERSHIP]
    return Person(**{name: getattr(told, name) for name in names})
