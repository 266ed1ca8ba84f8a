"""Form fields that speak like the GOV.UK Design System, and the form they stand in."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.forms.boundfield import BoundField

from baton.platform import dates_in_words
from baton.platform.date_fields import DayField, MomentField
from baton.platform.typed_text import cleaned_post

__all__ = [
    "BatonForm",
    "ChoiceField",
    "ChoicesField",
    "DayField",
    "EmailField",
    "LongTextField",
    "MomentField",
    "PhoneField",
    "SelectField",
    "TextField",
    "TickField",
    "YesNoField",
    "value_in_words",
]

CHOOSING = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)
Choices = Iterable[tuple[Any, Any]]


class BatonForm(forms.Form):
    """A form whose errors say what to do, and which never meets a control character.

    A field says what to enter by its `required_message`; without one, "Enter …" or "Select …" is made from its label.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(cleaned_post(data) if data is not None else None, *args, **kwargs)

    def forgive(self) -> None:
        """Show what was typed without telling off half-typed answers."""
        self._errors = forms.utils.ErrorDict()

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            _give_own_words(field, field.label or name.replace("_", " ").capitalize())
        super().full_clean()


def _give_own_words(field: forms.Field, label: Any) -> None:
    asks = str(label).endswith("?")
    called = f"an answer to “{label}”" if asks else _lowered(str(label))
    verb = "Select" if isinstance(field.widget, CHOOSING) else "Enter"
    field.error_messages["required"] = getattr(field, "required_message", "") or f"{verb} {called}"
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = "Select one of the answers offered"
    if isinstance(field, forms.EmailField):
        field.validators = [_AnAddress() if isinstance(each, EmailValidator) else each for each in field.validators]
    if isinstance(field, forms.IntegerField):
        field.error_messages["invalid"] = f"{str(label).rstrip('?')} must be a whole number, like 3"
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = f"{str(label).rstrip('?')} must be {validator.limit_value} characters or fewer"


def _lowered(label: str) -> str:
    """The label within a sentence: "Date of birth" is lowered, "NHS number" is not."""
    kept = label[1:2].isupper() or label.startswith("I ")
    return label if kept else label[:1].lower() + label[1:]


class _AnAddress(EmailValidator):
    """Django's check of an e-mail address, with the words of the design system."""

    message = "Enter an email address in the correct format, like name@example.com"


class TextField(forms.CharField):
    """A line of text. `width`: 2, 3, 4, 5, 10, 20, 30 (characters) or "two-thirds", "one-half"…"""

    def __init__(
        self,
        *,
        limit: int = 200,
        required_message: str = "",
        width: int | str = "",
        autocomplete: str = "",
        **kwargs: Any,
    ) -> None:
        self.required_message, self.width, self.autocomplete = required_message, width, autocomplete
        super().__init__(max_length=limit, **kwargs)
        if autocomplete:
            self.widget.attrs["autocomplete"] = autocomplete


class EmailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, *, required_message: str = "", **kwargs: Any) -> None:
        self.required_message = required_message
        super().__init__(**kwargs)
        self.widget.attrs.update(autocomplete="email", spellcheck="false")


class PhoneField(TextField):
    """A telephone number, as people write it."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"limit": 30, "width": 20} | kwargs)
        self.widget.input_type = "tel"
        self.widget.attrs.pop("type", None)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number and sum(letter.isdigit() for letter in number) < 6:
            raise ValidationError("Enter a telephone number, like 01305 221 000 or 07700 900 982")
        return number


class LongTextField(forms.CharField):
    """Paragraphs, up to a limit that the page counts down to."""

    widget = forms.Textarea

    def __init__(self, *, limit: int = 10_000, rows: int = 5, required_message: str = "", **kwargs: Any) -> None:
        self.required_message, self.rows = required_message, rows
        super().__init__(max_length=limit, **kwargs)


class ChoiceField(forms.ChoiceField):
    """One of a few, as radios. `hints` maps a value to the line below its label."""

    widget = forms.RadioSelect

    def __init__(self, *, hints: Mapping[str, str] | None = None, required_message: str = "", **kwargs: Any) -> None:
        self.hints, self.required_message = dict(hints or {}), required_message
        super().__init__(**kwargs)


class SelectField(ChoiceField):
    """One of many, as a list that opens. It starts empty, so that nobody agrees with the first by accident."""

    widget = forms.Select  # type: ignore[assignment]

    def __init__(self, *, choices: Choices = (), empty: str = "Select", **kwargs: Any) -> None:
        super().__init__(choices=[("", empty), *choices], **kwargs)


class ChoicesField(forms.MultipleChoiceField):
    """Any of a few, as checkboxes. `exclusive` is the value that stands alone, as "none of these"."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self, *, hints: Mapping[str, str] | None = None, exclusive: str = "", required_message: str = "", **kwargs: Any
    ) -> None:
        self.hints, self.exclusive, self.required_message = dict(hints or {}), exclusive, required_message
        super().__init__(**kwargs)

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if self.exclusive and self.exclusive in value and len(value) > 1:
            raise ValidationError(f"Select “{dict(_flat(self.choices))[self.exclusive]}” alone, or the others")


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as radios; the answer is a bool, or None where it may be left open."""

    widget = forms.RadioSelect

    def __init__(self, *, hints: Mapping[str, str] | None = None, required_message: str = "", **kwargs: Any) -> None:
        self.hints, self.required_message = dict(hints or {}), required_message
        choices = (("yes", "Yes"), ("no", "No"))
        super().__init__(choices=choices, coerce=lambda typed: typed == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class TickField(forms.BooleanField):
    """One box to tick."""

    def __init__(self, *, required_message: str = "", **kwargs: Any) -> None:
        self.required_message = required_message
        super().__init__(**kwargs)


def value_in_words(bound: BoundField, value: Any) -> str:
    """A cleaned value as a sentence would say it: the label of a choice, a date in words."""
    if value is None or value in ("", [], ()):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return dates_in_words.moment(value)
    if isinstance(value, date):
        return dates_in_words.long_day(value)
    labels = {str(key): str(label) for key, label in _flat(getattr(bound.field, "choices", ()))}
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(labels.get(str(each), str(each)) for each in value)
    return labels.get(str(value), str(value))


def _flat(choices: Any) -> Choices:
    """Choices without their groups."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
