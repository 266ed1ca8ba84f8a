"""Everything held on somebody is gathered, whatever the table; what names others is marked; nothing closed comes."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from baton.governance.actions import name_person, restrict_family
from baton.people.actions import add_member
from baton.people.models import Family, Person
from baton.platform.access import note_look
from baton.platform.guard import acting_as
from baton.platform.refusals import Refused
from baton.requests.actions import Answer, screen
from baton.requests.models import HelpRequest
from baton.rights.actions import gather
from baton.rights.models import Item, Mark, RestrictedPart
from baton.rights.queries.gathering import NOT_GATHERED, rows_held
from baton.rights.queries.in_words import CALLED, model_of
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.guarded import a_restriction
from tests.factories.requests import MUM, NELL, a_request
from tests.factories.rights import a_gathered_request, a_request_about
from tests.factories.times import MONDAY
from tests.refusals.test_every_route import a_record_of_each_kind

pytestmark = pytest.mark.django_db


def tables_about_people() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select tbl, col from guard.about_people()")
        return set(cursor.fetchall())


def test_every_table_about_people_is_gathered_or_says_why_not() -> None:
    """A table is gathered because it refers to a person or family; what is left out is named with its reason."""
    found = tables_about_people()
    named = {table for table, _ in found} | {f"{table}.{column}" for table, column in found}
    assert set(NOT_GATHERED) - named <= {"matching_moved"}, "is no table about people any more"
    assert all(len(why) > 20 for why in NOT_GATHERED.values())
    for table, column in found:
        if table not in NOT_GATHERED and f"{table}.{column}" not in NOT_GATHERED:
            model = model_of(table)
            assert model is not None, f"{table} has no model: nobody could read its rows in words"
            assert model._meta.pk.column == "id", f"{table} has no id: guard.gather cannot find its rows"


def test_records_of_every_area_come() -> None:
    place = a_place()
    family_id = a_record_of_each_kind(place)["family_id"]
    with acting_as(place.worker):
        note_look(family_id=family_id, what="family page", by=place.worker, at=MONDAY)
    request = a_request_about(place)
    with acting_as(place.governance):
        tables = {row.table for row in rows_held(request.pk)}
    assert {"people_person", "people_familymember", "consent_consent", "visits_visit", "chronology_entry"} <= tables
    assert {"relationships_relationship", "plans_meeting", "assessments_assessment", "platform_accessentry"} <= tables
    assert tables & set(NOT_GATHERED) == set()


def test_every_row_of_the_family_comes_and_none_of_another() -> None:
    place = a_place()
    family_id = a_record_of_each_kind(place)["family_id"]
    other = a_family(team=place.other_team, by=place.hub_adviser, name="Otterdown")
    request = a_request_about(place)
    with acting_as(place.governance):
        rows = rows_held(request.pk)
    assert {row.family_id for row in rows} <= {family_id, None}
    with acting_as(place.service_manager):
        for table, column in tables_about_people():
            model = model_of(table)
            if column != "family_id" or table in NOT_GATHERED or model is None or table.startswith("platform_"):
                continue
            held = set(model.objects.filter(family_id=family_id).values_list("pk", flat=True))  # type: ignore[attr-defined]
            got = {row.row_id for row in rows if row.table == table}
            assert held <= got, table
    assert "Otterdown" not in str([row.said for row in rows])
    assert other.pk != family_id


def test_a_request_for_help_that_opened_nothing_comes_with_whom_it_names() -> None:
    # Given a mother who is known, and a later request in which the hub recognised her
    place = a_place()
    an_allocated_episode(place)
    asked = a_request(by=place.teacher, people=(NELL, MUM))
    mother = _marigold(place)
    with acting_as(place.hub_adviser):
        asked.people.filter(part="parent").update(person=mother)
    request = a_request_about(place)
    with acting_as(place.governance):
        rows = rows_held(request.pk)
    assert ("requests_helprequest", asked.pk) in {(row.table, row.row_id) for row in rows}


def test_other_people_are_marked_and_staff_are_not() -> None:
    # Given everything held on the mother, who has two children
    place = a_place()
    a_record_of_each_kind(place)
    request = a_gathered_request(place)
    with acting_as(place.governance):
        marks = list(Mark.objects.filter(request=request).select_related("item"))
        named = {mark.name for mark in marks}
    # Then each row about a child is marked whole, and each place where one is named
    assert {"Ashby Quillfeather", "Bramwell Quillfeather"} <= named
    assert any(mark.is_whole and mark.item.person_id for mark in marks)
    assert not {"Wilf Worker", "Marigold Quillfeather"} & named
    assert {mark.state for mark in marks} == {"undecided"}


def test_gathered_anew_decisions_on_what_is_still_there_stay() -> None:
    place = a_place()
    an_allocated_episode(place)
    request = a_gathered_request(place)
    with acting_as(place.governance):
        mark = Mark.objects.filter(request=request)[0]
        Mark.objects.filter(pk=mark.pk).update(
            state="hidden", reason="harm", decided_by=place.governance, decided_at=MONDAY
        )
        gather(request=request, by=place.governance, at=MONDAY)
        assert Mark.objects.filter(request=request, state="hidden", reason="harm", name=mark.name).count() == 1


@pytest.mark.parametrize("who", ["worker", "manager", "service_manager", "hub_adviser", "auditor"])
def test_nobody_but_information_governance_gathers(who: str) -> None:
    place = a_place()
    an_allocated_episode(place)
    request = a_gathered_request(place)
    with acting_as(getattr(place, who)):
        assert rows_held(request.pk) == []
        assert not Item.objects.exists()


def test_a_request_without_a_person_gathers_nothing() -> None:
    place = a_place()
    request = a_request_about(place)  # nobody of this name is on record
    with acting_as(place.governance), pytest.raises(Refused, match="whose record is meant"):
        gather(request=request, by=place.governance, at=MONDAY)


def test_the_part_of_a_restricted_family_stays_out_and_only_the_named_are_told() -> None:
    # Given a mother in two families, one of them restricted to the worker
    place = a_place()
    closed_id = an_allocated_episode(place).family_id
    other = a_family(team=place.team, by=place.hub_adviser, name="Otterdown", children=())
    mother = _marigold(place)
    with acting_as(place.worker):
        told = {"part": "wider", "relationship": "aunt", "from_on": MONDAY.date()}
        add_member(family=other, person=mother, **told, by=place.worker, at=MONDAY)
    with acting_as(place.governance):
        because = {place.worker: "Leads the work"}
        restriction = restrict_family(
            family_id=closed_id,
            reason="A colleague's family",
            named=because,
            review_on=MONDAY.date() + timedelta(days=60),
            by=place.governance,
            at=MONDAY,
        )
    # When an officer who is not named gathers
    request = a_gathered_request(place)
    with acting_as(place.governance):
        families = set(Item.objects.filter(request=request).values_list("family_id", flat=True))
        assert families == {other.pk, None}
        assert "Ashby" not in str(list(Item.objects.filter(request=request).values_list("lines", flat=True)))
        assert not RestrictedPart.objects.exists()
    with acting_as(place.worker):
        assert RestrictedPart.objects.filter(request=request, family=closed_id).exists()
    # And when the officer is named, that part comes too
    with acting_as(place.governance):
        name_person(
            restriction=restriction, user=place.governance, because="Answers a request", by=place.governance, at=MONDAY
        )
    with acting_as(place.governance):
        gather(request=request, by=place.governance, at=MONDAY)
        assert Item.objects.filter(request=request, family=closed_id).exists()


def _marigold(place: Place) -> Person:
    with acting_as(place.worker):
        return Person.objects.get(given_name="Marigold", family_name="Quillfeather")


@pytest.mark.parametrize(
    ("on_days", "said"),
    [
        ([0], "Once, on 5 October 2026"),
        ([0, 0, 0], "3 times on 5 October 2026"),
        ([0, 0, 4], "3 times on 2 days, from 5 October 2026 to 9 October 2026"),
    ],
)
@pytest.mark.django_db
def test_the_looks_of_somebody_are_told_in_one_line_that_a_family_can_read(on_days: list[int], said: str) -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.colleague):
        for days in on_days:
            at = MONDAY + timedelta(days=days)
            note_look(family_id=family_id, what="family page", by=place.colleague, at=at)
    request = a_gathered_request(place)
    with acting_as(place.governance):
        looks = Item.objects.filter(request=request, table="platform_accessentry")
        lines = [text for each in looks for label, text in each.lines if label == "What"]
    assert said in lines


def looked_at_before_help(place: Place) -> HelpRequest:
    """A request about Nell that the hub opened twice before help was opened and she had a record."""
    asked = a_request(by=place.teacher, people=(NELL, MUM))
    with acting_as(place.hub_adviser):
        for days in (0, 1):
            at = MONDAY + timedelta(days=days)
            note_look(family_id=None, what=f"request {asked.reference}", by=place.hub_adviser, at=at)
        answer = Answer("locality_early_help", "Mornings", "told", "phone", level=2, team=place.team)
        return screen(request=asked, answer=answer, place="dorset", by=place.hub_adviser, at=MONDAY)


def looks_gathered_about_nell(place: Place) -> list[tuple[int | None, list[list[str]]]]:
    assert NELL.date_of_birth
    request = a_request_about(place, given_name="Nell", family_name="Marshmarigold", born=NELL.date_of_birth)
    with acting_as(place.governance):
        gather(request=request, by=place.governance, at=MONDAY)
        looks = Item.objects.filter(request=request, table="platform_accessentry")
        return [(each.family_id, each.lines) for each in looks]


def test_looks_at_a_request_before_it_led_to_the_family_are_told_too() -> None:
    place = a_place()
    request, other = looked_at_before_help(place), a_request(by=place.teacher)
    with acting_as(place.colleague):
        note_look(family_id=None, what=f"request {other.reference}", by=place.colleague, at=MONDAY)
    with acting_as(place.hub_adviser):
        note_look(family_id=request.family_id, what="request", by=place.hub_adviser, at=MONDAY + timedelta(days=3))
    ((family_id, lines),) = looks_gathered_about_nell(place)
    told = dict(lines)
    assert family_id == request.family_id
    assert told["By"] == "Hana Hubb"
    assert told["What"] == "3 times on 3 days, from 5 October 2026 to 8 October 2026"
    assert told["At"].startswith("8 October 2026")


def test_looks_at_a_request_that_led_to_a_restricted_family_stay_out() -> None:
    place = a_place()
    request = looked_at_before_help(place)
    aunts = a_family(team=place.team, by=place.hub_adviser, name="Otterby", children=())
    with acting_as(place.hub_adviser):
        nell = Person.objects.get(given_name="Nell", first_family=request.family_id)
        told = {"part": "child", "relationship": "niece", "from_on": MONDAY.date()}
        add_member(family=Family.objects.get(pk=aunts.pk), person=nell, **told, by=place.hub_adviser, at=MONDAY)
    assert request.family_id is not None
    a_restriction(place, request.family_id, place.manager)
    assert looks_gathered_about_nell(place) == []


def test_what_a_field_is_called_reads_as_words() -> None:
    place = a_place()
    a_record_of_each_kind(place)
    request = a_gathered_request(place)
    with acting_as(place.governance):
        labels = {label for each in Item.objects.filter(request=request) for label, _ in each.lines}
    assert {"From", "Child’s views"} <= labels
    assert not labels & {"From at", "From on", "Childs views", "Nhs number", "Lines"}
    assert set(CALLED) <= {field.name for model in apps.get_models() for field in model._meta.get_fields()}
