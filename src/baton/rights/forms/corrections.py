"""What is typed when somebody says that something is wrong in their record."""

from collections.abc import Sequence
from typing import Any

from baton.platform.form_fields import BatonForm, ChoiceField, DayField, LongTextField, SelectField, TextField
from baton.rights.models import Correction
from baton.rights.queries.corrections import THE_WHOLE, About


class AskForm(BatonForm):
    """Who says what is wrong."""

    asked_by = TextField(label="Who says so?", required_message="Enter who says so")
    about = SelectField(
        label="What is it about?",
        help_text="What they say stands beside it from now on",
        empty="The record as a whole",
        required=False,
    )
    said_wrong = LongTextField(
        label="What do they say is wrong, and what would be right?",
        help_text="In their own words",
        limit=4_000,
        required_message="Enter what they say is wrong",
    )
    received_on = DayField(label="When did they say so?", called="date", past=True)

    def __init__(self, *args: Any, groups: Sequence[tuple[str, Sequence[About]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.key: each for _, found in groups for each in found}
        listed = [(title, [(each.key, each.title) for each in found]) for title, found in groups if found]
        fields: Any = self.fields
        fields["about"].choices = [("", "The record as a whole"), *listed]

    def clean_about(self) -> About:
        return self.known.get(self.cleaned_data["about"], THE_WHOLE)


class DecideForm(BatonForm):
    """What was done about it."""

    decision = ChoiceField(
        label="What was done?", choices=Correction.Decision.choices, required_message="Select what was done"
    )
    because = LongTextField(
        label="What was put right, or why was it not?",
        help_text="As the person was told",
        limit=4_000,
        rows=3,
        required_message="Enter what was put right, or why not",
    )
    statement = LongTextField(
        label="What do they want to stand beside the record?",
        help_text="In their words, where nothing was changed",
        limit=4_000,
        rows=3,
        required=False,
    )
    told_on = DayField(label="When were they told?", called="date", past=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == Correction.Decision.NOT_CORRECTED and not cleaned.get("statement"):
            self.add_error("statement", "Enter what they say, or that they wanted nothing to be kept")
        return cleaned
