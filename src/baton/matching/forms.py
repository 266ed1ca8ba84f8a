"""What somebody decides of two records."""

from collections.abc import Sequence
from typing import Any

from baton.matching.presenters.sides import Side
from baton.platform.form_fields import BatonForm, ChoiceField, LongTextField, TextField

SAME, DIFFERENT = "same", "different"


class DecideForm(BatonForm):
    """One person or two; if one, which record is kept, and what stands where they differ."""

    decision = ChoiceField(
        label="Are these records of one person?",
        choices=[(SAME, "Yes, one person: make them one record"), (DIFFERENT, "No, two people: do not ask again")],
        required_message="Select whether these records are of one person",
    )
    keep = ChoiceField(
        label="Which record is kept?",
        choices=[("one", "Record A"), ("other", "Record B")],
        help_text="Everything in the other goes to it. This can be undone.",
        initial="one",
    )
    reason = LongTextField(
        label="How do you know?",
        help_text="Whom you asked, or what you saw",
        limit=1_000,
        rows=3,
        required_message="Write how you know",
    )

    def __init__(self, *args: Any, sides: Sequence[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosing = [side.kept.key for side in sides if side.must_choose]
        for side in sides:
            if side.must_choose:
                self.fields[f"take_{side.kept.key}"] = ChoiceField(
                    label=side.kept.label,
                    choices=[("one", f"A: {side.one}"), ("other", f"B: {side.other}")],
                    required=False,
                )
        self.order_fields(["decision", "keep", *(f"take_{key}" for key in self.choosing), "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == SAME:
            for key in self.choosing:
                if not cleaned.get(f"take_{key}"):
                    self.add_error(f"take_{key}", f"Select which is right: {self.fields[f'take_{key}'].label}")
        return cleaned

    def chosen(self) -> dict[str, str]:
        """The side chosen for each field that both records say something else of."""
        return {key: self.cleaned_data[f"take_{key}"] for key in self.choosing}


class WhomForm(BatonForm):
    """Whom somebody is compared with, by whatever is known of them."""

    name = TextField(
        label="Which record do you want to compare it with?",
        help_text="A name or part of it, a date of birth, a postcode, a school, a number. In any order",
        limit=100,
        required_message="Enter a name, a date of birth, a postcode or a number",
    )


class AskAgainForm(BatonForm):
    """Nothing but a button."""


class UndoForm(BatonForm):
    """Why one record is made two again."""

    reason = LongTextField(
        label="How do you know that they are two people?", limit=1_000, rows=3, required_message="Write how you know"
    )
