"""What managers and practitioners type about an episode as a whole."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    DayField,
    LongTextField,
    MomentField,
    TextField,
    YesNoField,
)

MOST_CHILDREN = 30


class AllocateForm(BatonForm):
    """Whom to give a family to, and the allocation note. `version` is the id of the allocation that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = ChoiceField(label="Lead practitioner", required_message="Select who will lead the work with this family")
    words = TextField(label="Find somebody else by name or agency", required=False, width=20)
    handover = LongTextField(
        label="Handover",
        help_text="What the new lead practitioner needs to know, and how the family was told",
        required=False,
    )
    children = forms.IntegerField(
        label="Number of children",
        min_value=0,
        max_value=MOST_CHILDREN,
        error_messages={
            "max_value": f"Enter a number of children up to {MOST_CHILDREN}",
            "min_value": "Enter 0 or more children",
        },
    )
    needs = LongTextField(label="What the family needs", required_message="Write what the family needs", rows=4)
    first_visit_on = DayField(label="First visit by", called="date of the first visit", required=False)
    assessment_on = DayField(label="Assessment finished by", called="date of the assessment", required=False)
    planning_meeting_on = DayField(
        label="First planning meeting by", called="date of the planning meeting", required=False
    )
    manager_review_on = DayField(label="Review with you by", called="date of the review", required=False)

    def __init__(
        self, *args: Any, lead_title: str, people: Sequence[tuple[str, str, str]], is_transfer: bool, **kwargs: Any
    ) -> None:
        """`people` are ids, names and hints, in the order in which they are offered."""
        super().__init__(*args, **kwargs)
        to = cast(ChoiceField, self.fields["to"])
        to.label = lead_title
        to.choices = [(key, name) for key, name, _ in people]
        to.hints = {key: hint for key, _, hint in people}
        self.fields["children"].width = 2  # type: ignore[attr-defined]
        if not is_transfer:
            del self.fields["handover"]


class SetDateForm(BatonForm):
    """Another date for one deadline, and why."""

    due_on = DayField(label="New date", called="new date", help_text="For example, 27 3 2026", future=True)
    reason = LongTextField(
        label="Reason",
        help_text="It is shown beside the framework’s own date",
        rows=3,
        required_message="Write the reason",
    )


class StepUpForm(BatonForm):
    """That social care was told a child is not safe."""

    immediate = YesNoField(
        label="Is a child in immediate danger?", required_message="Select yes if a child is in immediate danger"
    )
    decided_at = MomentField(label="When was it decided?", called="time of the decision", past=True)
    told_to = TextField(label="Who in social care was told?", required_message="Enter who was told", width=30)
    reason = LongTextField(
        label="Why?", help_text="What was seen or said, and by whom", required_message="Write why", rows=4
    )
    family_told = LongTextField(
        label="Was the family told, and what did they say?",
        help_text="Or why telling them would put somebody at risk. You can add this later.",
        required=False,
        rows=3,
    )
