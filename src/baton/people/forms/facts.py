"""One fact of a person a form. A list of codes shows what is in force on the day it is asked."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from baton.people.policies.identifiers import is_nhs_number, is_uln, is_upn, plain
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    LongTextField,
    SelectField,
    TextField,
    YesNoField,
)
from baton.practice.codes import code_list


def choices_on(name: str, on: date) -> list[tuple[str, str]]:
    """The codes of a list in force on a day, for a field."""
    return [(code.code, code.title) for code in code_list(name).on(on)]


class FactForm(BatonForm):
    """A fact of a person, with the version it was read at. `lists` says which field offers which list of codes."""

    lists: Mapping[str, str] = {}
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, listed in self.lists.items():
            field: Any = self.fields[name]
            empty = [("", "Select")] if isinstance(field, SelectField) else []
            field.choices = [*empty, *choices_on(listed, today)]
            stood = self.initial.get(name) or ""
            gone = {*([stood] if isinstance(stood, str) else stood)} - dict(field.choices).keys() - {""}
            if gone:
                said = ", ".join(code_list(listed).title_of(code) for code in sorted(gone))
                field.help_text = f"It was recorded as “{said}”, which is not used any more."


class BirthForm(FactForm):
    date_of_birth = DayField(
        label="Date of birth", called="date of birth", help_text="For example, 27 3 2016", past=True, required=False
    )
    due_on = DayField(
        label="Date a baby is due", called="due date", help_text="Only for a child who is not born yet", required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("date_of_birth") and cleaned.get("due_on"):
            self.add_error("due_on", "Enter a date of birth or the date a baby is due, not both")
        return cleaned


class DeathForm(FactForm):
    died_on = DayField(label="Date of death", called="date of death", past=True, required=False)


class SexForm(FactForm):
    lists = {"sex": "sex"}
    sex = ChoiceField(label="Sex", required_message="Select a sex, or “Not known”")


class GenderForm(FactForm):
    lists = {"gender": "gender"}
    gender = ChoiceField(
        label="Gender", help_text="As the person says it themselves", required_message="Select a gender"
    )


class EthnicityForm(FactForm):
    lists = {"ethnicity": "ethnicity"}
    ethnicity = SelectField(
        label="Ethnicity",
        help_text="As the person, or their parents, say it themselves",
        required_message="Select an ethnicity, or that it was not asked",
    )


class NumberForm(FactForm):
    """A number, or why there is none."""

    number, reason = "", ""
    check: Callable[[str], bool] = staticmethod(is_nhs_number)
    wrong = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = plain(str(cleaned.get(self.number) or ""))
        if typed and not self.check(typed):
            self.add_error(self.number, self.wrong)
        elif typed and self.reason and cleaned.get(self.reason):
            self.add_error(self.reason, "Enter the number, or say why there is none, not both")
        cleaned[self.number] = typed
        return cleaned


class NhsNumberForm(NumberForm):
    number, reason = "nhs_number", "no_nhs_number"
    wrong = "Check the NHS number: it has 10 digits and these do not fit together"
    lists = {"no_nhs_number": "no_nhs_number"}
    nhs_number = TextField(
        label="NHS number", help_text="10 digits, like 999 000 0018", limit=20, width=10, required=False
    )
    no_nhs_number = SelectField(label="If there is none, why?", empty="There is a number", required=False)


class UpnForm(NumberForm):
    number, reason = "upn", "no_upn"
    check = staticmethod(is_upn)
    wrong = "Check the UPN: a letter, then 12 figures (the last may be a letter), and these do not fit together"
    lists = {"no_upn": "no_upn"}
    upn = TextField(
        label="Unique pupil number (UPN)",
        help_text="A letter and 12 figures, from the school",
        limit=20,
        width=20,
        required=False,
    )
    no_upn = SelectField(label="If there is none, why?", empty="There is a number", required=False)


class UlnForm(NumberForm):
    number, reason = "uln", "no_uln"
    check = staticmethod(is_uln)
    lists = {"no_uln": "no_uln"}
    wrong = "Check the ULN: it has 10 digits and these do not fit together"
    uln = TextField(
        label="Unique learner number (ULN)", help_text="10 digits, from age 14", limit=20, width=10, required=False
    )
    no_uln = SelectField(label="If there is none, why?", empty="There is a number", required=False)


class DisabilityForm(FactForm):
    lists = {"disabilities": "disability"}
    disabilities = ChoicesField(label="Disability", help_text="Select all that apply", exclusive="NONE", required=False)


class SendForm(FactForm):
    lists = {"send": "send", "send_needs": "send_need"}
    send = ChoiceField(label="Support at school", required_message="Select which support there is")
    send_needs = ChoicesField(label="Kinds of need", help_text="Select all that apply", required=False)


class LanguageForm(FactForm):
    lists = {"first_language": "language"}
    first_language = SelectField(label="First language", required_message="Select a language")


class InterpreterForm(FactForm):
    lists = {"interpreter_language": "language"}
    interpreter_needed = YesNoField(
        label="Do they need an interpreter?", required_message="Select yes if they need an interpreter"
    )
    interpreter_language = SelectField(label="For which language?", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("interpreter_needed") is False:
            cleaned["interpreter_language"] = ""
        return cleaned


class CommunicationForm(FactForm):
    communication = LongTextField(
        label="How best to communicate",
        help_text="Large print, easy read, signing, a quiet room, words or pictures the person uses",
        limit=2_000,
        required=False,
    )


class BornForm(FactForm):
    """A child who was awaited is born."""

    lists = {"sex": "sex"}
    born_on = DayField(label="Date of birth", called="date of birth", past=True)
    given_name = TextField(
        label="First name", help_text="“Baby” while they have no name yet", limit=100, width=20,
        required_message="Enter a first name",
    )  # fmt: skip
    family_name = TextField(label="Last name", limit=100, width=20, required_message="Enter a last name")
    sex = ChoiceField(label="Sex", required_message="Select a sex, or “Not known”")
    field_order = ("version", "born_on", "given_name", "family_name", "sex")


FACT_FORMS: Mapping[str, type[FactForm]] = {
    "birth": BirthForm,
    "death": DeathForm,
    "sex": SexForm,
    "gender": GenderForm,
    "ethnicity": EthnicityForm,
    "nhs-number": NhsNumberForm,
    "upn": UpnForm,
    "uln": UlnForm,
    "disability": DisabilityForm,
    "send": SendForm,
    "language": LanguageForm,
    "interpreter": InterpreterForm,
    "communication": CommunicationForm,
}
