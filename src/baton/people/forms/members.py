"""What is typed about somebody in a family."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from baton.people.models import FamilyMember, Person
from baton.people.policies import MemberFacts, grown_up_child_is_meant, nhs_number_is_real
from baton.platform.form_fields import BatonForm, ChoiceField, DayField, PhoneField, TextField, TickField, YesNoField

SOMEBODY_NEW = "new"


class MemberForm(BatonForm):
    """A person and their part in a family."""

    given_name = TextField(
        label="First name", help_text="“Baby” for a child who is not born or named yet", limit=100, width=20,
        required_message="Enter a first name",
    )  # fmt: skip
    family_name = TextField(label="Last name", limit=100, width=20, required_message="Enter a last name")
    known_as = TextField(label="Known as", limit=100, width=20, required=False)
    part = ChoiceField(
        label="What part do they have in the family?",
        choices=FamilyMember.Part.choices,
        required_message="Select what part they have in the family",
    )
    date_of_birth = DayField(
        label="Date of birth", called="date of birth", help_text="For example, 27 3 2016", past=True, required=False
    )
    young_adult_meant = TickField(label="Help for a young adult of 18 or over is meant", required=False)
    due_on = DayField(
        label="Date a baby is due", called="due date", help_text="Only for a child who is not born yet", required=False
    )
    sex = ChoiceField(label="Sex", choices=Person.Sex.choices, required_message="Select a sex, or “Not known”")
    relationship = TextField(
        label="Relationship, in the family’s words",
        help_text="Mum, step-dad, nan next door",
        limit=60,
        width=20,
        required=False,
    )
    lives_with_family = YesNoField(
        label="Do they live with the family?", required_message="Select yes if they live with the family"
    )
    school = TextField(label="School or nursery", required=False, width="two-thirds")
    phone = PhoneField(label="Phone", required=False)
    interpreter_needed = YesNoField(
        label="Do they need an interpreter?", required_message="Select yes if they need an interpreter"
    )
    nhs_number = TextField(
        label="NHS number", help_text="10 digits, like 999 000 0018", limit=20, width=10, required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_nhs_number(self) -> str:
        number = "".join(str(self.cleaned_data["nhs_number"]).replace("-", " ").split())
        if not nhs_number_is_real(self._facts(nhs_number=number)):
            raise forms.ValidationError(str(nhs_number_is_real.__doc__))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not grown_up_child_is_meant(self._facts()):
            self.add_error("young_adult_meant", str(grown_up_child_is_meant.__doc__))
        if cleaned.get("date_of_birth") and cleaned.get("due_on"):
            self.add_error("due_on", "Enter a date of birth or the date a baby is due, not both")
        return cleaned

    def _facts(self, nhs_number: str = "") -> MemberFacts:
        return MemberFacts(
            date_of_birth=self.cleaned_data.get("date_of_birth"),
            due_on=None,
            part=self.cleaned_data.get("part", ""),
            nhs_number=nhs_number,
            today=self.today,
            young_adult_meant=bool(self.cleaned_data.get("young_adult_meant")),
        )


class AddMemberForm(MemberForm):
    """Somebody new to a family, who may be known already."""

    same_as = ChoiceField(
        label="Is it one of these people?",
        help_text="Baton knows somebody who may be the same person",
        required_message="Select who it is, or that it is somebody else",
    )
    field_order = ("same_as",)

    def __init__(self, *args: Any, matches: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        """`matches` are ids, descriptions of people who may be meant, and why."""
        super().__init__(*args, **kwargs)
        if matches:
            field = cast(ChoiceField, self.fields["same_as"])
            known = [(value, described) for value, described, _ in matches]
            field.choices = [*known, (SOMEBODY_NEW, "No, it is somebody else")]
            field.hints = {value: why for value, _, why in matches}
        else:
            del self.fields["same_as"]


class EditMemberForm(MemberForm):
    """Somebody in a family, and whether they left it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    left_on = DayField(
        label="Left the family on", called="date they left", help_text="Leave it empty while they are in it", past=True,
        required=False,
    )  # fmt: skip
