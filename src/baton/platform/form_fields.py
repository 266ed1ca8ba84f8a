"""Form fields that speak like the GOV.UK Design System, and the form they stand in."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField

from baton.platform import clock, dates_in_words, dates_typed
from baton.platform.typed_text import cleaned_post

CHOOSING = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)
Choices = Iterable[tuple[Any, Any]]


class BatonForm(forms.Form):
    """A form whose errors say what to do, and which never meets a control character.

    A field says what to enter by its `required_message`; without one, "Enter …" or "Select …" is made from its label.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(cleaned_post(data) if data is not None else None, *args, **kwargs)

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            _give_own_words(field, field.label or name.replace("_", " ").capitalize())
        super().full_clean()


def _give_own_words(field: forms.Field, label: Any) -> None:
    called = _lowered(str(label).rstrip("?"))
    verb = "Select" if isinstance(field.widget, CHOOSING) else "Enter"
    field.error_messages["required"] = getattr(field, "required_message", "") or f"{verb} {called}"
    if isinstance(field, forms.ChoiceField):
        field.error_messages["invalid_choice"] = f"Select {called} from the list"
    if isinstance(field, forms.EmailField):
        field.validators = [_AnAddress(each) if type(each).__name__ == "EmailValidator" else each for each in field.validators]
    if isinstance(field, forms.IntegerField):
        field.error_messages["invalid"] = f"{str(label).rstrip('?')} must be a whole number, like 3"
    for validator in field.validators:
        if isinstance(validator, MaxLengthValidator):
            validator.message = f"{str(label).rstrip('?')} must be {validator.limit_value} characters or fewer"


def _lowered(label: str) -> str:
    """The label within a sentence: "Date of birth" is lowered, "NHS number" is not."""
    kept = label[1:2].isupper() or label.startswith("I ")
    return label if kept else label[:1].lower() + label[1:]


class _AnAddress:
    """Django's check of an e-mail address, with the words of the design system."""

    def __init__(self, check: Any) -> None:
        self.check = check

    def __call__(self, value: Any) -> None:
        try:
            self.check(value)
        except ValidationError:
            raise ValidationError("Enter an email address in the correct format, like name@example.com") from None


# --- text and choices ----------------------------------------------------------------------------------------------------


class TextField(forms.CharField):
    """A line of text. `width`: 2, 3, 4, 5, 10, 20, 30 (characters) or "two-thirds", "one-half"…"""

    def __init__(
        self, *, limit: int = 200, required_message: str = "", width: int | str = "", autocomplete: str = "", **kwargs: Any
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

    widget = forms.Select

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
            raise ValidationError(f"Select “{dict(self.choices)[self.exclusive]}” alone, or the others")


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


# --- dates and times -----------------------------------------------------------------------------------------------------


class DayBoxes(forms.Widget):
    """Three boxes: day, month, year; posted as name-day, name-month, name-year."""

    named: tuple[str, ...] = dates_typed.BOXES

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {box: str(data.get(f"{name}-{box}", "") or "").strip() for box in self.named}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{box}" in data for box in self.named)

    def boxes(self, value: Any) -> list[dict[str, Any]]:
        """What the page shows of each box."""
        typed = value if isinstance(value, dict) else self.split(value)
        return [
            {
                "name": box,
                "label": box.capitalize(),
                "value": typed.get(box, ""),
                "width": {"year": 4, "time": 5}.get(box, 2),
                "numeric": box != "time",
            }
            for box in self.named
        ]

    def split(self, value: Any) -> dict[str, str]:
        """A date as the text of its boxes."""
        if not isinstance(value, date):
            return {}
        return {"day": str(value.day), "month": str(value.month), "year": f"{value.year:04}"}


class MomentBoxes(DayBoxes):
    """A date's three boxes, and one for the time."""

    named = (*dates_typed.BOXES, "time")

    def split(self, value: Any) -> dict[str, str]:
        if not isinstance(value, datetime):
            return super().split(value)
        local = value.astimezone(dates_in_words.LONDON)
        return super().split(local) | {"time": dates_in_words.clock_time(local)}


class DayField(forms.Field):
    """A date in three boxes. `past` and `future` refuse the other side of today; today is refused by neither.

    `called` is what errors say: "The date of birth must be in the past". `earliest` and `latest` are dates it may not pass.
    """

    widget = DayBoxes

    def __init__(
        self,
        *,
        past: bool = False,
        future: bool = False,
        earliest: date | None = None,
        latest: date | None = None,
        called: str = "date",
        autocomplete: str = "",
        required_message: str = "",
        **kwargs: Any,
    ) -> None:
        self.past, self.future, self.called = past, future, called
        self.earliest, self.latest = earliest or date(1900, 1, 1), latest or date(2199, 12, 31)
        self.autocomplete = autocomplete
        self.required_message = required_message or f"Enter a {called}, like 27 3 2026"
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        typed = value or {}
        if isinstance(typed, date):
            return typed
        if not any(typed.values()):
            return None
        try:
            return self.read(typed)
        except dates_typed.NotRead as unread:
            raise ValidationError(unread.sentence, params={"boxes": unread.boxes}) from None

    def read(self, typed: dict[str, str]) -> date:
        return dates_typed.read_day(typed, self.called)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        self.refuse_the_wrong_side_of_now(value)
        on = value.astimezone(dates_in_words.LONDON).date() if isinstance(value, datetime) else value
        if not self.earliest <= on <= self.latest:
            between = f"{dates_in_words.long_day(self.earliest)} and {dates_in_words.long_day(self.latest)}"
            raise ValidationError(f"The {self.called} must be between {between}")

    def refuse_the_wrong_side_of_now(self, value: date) -> None:
        """Raise an error for a date beyond today where only the past will do, and the other way round."""
        if self.past and value > clock.today():
            raise ValidationError(f"The {self.called} must be in the past")
        if self.future and value < clock.today():
            raise ValidationError(f"The {self.called} must be today or in the future")

    def has_changed(self, initial: Any, data: Any) -> bool:
        was = initial if isinstance(initial, dict) else self.widget.split(initial)  # type: ignore[union-attr]
        return {box: text for box, text in (data or {}).items() if text} != {b: t for b, t in was.items() if t}


class MomentField(DayField):
    """A date and a time by England's clocks; the answer is an aware moment."""

    widget = MomentBoxes

    def __init__(self, *, required_message: str = "", **kwargs: Any) -> None:
        super().__init__(required_message=required_message or "Enter a date and a time, like 27 3 2026 and 2:30pm", **kwargs)

    def read(self, typed: dict[str, str]) -> datetime:
        on = dates_typed.read_day(typed, self.called)
        return dates_typed.moment_in_england(on, dates_typed.read_time(typed["time"]))

    def refuse_the_wrong_side_of_now(self, value: date) -> None:
        if self.past and value > clock.now():  # type: ignore[operator]
            raise ValidationError(f"The {self.called} must be in the past")
        if self.future and value < clock.now():  # type: ignore[operator]
            raise ValidationError(f"The {self.called} must be in the future")


# --- what the page asks of a field -----------------------------------------------------------------------------------------


def boxes_in_error(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date to mark: those an error names, or all of them."""
    errors = bound.errors.as_data()
    if not errors:
        return ()
    named = tuple(box for error in errors for box in (error.params or {}).get("boxes", ()))
    return named or bound.field.widget.named


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


def _flat(choices: Choices) -> Choices:
    """Choices without their groups."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
