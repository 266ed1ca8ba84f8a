"""What is typed to filter a chronology, to add to it, and to copy it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from baton.caseload.presenters.events import title_of
from baton.chronology.models import Entry
from baton.chronology.presenters import RowInWords
from baton.chronology.queries import BY_HAND, Wanted
from baton.people.models import FamilyMember
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    LongTextField,
    SelectField,
    TextField,
    TickField,
)
from baton.practice.codes import code_list

FILTERS = ("kind", "person", "agency", "significant")
DAYS = ("from_on", "until_on")


def _codes(name: str, on: date) -> list[tuple[str, str]]:
    return [(code.code, code.title) for code in code_list(name).on(on)]


class FilterForm(BatonForm):
    """Which part of the chronology one wants to see."""

    kind = SelectField(label="What", required=False, empty="Everything")
    person = SelectField(label="Who", required=False, empty="Everybody")
    agency = SelectField(label="Who knew it", required=False, empty="Every agency")
    from_on = DayField(label="From", called="first day", required=False)
    until_on = DayField(label="Until", called="last day", required=False)
    significant = TickField(label="Only what is significant", required=False)

    def __init__(
        self, data: Any, *, kinds: Iterable[str], members: Iterable[FamilyMember], agencies: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        fields: Any = self.fields
        by_hand = [(BY_HAND, "Everything written by hand")]
        by_hand += [(f"{BY_HAND}:{code.code}", code.title) for code in code_list("chronology").codes.values()]
        work = sorted(((kind, title_of(kind)) for kind in kinds), key=lambda pair: pair[1])
        fields["kind"].choices = [("", "Everything"), ("Written by hand", by_hand), ("Recorded by the work", work)]
        people = [(str(member.person_id), member.person.name) for member in members]
        fields["person"].choices = [("", "Everybody"), *people]
        fields["agency"].choices = [("", "Every agency"), *agencies]

    def wanted(self) -> Wanted:
        """What was chosen; what makes no sense is taken as everything."""
        if not self.is_valid():
            return Wanted()
        typed = dict(self.cleaned_data)
        person = typed.pop("person")
        return Wanted(person_id=int(person) if person else None, **typed)


class EntryForm(BatonForm):
    """Something that happened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    happened_on = DayField(label="When did it happen?", called="date", past=True)
    until_on = DayField(
        label="Until", called="last day", help_text="Only if it went on for more than a day", past=True, required=False
    )
    person = SelectField(label="Who is it about?", empty="The whole family", required=False)
    kind = SelectField(label="What kind of thing was it?", required_message="Select what kind of thing it was")
    what = LongTextField(
        label="What happened?", help_text="Facts, in plain words", limit=4_000, required_message="Enter what happened"
    )
    agency = SelectField(label="Which agency knew it?", required_message="Select which agency knew it")
    source = TextField(
        label="Where do you know it from?",
        help_text="The school nurse’s letter of 3 March, a call with mum",
        width="two-thirds",
        required_message="Enter where you know it from",
    )
    significance = ChoiceField(
        label="How significant was it?",
        choices=Entry.Significance.choices,
        required_message="Select how significant it was",
    )
    why = TextField(
        label="What did it mean for the children?",
        help_text="Needed when it was significant",
        limit=300,
        width="two-thirds",
        required=False,
    )

    def __init__(self, *args: Any, members: Iterable[FamilyMember], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        people = [(str(member.person_id), member.person.name) for member in members]
        fields["person"].choices = [("", "The whole family"), *people]
        fields["kind"].choices = [("", "Select"), *_codes("chronology", today)]
        fields["agency"].choices = [("", "Select"), *_codes("agency", today)]


class WithdrawForm(BatonForm):
    """Why an entry should not be there."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = TextField(
        label="Why should it not be there?", limit=300, width="two-thirds", required_message="Enter why"
    )


class CopyForm(BatonForm):
    """Which entries go into a copy, and what it is for."""

    title = TextField(
        label="What is the copy called?",
        help_text="Chronology for the review of 3 March",
        width="two-thirds",
        required_message="Enter what the copy is called",
    )
    purpose = LongTextField(
        label="What is it for?", help_text="Who will read it, and why they need it", limit=1_000, rows=2,
        required_message="Enter what it is for",
    )  # fmt: skip
    chosen = ChoicesField(label="Which entries?", required_message="Select at least one entry")

    def __init__(self, *args: Any, rows: Sequence[RowInWords], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["chosen"].choices = [(row.key, f"{row.when}: {row.title}") for row in rows]
        fields["chosen"].hints = {row.key: row.text[:200] for row in rows if row.text}
        fields["chosen"].small = True
