"""What is typed about agreement."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from baton.consent.actions import Asked, Told
from baton.consent.models import Consent, Refusal
from baton.consent.presenters import asked_again
from baton.people.models import FamilyMember
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    LongTextField,
    MomentField,
    SelectField,
    TextField,
)
from baton.practice.codes import code_list

SOMEBODY_ELSE = "somebody_else"
ABOUT_AGENCIES = (Consent.Purpose.SHARE, Consent.Purpose.CONTACT)
PURPOSES = [
    (Consent.Purpose.HELP.value, "Early help for the family"),
    (Consent.Purpose.SHARE.value, "Sharing what concerns them with an agency"),
    (Consent.Purpose.CONTACT.value, "Asking an agency about them"),
]


class AgencyForm(BatonForm):
    """What both forms ask: who it is, of what, about which agencies, and where."""

    named = unnamed = ""  # the field for the name of somebody else, and what is said where it is empty
    organisations = ChoicesField(label="Which agencies?", help_text="For sharing or asking", required=False)
    organisation = TextField(label="Another agency, by name", width="two-thirds", required=False)
    agency = SelectField(label="What kind of agency is that?", required=False)
    where = SelectField(label="Where?", choices=Consent.Where.choices, required_message="Select where")

    def __init__(
        self,
        *args: Any,
        members: Iterable[FamilyMember],
        agencies: Sequence[tuple[str, str]],
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        listed = [(str(member.person_id), _called(member)) for member in members]
        fields["person"].choices = [*listed, (SOMEBODY_ELSE, "Somebody else")]
        self.known = {str(number): pair for number, pair in enumerate(agencies)}
        fields["organisations"].choices = [(key, name) for key, (_, name) in self.known.items()]
        if not self.known:
            del fields["organisations"]
        fields["agency"].choices = [("", "Select"), *((each.code, each.title) for each in code_list("agency").on(on))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") == SOMEBODY_ELSE and not cleaned.get(self.named):
            self.add_error(self.named, self.unnamed)
        if cleaned.get("organisation") and not cleaned.get("agency"):
            self.add_error("agency", "Select what kind of agency that is")
        if set(ABOUT_AGENCIES) & set(cleaned.get("purposes", ())) and not self._agencies(cleaned):
            self.add_error("organisation", "Select or name the agency")
        return cleaned

    def about(self) -> list[tuple[str, str, str]]:
        """Purpose, kind of agency and its name: early help once, sharing and asking once an agency."""
        typed = self.cleaned_data
        about = [(Consent.Purpose.HELP.value, "", "")] if Consent.Purpose.HELP in typed["purposes"] else []
        for agency, organisation in self._agencies(typed):
            about += [(each.value, agency, organisation) for each in ABOUT_AGENCIES if each in typed["purposes"]]
        return about

    def _agencies(self, typed: dict[str, Any]) -> list[tuple[str, str]]:
        chosen = [self.known[key] for key in typed.get("organisations", ())]
        another = (typed.get("agency", ""), typed.get("organisation", "").strip())
        return chosen + ([another] if another[1] and another not in chosen else [])


class ConsentForm(AgencyForm):
    """Who agreed to what, and how. One sending records one agreement for each purpose and agency."""

    named, unnamed = "given_by", "Enter the name of the person who agrees"
    field_order = ("person", "given_by", "purposes", "organisations", "organisation", "agency", "method", "where")
    person = ChoiceField(label="Who agrees?", required_message="Select who agrees")
    given_by = TextField(label="Their name", required=False)
    purposes = ChoicesField(
        label="What do they agree to?", choices=PURPOSES, required_message="Select what they agree to"
    )
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
        label="What did they say they agree to?",
        help_text="In their words",
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
    understanding = LongTextField(
        label="If they are under 16: how do you know that they understand?",
        help_text="What you explained, and what they said back",
        limit=2_000,
        rows=2,
        required=False,
    )
    witnessed_by = TextField(label="Witnessed by (optional)", required=False)
    handed = ChoicesField(label="What were they given? (optional)", required=False)

    def __init__(self, *args: Any, leaflet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["handed"].choices = [("copy", "A copy of what they agreed to"), ("leaflet", leaflet or "A leaflet")]

    def told(self) -> list[Told]:
        """What is to be written down: for early help once, for sharing and asking once an agency."""
        typed = self.cleaned_data
        texts = {name: typed[name] for name in ("where", "scope", "limits", "understanding", "witnessed_by")}
        copy, leaflet = "copy" in typed["handed"], "leaflet" in typed["handed"]
        return [
            Told(purpose=what, agency=kind, organisation=name, has_copy=copy, has_leaflet=leaflet, **texts)
            for what, kind, name in self.about()
        ]


class RefusalForm(AgencyForm):
    """Who was asked and does not agree. One sending records one answer for each purpose and agency."""

    named, unnamed = "said_by", "Enter the name of the person who does not agree"
    field_order = ("person", "said_by", "purposes", "organisations", "organisation", "agency", "asked_by", "where")
    person = ChoiceField(label="Who does not agree?", required_message="Select who does not agree")
    said_by = TextField(label="Their name", required=False)
    purposes = ChoicesField(
        label="What were they asked about?", choices=PURPOSES, required_message="Select what they were asked about"
    )
    asked_by = TextField(label="Who asked them?", width="two-thirds", required_message="Enter who asked them")
    asked_at = MomentField(
        label="When?", past=True, called="date and time", help_text="For example, 27 3 2026 and 2:30pm"
    )
    reason = LongTextField(
        label="What did they say? (optional)",
        help_text="In their words. Nobody has to give a reason.",
        limit=5_000,
        rows=3,
        required=False,
    )
    follows = ChoiceField(
        label="What follows?",
        choices=Refusal.Follows.choices,
        hints={
            "manager": "It stands on your manager’s list until it is considered. It refers the family to nobody.",
        },
        required_message="Select what follows",
    )
    follows_note = LongTextField(
        label="What was said about that? (optional)",
        help_text="For example: when we ask again, or what help they would want",
        limit=2_000,
        rows=2,
        required=False,
    )

    def asked(self) -> list[Asked]:
        """What is to be written down: for early help once, for sharing and asking once an agency."""
        typed = self.cleaned_data
        texts = {name: typed[name] for name in ("where", "reason", "follows", "follows_note")}
        return [
            Asked(typed["asked_by"], typed["asked_at"], purpose=what, agency=kind, organisation=name, **texts)
            for what, kind, name in self.about()
        ]


class RenewalForm(BatonForm):
    """Who was asked again and still agrees."""

    chosen = ChoicesField(
        label="Who still agrees, and to what?",
        help_text="Leave out what you did not ask about",
        required_message="Select who still agrees, and to what",
    )
    asked_at = MomentField(
        label="When did they say so?", past=True, called="date and time", help_text="For example, 27 3 2026 and 2:30pm"
    )
    note = LongTextField(
        label="What did they say? (optional)",
        help_text="In their words. If what they agree to is different now, record new agreement instead.",
        limit=2_000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, standing: Iterable[Consent], due: Iterable[Consent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = {str(each.pk): each for each in standing}
        field = cast(ChoicesField, self.fields["chosen"])
        field.choices = [(key, f"{each.given_by}: {each.to_what}") for key, each in self.standing.items()]
        waiting = {each.pk for each in due}
        field.hints = {key: asked_again(each, is_due=each.pk in waiting) for key, each in self.standing.items()}

    def consents(self) -> list[Consent]:
        """The agreements that were chosen."""
        return [self.standing[key] for key in self.cleaned_data["chosen"]]


class WithdrawalForm(BatonForm):
    """When somebody stopped agreeing, to what, and why."""

    everything = ChoiceField(
        label="What do they no longer agree to?", required_message="Select what they no longer agree to"
    )
    withdrawn_at = MomentField(
        label="When did they say so?", past=True, called="date and time", help_text="For example, 27 3 2026 and 2:30pm"
    )
    reason = LongTextField(
        label="What did they say about why?",
        help_text="In their own words. If they gave no reason, say so.",
        limit=5_000,
        required_message="Write what they said about why, or that they gave no reason",
    )

    def __init__(self, *args: Any, consent: Consent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("this", f"This: {consent.to_what}"), ("everything", "Everything they agreed to")]
        cast(ChoiceField, self.fields["everything"]).choices = choices

    def clean_everything(self) -> bool:
        return bool(self.cleaned_data["everything"] == "everything")


class ConsiderationForm(BatonForm):
    """What a manager considered after a withdrawal."""

    note = LongTextField(
        label="What did you consider, and why do you decide as you do?",
        help_text="Do the first worries remain? Who else sees the children? Must anybody else know, and why?",
        limit=5_000,
        required_message="Write what you considered and what you decided",
    )
    outcome = ChoiceField(
        label="What did you decide?",
        choices=Consent.Considered.choices,
        hints={"refer": "Saving this sends nothing: step up from the family’s page, which needs nobody’s agreement"},
        required_message="Select what you decided",
    )


def _called(member: FamilyMember) -> str:
    said = member.relationship or member.get_part_display().lower()
    return f"{member.person.name} ({said})"
