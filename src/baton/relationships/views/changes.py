"""Recording, correcting, ending and striking out what the pictures are drawn from."""

from typing import Any

from django import forms
from django.urls import reverse

from baton.people.models import FamilyMember, Person
from baton.people.policies import Told as AboutSomebody
from baton.people.presenters.matches import matches_offered
from baton.people.queries import get_held_family, likely_matches
from baton.platform.access import note_look
from baton.platform.pages import FormPage
from baton.relationships.actions import (
    add_relative,
    add_tie,
    change_tie,
    correct_relationship,
    correct_tie,
    record_relationship,
    strike_relationship,
    strike_tie,
)
from baton.relationships.actions.relating import told_of
from baton.relationships.actions.tying import FIELDS
from baton.relationships.forms import (
    SOMEBODY_NEW,
    WHOLE_FAMILY,
    ChangeTieForm,
    CorrectRelationshipForm,
    CorrectTieForm,
    RelationshipForm,
    RelativeForm,
    StrikeForm,
    TieForm,
    people_offered,
)
from baton.relationships.policies.relationships import Told
from baton.relationships.policies.ties import ToldTie
from baton.relationships.presenters.words import sentence_of
from baton.relationships.queries import get_relationship, get_tie, members_ever
from baton.relationships.states import Standing

HOW = ("from_on", "standing", "ended_on", "note")


class OfAFamily(FormPage):
    """A form that leads back to one of the two pictures."""

    back_to = "genogram"

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        self.members = members_ever(self.family.pk)
        note_look(family_id=self.family.pk, what=f"form of the {self.back_to}", by=self.user, at=self.at)

    def form_kwargs(self) -> dict[str, Any]:
        return {"people": people_offered(self.members)}

    def url(self) -> str:
        return reverse(self.back_to, args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": self.url(), "text": f"Back to the {self.back_to}"}
        return {"caption": f"{self.family.name} family", "back": back, "family": self.family}


class AddRelationshipPage(OfAFamily):
    """Say how two people of the family are related."""

    form_class = RelationshipForm
    template = "relationships/form.html"
    title = "How are two people related?"
    button = "Add"
    done = "The relationship is in the picture."

    def initial(self) -> dict[str, Any]:
        return {"standing": Standing.NOW}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        told = Told(int(typed["person"]), typed["kind"], int(typed["relative"]), **{name: typed[name] for name in HOW})
        record_relationship(family=self.family, told=told, by=self.user, at=self.at)
        return self.url()


class AddRelativePage(OfAFamily):
    """Add somebody to the family and to its picture, after a look at who is known already."""

    form_class = RelativeForm
    template = "relationships/form.html"
    title = "Add a relative"
    button = "Add"
    done = "They are in the picture."

    def load(self) -> None:
        super().load()
        self.matches: list[tuple[str, str, str]] = []
        if self.request.method == "POST":
            first = RelativeForm(self.request.POST, people=(), matches=())
            first.is_valid()
            names = ("given_name", "family_name", "sex", "date_of_birth")
            typed = {name: first.cleaned_data[name] for name in names if name in first.cleaned_data}
            blank = {"given_name": "", "family_name": "", "part": FamilyMember.Part.WIDER}
            if typed.get("given_name") or typed.get("family_name"):
                found, _ = likely_matches(AboutSomebody(**(blank | typed)), family_id=self.family.pk)
                self.matches = matches_offered(found)

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"matches": self.matches}

    def initial(self) -> dict[str, Any]:
        return {"family_name": self.family.name, "sex": Person.Sex.UNKNOWN}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        same_as = typed.get("same_as", SOMEBODY_NEW)
        names = ("given_name", "family_name", "sex", "date_of_birth", "died_on")
        person = Person(**{name: typed[name] for name in names})
        if same_as != SOMEBODY_NEW:
            person = Person.objects.get(pk=same_as)
        add_relative(
            family=self.family,
            person=person,
            kind=typed["kind"].removeprefix("back:"),
            relative=int(typed["relative"]),
            is_back=typed["kind"].startswith("back:"),
            by=self.user,
            at=self.at,
        )
        return self.url()


