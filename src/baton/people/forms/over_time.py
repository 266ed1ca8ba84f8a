"""What holds of a person from one day until another: names, homes, contact, school and GP, agencies, responsibility."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from baton.people.forms.facts import choices_on
from baton.people.models import Address, ContactPoint, FamilyMember, PersonName, Residence, Setting
from baton.people.policies.identifiers import is_uprn, plain, postcode_of
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
    TickField,
)

NEW_ADDRESS = "new"


class TimeForm(BatonForm):
    """From one day until another. The days stand last; `version` is there where something is put right."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    from_on = DayField(
        label="From", called="first day", help_text="Leave it empty when nobody knows", past=True, required=False
    )
    until_on = DayField(label="Until", called="last day", help_text="Leave it empty while it is so", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name not in ("from_on", "until_on")])
        fields: Any = self.fields
        if "agency" in fields:
            fields["agency"].choices = [("", "Select"), *choices_on("agency", today)]
        if "no_uprn" in fields:
            fields["no_uprn"].choices = [("", "Not said"), *choices_on("no_uprn", today)]


class NameForm(TimeForm):
    kind = ChoiceField(label="Kind of name", choices=PersonName.Kind.choices, required_message="Select a kind of name")
    given_name = TextField(label="First name", limit=100, width=20, required_message="Enter a first name")
    middle_names = TextField(label="Middle names", limit=100, width=20, required=False)
    family_name = TextField(label="Last name", limit=100, width=20, required=False)
    why = TextField(
        label="Why it changed",
        help_text="Married, adopted, by deed poll",
        limit=200,
        width="two-thirds",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == PersonName.Kind.LEGAL and not cleaned.get("family_name"):
            self.add_error("family_name", "Enter a last name")
        return cleaned


class ContactForm(TimeForm):
    kind = ChoiceField(label="What is it?", choices=ContactPoint.Kind.choices, required_message="Select what it is")
    value = TextField(
        label="Number or address",
        help_text="For somebody else: their name and number",
        limit=200,
        width="two-thirds",
        required_message="Enter the number or address",
    )
    safety = ChoiceField(
        label="Is it safe to use?",
        choices=ContactPoint.Safety.choices,
        required_message="Select whether it is safe to use",
    )
    rule = TextField(
        label="How to use it",
        help_text="Texts only, no voicemail, not after six, ask for Sam",
        limit=300,
        width="two-thirds",
        required=False,
    )
    is_preferred = TickField(label="They would rather be reached this way", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        safety, kind, value = cleaned.get("safety"), cleaned.get("kind"), cleaned.get("value", "")
        if safety == ContactPoint.Safety.CAREFUL and not cleaned.get("rule"):
            self.add_error("rule", "Say how it may be used")
        if safety == ContactPoint.Safety.NEVER and cleaned.get("is_preferred"):
            self.add_error("is_preferred", "What must never be used cannot be the way they would rather be reached")
        if kind == ContactPoint.Kind.EMAIL and value and "@" not in value:
            self.add_error("value", "Enter an email address in the correct format, like name@example.com")
        if kind in (ContactPoint.Kind.MOBILE, ContactPoint.Kind.PHONE) and sum(map(str.isdigit, value)) < 6:
            self.add_error("value", "Enter a telephone number, like 01305 221 000 or 07700 900 982")
        return cleaned


class SettingForm(TimeForm):
    kind = ChoiceField(label="What is it?", choices=Setting.Kind.choices, required_message="Select what it is")
    name = TextField(label="Name", limit=200, width="two-thirds", required=False)
    code = TextField(
        label="Its number", help_text="URN of a school, ODS code of a practice", limit=10, width=10, required=False
    )
    is_second = TickField(label="They are also registered elsewhere, and that is their main one", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") not in (Setting.Kind.HOME, Setting.Kind.NONE, "", None) and not cleaned.get("name"):
            self.add_error("name", "Enter its name")
        if cleaned.get("kind") == Setting.Kind.GP and cleaned.get("is_second"):
            self.add_error("is_second", "Somebody is registered with one GP practice at a time")
        return cleaned


class AgencyForm(TimeForm):
    agency = SelectField(label="Kind of agency", required_message="Select a kind of agency")
    organisation = TextField(
        label="Which one", limit=200, width="two-thirds", required_message="Enter the name of the agency"
    )
    professional = TextField(label="Who there", limit=100, width=20, required=False)
    role = TextField(label="Their role", limit=100, width=20, required=False)
    phone = PhoneField(label="Phone", required=False)
    email = EmailField(label="Email", required=False)
    what_for = TextField(label="What they do with them", limit=300, width="two-thirds", required=False)


class ResidenceForm(TimeForm):
    """Puts right what kind of home it is, and until when."""

    kind = ChoiceField(label="What kind of home is it?", choices=Residence.Kind.choices)
    is_shared_care = TickField(label="They live here as much as in another main home (shared care)", required=False)
    keep_from = TextField(label="Who must not be told this address?", limit=200, width="two-thirds", required=False)


class HomeForm(ResidenceForm):
    """The same, and the address itself: put right, it is put right for everybody recorded there."""

    lines = LongTextField(
        label="Address",
        help_text="Put right here, it is put right for everybody recorded at it. If they moved, record a move instead",
        limit=500,
        rows=3,
        required=False,
    )
    postcode = TextField(label="Postcode", limit=10, width=10, required=False)
    uprn = TextField(
        label="UPRN", help_text="The property’s own number, if you have it", limit=20, width=10, required=False
    )
    no_uprn = SelectField(label="If there is none, why?", empty="Not said", required=False)
    field_order = (
        "version",
        "lines",
        "postcode",
        "uprn",
        "no_uprn",
        "kind",
        "is_shared_care",
        "keep_from",
        "from_on",
        "until_on",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("lines") and "lines" not in self.errors:
            self.add_error("lines", "Enter an address")
        typed, uprn = cleaned.get("postcode", ""), plain(cleaned.get("uprn", ""))
        if typed and not postcode_of(typed):
            self.add_error("postcode", "Enter a real postcode, like DT1 1XJ")
        if uprn and not is_uprn(uprn):
            self.add_error("uprn", "Check the UPRN: it has up to 12 digits")
        elif uprn and cleaned.get("no_uprn"):
            self.add_error("no_uprn", "Enter the number, or say why there is none, not both")
        return cleaned | {"postcode": postcode_of(typed), "uprn": uprn}


class MoveForm(HomeForm):
    """Where somebody lives, and who of the family lives there too."""

    known = ChoiceField(label="Which address?", required_message="Select an address, or another one")
    with_them = ChoicesField(label="Who else of the family lives there from that day?", required=False)
    field_order = (
        "version",
        "known",
        "lines",
        "postcode",
        "uprn",
        "no_uprn",
        "kind",
        "is_shared_care",
        "with_them",
        "keep_from",
    )

    def __init__(self, *args: Any, addresses: Sequence[Address], others: Iterable[FamilyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["lines"].help_text = ""
        fields["with_them"].choices = [(str(each.pk), each.person.name) for each in others]
        if not fields["with_them"].choices:
            del self.fields["with_them"]
        if addresses:
            known = [(str(each.pk), each.in_one_line) for each in addresses]
            fields["known"].choices = [*known, (NEW_ADDRESS, "Another address")]
        else:
            del self.fields["known"]
        self.order_fields(self.field_order)
        self.fields["from_on"] = self.fields.pop("from_on")
        self.fields["until_on"] = self.fields.pop("until_on")

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("known", NEW_ADDRESS) != NEW_ADDRESS:
            return super(HomeForm, self).clean() or self.cleaned_data  # what was typed of another address is not asked
        return super().clean()


class ResponsibilityForm(BatonForm):
    """Who has parental responsibility for a child."""

    holder = ChoiceField(label="Who has parental responsibility?", required_message="Select who has it")
    source = SelectField(label="How did it come?", required_message="Select how it came")
    evidence = TextField(
        label="What did you see of it?",
        help_text="Birth certificate, court order of 3 March 2025, nothing yet",
        limit=200,
        width="two-thirds",
        required=False,
    )
    from_on = DayField(
        label="From", called="first day", help_text="Leave it empty when nobody knows", past=True, required=False
    )

    def __init__(self, *args: Any, others: Iterable[FamilyMember], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["holder"].choices = [(str(each.person_id), each.person.name) for each in others]
        fields["source"].choices = [("", "Select"), *choices_on("parental_responsibility", today)]


class EndResponsibilityForm(BatonForm):
    """From when somebody has no parental responsibility any more."""

    ended_on = DayField(label="From which day do they not have it any more?", called="last day", past=True)


TIME_FORMS: Mapping[str, type[TimeForm]] = {
    "name": NameForm,
    "home": HomeForm,
    "contact": ContactForm,
    "setting": SettingForm,
    "agency": AgencyForm,
}
