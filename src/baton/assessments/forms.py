"""What is typed about assessments and scores, cleaned."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from baton.assessments.models import OutcomeView
from baton.assessments.presenters.boxes import HINTS, LABELS
from baton.platform.form_fields import BatonForm, ChoiceField, LongTextField, MomentField
from baton.practice.frameworks import Listed, Question, Tool

THE_FAMILY = "family"
NOT_MARKED = "not_marked"


def version_field() -> forms.IntegerField:
    """The version of the record that the writer began with."""
    return forms.IntegerField(widget=forms.HiddenInput, required=False)


class PlanForm(BatonForm):
    """The plan for an assessment: focus, where, with whom, with which aids."""

    focus = LongTextField(
        label="What should this assessment find out?",
        help_text="The focus: which worries and hopes, of whom.",
        required_message="Write what this assessment should find out",
        rows=4,
        limit=4000,
    )
    when_and_where = LongTextField(
        label="When and where will you meet?",
        help_text="Where each person can talk freely; a child alone if they wish.",
        required=False,
        rows=3,
        limit=2000,
    )
    who_to_speak_to = LongTextField(
        label="Who will you speak to?",
        help_text="Family members, and with the family’s agreement school, health and others who know them.",
        required=False,
        rows=3,
        limit=2000,
    )
    aids = LongTextField(
        label="Is an interpreter or an aid needed?",
        help_text="First languages, signs or pictures, a quiet place. Say who will arrange it.",
        required=False,
        rows=2,
        limit=2000,
    )


class ChangePlanForm(PlanForm):
    """The same plan, changed later by one of two people."""

    version = version_field()


class AnswerForm(BatonForm):
    """One question of the template about one person, with the boxes it is answered in."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        for box in question.boxes:
            self.fields[box] = LongTextField(
                label=LABELS[box],
                help_text=HINTS.get(box, ""),
                required=False,
                rows=10 if len(question.boxes) == 1 else 5,
            )
        self.fields["version"] = version_field()

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by box."""
        return {box: self.cleaned_data[box] for box in self.question.boxes}


class OutcomesForm(BatonForm):
    """Each outcome of the framework: already there, to help with, or not looked at."""

    def __init__(self, *args: Any, outcomes: Sequence[Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for outcome in outcomes:
            self.fields[outcome.id] = ChoiceField(
                label=outcome.title,
                help_text=outcome.note,
                required=False,
                choices=[*OutcomeView.View.choices, (NOT_MARKED, "Not looked at")],
            )
        self.fields["version"] = version_field()

    @property
    def views(self) -> dict[str, str]:
        """What was marked, by outcome; an empty text where nothing is."""
        typed = {name: text for name, text in self.cleaned_data.items() if name != "version"}
        return {name: "" if text == NOT_MARKED else text for name, text in typed.items()}


class ConfirmForm(BatonForm):
    """A form with nothing to fill in."""


class JudgeForm(BatonForm):
    """The manager's answer to a submitted assessment."""

    decision = ChoiceField(
        label="What is your decision?",
        choices=[("authorise", "Authorise it"), ("return", "Return it with comments")],
        hints={
            "authorise": "From then on nobody can change this version.",
            "return": "It can be written in again, and is submitted again.",
        },
        required_message="Select whether you authorise or return it",
    )
    comment = LongTextField(
        label="Your comments",
        help_text="To return it, say what should change. To authorise it, only if there is something to say.",
        required=False,
        limit=4000,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "return" and not cleaned.get("comment", "").strip():
            self.add_error("comment", "Write what should change, so that the person who wrote it knows what to do")
        return cleaned


class ScoreForm(BatonForm):
    """A score of one tool."""

    def __init__(
        self,
        *args: Any,
        tools: Sequence[Tool],
        people: Iterable[tuple[str, str]],
        for_each_child: frozenset[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.for_each_child = for_each_child
        self.fields["tool"] = ChoiceField(
            label="Which tool?",
            choices=[(tool.id, tool.title) for tool in tools],
            hints={tool.id: tool.note for tool in tools if tool.note},
            required_message="Select the tool you used",
        )
        self.fields["person"] = ChoiceField(
            label="Who was it about?",
            choices=[*people, (THE_FAMILY, "The family as a whole")],
            required_message="Select who it was about",
        )
        self.fields["scored_at"] = MomentField(label="When was it scored?", called="moment of scoring", past=True)
        self.fields["result"] = LongTextField(
            label="What was the result?",
            help_text="The scores or stage, and what was said about them.",
            required_message="Write the result",
            rows=4,
            limit=4000,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("person") == THE_FAMILY and cleaned.get("tool") in self.for_each_child:
            self.add_error("person", "Select the child it was about: this tool is asked for of each child")
        return cleaned
