"""What practitioners type about a visit."""

from collections.abc import Sequence
from typing import Any

from django import forms

from baton.platform.form_fields import BatonForm, ChoiceField, ChoicesField, LongTextField, MomentField
from baton.visits.models import Visit
from baton.visits.policies import IN_PUBLIC, PUBLIC

OUTCOMES = [("made", "Somebody was seen"), ("failed", "Nobody was seen")]
CALLED_OFF = ("cancelled", "It was called off beforehand")
PLACE_HINTS = {PUBLIC: IN_PUBLIC}


class PlanVisitForm(BatonForm):
    """A visit to come."""

    planned_for = MomentField(
        label="When?", called="time of the visit", help_text="For example, 27 3 2026 and 2:30pm", future=True
    )
    place = ChoiceField(
        label="Where?", choices=Visit.Place.choices, hints=PLACE_HINTS, required_message="Select where you will meet"
    )
    purpose = LongTextField(
        label="What is the visit for?",
        help_text="How it moves the plan on",
        rows=3,
        required_message="Write what the visit is for",
    )


class MoveVisitForm(BatonForm):
    """Another time for a planned visit."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    planned_for = MomentField(
        label="When will it be instead?",
        called="time of the visit",
        help_text="For example, 27 3 2026 and 2:30pm",
        future=True,
    )
    because = LongTextField(
        label="Why is it moved?", limit=1000, rows=2, required_message="Write why the visit is moved"
    )


class RecordVisitForm(BatonForm):
    """A visit that has been: two taps keep it, the write-up can follow."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = ChoiceField(label="How did it go?", choices=OUTCOMES, required_message="Select how the visit went")
    seen = ChoicesField(label="Who was seen?", required=False)
    alone = ChoicesField(label="Who of them was seen alone?", required=False)
    failed_because = LongTextField(label="Why was nobody seen?", rows=2, required=False)
    happened_at = MomentField(
        label="When was it?", called="time of the visit", help_text="For example, 27 3 2026 and 2:30pm", past=True
    )
    place = ChoiceField(
        label="Where was it?", choices=Visit.Place.choices, hints=PLACE_HINTS, required_message="Select where it was"
    )
    purpose = LongTextField(label="Purpose", help_text="What the visit was for", rows=2, required=False)
    action = LongTextField(
        label="Action", help_text="What was done and said, and what was seen", rows=4, required=False
    )
    reflection = LongTextField(
        label="Reflection", help_text="How it went, and what the children showed", rows=3, required=False
    )
    analysis = LongTextField(
        label="Analysis", help_text="What it means for the plan, and what comes next", rows=3, required=False
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[tuple[str, str]],
        may_call_off: bool,
        is_recorded: bool = False,
        **kwargs: Any,
    ) -> None:
        """`people` are ids and names of the family."""
        super().__init__(*args, **kwargs)
        for name in ("seen", "alone"):
            self.fields[name].choices = list(people)  # type: ignore[attr-defined]
        if is_recorded:
            self.fields["because"] = LongTextField(
                label="Why do you change what was recorded?",
                help_text="What stood before is kept. To finish the write-up, leave this empty",
                limit=1000,
                rows=2,
                required=False,
            )
        if may_call_off:
            self.fields["outcome"].choices = [*OUTCOMES, CALLED_OFF]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if (
            outcome == "made"
            and not (cleaned.get("seen") or cleaned.get("alone"))
            and not self.errors.keys() & {"seen", "alone"}
        ):
            self.add_error("seen", "Select who was seen, or say that nobody was")
        if outcome == "failed" and not cleaned.get("failed_because") and "failed_because" not in self.errors:
            self.add_error("failed_because", "Write why nobody was seen")
        if outcome == CALLED_OFF[0]:
            self._forget_errors_of_what_is_not_asked()
        return cleaned

    def _forget_errors_of_what_is_not_asked(self) -> None:
        """A visit called off has no time or place of its own."""
        for name in ("happened_at", "place"):
            self.errors.pop(name, None)
            self.cleaned_data.setdefault(name, None)
