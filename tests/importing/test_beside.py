"""What another sheet says of the same things stands beside each row: the latest, every code, answers to questions."""

import csv
import tracemalloc
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baton.importing.actions import Extract, staging
from baton.importing.jobs import try_extract
from baton.importing.models import Run, Staged
from baton.importing.reading.beside import Beside, RowBeside, merged, row_beside
from baton.importing.reading.mapping import MappingError, read_mapping
from baton.people.models import Person
from baton.platform.guard import acting_as
from baton.platform.refusals import Refused
from baton.relationships.models import Relationship
from tests.factories.places import Place
from tests.importing.test_bringing import Bring

TODAY = date(2026, 11, 22)
HOMES = [
    {"who": "1", "from": "01/02/2020", "street": "Old Road", "told": '{"TOWN": "Larkmere"}'},
    {"who": "1", "from": "01/02/2024", "street": "New Road", "told": "no JSON"},
    {"who": "1", "from": "", "street": "Nobody knows when"},
    {"who": "", "from": "01/02/2024", "street": "Nobody's"},
]


def gathered(
    beside: Beside, rows: list[dict[str, str]], *, keep: frozenset[str], order: str, today: date
) -> dict[str, Mapping[str, str]]:
    """What all rows say, by what they are of."""
    found: dict[str, list[RowBeside]] = {}
    for row in rows:
        read = row_beside(beside, row, keep=keep, order=order, today=today)
        if read is not None:
            found.setdefault(read.key, []).append(read)
    return {key: merged(beside, said).said for key, said in found.items()}


def test_what_is_not_taken_is_counted() -> None:
    rows = [RowBeside("1", None, {"street": street}) for street in ("Old Road", "Old Road", "New Road")]
    assert merged(Beside("homes", "id", "who"), rows).not_taken == 1


def test_of_several_rows_the_latest_stands() -> None:
    beside = Beside("homes", "id", "who", latest="from")
    found = gathered(beside, HOMES, keep=frozenset({"street"}), order="dmy", today=TODAY)
    assert found == {"1": {"street": "New Road"}}


def test_without_a_day_the_first_that_says_something_stands() -> None:
    beside = Beside("homes", "id", "who", spread="told")
    found = gathered(beside, HOMES, keep=frozenset({"street", "town"}), order="dmy", today=TODAY)
    assert found == {"1": {"street": "Old Road", "town": "Larkmere"}}


def test_every_code_of_a_person_counts_once() -> None:
    rows = [{"who": "1", "code": code} for code in ("MOB", "AUT", "MOB")] + [{"who": "2", "code": ""}]
    beside = Beside("codes", "id", "who", every=("code",))
    found = gathered(beside, rows, keep=frozenset({"code"}), order="dmy", today=TODAY)
    assert found == {"1": {"code": "MOB;AUT"}, "2": {}}


def test_answers_in_rows_are_columns_by_their_questions() -> None:
    rows = [
        {"form": "7", "asked": "Reason ", "said": "Mornings"},
        {"form": "7", "asked": "Nothing that is read", "said": "x"},
        {"form": "8", "asked": "reason", "said": ""},
    ]
    beside = Beside("answers", "id", "form", question="asked", answer="said")
    found = gathered(beside, rows, keep=frozenset({"reason"}), order="dmy", today=TODAY)
    assert found == {"7": {"reason": "Mornings"}, "8": {}}


def test_only_rows_that_are_meant_count() -> None:
    beside = Beside("homes", "id", "who", only={"street": frozenset({"old road"})})
    found = gathered(beside, HOMES, keep=frozenset({"street"}), order="dmy", today=TODAY)
    assert found == {"1": {"street": "Old Road"}}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{sheet: b, by: {a: b, c: d}}", '"by" names one column here and one there'),
        ("{sheet: b, by: {a: b}, question: q}", "A question without an answer"),
        ("{sheet: b}", '"by"'),
    ],
)
def test_a_mistake_in_the_mapping_is_named(tmp_path: Path, written: str, said: str) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        "title: A\nsource: a\nsheets:\n  - sheet: p\n    makes: people\n    columns: {id: a, given_name: n}\n"
        f"    beside:\n      - {written}\n"
    )
    with pytest.raises(MappingError, match=said):
        read_mapping(str(path))


