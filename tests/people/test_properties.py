"""Properties of what is known over time: numbers, membership, homes, births; for whatever people may record."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.people.actions import add_member, edit_member, move_home, record_birth, theirs_of
from baton.people.actions.homes import Home
from baton.people.models import FamilyMember, Person, PersonName, Residence
from baton.people.policies import Told
from baton.people.policies.identifiers import UPN_LETTERS, is_nhs_number, is_uln, is_upn, is_uprn, plain, postcode_of
from baton.people.policies.over_time import Days
from baton.people.queries import members_on
from baton.platform.guard import acting_as
from baton.platform.refusals import Refused
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY

TODAY = MONDAY.date()
START = date(2020, 1, 1)
days = st.integers(0, 2000).map(lambda number: START + timedelta(days=number))
maybe = st.none() | days
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.integers(0, 10**9 - 1))
def test_of_ten_numbers_with_the_same_beginning_at_most_one_is_somebodys(first: int) -> None:
    for fits in (is_nhs_number, is_uln):
        assert sum(fits(f"{first:09}{last}") for last in range(10)) <= 1


@given(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_figure_is_always_found(first: int, place: int, more: int) -> None:
    for fits in (is_nhs_number, is_uln):
        for last in range(10):
            number = f"{first:09}{last}"
            if fits(number):
                wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
                assert not fits(wrong)


@given(st.sampled_from(["371", "831", "838", "839", "940", "943", "301"]), st.integers(0, 10**4 - 1), st.data())
def test_one_letter_fits_before_a_upn(authority: str, school: int, data: st.DataObject) -> None:
    year = data.draw(st.integers(24, 26))
    serial = data.draw(st.integers(0, 999))
    rest = f"{authority}{school:04}{year:02}{serial:03}"
    assert sum(is_upn(letter + rest) for letter in UPN_LETTERS) == 1
    assert not is_upn("I" + rest)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_without_breaking_down(typed: str) -> None:
    for fits in (is_nhs_number, is_uln, is_upn, is_uprn):
        assert fits(plain(typed)) in (True, False)
    assert postcode_of(typed) in ("", postcode_of(postcode_of(typed)))


@given(st.integers(1, 10**12 - 1), st.integers(0, 3))
def test_a_property_has_up_to_twelve_figures_and_never_none(number: int, noughts: int) -> None:
    written = "0" * noughts + str(number)
    assert is_uprn(written) == (len(written) <= 12)
    assert not is_uprn("0" * len(written))
    assert not is_uprn(f"{number}A")


@given(st.from_regex(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}", fullmatch=True), st.data())
def test_a_postcode_is_read_however_it_is_spaced_and_typed(postcode: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(postcode) - 1))
    assert postcode_of(f"{postcode[:at]} {postcode[at:]}".lower()) == f"{postcode[:-3]} {postcode[-3:]}"
    assert postcode_of(postcode[:-1]) == "" or len(postcode_of(postcode[:-1]).replace(" ", "")) == len(postcode) - 1


@given(maybe, maybe, maybe, maybe)
def test_two_spans_overlap_when_some_day_is_in_both(
    a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    first, second = Days(a, b), Days(c, d)
    if (a and b and a > b) or (c and d and c > d):
        return
    edges = [each for each in (a, b, c, d) if each]
    probe = {
        START,
        *edges,
        *(each - timedelta(days=1) for each in edges),
        *(each + timedelta(days=1) for each in edges),
    }
    assert first.overlap(second) == any(first.hold(on) and second.hold(on) for on in probe) or not edges
    assert first.overlap(second) == second.overlap(first)


@pytest.mark.django_db
@few
@given(st.lists(st.tuples(maybe, maybe, st.booleans()), min_size=1, max_size=5))
def test_nobody_ever_has_two_main_homes_unless_care_is_shared(
    moves: list[tuple[date | None, date | None, bool]],
) -> None:
    with transaction.atomic():
        place, child = somebody()
        for number, (from_on, until_on, shared) in enumerate(moves):
            home = Home(lines=f"{number} Otter Lane", is_shared_care=shared, from_on=from_on, until_on=until_on)
            with acting_as(place.worker):
                try:
                    move_home(member=child, home=home, by=place.worker, at=MONDAY)
                except Refused:
                    continue
        with acting_as(place.worker):
            held = Residence.objects.filter(person=child.person, kind="main", is_shared_care=False)
            spans = [Days(*pair) for pair in held.values_list("from_on", "until_on")]
        for number, span in enumerate(spans):
            assert not any(span.overlap(other) for other in spans[number + 1 :])
        transaction.set_rollback(True)


@pytest.mark.django_db
@few
@given(st.lists(st.tuples(days, st.integers(0, 400)), min_size=1, max_size=4))
def test_somebody_is_in_a_family_on_the_days_from_joining_until_leaving(stays: list[tuple[date, int]]) -> None:
    with transaction.atomic():
        place, child = somebody()
        kept: list[Days] = []
        person = Person(given_name="Robin", family_name="Otterwick")
        for from_on, length in stays:
            span = Days(from_on, from_on + timedelta(days=length))
            if length == 0 or any(other.until_on is None or from_on < other.until_on for other in kept):
                continue  # who comes back comes after they left
            with acting_as(place.worker):
                member = add_member(
                    family=child.family, person=person, part="wider", relationship="friend", from_on=from_on,
                    by=place.worker, at=MONDAY,
                )  # fmt: skip
                told = theirs_of(member, Person.objects.get(pk=person.pk))
                edit_member(
                    member=member,
                    told=Told(**{name: told[name] for name in Told.__dataclass_fields__}),  # type: ignore[arg-type]
                    left_on=span.until_on,
                    version=Person.objects.get(pk=person.pk).version,
                    by=place.worker,
                    at=MONDAY,
                )
                person = Person.objects.get(pk=person.pk)
            kept.append(span)
        for span in kept:
            for on in (span.from_on, span.until_on - timedelta(days=1), span.until_on):  # type: ignore[operator]
                with acting_as(place.worker):
                    there = sum(each.person_id == person.pk for each in members_on(child.family_id, on=on))  # type: ignore[arg-type]
                assert there == any(each.hold(on) for each in kept)  # type: ignore[arg-type]
        transaction.set_rollback(True)


@pytest.mark.django_db
@few
@given(st.integers(0, 200), st.sampled_from("FMU"))
def test_a_child_who_is_born_keeps_one_record_and_one_legal_name_a_day(ago: int, sex: str) -> None:
    with transaction.atomic():
        place, child = somebody()
        born_on = TODAY - timedelta(days=ago)
        with acting_as(place.worker):
            Person.objects.filter(pk=child.person_id).update(date_of_birth=None, due_on=TODAY)
            born = record_birth(
                member=child, born_on=born_on, given_name="Juniper", family_name="Quillfeather", sex=sex, version=1,
                by=place.worker, at=MONDAY,
            )  # fmt: skip
            assert (born.pk, born.is_unborn, born.given_name) == (child.person_id, False, "Juniper")
            spans = [Days(*pair) for pair in PersonName.objects.filter(person=born).values_list("from_on", "until_on")]
        for on in (born_on - timedelta(days=1), born_on, TODAY):
            assert sum(span.hold(on) for span in spans) == 1
        transaction.set_rollback(True)


def somebody() -> tuple[Place, FamilyMember]:
    """A worker's family and a child of it."""
    place = a_place()
    episode = an_allocated_episode(place)
    with acting_as(place.worker):
        found = FamilyMember.objects.select_related("person", "family")
        return place, found.get(family_id=episode.family_id, person__given_name="Ashby")
