"""What is typed of a warning."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from baton.people.forms.facts import choices_on
from baton.people.models import FamilyMember
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    DayField,
    LongTextField,
    SelectField,
    TextField,
    YesNoField,
)

WHOLE_FAMILY = "family"


class GiveWarningForm(BatonForm):
    """A warning, with its reason and whether the person was told."""

    about = ChoiceField(label="Who is it about?", required_message="Select who it is about")
    kind = SelectField(label="Kind of warning", required_message="Select a kind of warning")
    text = TextField(
        label="What should somebody do, or not do?",
        help_text="One sentence that is read before the door is opened: “Visit with two workers”",
        limit=300,
        width="two-thirds",
        required_message="Enter what somebody should do or not do",
    )
    reason = LongTextField(
        label="Why?", help_text="What happened, when, and who said so", limit=2_000,
        required_message="Enter why the warning is needed",
    )  # fmt: skip
    told = YesNoField(
        label="Were they told about this warning?", required_message="Select yes if they were told about this warning"
    )
    told_note = TextField(
        label="How were they told, or why not?", limit=300, width="two-thirds",
        required_message="Enter how they were told, or why not",
    )  # fmt: skip
    review_on = DayField(
        label="When will you look at it again?", called="review date", help_text="Within a year", future=True
    )

    def __init__(self, *args: Any, members: Iterable[FamilyMember], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        people = [(str(member.person_id), member.person.name) for member in members]
        fields["about"].choices = [*people, (WHOLE_FAMILY, "The whole family")]
        fields["kind"].choices = [("", "Select"), *choices_on("warning", today)]


class ReviewWarningForm(BatonForm):
    """A warning looked at again and kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    found = LongTextField(
        label="What did you find?", help_text="Why the warning is still needed", limit=2_000,
        required_message="Enter why the warning is still needed",
    )  # fmt: skip
    next_on = DayField(label="When will you look at it again?", called="review date", future=True)


class EndWarningForm(BatonForm):
    """A warning that is not needed any more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = TextField(
        label="Why is it not needed any more?", limit=300, width="two-thirds",
        required_message="Enter why it is not needed any more",
    )  # fmt: skip
