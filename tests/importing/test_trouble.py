"""What extracts are like: each trouble has a line of its own in the report, and nothing vanishes."""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from baton.episodes.models import Episode
from baton.importing.actions import Extract
from baton.importing.models import Run, SourceRecord, Staged
from baton.people.models import Family, Person
from baton.platform.database import as_owner
from tests.factories.places import Place
from tests.importing.extracts import a_family, a_person, an_episode, an_extract

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
Tried = Callable[[Extract], list[Any]]
STOPPED = "stopped"


def lines(found: list[Any], kind: str, source_id: str) -> tuple[str, str]:
    """The outcome of a row, and all that is said of it, as one text."""
    told = [(line[4], "; ".join(words for _, _, words in line[5])) for line in found if line[2:4] == (kind, source_id)]
    assert told, f"{kind} {source_id} is nowhere in the report"
    return told[-1]


@pytest.mark.parametrize(
    ("last", "mark"), [("Testcombe DUPLICATE", "DUPLICATE"), ("DO NOT USE", "DO NOT USE"), ("XX Testcombe", "XX")]
)
def test_a_record_marked_in_its_name_is_not_brought(
    tmp_path: Path, place: Place, tried: Tried, last: str, mark: str
) -> None:
    people = [*a_family(), a_person(9, "Merryn", last, "03/05/2015")]
    found = tried(an_extract(tmp_path, team=place.team.name, people=people, episodes=[an_episode(1, "P9", "1/1/2026")]))
    outcome, words = lines(found, "person", "P9")
    assert outcome == STOPPED
    assert f'the name says "{mark}"' in words
    assert lines(found, "episode", "E1") == (STOPPED, 'person "P9" is not brought: see line 5')


@pytest.mark.parametrize("name", ["Maxxine", "Foxx", "Duplock"])
def test_a_name_that_only_looks_marked_is_a_name(tmp_path: Path, place: Place, tried: Tried, name: str) -> None:
    found = tried(an_extract(tmp_path, team=place.team.name, people=[a_person(1, name, "Testcombe", "03/05/2015")]))
    assert lines(found, "person", "P1") == ("new", "")


def test_marked_records_come_where_the_mapping_says_so(tmp_path: Path, place: Place, tried: Tried) -> None:
    people = [a_person(1, "Merryn", "DUPLICATE", "03/05/2015")]
    found = tried(an_extract(tmp_path, team=place.team.name, people=people, more="marked: bring\n"))
    assert lines(found, "person", "P1") == ("new", 'the name says "DUPLICATE"')


@pytest.mark.parametrize(
    ("told", "outcome", "words"),
    [
        ({"Born": "45000"}, "new", "Excel"),
        ({"Born": "03/05/15"}, "new", "a year of two figures was read as 2015"),
        ({"Born": "01/01/2090"}, "new", "lies in the future"),
        ({"Born": "31/02/2015"}, "new", "is not a day of the calendar"),
        ({"Born": "12/25/2015"}, "new", "is not a date with the day first"),
        ({"Born": "May"}, "new", "is not a date"),
        ({"Died": "02/05/2015"}, STOPPED, "before the birth"),
        ({"Sex": "Q"}, "new", 'sex "Q" is a code that nobody translated'),
        ({"NHS": "9434765910"}, "new", "digits do not fit together"),
        ({"Postcode": "NOWHERE"}, "new", "is not a postcode"),
        ({"First": "", "Last": ""}, STOPPED, "there is no name"),
        ({"ID": ""}, STOPPED, "id is empty"),
        ({"Known": "x" * 130}, "new", "the rest was cut off"),
        ({"Family": ""}, "new", "a family of their own is made"),
    ],
)
def test_a_value_that_is_wrong_has_its_line(
    tmp_path: Path, place: Place, tried: Tried, told: dict[str, str], outcome: str, words: str
) -> None:
    person = a_person(1, "Merryn", "Testcombe", "03/05/2015") | told
    found = tried(an_extract(tmp_path, team=place.team.name, people=[person]))
    said = lines(found, "person", person["ID"])
    assert said[0] == outcome
    assert words in said[1]


