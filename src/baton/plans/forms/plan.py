"""Forms of the plan: goals, actions, how everybody works together, and the family's yes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from baton.people.models import FamilyMember
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    LongTextField,
    SelectField,
    TextField,
)
from baton.platform.models import User

SOMEBODY_ELSE = "other"
MOST_WEEKS = 26


class GoalForm(BatonForm):
    """One goal: an outcome of the framework and what the family wants."""

    wanted = LongTextField(
        label="What does the family want?",
        help_text="In the family’s own words, so that everybody will see when it is reached",
        limit=1000,
        rows=3,
        required_message="Write what the family wants",
    )
    outcome = ChoiceField(
        label="Which outcome is this part of?", required_message="Select the outcome this goal is part of"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, outcomes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["outcome"].choices = outcomes  # type: ignore[attr-defined]


class PlanActionForm(BatonForm):
    """One action: who does what, by when, and how everybody will know."""

    what = LongTextField(label="What will be done?", limit=1000, rows=3, required_message="Write what will be done")
    owner = ChoiceField(label="Who will do it?", required_message="Select who will do it")
    owner_name = TextField(label="Their name, or their agency", required=False, limit=200)
    due_on = DayField(label="By when?", called="date", required_message="Enter by when it will be done, like 27 3 2026")
    how_we_know = LongTextField(
        label="How will we know that it is done?",
        limit=1000,
        rows=2,
        required_message="Write how everybody will know that it is done",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, members: Sequence[FamilyMember], lead: User | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.people = {f"person-{each.person_id}": each.person for each in members}
        self.staff = {f"user-{lead.pk}": lead} if lead else {}
        known = [(key, person.name) for key, person in self.people.items()]
        known += [(key, f"{user.name}, {user.organisation.name}") for key, user in self.staff.items()]
        self.fields["owner"].choices = [*known, (SOMEBODY_ELSE, "Somebody else, or an agency")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("owner") == SOMEBODY_ELSE and not typed.get("owner_name"):
            self.add_error("owner_name", "Enter the name of the person or agency who will do it")
        if typed.get("owner") != SOMEBODY_ELSE:
            typed["owner_name"] = ""
        return typed

    def wording(self) -> dict[str, Any]:
        """What the actions of a plan are given."""
        typed, owner = self.cleaned_data, self.cleaned_data["owner"]
        person, user = self.people.get(owner), self.staff.get(owner)
        name = person.name if person else user.name if user else typed["owner_name"]
        return {
            "what": typed["what"],
            "owner": name,
            "owner_person": person,
            "owner_user": user,
            "due_on": typed["due_on"],
            "how_we_know": typed["how_we_know"],
        }


class StandingForm(BatonForm):
    """Where an action stands."""

    stands = ChoiceField(
        label="Has it been done?",
        choices=(("todo", "Not yet"), ("done", "Yes, it is done"), ("dropped", "It is no longer needed")),
        required_message="Select where this action stands",
    )
    done_on = DayField(label="On which day?", called="day", past=True, required=False)
    note = LongTextField(
        label="What came of it?",
        help_text="If you like: what changed, or what stands in the way",
        limit=2000,
        rows=3,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("stands") == "todo":
            typed["done_on"] = None
        elif not typed.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", "Enter the day, like 27 3 2026")
        return typed


class TermsForm(BatonForm):
    """How everybody works together: visits, each child alone, what if things get worse, the next review."""

    visit_every_weeks = SelectField(
        label="How often will the family be visited?",
        choices=[("1", "Every week"), *((str(weeks), f"Every {weeks} weeks") for weeks in range(2, MOST_WEEKS + 1))],
        empty="Not decided yet",
        required=False,
    )
    contingency = LongTextField(
        label="What will we do if things get worse?",
        help_text="Whom the family rings, what everybody does then, and what would make us ask for more help",
        limit=4000,
        required=False,
    )
    review_on = DayField(label="When will the plan be reviewed?", called="review date", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, children: Sequence[FamilyMember], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.children = {f"alone_{child.person_id}": child for child in children}
        for name, child in self.children.items():
            self.fields[name] = TextField(
                label=f"How often will {child.person.known_as or child.person.given_name} be seen alone?",
                required=False,
                limit=200,
            )

    def clean_visit_every_weeks(self) -> int | None:
        weeks = self.cleaned_data["visit_every_weeks"]
        return int(weeks) if weeks else None

    def alone(self) -> dict[int, str]:
        """How often each child is seen alone, by the child's id."""
        return {child.person_id: self.cleaned_data[name] for name, child in self.children.items()}


class AgreeForm(BatonForm):
    """Who said yes to the plan, and when."""

    members = ChoicesField(label="Who in the family agreed to the plan?", required=False)
    others = TextField(
        label="Who else agreed to it?", help_text="Practitioners and friends who have a part in it", required=False
    )
    agreed_on = DayField(label="On which day was it agreed?", called="day", past=True)

    def __init__(self, data: Any = None, *, members: Sequence[FamilyMember], since: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.names = {str(each.person_id): each.person.name for each in members}
        self.fields["members"].choices = list(self.names.items())  # type: ignore[attr-defined]
        self.fields["agreed_on"].earliest = since  # type: ignore[attr-defined]

    def agreed_with(self) -> str:
        """Everybody who agreed, in one line."""
        typed = self.cleaned_data
        names = [self.names[each] for each in typed["members"]]
        return ", ".join([*names, typed["others"].strip()] if typed["others"].strip() else names)


class NothingToType(BatonForm):
    """The button is the answer."""
