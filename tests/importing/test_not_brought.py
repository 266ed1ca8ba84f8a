"""Nothing of an extract is dropped silently: columns, sheets and codes of which nothing is made are named, with why."""

from pathlib import Path

import pytest

from baton.importing.reading.mapping import MappingError, presets, read_mapping
from tests.factories.places import Place
from tests.importing.extracts import a_family, an_extract, write
from tests.importing.systems import SSD
from tests.importing.test_bringing import Bring
from tests.importing.test_systems import brought
from tests.importing.test_trouble import Tried

DOOR = """not_brought:
  keys: it is of the building
"""


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_columns_and_sheets_that_nobody_asked_for_are_named(tmp_path: Path, place: Place, bring: Bring) -> None:
    write(tmp_path / "keys.csv", ("Door",), [{"Door": "1"}])
    write(tmp_path / "shoes.csv", ("Size",), [{"Size": "1"}])
    write(
        tmp_path / "contacts.csv",
        ("ID", "Person", "Day", "Outcome", "From", "Weather", "Mood"),
        [{"ID": "C1", "Person": "P1", "Day": "01/09/2026", "Outcome": "EH", "Weather": "wet"}],
    )
    run, _ = bring(an_extract(tmp_path, team=place.team.name, more=DOOR))
    assert run.not_brought == [
        ["contacts.csv", "Weather", "the mapping does not name it", 1],
        ["contacts.csv", "Mood", "the mapping does not name it", 0],
        ["keys", "", "it is of the building", 0],
        ["shoes", "", "the mapping does not name it", 0],
    ]


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_ssd_says_of_every_column_what_becomes_of_it(tmp_path: Path, place: Place) -> None:
    SSD.write(tmp_path)
    _, run, summary = brought(SSD, tmp_path, place, out="tried", is_dry=True)
    assert [each for each in run.not_brought if each[2] == "the mapping does not name it"] == []
    named = {(sheet, column) for sheet, column, _, _ in run.not_brought}
    assert named >= {
        ("ssd_address.csv", "easting"), ("ssd_immigration_status", ""), ("ssd_involvements.csv", "invo_referral_id"),
        ("ssd_professionals.csv", "prof_staff_id"), ("ssd_linked_identifiers.csv", "case number"),
    }  # fmt: skip
    line = "not brought: ssd_involvements.csv, invo_referral_id, because referrals to social care stay in its record"
    assert f"  {line}; it says something in 1 row" in summary


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_code_that_stands_for_nothing_is_counted(tmp_path: Path, place: Place, bring: Bring) -> None:
    extract = an_extract(tmp_path, team=place.team.name, people=a_family())
    path = tmp_path / "mapping.yaml"
    path.write_text(path.read_text().replace("{Boy: M, Girl: F}", '{Boy: "", Girl: F}'))
    run, _ = bring(type(extract)(read_mapping(str(path)), tmp_path))
    assert ["people.csv", 'sex "Boy"', "the mapping says that it stands for nothing", 1] in run.not_brought


@pytest.mark.commits
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_of_two_columns_that_say_otherwise_the_second_has_a_line(tmp_path: Path, place: Place, tried: Tried) -> None:
    extract = an_extract(tmp_path, team=place.team.name, people=[a_family()[0] | {"Known": "Merry"}])
    path = tmp_path / "mapping.yaml"
    path.write_text(path.read_text().replace("given_name: First", "given_name: [First, Known]"))
    lines = tried(type(extract)(read_mapping(str(path)), tmp_path))
    assert 'known says "Merry"; another column was taken' in [words for line in lines for _, _, words in line[5]]


def test_a_column_cannot_be_read_and_not_brought(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        "title: A\nsource: a\nsheets:\n  - sheet: p\n    makes: people\n    columns: {id: a, given_name: n}\n"
        "    not_brought: {N: no reason}\n"
    )
    with pytest.raises(MappingError, match='"n" is read, and said not to be brought'):
        read_mapping(str(path))


@pytest.mark.parametrize("name", presets())
def test_each_mapping_that_comes_with_baton_gives_a_reason_for_what_it_leaves(name: str) -> None:
    mapping = read_mapping(name)
    for each in mapping.sheets:
        assert all(each.not_brought.values())
    assert all(mapping.not_brought.values())
