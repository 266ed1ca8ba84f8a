"""What people type to find a family, and choose to see of a timeline."""

from collections.abc import Iterable
from typing import Any

from django import forms

from baton.caseload.presenters.events import title_of
from baton.caseload.queries.timeline import Chosen
from baton.people.models import FamilyMember
from baton.platform.form_fields import BatonForm, SelectField, TextField


class SearchForm(BatonForm):
    """One box for whatever somebody knows."""

    name = TextField(
        label="Who are you looking for?",
        help_text="A name as you heard it or part of it, a date of birth or an age, a postcode, a school, a number."
        " In any order, like: liz marsh 7 3 2015",
        limit=100,
        required_message="Enter a name, a date of birth, a postcode or a number",
    )
    wide = forms.BooleanField(required=False, widget=forms.HiddenInput)


class TimelineForm(BatonForm):
    """One kind of event, one person of the family, or all."""

    kind = SelectField(label="What", required=False, empty="Everything")
    person = SelectField(label="Who", required=False, empty="Everybody")

    def __init__(self, data: Any, *, kinds: Iterable[str], members: Iterable[FamilyMember]) -> None:
        super().__init__(data)
        named = sorted((title_of(kind), kind) for kind in kinds)
        people = [(str(member.person_id), member.person.name) for member in members]
        self.fields["kind"].choices = [("", "Everything"), *((kind, title) for title, kind in named)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined]

    def chosen(self) -> Chosen:
        """What was chosen; what makes no sense is taken as everything."""
        if not self.is_valid():
            return Chosen()
        person = self.cleaned_data["person"]
        return Chosen(kind=self.cleaned_data["kind"], person_id=int(person) if person else None)
