"""The questions of a request for help, one form each."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError

from baton.people.models import FamilyMember, Person
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    EmailField,
    LongTextField,
    PhoneField,
    SelectField,
    TextField,
    YesNoField,
)
from baton.platform.models import Organisation
from baton.practice.frameworks import Framework
from baton.requests.models import HelpRequest
from baton.requests.presenters.wording import OTHER, PRACTITIONER, WHO_HINTS, consent_choices, question

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
NOT_SURE = "not_sure"
METHODS = [("verbal", "They said so"), ("written", "In writing")]


class StepForm(BatonForm):
    """One question. `asks` names the field whose label is the question itself, where there is only one."""

    step: ClassVar[str]
    asks: ClassVar[str] = ""

    def __init__(self, *args: Any, audience: str, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audience = audience
        if self.asks:
            words = question(self.step, audience)
            self.fields[self.asks].label, self.fields[self.asks].help_text = words.title, words.hint
        self.suit(framework)

    def suit(self, framework: Framework) -> None:
        """Fit the form to who asks and to the place."""


class DangerForm(StepForm):
    """Whether a child is in danger now."""

    step, asks = "danger", "child_in_danger"
    child_in_danger = YesNoField(required_message="Select yes if a child is in immediate danger")


class WhoForm(StepForm):
    """What kind of enquirer it is."""

    step, asks = "who", "source"
    source = ChoiceField(
        choices=[
            ("practitioner", "A practitioner"),
            ("family", "A parent, carer or family member"),
            ("young_person", "A young person"),
            ("other", "Somebody else"),
        ],
        hints=WHO_HINTS,
        required_message="Select who is asking for help",
    )


class YouForm(StepForm):
    """The enquirer's name and how to answer them."""

    step = "you"
    enquirer_name = TextField(label="Full name", autocomplete="name", required_message="Enter your name")
    enquirer_job_title = TextField(label="Job title", limit=100, autocomplete="organization-title")
    enquirer_organisation = TextField(label="Organisation", autocomplete="organization")
    enquirer_organisation_kind = SelectField(label="Kind of organisation", choices=Organisation.Kind.choices)
    enquirer_phone = PhoneField(label="Telephone number", required=False)
    enquirer_email = EmailField(label="Email address", required=False)
    contact_notes = LongTextField(
        label="When and how is it safe to contact you? (optional)",
        help_text="For example: after 4pm, by text, or not at home",
        limit=500,
        rows=2,
        required=False,
    )

    def suit(self, framework: Framework) -> None:
        if self.audience == PRACTITIONER:
            self.fields["contact_notes"].label = "When is it best to contact you? (optional)"
            return
        for name in ("enquirer_job_title", "enquirer_organisation", "enquirer_organisation_kind"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reachable = cleaned.get("enquirer_phone") or cleaned.get("enquirer_email")
        if not reachable and not self.errors.keys() & {"enquirer_phone", "enquirer_email"}:
            self.add_error("enquirer_phone", "Enter a telephone number or an email address, so that you get an answer")
        return cleaned


class NamedForm(StepForm):
    """Somebody in the family."""

    given_name = TextField(label="First name", limit=100, required_message="Enter a first name")
    family_name = TextField(label="Last name", limit=100, required_message="Enter a last name")
    date_of_birth = DayField(
        label="Date of birth, if you know it",
        help_text="For example, 27 3 2016",
        past=True,
        called="date of birth",
        required=False,
    )


class ChildForm(NamedForm):
    """A child or young person."""

    step = "child"
    sex = ChoiceField(label="Sex", choices=Person.Sex.choices, initial=Person.Sex.UNKNOWN)
    school = TextField(label="School, college or nursery (optional)", required=False)
    part = FamilyMember.Part.CHILD

    def suit(self, framework: Framework) -> None:
        self.fields["given_name"].help_text = "For a baby who is not born yet, write Baby"


class AdultForm(NamedForm):
    """A parent, a carer, or somebody of the wider family."""

    step = "adult"
    part = ChoiceField(
        label="Who is this?",
        choices=[(value, label) for value, label in FamilyMember.Part.choices if value != FamilyMember.Part.CHILD],
        required_message="Select who this is",
    )
    relationship = TextField(
        label="What do the children call them? (optional)",
        help_text="For example: mum, grandad, Auntie Jo",
        limit=60,
        required=False,
    )
    phone = PhoneField(label="Telephone number (optional)", required=False)
    field_order = ("part", "given_name", "family_name", "relationship", "date_of_birth", "phone")


class ReasonsForm(StepForm):
    """Why help is asked for, from the place's own list."""

    step, asks = "reasons", "reasons"
    reasons = ChoicesField(required_message="Select at least one reason")

    def suit(self, framework: Framework) -> None:
        field = cast(ChoicesField, self.fields["reasons"])
        if self.audience == PRACTITIONER:
            field.choices = [(reason.id, reason.title) for reason in framework.reasons]
            field.hints = {reason.id: reason.note for reason in framework.reasons if reason.note}
            return
        listed = [(reason.id, reason.for_families) for reason in framework.reasons]
        field.choices = [*listed, (NOT_SURE, "Something else, or I am not sure")]
        field.required_message = "Select what help is needed, or “Something else, or I am not sure”"


class WorriesForm(StepForm):
    """What worries the enquirer."""

    step, asks = "worries", "concerns"
    concerns = LongTextField(rows=8, required_message="Write what the worry is, in your own words")


class StrengthsForm(StepForm):
    """What goes well."""

    step, asks = "strengths", "strengths"
    strengths = LongTextField(required=False)


class TriedForm(StepForm):
    """What has been tried."""

    step, asks = "tried", "tried"
    tried = LongTextField(required=False)


class ToldForm(StepForm):
    """Who else knows."""

    step, asks = "told", "others_told"
    others_told = LongTextField(required=False)


class ConsentForm(StepForm):
    """What the family says to the request."""

    step = "consent"
    consent = ChoiceField(required_message="Select an answer")
    consent_by = TextField(label="Who agreed?", help_text="Their name, and who they are to the child", required=False)
    consent_method = ChoiceField(label="How did they agree?", choices=METHODS, required=False)
    consent_notes = LongTextField(
        label="Anything we should know about this? (optional)",
        help_text="For example what they agreed to, or why it was not right to ask",
        limit=2_000,
        rows=3,
        required=False,
    )

    def suit(self, framework: Framework) -> None:
        words = question(self.step, self.audience)
        field = cast(ChoiceField, self.fields["consent"])
        field.label, field.help_text = words.title, words.hint
        field.choices = consent_choices(self.audience)
        if not self.asks_who_agreed:
            del self.fields["consent_method"]
        if self.audience == "family":
            del self.fields["consent_by"]

    @property
    def asks_who_agreed(self) -> bool:
        return self.audience in (PRACTITIONER, OTHER)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("consent") != HelpRequest.ConsentState.GIVEN:
            return cleaned
        for name, sentence in (("consent_by", "Enter who agreed"), ("consent_method", "Select how they agreed")):
            if name in self.fields and not cleaned.get(name):
                self.add_error(name, sentence)
        return cleaned


class WhereForm(StepForm):
    """Where the family lives."""

    step = "where"
    address = LongTextField(
        label="Address",
        help_text="Leave this empty if the family has no fixed address, or if it is not safe to write it",
        limit=500,
        rows=4,
        required=False,
    )
    postcode = TextField(label="Postcode", width=10, limit=10, required=False)

    def clean_postcode(self) -> str:
        typed = re.sub(r"\s+", "", self.cleaned_data["postcode"].upper())
        spaced = f"{typed[:-3]} {typed[-3:]}" if typed else ""
        if typed and not POSTCODE.fullmatch(spaced):
            raise ValidationError("Enter a full postcode, like DT1 1XJ")
        return spaced


class AnotherForm(BatonForm):
    """Whether to add somebody else."""

    another = YesNoField()

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["another"].label = label
        self.fields["another"].required_message = "Select yes if you want to add somebody"  # type: ignore[attr-defined]


TRAP = "company_website"  # a box that people neither see nor reach, and robots fill in


class NothingToType(BatonForm):
    """A page with a button and no question."""


FORMS: Mapping[str, type[StepForm]] = {
    form.step: form
    for form in (
        DangerForm,
        WhoForm,
        YouForm,
        ReasonsForm,
        WorriesForm,
        StrengthsForm,
        TriedForm,
        ToldForm,
        ConsentForm,
        WhereForm,
    )
}
ORDER = (
    "danger",
    "who",
    "you",
    "children",
    "adults",
    "reasons",
    "worries",
    "strengths",
    "tried",
    "told",
    "consent",
    "where",
)
