"""What people type to find a family, and choose to see of a timeline."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from baton.caseload.presenters.events import title_of
from baton.caseload.queries.timeline import Chosen
from baton.people.models import FamilyMember
from baton.platform.form_fields import BatonForm, DayField, SelectField, TextField


class SearchForm(BatonForm):
    """A name as somebody heard it, a date of birth, or both."""

    name = TextField(label="Name", required=False, limit=100, help_text="As you heard it: near spellings are found too")
    born = DayField(label="Date of birth", required=False, past=True, called="date of birth")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("name", "").strip() and cleaned.get("born") is None:
            raise ValidationError("Enter a name, a date of birth, or both")
        return cleaned


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
