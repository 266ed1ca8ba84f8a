"""What is typed about agreement to help."""

from collections.abc import Iterable
from typing import Any, cast

from baton.consent.models import Consent
from baton.people.models import FamilyMember
from baton.platform.form_fields import BatonForm, ChoiceField, LongTextField, MomentField, TextField

SOMEBODY_ELSE = "somebody_else"


class ConsentForm(BatonForm):
    """Who agreed to what, and how."""

    person = ChoiceField(label="Who agrees?", required_message="Select who agrees")
    given_by = TextField(label="Their name", required=False)
    method = ChoiceField(
        label="How do they agree?",
        choices=Consent.Method.choices,
        hints={"written": "Signed on paper or on a screen, usually at the first visit"},
        required_message="Select how they agree",
    )
    given_at = MomentField(
        label="When?", past=True, called="date and time", help_text="For example, 27 3 2026 and 2:30pm"
    )
    scope = LongTextField(
        label="What do they agree to?",
        help_text="In their words: the help, and whom we may talk to about it",
        limit=2_000,
        rows=3,
        required_message="Write what they agree to",
    )
    limits = LongTextField(
        label="What do they not want? (optional)",
        help_text="For example: not to talk to the children’s grandfather",
        limit=2_000,
        rows=2,
        required=False,
    )
    witnessed_by = TextField(label="Witnessed by (optional)", required=False)

    def __init__(self, *args: Any, members: Iterable[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(member.person_id), _called(member)) for member in members]
        cast(ChoiceField, self.fields["person"]).choices = [*listed, (SOMEBODY_ELSE, "Somebody else")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") == SOMEBODY_ELSE and not cleaned.get("given_by"):
            self.add_error("given_by", "Enter the name of the person who agrees")
        return cleaned


class WithdrawalForm(BatonForm):
    """When somebody stopped agreeing, and why."""

    withdrawn_at = MomentField(
        label="When did they say so?", past=True, called="date and time", help_text="For example, 27 3 2026 and 2:30pm"
    )
    reason = LongTextField(
        label="What did they say about why?",
        help_text="In their own words. If they gave no reason, say so.",
        limit=5_000,
        required_message="Write what they said about why, or that they gave no reason",
    )


class ConsiderationForm(BatonForm):
    """What a manager considered after a withdrawal."""

    note = LongTextField(
        label="What did you consider, and what did you decide?",
        help_text="Do the first worries remain? Who else sees the children? Must anybody else know, and why?",
        limit=5_000,
        required_message="Write what you considered and what you decided",
    )


def _called(member: FamilyMember) -> str:
    said = member.relationship or member.get_part_display().lower()
    return f"{member.person.name} ({said})"
