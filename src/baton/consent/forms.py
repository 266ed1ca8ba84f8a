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


class ConsentForm(BatonForm):
    """Who agreed to what, and how. One sending records one agreement for each purpose and agency."""

    person = ChoiceField(label="Who agrees?", required_message="Select who agrees")
    given_by = TextField(label="Their name", required=False)
    purposes = ChoicesField(
        label="What do they agree to?", choices=PURPOSES, required_message="Select what they agree to"
    )
    organisations = ChoicesField(label="Which agencies?", help_text="For sharing or asking", required=False)
    organisation = TextField(label="Another agency, by name", width="two-thirds", required=False)
    agency = SelectField(label="What kind of agency is that?", required=False)
    method = ChoiceField(
        label="How do they agree?",
        choices=Consent.Method.choices,
        hints={"written": "Signed on paper or on a screen, usually at the first visit"},
        required_message="Select how they agree",
    )
    where = SelectField(label="Where?", choices=Consent.Where.choices, required_message="Select where")
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

    def __init__(
        self,
        *args: Any,
        members: Iterable[FamilyMember],
        agencies: Sequence[tuple[str, str]],
        leaflet: str,
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        listed = [(str(member.person_id), _called(member)) for member in members]
        fields["person"].choices = [*listed, (SOMEBODY_ELSE, "Somebody else")]
        self.known = _offer_agencies(self, agencies, on=on)
        fields["handed"].choices = [("copy", "A copy of what they agreed to"), ("leaflet", leaflet or "A leaflet")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") == SOMEBODY_ELSE and not cleaned.get("given_by"):
            self.add_error("given_by", "Enter the name of the person who agrees")
        _name_the_agency(self, cleaned)
        return cleaned

    def told(self) -> list[Told]:
        """What is to be written down: for early help once, for sharing and asking once an agency."""
        typed = self.cleaned_data
        texts = {name: typed[name] for name in ("where", "scope", "limits", "understanding", "witnessed_by")}
        copy, leaflet = "copy" in typed["handed"], "leaflet" in typed["handed"]
        return [
            Told(purpose=what, agency=kind, organisation=name, has_copy=copy, has_leaflet=leaflet, **texts)
            for what, kind, name in _about(typed, self.known)
        ]


class RefusalForm(BatonForm):
    """Who was asked and does not agree. One sending records one answer for each purpose and agency."""

    person = ChoiceField(label="Who does not agree?", required_message="Select who does not agree")
    said_by = TextField(label="Their name", required=False)
    purposes = ChoicesField(
        label="What were they asked about?", choices=PURPOSES, required_message="Select what they were asked about"
    )
    organisations = ChoicesField(label="Which agencies?", help_text="For sharing or asking", required=False)
    organisation = TextField(label="Another agency, by name", width="two-thirds", required=False)
    agency = SelectField(label="What kind of agency is that?", required=False)
    asked_by = TextField(label="Who asked them?", width="two-thirds", required_message="Enter who asked them")
    where = SelectField(label="Where?", choices=Consent.Where.choices, required_message="Select where")
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
        self.known = _offer_agencies(self, agencies, on=on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") == SOMEBODY_ELSE and not cleaned.get("said_by"):
            self.add_error("said_by", "Enter the name of the person who does not agree")
        _name_the_agency(self, cleaned)
        return cleaned

    def asked(self) -> list[Asked]:
        """What is to be written down: for early help once, for sharing and asking once an agency."""
        typed = self.cleaned_data
        texts = {name: typed[name] for name in ("where", "reason", "follows", "follows_note")}
        return [
            Asked(typed["asked_by"], typed["asked_at"], purpose=what, agency=kind, organisation=name, **texts)
            for what, kind, name in _about(typed, self.known)
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


def _offer_agencies(form: BatonForm, agencies: Sequence[tuple[str, str]], *, on: date) -> dict[str, tuple[str, str]]:
    fields: Any = form.fields
    known = {str(number): pair for number, pair in enumerate(agencies)}
    fields["organisations"].choices = [(key, name) for key, (_, name) in known.items()]
    if not known:
        del fields["organisations"]
    fields["agency"].choices = [("", "Select"), *((each.code, each.title) for each in code_list("agency").on(on))]
    return known


def _name_the_agency(form: ConsentForm | RefusalForm, typed: dict[str, Any]) -> None:
    if typed.get("organisation") and not typed.get("agency"):
        form.add_error("agency", "Select what kind of agency that is")
    if set(ABOUT_AGENCIES) & set(typed.get("purposes", ())) and not _agencies(typed, form.known):
        form.add_error("organisation", "Select or name the agency")


def _about(typed: dict[str, Any], known: dict[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    about = [(Consent.Purpose.HELP.value, "", "")] if Consent.Purpose.HELP in typed["purposes"] else []
    for agency, organisation in _agencies(typed, known):
        about += [(each.value, agency, organisation) for each in ABOUT_AGENCIES if each in typed["purposes"]]
    return about


def _agencies(typed: dict[str, Any], known: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    chosen = [known[key] for key in typed.get("organisations", ())]
    another = (typed.get("agency", ""), typed.get("organisation", "").strip())
    return chosen + ([another] if another[1] and another not in chosen else [])
