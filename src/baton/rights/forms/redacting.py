"""What is typed when an officer decides what the copy hides."""

from typing import Any

from baton.platform.form_fields import BatonForm, ChoiceField, LongTextField, SelectField, TickField
from baton.rights.models import Mark

REASONS = [choice for choice in Mark.Reason.choices if choice[0] != Mark.Reason.AGREES]


class DecisionForm(BatonForm):
    """Hide it, leave it in, or decide later."""

    state = ChoiceField(
        label="What is done with it?",
        choices=[
            (Mark.State.HIDDEN, "Hide it"),
            (Mark.State.LEFT, "Leave it in"),
            (Mark.State.UNDECIDED, "Decide later"),
        ],
        hints={
            Mark.State.LEFT: "The other person agrees, or it is reasonable to show it without asking them",
            Mark.State.UNDECIDED: "Takes back what was decided",
        },
        required_message="Select what is done with it",
    )
    reason = SelectField(label="Why is it hidden?", choices=REASONS, required=False)
    note = LongTextField(label="Note (optional)", limit=1_000, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == Mark.State.HIDDEN and not cleaned.get("reason"):
            self.add_error("reason", "Select why it is hidden")
        return cleaned


class HideForm(BatonForm):
    """A passage that should be hidden, or the whole row."""

    is_whole = TickField(label="Hide the whole row", required=False)
    passage = LongTextField(
        label="Which words?",
        help_text="Copy them from the row. They are hidden wherever they stand in it.",
        limit=4_000,
        rows=3,
        required=False,
    )
    reason = SelectField(label="Why is it hidden?", choices=REASONS, required_message="Select why it is hidden")
    note = LongTextField(label="Note (optional)", limit=1_000, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_whole") and not cleaned.get("passage"):
            self.add_error("passage", "Enter which words, or hide the whole row")
        return cleaned


class FileForm(BatonForm):
    """Give the file of a document, or withhold it."""

    is_given = ChoiceField(
        label="What is done with the file?",
        choices=[("give", "Give it with the copy"), ("withhold", "Withhold it")],
        hints={"give": "As it is, whole. Open it first and look through all of it."},
        required_message="Select what is done with the file",
    )
    reason = SelectField(label="Why is it withheld?", choices=REASONS, required=False)
    note = LongTextField(
        label="Note (optional)",
        help_text="For your file. Who gets the copy does not read it.",
        limit=1_000,
        rows=2,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_given") == "withhold" and not cleaned.get("reason"):
            self.add_error("reason", "Select why it is withheld")
        return cleaned

    def decided(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        return {"is_given": typed["is_given"] == "give", "reason": typed["reason"], "note": typed["note"]}
