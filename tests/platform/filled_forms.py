"""Forms of one field, filled in as people do, and what they say to it."""

from datetime import UTC, datetime

from django import forms

from baton.platform.form_fields import (
    BatonForm,
)

NOON_ON_2_NOVEMBER = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def form_with(field: forms.Field, **typed: str) -> BatonForm:
    """A form of one field called `it`, bound to what was typed."""
    form_class = type("OneField", (BatonForm,), {"it": field})
    return form_class({name.replace("it_", "it-"): text for name, text in typed.items()})


def day_typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"it_day": day, "it_month": month, "it_year": year}


def only_error(form: BatonForm) -> str:
    assert not form.is_valid()
    assert len(form.errors["it"]) == 1
    return form.errors["it"][0]
