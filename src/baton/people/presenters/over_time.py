"""What holds of a person over time, in words: names, homes, contact, school and GP, agencies."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from baton.people.models import (
    Address,
    ContactPoint,
    Involvement,
    OverTime,
    PersonChange,
    PersonName,
    Residence,
    Setting,
)
from baton.people.presenters.facts import RowInWords, as_day
from baton.platform.dates_in_words import long_day, moment
from baton.practice.codes import code_list

FIELD_NAMES = {
    "lines": "address",
    "uprn": "UPRN",
    "no_uprn": "why there is no UPRN",
    "keep_from": "not to be told to",
    "is_shared_care": "shared care",
    "from_on": "from",
}


def rows_in_words(
    rows: Sequence[OverTime], changes: Iterable[PersonChange], addresses: dict[int, str], *, on: date
) -> tuple[list[RowInWords], list[RowInWords]]:
    """What holds on the day, and what held before or will later. `addresses` are where each row is put right."""
    noted = list(changes)
    said = [(row, _row(row, noted, addresses.get(row.pk, ""), on)) for row in rows]
    now = [words for row, words in said if holds(row, on)]
    return now, [words for row, words in said if not holds(row, on)]


def holds(row: Any, on: date) -> bool:
    """Whether it is so on a day."""
    return (row.from_on is None or row.from_on <= on) and (row.until_on is None or on < row.until_on)


def days_in_words(row: Any, on: date) -> str:
    """ "since 1 March 2026", "1 March 2026 to 1 July 2026", "until 1 July 2026", "" when nobody knows."""
    if row.from_on and row.until_on:
        return f"{long_day(row.from_on)} to {long_day(row.until_on)}"
    if row.until_on:
        return f"until {long_day(row.until_on)}"
    return f"since {long_day(row.from_on)}" if row.from_on else ""


def home_in_words(home: Residence) -> str:
    """A home's address with what to mind of it."""
    care = " (shared care)" if home.is_shared_care else ""
    kept = f". Do not tell {home.keep_from}" if home.keep_from else ""
    return f"{home.address.in_one_line}{care}{kept}"


def contact_in_words(contact: ContactPoint) -> str:
    """A way to reach somebody with how safe it is."""
    safety = {"safe": "", "careful": f". Only like this: {contact.rule}", "never": ". Never use it"}
    rule = f" ({contact.rule})" if contact.rule and contact.safety == ContactPoint.Safety.SAFE else ""
    preferred = ", preferred" if contact.is_preferred else ""
    return f"{contact.value}{preferred}{rule}{safety[contact.safety]}"


def setting_in_words(setting: Setting) -> str:
    """A school or a practice with its number."""
    name = setting.name or setting.get_kind_display()
    return f"{name} ({setting.code})" if setting.code else name


def involvement_in_words(each: Involvement) -> str:
    """An agency, who there, and what for."""
    who = ", ".join(filter(None, (each.professional, each.role, each.phone, each.email)))
    said = f"{each.organisation}: {who}" if who else each.organisation
    return f"{said}. {each.what_for}" if each.what_for else said


def _row(row: OverTime, changes: list[PersonChange], change: str, on: date) -> RowInWords:
    key, value = _said(row)
    under = days_in_words(row, on)
    before = [_was(each) for each in changes if each.record_id == row.pk and each.subject == row._meta.model_name]
    if row.recorded_by and row.recorded_at:
        before.append(f"Recorded {moment(row.recorded_at)} by {row.recorded_by.name}")
    return RowInWords(key, value, change, tuple(before), under, "Change or end")


def _said(row: Any) -> tuple[str, str]:
    if isinstance(row, PersonName):
        return row.get_kind_display(), f"{row.name} ({row.why})" if row.why else row.name
    if isinstance(row, Residence):
        return row.get_kind_display(), f"{home_in_words(row)}{_uprn(row.address)}"
    if isinstance(row, ContactPoint):
        return row.get_kind_display(), contact_in_words(row)
    if isinstance(row, Setting):
        return row.get_kind_display(), setting_in_words(row)
    return code_list("agency").title_of(row.agency), involvement_in_words(row)


def _uprn(address: Address) -> str:
    """The property's number, or why there is none; nothing where nobody said."""
    if address.uprn:
        return f". UPRN {address.uprn}"
    return f". No UPRN: {code_list('no_uprn').title_of(address.no_uprn)}" if address.no_uprn else ""


def _was(change: PersonChange) -> str:
    """ "name was Larkmer, until_on was empty, until 3 March 2026, changed by …"."""
    stood = ", ".join(f"{_field(name)} was {_value(name, value)}" for name, value in change.was.items())
    who = f", changed by {change.by.name}" if change.by else ""
    return f"{stood[:1].upper()}{stood[1:]}, until {moment(change.at)}{who}"


def _field(name: str) -> str:
    return FIELD_NAMES.get(name, name.removesuffix("_on").removeprefix("is_").replace("_", " "))


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return "empty"
    if name == "no_uprn":
        return code_list("no_uprn").title_of(value).lower()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return long_day(as_day(value)) if name.endswith("_on") else str(value)
