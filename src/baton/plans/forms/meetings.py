"""Forms of meetings, and of reviews that collect updates instead."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from baton.people.models import FamilyMember
from baton.plans.actions import Attending, Minutes
from baton.plans.models import Meeting
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    LongTextField,
    MomentField,
    TextField,
    TickField,
)

MINUTES = frozenset(each.name for each in fields(Minutes))
FEWEST_ROWS, MOST_ROWS, ROWS_ADDED = 3, 30, 3


class AnyMeetingForm(BatonForm):
    """What a meeting and a review of updates have in common. Practitioners stand in rows, a few of them empty."""

    in_rows: ClassVar[tuple[str, ...]] = ("name", "agency")
    met: ClassVar[bool] = True

    rows = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_at = MomentField(label="When was it?", called="meeting", past=True)
    childs_voice = ChoiceField(
        label="Whose voice did the children have?",
        choices=Meeting.Voice.choices,
        required_message="Select whether a child spoke or somebody spoke for them",
    )
    childs_views = LongTextField(
        label="What do the children think?",
        help_text="In their own words where you can",
        required_message="Write what the children think",
    )
    discussed = LongTextField(label="What was talked about?", required_message="Write what was talked about")
    decisions = LongTextField(label="What was decided?", required_message="Write what was decided")
    next_on = DayField(label="When is the next review?", called="next review", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        members: Sequence[FamilyMember],
        since: date,
        correcting: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        self.members = {str(each.person_id): each for each in members}
        self.fields["held_at"].earliest = since  # type: ignore[attr-defined]
        self.count = self._rows_wanted()
        for index in range(self.count):
            self._add_row(index)
        if kind == Meeting.Kind.ENDING:
            del self.fields["next_on"]
        if kind == Meeting.Kind.REVIEW:
            self.fields["decision"] = ChoiceField(
                label="What did the review decide?",
                choices=Meeting.Decision.choices,
                required_message="Select what the review decided",
            )
        if correcting:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
            self.fields["because"] = LongTextField(
                label="Why do you change what was recorded?",
                help_text="What stood before is kept beside it",
                limit=1000,
                rows=2,
                required_message="Write why you change what was recorded",
            )

    def _rows_wanted(self) -> int:
        given = self.data.get("rows") if self.is_bound else self.initial.get("rows")
        try:
            wanted = int(given or 0)
        except (TypeError, ValueError):
            wanted = 0
        return min(max(wanted, FEWEST_ROWS), MOST_ROWS)

    def _add_row(self, index: int) -> None:
        self.fields[f"name_{index}"] = TextField(label="Name", required=False)
        self.fields[f"agency_{index}"] = TextField(label="Agency", required=False)

    def practitioner_rows(self) -> list[list[BoundField]]:
        """The boxes of each practitioner, row by row."""
        return [[self[f"{name}_{index}"] for name in self.in_rows] for index in range(self.count)]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for index in range(self.count):
            filled = [name for name in self.in_rows if name != "name" and typed.get(f"{name}_{index}")]
            if filled and not typed.get(f"name_{index}"):
                self.add_error(f"name_{index}", f"Enter the name of practitioner {index + 1}, or empty the row")
        return typed

    def named_rows(self) -> list[dict[str, Any]]:
        """What was typed of each practitioner who has a name."""
        rows = [{name: self.cleaned_data[f"{name}_{index}"] for name in self.in_rows} for index in range(self.count)]
        return [row for row in rows if row["name"]]

    def minutes(self) -> Minutes:
        """What the action is told, without who came."""
        told = {name: value for name, value in self.cleaned_data.items() if name in MINUTES}
        return Minutes(kind=self.kind, met=self.met, **told)


class MeetingForm(AnyMeetingForm):
    """A meeting: who was invited and who came, who chaired and who took the notes."""

    in_rows = ("name", "agency", "came")

    invited = ChoicesField(label="Who in the family was invited?", required=False)
    came = ChoicesField(label="Who in the family came?", required=False)
    chair = TextField(label="Who chaired the meeting?", required_message="Enter who chaired the meeting")
    note_taker = TextField(
        label="Who took the notes?",
        help_text="Somebody else than the chair",
        required_message="Enter who took the notes",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        names = [(key, each.person.name) for key, each in self.members.items()]
        self.fields["invited"].choices = self.fields["came"].choices = names  # type: ignore[attr-defined]

    def _add_row(self, index: int) -> None:
        super()._add_row(index)
        self.fields[f"came_{index}"] = TickField(label="Came to the meeting", required=False)

    def people(self) -> list[Attending]:
        """Everybody who was invited; whoever came was."""
        invited, came = set(self.cleaned_data["invited"]), set(self.cleaned_data["came"])
        family = [
            Attending(name=each.person.name, came=key in came, person_id=each.person_id)
            for key, each in self.members.items()
            if key in invited | came
        ]
        return family + [Attending(**row) for row in self.named_rows()]


class UpdatesForm(AnyMeetingForm):
    """A review without a meeting: each person's update, what they say together, and how that was shared back."""

    in_rows = ("name", "agency", "update")
    met = False

    shared_back = LongTextField(
        label="How did everybody hear what the updates said together?",
        help_text="Share the updates and the changed plan with everybody in the team around the family",
        limit=2000,
        rows=3,
        required_message="Write how everybody heard what the updates said together",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["held_at"].label = "When did you bring the updates together?"
        self.fields["held_at"].called = "day"  # type: ignore[attr-defined]
        self.fields["discussed"].label = "What do the updates say together?"
        self.fields["discussed"].required_message = "Write what the updates say together"  # type: ignore[attr-defined]
        for key, each in self.members.items():
            self.fields[f"update_from_{key}"] = LongTextField(
                label=f"What {each.person.name} says", limit=4000, rows=2, required=False
            )

    def _add_row(self, index: int) -> None:
        super()._add_row(index)
        self.fields[f"update_{index}"] = LongTextField(label="Update", limit=4000, rows=3, required=False)

    def updates_of_members(self) -> list[BoundField]:
        """The box of each member of the family."""
        return [self[f"update_from_{key}"] for key in self.members]

    def people(self) -> list[Attending]:
        """Everybody in the family, and the practitioners, each with what they said; an empty one was asked in vain."""
        typed = self.cleaned_data
        said = {key: typed[f"update_from_{key}"] for key in self.members}
        family = [
            Attending(name=each.person.name, came=bool(said[key]), person_id=each.person_id, update=said[key])
            for key, each in self.members.items()
        ]
        return family + [Attending(came=bool(row["update"]), **row) for row in self.named_rows()]
