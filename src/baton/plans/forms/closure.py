"""Forms of closing: the proposal, the manager's decision, and ending what nobody has begun."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from baton.plans.actions import Ending
from baton.plans.models import Goal
from baton.platform.form_fields import BatonForm, ChoiceField, LongTextField, TextField

Choices = Sequence[tuple[str, str]]
CLOSE, SEND_BACK = "close", "send_back"


class ProposalForm(BatonForm):
    """Why help can end, how each goal ended, and who leads next."""

    reason = ChoiceField(label="Why can help end?", required_message="Select why help can end")
    leads_next = TextField(
        label="Who leads next?",
        help_text="A name and agency of a universal service, or “The family itself”",
        required_message="Enter who leads next, or “The family itself”",
    )
    sustaining = LongTextField(
        label="What keeps the changes going?",
        help_text="What everybody goes on doing, and what the family does if things slip back",
        limit=4000,
        required=False,
    )
    familys_view = LongTextField(
        label="What does the family say about the help, and about ending it?", limit=4000, required=False
    )
    summary = LongTextField(
        label="What happened, in short?",
        help_text="Why the family asked for help, what was done, what changed, and what did not",
        required_message="Write in short what happened",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, reasons: Choices, outcomes: Choices, goals: Sequence[Goal], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
        self.goals = {f"result_{goal.pk}": goal for goal in goals}
        for number, (name, goal) in enumerate(self.goals.items(), start=1):
            self.fields[name] = ChoiceField(
                label=goal.wanted, choices=outcomes, required_message=f"Select how goal {number} ended"
            )

    def results_asked(self) -> list[BoundField]:
        """The question of each goal, in the family's order."""
        return [self[name] for name in self.goals]

    def ending(self) -> Ending:
        """What the action is told of how help ends."""
        return Ending(**{each.name: self.cleaned_data[each.name] for each in fields(Ending)})

    def results(self) -> dict[int, str]:
        """How each goal ended, by its id."""
        return {goal.pk: self.cleaned_data[name] for name, goal in self.goals.items()}


class DecisionForm(BatonForm):
    """The manager's answer to a proposal."""

    decision = ChoiceField(
        label="What do you decide?",
        choices=((CLOSE, "Close: help ends"), (SEND_BACK, "Send it back")),
        required_message="Select whether to close or to send it back",
    )
    why_without = LongTextField(label="Why can help end without these records?", limit=2000, rows=3, required=False)
    returned_because = LongTextField(label="What should be put right first?", limit=2000, rows=3, required=False)

    def __init__(self, data: Any = None, *, lacks_records: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not lacks_records:
            del self.fields["why_without"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        decision = typed.get("decision")
        if decision == SEND_BACK and not typed.get("returned_because"):
            self.add_error("returned_because", "Write what should be put right first")
        if decision == CLOSE and "why_without" in self.fields and not typed.get("why_without"):
            self.add_error("why_without", "Write why help can end without these records, or send it back")
        return typed


class UnstartedForm(BatonForm):
    """Why help ends before it began."""

    reason = ChoiceField(label="Why does it end before it began?", required_message="Select why it ends")
    summary = LongTextField(
        label="What happened, in short?",
        help_text="Who spoke with the family, when, and what the family said",
        required_message="Write in short what happened",
    )
    leads_next = TextField(
        label="Who helps the family now?",
        help_text="A name and agency, or “Nobody: the family does not want help”",
        required_message="Enter who helps the family now, or that nobody does",
    )

    def __init__(self, data: Any = None, *, reasons: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]