SSD = {
    "ssd_person": """\
pers_person_id,pers_forename,pers_surname,pers_sex,pers_ethnicity,pers_dob,pers_send_flag
1,Merryn,Testcombe,F,WBRI,03/05/2015,Y
2,Demelza,Testcombe,F,WBRI,21/01/1990,N
""",
    "ssd_family": "fami_table_id,fami_family_id,fami_person_id\n1,F1,1\n2,F1,2\n",
    "ssd_mother": "moth_table_id,moth_person_id,moth_childs_person_id\n1,2,1\n",
    "ssd_address": """\
addr_table_id,addr_person_id,addr_address_json,addr_address_type,addr_address_start_date,addr_address_end_date,addr_address_postcode
1,1,"{""HOUSE"": ""1"", ""STREET"": ""Old Road""}",Home,2016-01-01,2020-01-01,DT11XJ
2,1,"{""HOUSE"": ""4"", ""STREET"": ""New Road"", ""TOWN"": ""Larkmere""}",Home,2020-01-01,,DT11XK
""",
    "ssd_disability": "disa_table_id,disa_person_id,disa_disability_code\n1,1,MOB\n2,1,AUT\n",
    "ssd_linked_identifiers": """\
link_table_id,link_person_id,link_identifier_type,link_identifier_value
1,1,NHS Number,9434765919
2,1,Case Number,77
""",
}


def ssd(folder: Path, place: Place, **changed: str) -> Extract:
    for name, text in (SSD | changed).items():
        if text:
            (folder / f"{name}.csv").write_text(text)
    path = folder / "ssd.yaml"
    path.write_text(read_mapping("ssd").path.read_text() + f"team: {place.team.name}\n")
    return Extract(read_mapping(str(path)), folder)


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_tables_of_the_ssd_that_say_more_of_a_person_come(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(ssd(tmp_path, place))
    with acting_as(place.worker):
        child = Person.objects.get(given_name="Merryn")
        mother = Relationship.objects.get()
        assert (child.postcode, child.disabilities) == ("DT1 1XK", ["MOB", "AUT"])
        assert (child.nhs_number, child.send) == ("9434765919", "E")
        assert child.address.split("\n") == ["4", "New Road", "Larkmere"]
        assert (mother.kind, mother.relative_id) == ("birth_mother", child.pk)


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_sheet_beside_without_its_column_is_refused_in_words(tmp_path: Path, place: Place, bring: Bring) -> None:
    with pytest.raises(Refused, match=r'ssd_disability\.csv has no column "disa_disability_code"'):
        bring(ssd(tmp_path, place, ssd_disability="a,b\n1,2\n"))


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_without_them_people_come_all_the_same(tmp_path: Path, place: Place, bring: Bring) -> None:
    run, _ = bring(ssd(tmp_path, place, ssd_address="", ssd_disability="", ssd_mother=""))
    with acting_as(place.worker):
        assert Person.objects.get(given_name="Merryn").disabilities == []
    assert run.pk


MANY = 24_000
MOST = 12 * 1024 * 1024  # bytes; held whole, those rows took three times that


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_sheet_beside_is_not_held_in_memory(tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "ROWS_AT_ONCE", 500)
    extract = ssd(tmp_path, place)
    with (tmp_path / "ssd_disability.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("disa_table_id", "disa_person_id", "disa_disability_code"))
        writer.writerows((n, f"somebody else {n}", "MOB") for n in range(MANY))
        writer.writerow((MANY, 1, "AUT"))
    tracemalloc.start()
    try:
        run, told = staged(extract, place)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told["disabilities"] == ["AUT"]
    why = "no row of ssd_person has their disa_person_id"
    assert ["ssd_disability.csv", "", why, MANY] in run.not_brought
    assert peak < MOST


def staged(extract: Extract, place: Place) -> tuple[Any, dict[str, Any]]:
    """The run of a dry run, and what it read of the first person."""
    found: list[Any] = []

    def report(run: Run) -> dict[str, int]:
        found.extend((run, Staged.objects.get(run=run, kind="person", source_id="1").told))
        return {}

    try_extract(extract=extract, place="dorset", by=place.administrator, say=lambda _: None, report=report)
    return found[0], found[1]