def test_an_id_that_stands_twice(tmp_path: Path, place: Place, tried: Tried) -> None:
    people = [*a_family(), a_family()[0], a_person(2, "Jagoe", "Testcombe", "14/09/2018")]
    found = tried(an_extract(tmp_path, team=place.team.name, people=people))
    assert lines(found, "person", "P1") == (STOPPED, "the same as line 2 of people.csv")
    assert lines(found, "person", "P2") == (
        STOPPED,
        "its id stands already, with other content, on line 3 of people.csv",
    )


def test_a_person_who_is_not_there(tmp_path: Path, place: Place, tried: Tried) -> None:
    ties = [{"Who": "P8", "Whose": "P1", "Is": "Mum"}]
    episodes = [an_episode(1, "P7", "01/01/2026")]
    happened = [{"ID": "V1", "Episode": "E1", "What": "Visit", "Day": "05/01/2026"}]
    extract = an_extract(tmp_path, team=place.team.name, ties=ties, episodes=episodes, happened=happened)
    found = tried(extract)
    assert lines(found, "relationship", "P8|birth_mother|P1") == (STOPPED, 'person "P8" is not in the extract')
    assert lines(found, "episode", "E1") == (STOPPED, 'person "P7" is not in the extract')
    assert lines(found, "event", "V1") == (STOPPED, 'episode "E1" is not brought: see line 2')


def test_a_mother_younger_than_her_child_and_a_second_mother(tmp_path: Path, place: Place, tried: Tried) -> None:
    people = [*a_family(), a_person(4, "Ebrel", "Testcombe", "01/01/1992")]
    ties = [
        {"Who": "P2", "Whose": "P1", "Is": "Mum"}, {"Who": "P3", "Whose": "P2", "Is": "Mum"},
        {"Who": "P4", "Whose": "P2", "Is": "Mum"}, {"Who": "P1", "Whose": "P1", "Is": "Brother"},
        {"Who": "P1", "Whose": "P2", "Is": "Brother"}, {"Who": "P2", "Whose": "P1", "Is": "Brother"},
    ]  # fmt: skip
    found = tried(an_extract(tmp_path, team=place.team.name, people=people, ties=ties))
    assert "is younger than the child" in lines(found, "relationship", "P2|birth_mother|P1")[1]
    assert lines(found, "relationship", "P3|birth_mother|P2") == ("new", "")
    assert "another birth mother" in lines(found, "relationship", "P4|birth_mother|P2")[1]
    assert "related to themselves" in lines(found, "relationship", "P1|sibling|P1")[1]
    assert "from the other side" in lines(found, "relationship", "P2|sibling|P1")[1]


def test_a_mother_comes_though_her_child_stands_twice(tmp_path: Path, place: Place, tried: Tried) -> None:
    people = [*a_family(), a_family()[0], a_family()[2]]
    ties = [{"Who": "P3", "Whose": "P1", "Is": "Mum"}]
    found = tried(an_extract(tmp_path, team=place.team.name, people=people, ties=ties))
    assert lines(found, "relationship", "P3|birth_mother|P1") == ("new", "")


def test_one_nhs_number_of_two_people(tmp_path: Path, place: Place, tried: Tried) -> None:
    people = [a_person(1, "Merryn", "A", "03/05/2015", NHS="9434765919"), a_person(2, "M", "B", "", NHS="943 476 5919")]
    found = tried(an_extract(tmp_path, team=place.team.name, people=people))
    assert "the same nhs_number stands with ids" in lines(found, "person", "P2")[1]


def test_episodes_that_overlap_are_one_and_each_says_so(tmp_path: Path, place: Place, bring: Any) -> None:
    episodes = [
        an_episode(1, "P1", "01/02/2020", "01/06/2020"), an_episode(2, "P2", "01/05/2020", "01/09/2020"),
        an_episode(3, "P3", "01/09/2020", "01/10/2020"), an_episode(4, "P1", "01/03/2021", "01/04/2021"),
        an_episode(5, "P1", "01/09/2026"), an_episode(6, "P2", "02/09/2026"),
    ]  # fmt: skip
    _, found = bring(an_extract(tmp_path, team=place.team.name, episodes=episodes))
    assert "3 are made one, from 2020-02-01 to 2020-10-01" in found["episode E2"][5][0][2]
    assert 'overlaps episode "E5" on line 6: 2 are made one, from 2026-09-01, open' in found["episode E6"][5][0][2]
    assert found["episode E4"][5] == []
    with as_owner():
        spans = Episode.objects.order_by("opened_at").values_list("opened_at__date", "ended_at__date")
        assert [tuple(str(day) for day in span) for span in spans] == [
            ("2020-02-01", "2020-10-01"), ("2021-03-01", "2021-04-01"), ("2026-09-01", "None"),
        ]  # fmt: skip
        assert SourceRecord.objects.filter(kind="episode").count() == 6


