"""What managers type about a family's work."""

from collections.abc import Sequence
from typing import Any, cast

from baton.platform.form_fields import BatonForm, ChoiceField, DayField, LongTextField, MomentField


class OversightForm(BatonForm):
    """Management oversight at one point of the work."""

    point = ChoiceField(label="At which point?", required_message="Select at which point you give oversight")
    note = LongTextField(
        label="Your oversight",
        help_text="What you looked at, what you think of it, and what you ask for next",
        rows=8,
        required_message="Write your oversight",
    )

    def __init__(self, *args: Any, points: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        """`points` are ids, titles and hints, those that are owed first."""
        super().__init__(*args, **kwargs)
        point = cast(ChoiceField, self.fields["point"])
        point.choices = [(key, title) for key, title, _ in points]
        point.hints = {key: hint for key, _, hint in points if hint}


class SupervisionForm(BatonForm):
    """How one family was discussed in supervision."""

    held_at = MomentField(label="When was it?", called="time of the supervision", past=True)
    discussion = LongTextField(
        label="What was discussed about this family?",
        help_text="The child’s experience, the plan, what gets in the way. Nothing personal to the practitioner.",
        rows=8,
        required_message="Write what was discussed",
    )
    agreed = LongTextField(label="What was agreed?", help_text="Who does what, by when", rows=4, required=False)


class SignOffForm(BatonForm):
    """A senior manager's agreement that help goes on."""

    reason = LongTextField(label="Why does help go on?", rows=5, required_message="Write why help goes on")
    until_on = DayField(
        label="Until when?",
        called="date",
        help_text="Leave it empty if you set no date",
        future=True,
        required=False,
    )
