"""What is typed about who sees a family, about emergencies and about audits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from baton.governance.models import Alert, Emergency, PanelCase
from baton.governance.policies import ENOUGH_TO_READ
from baton.governance.queries.accounts import account_called
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    DayField,
    LongTextField,
    SelectField,
    TextField,
)
from baton.platform.models import User
from baton.platform.routes import LARGEST_NUMBER

NOBODY_IS_CALLED = "No one account has this e-mail address or name: “{typed}”. Enter the address they sign in with"
SOON, LONG_AGO = "open", "ended"
MOST_CASES = 50


class AccountField(TextField):
    """Somebody with an account, by e-mail address or name. Its value is the `User`, or nothing."""

    def clean(self, value: Any) -> User | None:
        typed = super().clean(value)
        return found_account(typed) if typed else None


def found_account(typed: str) -> User:
    """The one account meant; raises `ValidationError` otherwise."""
    user = account_called(typed)
    if user is None:
        raise ValidationError(NOBODY_IS_CALLED.format(typed=typed))
    return user


class ReasonForm(BatonForm):
    """Why."""

    because = LongTextField(label="Why?", limit=2_000, rows=3, required_message="Say why")


class RestrictForm(BatonForm):
    """Why nobody else may see a family, who still may, and when that is looked at again."""

    reason = LongTextField(
        label="Why may nobody else see this family?",
        help_text="For example: a parent works here; the family is in hiding. Only the people named read this.",
        limit=2_000,
        rows=3,
        required_message="Say why nobody else may see this family",
    )
    people = LongTextField(
        label="Who goes on seeing it?",
        help_text="E-mail addresses, each on a line of its own. Whoever leads the work should be among them.",
        limit=4_000,
        rows=4,
        required_message="Name at least one person who may see the family",
    )
    because = LongTextField(label="Why these people?", limit=2_000, rows=2, required_message="Say why these people")
    review_on = DayField(label="When will somebody look whether this is still needed?", help_text="Within a year")

    def clean_people(self) -> list[User]:
        lines = [line.strip() for line in self.cleaned_data["people"].replace(",", "\n").splitlines()]
        return list(dict.fromkeys(found_account(line) for line in lines if line))


class NameForm(BatonForm):
    """Who may see a restricted family too, and why."""

    user = AccountField(label="Who?", help_text="Their e-mail address at work", required_message="Say who")
    because = LongTextField(
        label="Why must they see this family?",
        limit=2_000,
        rows=3,
        required_message="Say why they must see it",
    )


class KeepForm(BatonForm):
    """What somebody found who looked whether a family must stay restricted."""

    words = LongTextField(
        label="Why must it stay restricted?", limit=2_000, rows=3, required_message="Say why it must stay restricted"
    )
    review_on = DayField(label="When will somebody look again?", help_text="Within a year")


class JoinForm(BatonForm):
    """Who joins the team around a family."""

    user = AccountField(
        label="Their e-mail address, if they use Baton",
        help_text="They will see this family’s whole record until they leave the team around it.",
        required=False,
    )
    name = TextField(label="Or their name, if they do not use Baton", required=False)
    agency = TextField(label="Their agency, if they do not use Baton", required=False)
    part = TextField(
        label="What do they do for the family?", help_text="For example: school nurse", limit=100, width="one-half"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "user" in cleaned and not cleaned["user"] and not cleaned.get("name"):
            self.add_error("user", "Enter an e-mail address, or a name below")
        return cleaned


class NothingForm(BatonForm):
    """Nothing to type: a button."""


class EmergencyForm(BatonForm):
    """Whom somebody must know about now, and why."""

    given_name = TextField(label="First name of a child or adult in the family", limit=100, width="one-half")
    family_name = TextField(label="Last name", limit=100, width="one-half")
    born = DayField(label="Date of birth")
    reason = LongTextField(
        label="Why do you need this now?",
        help_text="What happened, who asked, and why it cannot wait for the family’s own team",
        limit=2_000,
        rows=4,
        required_message="Say why you need this now",
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if len(reason.strip()) < ENOUGH_TO_READ:
            raise ValidationError("Say why in a sentence that somebody else can understand later")
        return reason


class JudgeForm(BatonForm):
    """Whether an emergency was one, and what was found."""

    judgement = ChoiceField(
        label="Was it justified?",
        choices=Emergency.Judgement.choices,
        required_message="Select whether it was justified",
    )
    review = LongTextField(
        label="What did you find out, and what follows?", limit=5_000, required_message="Write what you found out"
    )


class BringForm(BatonForm):
    """What a panel is to consider."""

    question = LongTextField(
        label="What should they consider?",
        help_text="For example: which threshold is met; what else could help when a plan is stuck.",
        limit=5_000,
        required_message="Write what they should consider",
    )


class DecideForm(BatonForm):
    """What a panel agreed."""

    threshold = ChoiceField(
        label="What did they agree?", choices=PanelCase.Threshold.choices, required_message="Select what they agreed"
    )
    words = LongTextField(
        label="What was decided, and what do they advise?",
        limit=5_000,
        required_message="Write what was decided",
    )


class AuditForm(BatonForm):
    """What an audit wants to learn, who reads, and which families are drawn."""

    title = TextField(label="What is it called?", help_text="For example: Autumn 2026, neglect")
    question = LongTextField(label="What do you want to learn?", limit=2_000, rows=3)
    auditor = SelectField(label="Who reads?", required_message="Select an auditor")
    number = forms.IntegerField(
        label="How many families should be drawn?",
        help_text=f"Up to {MOST_CASES}. With 0 you choose each family yourself.",
        min_value=0,
        max_value=MOST_CASES,
    )
    team = SelectField(label="From which team?", empty="All teams", required=False)
    state = ChoiceField(
        label="From which families?",
        choices=[(SOON, "Families who are helped now"), (LONG_AGO, "Families whose help ended in the last six months")],
        required_message="Select from which families",
    )
    seed = forms.IntegerField(
        label="Number to draw by (optional)",
        help_text="The same number draws the same families. Leave it empty for a new one.",
        min_value=1,
        max_value=2_000_000_000,
        required=False,
    )

    def __init__(self, *args: Any, auditors: list[Any], teams: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["auditor"].choices = [("", "Select"), *auditors]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "All teams"), *teams]  # type: ignore[attr-defined]


class CaseForm(BatonForm):
    """A family to be read in an audit."""

    number = forms.IntegerField(
        label="Which family’s number?",
        help_text="It stands in the address of the family’s page",
        min_value=1,
        max_value=LARGEST_NUMBER,
    )


class CloseAlertForm(BatonForm):
    """What came of looking into an alert."""

    outcome = ChoiceField(label="What came of it?", choices=Alert.Outcome.choices, required_message="Select one")
    words = LongTextField(label="How do you know?", limit=5_000, required_message="Write how you know")


class OwnDetailsForm(BatonForm):
    """What somebody tells of themselves."""

    date_of_birth = DayField(label="Date of birth (optional)", required=False)
    postcode = TextField(label="Postcode at home (optional)", limit=8, width=10, required=False)
