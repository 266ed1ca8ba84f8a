"""A run taken back: exactly what it brought, and nothing that somebody has worked on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.importing.jobs import take_back
from baton.importing.models import Run, SourceRecord
from baton.people.actions import add_member
from baton.people.models import Family, FamilyMember, Person
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.guard import acting_as
from baton.platform.models import Change, User
from baton.platform.refusals import Refused
from tests.factories.places import Place
from tests.importing.extracts import a_family, a_person, an_episode, an_extract

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
Bring = Callable[[Any], Any]
KEPT = ("platform_", "importing_", "procrastinate_", "django_", "account_", "mfa_", "socialaccount_", "accounts_")


def everything() -> dict[str, list[str]]:
    """Every row of every table about people, as text."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        tables = [str(name) for (name,) in cursor.fetchall() if not str(name).startswith(KEPT)]
        found = {}
        for table in tables:
            cursor.execute(f"select to_jsonb(t)::text from {table} t order by 1")
            rows = [json.loads(str(row)) for (row,) in cursor.fetchall()]
            found[table] = sorted(json.dumps(_lasting(table, row), sort_keys=True) for row in rows)
    return found


def _lasting(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row without what is made anew: keys of search and deadlines are known by what they say."""
    made_anew = table in ("matching_searchedname", "matching_searchedkey", "episodes_deadline")
    return {name: value for name, value in row.items() if not (made_anew and name == "id")}


def a_whole_extract(tmp_path: Path, place: Place) -> Any:
    return an_extract(
        tmp_path, team=place.team.name, people=[*a_family(), a_person(7, "Perran", "Elseby", "01/02/2014", "F2")],
        ties=[{"Who": "P3", "Whose": "P1", "Is": "Mum"}],
        contacts=[{"ID": "C1", "Person": "P1", "Day": "01/09/2026", "Outcome": "EH", "From": "Larkmere Primary"}],
        episodes=[an_episode(1, "P1", "01/10/2026", Worker=place.worker.email), an_episode(2, "P7", "01/10/2026")],
        happened=[{"ID": "V1", "Episode": "E1", "What": "Visit", "Day": "05/10/2026"}],
    )  # fmt: skip


def add_somebody(family: Family, *, by: User) -> None:
    nan = Person(given_name="Nan", family_name="Testcombe")
    today = clock.today()
    add_member(family=family, person=nan, part="wider", relationship="nan", from_on=today, by=by, at=clock.now())


def test_undo_gives_what_was_before(tmp_path: Path, place: Place, bring: Bring) -> None:
    before = everything()
    run, _ = bring(a_whole_extract(tmp_path, place))
    assert everything() != before
    done = take_back(run=run, by=place.administrator)
    assert everything() == before
    assert (done.state, done.families_taken_back) == (Run.State.UNDONE, 2)
    with as_owner():
        assert not SourceRecord.objects.exists()
        assert Change.objects.filter(kind="removed", action="undo_import", by_id=place.administrator.pk).exists()


def test_undo_of_a_later_run_gives_what_the_first_left(tmp_path: Path, place: Place, bring: Bring) -> None:
    bring(a_whole_extract(tmp_path / "1", place))
    before = everything()
    people = [
        *a_family(),
        a_person(7, "Perran", "Elseby", "01/02/2014", "F2"),
        a_person(8, "Zennor", "Newby", "1/1/2020", "F3"),
    ]
    people[0] |= {"Last": "Otherton", "Address": "2 Other Road", "School": "Harbour Academy", "Ethnic": "WIRI"}
    episodes = [
        an_episode(1, "P1", "01/10/2026", "01/11/2026"),
        an_episode(2, "P7", "02/10/2026"),
        an_episode(3, "P2", "05/11/2026"),
    ]
    later, _ = bring(an_extract(tmp_path / "2", team=place.team.name, people=people, episodes=episodes))
    assert everything() != before
    done = take_back(run=later, by=place.administrator)
    assert done.families_kept == []
    assert everything() == before
    with as_owner():
        assert list(deadlines_that_differ(at=clock.now())) == []


def test_a_family_somebody_has_worked_on_stays_and_the_other_goes(tmp_path: Path, place: Place, bring: Bring) -> None:
    run, _ = bring(a_whole_extract(tmp_path, place))
    with acting_as(place.worker):
        family = Family.objects.get(name="Testcombe")
        add_somebody(family, by=place.worker)
    done = take_back(run=run, by=place.administrator)
    assert done.families_kept == [(family.pk, "F1")]
    with as_owner():
        assert list(Family.objects.values_list("name", flat=True)) == ["Testcombe"]
        assert FamilyMember.objects.count() == 4
        assert Run.objects.get().state == Run.State.PARTLY_UNDONE


def test_who_shares_a_person_with_a_family_that_stays_stays(tmp_path: Path, place: Place, bring: Bring) -> None:
    people = [a_person(1, "Merryn", "Testcombe", "03/05/2015"), a_person(1, "Merryn", "Testcombe", "03/05/2015", "F2"),
              a_person(2, "Jago", "Testcombe", "14/09/2018", "F2")]  # fmt: skip
    run, _ = bring(an_extract(tmp_path, team=place.team.name, people=people))
    with acting_as(place.manager):
        mine = Family.objects.order_by("pk")[0]
        add_somebody(mine, by=place.manager)
    done = take_back(run=run, by=place.administrator)
    assert len(done.families_kept) == 2
    assert done.families_taken_back == 0


def test_a_run_is_taken_back_once(tmp_path: Path, place: Place, bring: Bring) -> None:
    run, _ = bring(a_whole_extract(tmp_path, place))
    take_back(run=run, by=place.administrator)
    with pytest.raises(Refused, match="was taken back already"):
        take_back(run=run, by=place.administrator)


def test_what_was_taken_back_can_come_again(tmp_path: Path, place: Place, bring: Bring) -> None:
    extract = a_whole_extract(tmp_path, place)
    run, _ = bring(extract)
    take_back(run=run, by=place.administrator)
    _, found = bring(extract)
    assert {line[4] for line in found.values()} == {"new"}
