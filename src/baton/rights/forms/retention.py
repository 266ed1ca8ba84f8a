"""What is typed when a record is held, reviewed, or disposed of."""

from typing import Any

from baton.platform.form_fields import BatonForm, ChoiceField, DayField, LongTextField, TextField
from baton.rights.models import RetentionReview


class HoldForm(BatonForm):
    """Whose record is held, and why."""

    given_name = TextField(label="First name of anybody in the family", limit=100, width=20)
    family_name = TextField(label="Last name", limit=100, width=20)
    born = DayField(label="Date of birth", called="date of birth", past=True)
    reason = LongTextField(
        label="Why may nothing be disposed of?",
        help_text="The inquiry, claim or order, and who asked for the hold",
        limit=1_000,
        rows=3,
        required_message="Enter why nothing may be disposed of",
    )
    review_on = DayField(label="When is the hold looked at again?", called="date")


class EndHoldForm(BatonForm):
    """Why a hold ends."""

    because = LongTextField(
        label="Why does the hold end?", limit=1_000, rows=3, required_message="Enter why the hold ends"
    )


class ReviewForm(BatonForm):
    """Keep it, or dispose of it."""

    decision = ChoiceField(
        label="Is the record still needed?",
        choices=RetentionReview.Decision.choices,
        hints={"dispose": "A second officer must approve. Nothing is removed before."},
        required_message="Select what is done with the record",
    )
    keep_until = DayField(label="Keep it until", called="date", help_text="Only if it is kept", required=False)
    because = LongTextField(label="Why?", help_text="Name nobody", limit=1_000, rows=3, required_message="Enter why")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == RetentionReview.Decision.KEEP and not cleaned.get("keep_until"):
            self.add_error("keep_until", "Enter until when it is kept")
        return cleaned