def test_an_episode_that_ends_before_it_begins(tmp_path: Path, place: Place, tried: Tried) -> None:
    episodes = [an_episode(1, "P1", "02/02/2020", "01/02/2020")]
    found = tried(an_extract(tmp_path, team=place.team.name, episodes=episodes))
    assert "before it begins" in lines(found, "episode", "E1")[1]


def test_a_dry_run_leaves_nothing(tmp_path: Path, place: Place, tried: Tried) -> None:
    assert len(tried(an_extract(tmp_path, team=place.team.name))) == 6  # three people, each in a family
    with as_owner():
        kept = [model.objects.count() for model in (Run, Staged, SourceRecord, Person, Family)]
        run = Run.objects.get()
    assert kept == [1, 0, 0, 0, 0]  # that it was tried, in numbers
    assert (run.state, run.counts["person"], run.rows[0]["read"]) == (Run.State.TRIED, {"new": 3}, 3)


def test_the_report_is_for_the_operator_alone_and_names_every_row(tmp_path: Path, place: Place, capsys: Any) -> None:
    people = [*a_family(), a_person(9, "=cmd()", "DUPLICATE", "45000")]
    extract = an_extract(tmp_path / "in", team=place.team.name, people=people)
    call_command(
        "import_extract", str(extract.mapping.path), str(extract.folder), report=tmp_path / "out",
        email=place.administrator.email, dry_run=True,
    )  # fmt: skip
    for name in ("lines.csv", "matches.csv", "summary.txt"):
        assert os.stat(tmp_path / "out" / name).st_mode & 0o777 == 0o600
    with (tmp_path / "out" / "lines.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert {(row["sheet"], row["line"]) for row in rows} == {("people.csv", str(line)) for line in range(2, 6)}
    told = (tmp_path / "out" / "summary.txt").read_text() + capsys.readouterr().out
    assert "the name says" in told
    for private in ("Merryn", "Testcombe", "P9", "cmd", "45000"):
        assert private not in told


def test_who_may_be_known_already_is_told_with_score_and_reasons(tmp_path: Path, place: Place, bring: Any) -> None:
    bring(an_extract(tmp_path / "1", team=place.team.name))
    people = [a_person(71, "Meryn", "Testcombe", "03/05/2015", Postcode="DT1 1XJ"), a_person(72, "Nobody", "Else", "")]
    extract = an_extract(tmp_path / "2", team=place.team.name, people=people, more="")
    text = extract.mapping.path.read_text().replace("source: test", "source: another")
    extract.mapping.path.write_text(text)
    call_command(
        "import_extract", str(extract.mapping.path), str(extract.folder), report=tmp_path / "out",
        email=place.administrator.email, dry_run=True,
    )  # fmt: skip
    with (tmp_path / "out" / "matches.csv").open(encoding="utf-8-sig") as file:
        (match,) = list(csv.DictReader(file))
    with as_owner():
        assert match["person in Baton"] == str(Person.objects.get(given_name="Merryn").pk)
    assert (match["line"], match["id there"], match["how sure"]) == ("2", "P71", "Almost certainly")
    assert "same date of birth" in match["why"].lower()


def test_only_an_administrator_brings_anything_in(tmp_path: Path, place: Place) -> None:
    extract = an_extract(tmp_path, team=place.team.name)
    for user in (place.service_manager, place.governance, place.worker):
        with pytest.raises(CommandError, match="only one may"):
            call_command(
                "import_extract", str(extract.mapping.path), str(tmp_path), report=tmp_path / "out", email=user.email
            )


def test_a_team_that_is_not_there_is_refused_in_words(tmp_path: Path, place: Place) -> None:
    extract = an_extract(tmp_path, team="Nowhere team")
    with pytest.raises(CommandError, match='no team called "Nowhere team"'):
        call_command(
            "import_extract", str(extract.mapping.path), str(tmp_path), report=tmp_path / "o",
            email=place.administrator.email,
        )  # fmt: skip
