"""Form fields for a date in three boxes, and for a date with a time."""

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from baton.platform import clock, dates_in_words, dates_typed


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

    `called` is what errors say: "The date of birth must be in the past".
    `earliest` and `latest` are dates it may not pass.
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
        was = initial if isinstance(initial, dict) else cast(DayBoxes, self.widget).split(initial)
        return {box: text for box, text in (data or {}).items() if text} != {b: t for b, t in was.items() if t}


class MomentField(DayField):
    """A date and a time by England's clocks; the answer is an aware moment."""

    widget = MomentBoxes

    def __init__(self, *, required_message: str = "", **kwargs: Any) -> None:
        message = required_message or "Enter a date and a time, like 27 3 2026 and 2:30pm"
        super().__init__(required_message=message, **kwargs)

    def read(self, typed: dict[str, str]) -> datetime:
        on = dates_typed.read_day(typed, self.called)
        return dates_typed.moment_in_england(on, dates_typed.read_time(typed["time"]))

    def refuse_the_wrong_side_of_now(self, value: date) -> None:
        if self.past and value > clock.now():
            raise ValidationError(f"The {self.called} must be in the past")
        if self.future and value < clock.now():
            raise ValidationError(f"The {self.called} must be in the future")


def boxes_in_error(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date to mark: those an error names, or all of them."""
    errors = bound.errors.as_data()
    if not errors:
        return ()
    named = tuple(box for error in errors for box in (error.params or {}).get("boxes", ()))
    return named or bound.field.widget.named