class OfARelationship(OfAFamily):
    """Something about one recorded relationship."""

    template = "relationships/form.html"

    def load(self) -> None:
        self.relationship = get_relationship(self.kwargs["relationship_id"])
        self.family = self.relationship.family
        self.said = sentence_of(
            self.relationship,
            {p.pk: p for p in (self.relationship.person, self.relationship.relative)},
        )
        note_look(family_id=self.family.pk, what="relationship", by=self.user, at=self.at)

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"{self.said}."}


class CorrectRelationshipPage(OfARelationship):
    """Put right what is recorded of two people, or say how it ended."""

    form_class = CorrectRelationshipForm
    title = "Change or end a relationship"
    button = "Save"
    done = "The change is in the picture."

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.relationship.kind}

    def initial(self) -> dict[str, Any]:
        told = told_of(self.relationship)
        return {name: getattr(told, name) for name in ("kind", *HOW)} | {"version": self.relationship.version}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        row = self.relationship
        told = Told(row.person_id, typed["kind"], row.relative_id, **{name: typed[name] for name in HOW})
        correct_relationship(relationship=row, told=told, version=typed["version"], by=self.user, at=self.at)
        return self.url()


class StrikeRelationshipPage(OfARelationship):
    """Strike out what should never have been recorded."""

    form_class = StrikeForm
    title = "Strike out a relationship"
    button = "Strike out"
    done = "It is struck out. It stays in the history."

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def save(self, form: forms.Form) -> str:
        because = form.cleaned_data["because"]
        strike_relationship(relationship=self.relationship, because=because, by=self.user, at=self.at)
        return self.url()


class AddTiePage(OfAFamily):
    """Add somebody or something to the family's network."""

    form_class = TieForm
    template = "relationships/form.html"
    back_to = "network"
    title = "Add to the network"
    button = "Add"
    done = "It is in the network."

    def initial(self) -> dict[str, Any]:
        return {"member": WHOLE_FAMILY}

    def save(self, form: forms.Form) -> str:
        add_tie(family=self.family, told=_told_tie(form.cleaned_data), by=self.user, at=self.at)
        return self.url()


class OfATie(OfAFamily):
    """Something about one tie of the network."""

    template = "relationships/form.html"
    back_to = "network"

    def load(self) -> None:
        self.tie = get_tie(self.kwargs["tie_id"])
        self.family = self.tie.family
        self.members = members_ever(self.family.pk)
        note_look(family_id=self.family.pk, what="network tie", by=self.user, at=self.at)

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": self.tie.name}


class ChangeTiePage(OfATie):
    """Say that a tie became stronger or weaker."""

    form_class = ChangeTieForm
    title = "How has it changed?"
    button = "Save"
    done = "The change is in the network."

    def initial(self) -> dict[str, Any]:
        return {"strength": self.tie.strength, "energy": self.tie.energy, "version": self.tie.version}

    def save(self, form: forms.Form) -> str:
        change_tie(tie=self.tie, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class CorrectTiePage(OfATie):
    """Put right what is recorded of a tie, or end it."""

    form_class = CorrectTieForm
    title = "Correct or end a tie"
    button = "Save"
    done = "The change is in the network."

    def form_kwargs(self) -> dict[str, Any]:
        return {"people": people_offered(self.members)}

    def initial(self) -> dict[str, Any]:
        stands = {name: getattr(self.tie, name) for name in FIELDS}
        return stands | {"member": str(self.tie.member_id or WHOLE_FAMILY), "version": self.tie.version}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        correct_tie(tie=self.tie, told=_told_tie(typed), version=typed["version"], by=self.user, at=self.at)
        return self.url()


class StrikeTiePage(OfATie):
    """Strike out a tie that should never have been recorded."""

    form_class = StrikeForm
    title = "Strike out a tie"
    button = "Strike out"
    done = "It is struck out. It stays in the history."

    def save(self, form: forms.Form) -> str:
        strike_tie(tie=self.tie, because=form.cleaned_data["because"], by=self.user, at=self.at)
        return self.url()


def _told_tie(typed: dict[str, Any]) -> ToldTie:
    member = None if typed["member"] == WHOLE_FAMILY else int(typed["member"])
    return ToldTie(member=member, **{name: typed[name] for name in FIELDS})
