"""Somebody's homes over time: each with its days, one main home at a time, the present one repeated on the person."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baton.importing.actions import Extract
from baton.importing.jobs import take_back
from baton.importing.reading.mapping import read_mapping
from baton.matching.models import SearchedKey
from baton.people.actions.homes import Home, move_home
from baton.people.models import FamilyMember, Person, Residence
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from tests.factories.places import Place
from tests.importing.conftest import Line
from tests.importing.extracts import a_person, an_extract
from tests.importing.test_bringing import Bring
from tests.importing.test_trouble import Tried
from tests.importing.test_undoing import everything

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


def a_home(number: int, address: str, start: str = "", end: str = "", **more: str) -> dict[str, str]:
    return {"ID": f"H{number}", "Who": "P1", "Address": address, "From": start, "Until": end} | more


def homes(folder: Path, place: Place, *rows: dict[str, str], **person: str) -> Extract:
    one = a_person(1, "Merryn", "Testcombe", "03/05/2015", **person)
    return an_extract(folder, team=place.team.name, people=[one], homes=list(rows))


def lived() -> list[tuple[Any, ...]]:
    """Where Merryn lived, by kind and days, first homes first."""
    with as_owner():
        rows = Residence.objects.filter(person__given_name="Merryn").order_by("from_on", "id")
        return [(row.address.lines, row.kind, row.from_on, row.until_on) for row in rows.select_related("address")]


def lives() -> tuple[str, str]:
    with as_owner():
        merryn = Person.objects.get(given_name="Merryn")
        return merryn.address, merryn.postcode


def said(lines: list[Line] | dict[str, Line], home: str) -> list[str]:
    told = lines.values() if isinstance(lines, dict) else lines
    return [words for line in told if line[3] == home for _, _, words in line[5]]


def test_each_home_comes_with_its_days(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(homes(
        tmp_path, place, a_home(1, "1 Old Road", "01/02/2016", "01/03/2020", Postcode="dt11xj", UPRN="100040000001"),
        a_home(2, "2 New Road", "01/03/2020", Postcode="DT1 1XK"),
        a_home(3, "3 Dad's Road", "01/01/2021", Kind="Second home, as with the other parent"),
    ))  # fmt: skip
    assert lived() == [
        ("1 Old Road", "main", date(2016, 2, 1), date(2020, 3, 1)),
        ("2 New Road", "main", date(2020, 3, 1), None),
        ("3 Dad's Road", "second", date(2021, 1, 1), None),
    ]
    assert lives() == ("2 New Road", "DT1 1XK")
    with as_owner():
        found_by = set(SearchedKey.objects.values_list("kind", "value"))
        assert {value for kind, value in found_by if kind == "postcode"} >= {"DT11XJ", "DT11XK"}


def test_a_home_without_an_end_ends_where_the_next_begins(tmp_path: Path, place: Place, tried: Tried) -> None:
    rows = (a_home(1, "1 Old Road", "01/02/2016"), a_home(2, "2 New Road", "01/03/2020"))
    assert said(tried(homes(tmp_path, place, *rows)), "H1") == [
        "no end is said: ended on 2020-03-01, when the home on line 3 began"
    ]


def test_homes_that_overlap_are_told_apart(tmp_path: Path, place: Place, bring: Bring) -> None:
    _, lines = bring(homes(
        tmp_path, place, a_home(1, "1 Old Road", "01/02/2016", "01/06/2020"), a_home(2, "2 New Road", "01/03/2020"),
        a_home(3, "3 Nan's", "01/05/2017", "01/08/2017"), a_home(4, "2 New Road", "01/01/2022"),
    ))  # fmt: skip
    assert lived() == [
        ("1 Old Road", "main", date(2016, 2, 1), date(2020, 3, 1)),
        ("3 Nan's", "second", date(2017, 5, 1), date(2017, 8, 1)),
        ("2 New Road", "main", date(2020, 3, 1), None),
    ]
    assert said(lines, "H1") == ["ends on 2020-06-01: ended on 2020-03-01, when the home on line 3 began"]
    assert said(lines, "H3") == ["lies within the days of the home on line 2: a second home"]
    assert said(lines, "H4") == ["the same home in the same days stands on line 3"]


def test_a_home_of_no_days_ends_no_other(tmp_path: Path, place: Place, bring: Bring) -> None:
    rows = (a_home(1, "1 Old Road", "01/02/2016", "01/03/2020"), a_home(2, "2 Slip Road", "01/02/2018", "01/02/2018"))
    bring(homes(tmp_path, place, *rows))
    assert ("1 Old Road", "main", date(2016, 2, 1), date(2020, 3, 1)) in lived()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (a_home(1, ""), "address and postcode are empty"),
        (a_home(1, "1 Old Road", "01/02/2016", "01/02/2015"), "it ends on 2015-02-01, before it begins on 2016-02-01"),
        (a_home(1, "1 Old Road", Who="P9"), 'person "P9" is not in the extract'),
        (a_home(1, "1 Old Road", Kind="Caravan"), 'kind "Caravan" is a code that nobody translated'),
        (a_home(1, "1 Old Road", UPRN="no"), 'uprn "no" is a UPRN that does not fit together'),
    ],
)
def test_what_is_wrong_has_its_line(
    tmp_path: Path, place: Place, tried: Tried, row: dict[str, str], words: str
) -> None:
    assert said(tried(homes(tmp_path, place, row)), "H1") == [words]


def test_the_sheet_of_homes_goes_before_the_persons_own_row(tmp_path: Path, place: Place, bring: Bring) -> None:
    _, lines = bring(homes(tmp_path, place, a_home(1, "1 Old Road", "01/02/2016"), Address="9 Elsewhere"))
    assert [row[0] for row in lived()] == ["1 Old Road"]
    assert lives() == ("1 Old Road", "")
    assert said(lines, "P1") == ["the sheet of homes says where they live"]


def test_a_later_extract_moves_them_and_goes_again(tmp_path: Path, place: Place, bring: Bring) -> None:
    first = a_home(1, "1 Old Road", "01/02/2016")
    bring(homes(tmp_path / "1", place, first))
    stood = everything()
    moved = homes(tmp_path / "2", place, first, a_home(2, "2 New Road", "01/03/2020", Postcode="DT1 1XK"))
    later, lines = bring(moved)
    assert lived() == [
        ("1 Old Road", "main", date(2016, 2, 1), date(2020, 3, 1)),
        ("2 New Road", "main", date(2020, 3, 1), None),
    ]
    assert lives() == ("2 New Road", "DT1 1XK")
    assert lines["home H1"][4] == "changed"

    now = everything()
    _, again = bring(moved)
    assert {line[4] for line in again.values()} == {"same"}
    assert everything() == now

    take_back(run=later, by=place.administrator)
    assert everything() == stood


def test_where_baton_says_otherwise_it_stays(tmp_path: Path, place: Place, bring: Bring) -> None:
    first = a_home(1, "1 Old Road", "01/02/2016")
    bring(homes(tmp_path / "1", place, first))
    with acting_as(place.worker):
        member = FamilyMember.objects.get(person__given_name="Merryn")
        home = Home(lines="5 Told Us Road", from_on=date(2025, 1, 1))
        move_home(member=member, home=home, by=place.worker, at=clock.now())
    stands = lived()
    rows = (first, a_home(2, "2 New Road", "01/03/2020"), a_home(3, "3 Past Road", "01/02/2010", "01/02/2016"))
    _, lines = bring(homes(tmp_path / "2", place, *rows))
    assert lived() == [("3 Past Road", "main", date(2010, 2, 1), date(2016, 2, 1)), *stands]
    assert lives()[0] == "5 Told Us Road"
    assert said(lines, "H1")[-1].startswith("changed in the other system; Baton says otherwise")
    assert said(lines, "H2") == ["Baton has a home of theirs in these days already, which stays"]


def test_the_ssd_brings_every_address(tmp_path: Path, place: Place, bring: Bring) -> None:
    for name, rows in {
        "ssd_person": [("pers_person_id", "pers_forename", "pers_surname", "pers_dob"),
                       ("1", "Merryn", "Testcombe", "03/05/2015")],
        "ssd_address": [
            ("addr_table_id", "addr_person_id", "addr_address_json", "addr_address_start_date",
             "addr_address_end_date"),
            ("1", "1", '{"HOUSE": "1", "STREET": "Old Road", "UPRN": "77"}', "2016-01-01", "2020-01-01"),
            ("2", "1", '{"HOUSE": "4", "STREET": "New Road"}', "2020-01-01", "9999-12-31"),
        ],
    }.items():  # fmt: skip
        with (tmp_path / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    path = tmp_path / "ssd.yaml"
    path.write_text(read_mapping("ssd").path.read_text() + f"team: {place.team.name}\n")
    bring(Extract(read_mapping(str(path)), tmp_path))
    assert lived() == [
        ("1\nOld Road", "main", date(2016, 1, 1), date(2020, 1, 1)),
        ("4\nNew Road", "main", date(2020, 1, 1), None),
    ]
