"""Keeps a person's present in step with the tables over time, and keeps what stood before."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from baton.people.models import Address, ContactPoint, OverTime, Person, PersonChange, PersonName, Residence, Setting
from baton.platform.models import User
from baton.practice.calendar import day_of

# Under which fact of a person's record a change is kept, where the field has another name.
FACT_OF = {
    "date_of_birth": "birth",
    "due_on": "birth",
    "nhs_number": "nhs-number",
    "interpreter_needed": "interpreter",
}
PHONES = (ContactPoint.Kind.MOBILE, ContactPoint.Kind.PHONE, ContactPoint.Kind.WORK)


def note_change(
    person: Person, subject: str, was: Mapping[str, Any], *, record_id: int | None = None, by: User, at: datetime
) -> None:
    """Within an action: keep what stood of a person."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in was.items()}
    PersonChange.objects.create(person=person, subject=subject, record_id=record_id, was=plain, at=at, by=by)


def open_record(person: Person, *, by: User, at: datetime) -> None:
    """Within an action: write what is told of a new person into the tables over time. Nobody said since when."""
    about: dict[str, Any] = {"person": person, "recorded_at": at, "recorded_by": by}
    names = [
        PersonName(kind=PersonName.Kind.LEGAL, given_name=person.given_name, family_name=person.family_name, **about)
    ]
    if person.known_as:
        names.append(PersonName(kind=PersonName.Kind.KNOWN_AS, given_name=person.known_as, **about))
    PersonName.objects.bulk_create(names)
    reached = [ContactPoint(kind=kind, value=value, **about) for kind, value in _reached(person) if value]
    if reached:
        ContactPoint.objects.bulk_create(reached)
    if person.school:
        Setting.objects.create(kind=Setting.Kind.SCHOOL, name=person.school, **about)
    if person.address:
        address = shared_address(person.first_family_id, lines=person.address, postcode=person.postcode)
        Residence.objects.create(address=address, **about)


def shared_address(family_id: int, *, lines: str, postcode: str, uprn: str = "", no_uprn: str = "") -> Address:
    """Within an action: the address as it is known already in this family, or a new one."""
    known = Address.objects.filter(family_id=family_id, lines=lines, postcode=postcode, uprn=uprn).first()
    if known is None:
        told = {"lines": lines, "postcode": postcode, "uprn": uprn, "no_uprn": no_uprn}
        return Address.objects.create(family_id=family_id, **told)
    return known


def bring_in_step(person: Person, *, on: date) -> None:
    """Within an action: repeat on the person what the tables over time hold as present, and save it as theirs."""
    names = _present(PersonName.objects.filter(person=person), on)
    legal = next((each for each in names if each.kind == PersonName.Kind.LEGAL), None)
    if legal:
        person.given_name, person.family_name = legal.given_name, legal.family_name
    person.known_as = next((each.given_name for each in names if each.kind == PersonName.Kind.KNOWN_AS), "")
    reach = [each for each in _present(ContactPoint.objects.filter(person=person), on) if each.safety != "never"]
    reach.sort(key=lambda each: not each.is_preferred)
    person.phone = next((each.value[:30] for each in reach if each.kind in PHONES), "")
    person.email = next((each.value for each in reach if each.kind == ContactPoint.Kind.EMAIL), "")
    settings = _present(Setting.objects.filter(person=person, is_second=False).exclude(kind=Setting.Kind.GP), on)
    person.school = settings[0].name if settings else ""
    homes = _present(Residence.objects.filter(person=person).select_related("address"), on)
    home = next((each for each in homes if each.kind == Residence.Kind.MAIN), None)
    person.address = home.address.lines if home else ""
    person.postcode = home.address.postcode if home else ""


def correct_present(before: Mapping[str, Any], person: Person, *, by: User, at: datetime) -> None:
    """Within an action: carry what was corrected on the person itself into the tables over time."""
    today = day_of(at)
    if (before["given_name"], before["family_name"]) != (person.given_name, person.family_name):
        _correct_name(person, by=by, at=at)
    if before["known_as"] != person.known_as:
        _replace(
            PersonName(kind=PersonName.Kind.KNOWN_AS, given_name=person.known_as, person=person),
            PersonName.objects.filter(person=person, kind=PersonName.Kind.KNOWN_AS),
            is_there=bool(person.known_as),
            today=today,
            by=by,
            at=at,
        )
    if before["school"] != person.school:
        _replace(
            Setting(kind=Setting.Kind.SCHOOL, name=person.school, person=person),
            Setting.objects.filter(person=person, is_second=False).exclude(kind=Setting.Kind.GP),
            is_there=bool(person.school),
            today=today,
            by=by,
            at=at,
        )
    if before["phone"] != person.phone:
        _replace(
            ContactPoint(kind=ContactPoint.Kind.PHONE, value=person.phone, person=person),
            ContactPoint.objects.filter(person=person, value=before["phone"]),
            is_there=bool(person.phone),
            today=today,
            by=by,
            at=at,
        )


def _correct_name(person: Person, *, by: User, at: datetime) -> None:
    """A slip of the pen is put right in the name that stands; a new name is recorded on the page of names."""
    names = PersonName.objects.filter(person=person, kind=PersonName.Kind.LEGAL).order_by("-from_on", "-id")
    name = next(iter(_present(names, day_of(at))), None)
    if name is None:
        return
    was = {"given_name": name.given_name, "family_name": name.family_name}
    note_change(person, "personname", was, record_id=name.pk, by=by, at=at)
    name.given_name, name.family_name = person.given_name, person.family_name
    name.version += 1
    name.save(update_fields=["given_name", "family_name", "version"])


def _replace(row: OverTime, before: Any, *, is_there: bool, today: date, by: User, at: datetime) -> None:
    """End what stood, from today, and begin what stands instead; what began today is taken back."""
    for standing in _present(before, today):
        standing.until_on = today
        standing.save(update_fields=["until_on"])
    if is_there:
        row.from_on, row.recorded_by, row.recorded_at = today, by, at
        row.save()


def _present(rows: Iterable[Any], on: date) -> list[Any]:
    """The rows that hold on a day, the latest begun first."""
    held = [
        row
        for row in rows
        if (row.from_on is None or row.from_on <= on) and (row.until_on is None or on < row.until_on)
    ]
    return sorted(held, key=lambda row: (row.from_on or date.min, row.pk), reverse=True)


def _reached(person: Person) -> tuple[tuple[str, str], ...]:
    return ((ContactPoint.Kind.PHONE, person.phone), (ContactPoint.Kind.EMAIL, person.email))
