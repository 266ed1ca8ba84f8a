"""Figures without identity: what is counted, what is hidden, and that nobody works it out again."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse

from baton.episodes.models import Episode
from baton.measures.queries import figures_of, quarters
from baton.platform import clock
from baton.platform.guard import acting_as, handing_over_to
from baton.platform.models import AccessEntry, Locality, Team, User
from baton.platform.spreadsheets import safe
from tests.client import page_client
from tests.factories import Place, a_family, a_place, an_allocated_episode, an_episode
from tests.factories.guarded import a_restriction
from tests.governance.test_log_pages import words_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def the_quarter() -> date:
    return quarters(clock.today())[0]


def within(days: int = 20) -> datetime:
    """A moment of the last quarter that is over."""
    first = the_quarter()
    return datetime(first.year, first.month, first.day, 12, tzinfo=LONDON) + timedelta(days=days)


def episodes(place: Place, number: int, *, days: int = 20, **told: Any) -> list[Episode]:
    return [an_episode(place, at=within(days), **told) for _ in range(number)]


def shown(user: User, table: str, quarter: date | None = None) -> dict[str, int | str]:
    """What somebody is told of a table: the number of each cell or why it is not said, and the total under ""."""
    with acting_as(user):
        found = figures_of(quarter or the_quarter()).get(table, [])
    return {each.cell: each.mark if each.number is None else each.number for each in found}


def test_episodes_are_counted_by_level_in_their_quarter() -> None:
    place = a_place()
    episodes(place, 6, level=2)
    episodes(place, 7, level=3)
    episodes(place, 2, level=3, days=-40)
    assert shown(place.analyst, "opened.level") == {"2": 6, "3": 7, "": 13}


def test_a_number_below_five_and_what_would_give_it_away_are_hidden() -> None:
    place = a_place()
    episodes(place, 2, level=2)
    episodes(place, 7, level=3)
    assert shown(place.analyst, "opened.level") == {"2": "hidden", "3": "hidden", "": 9}


def test_the_total_is_hidden_where_it_is_below_five() -> None:
    place = a_place()
    episodes(place, 4)
    assert shown(place.analyst, "opened.level") == {"3": "hidden", "": "few"}
    assert set(shown(place.analyst, "opened.month").values()) == {"hidden", "few"}


def test_of_two_the_larger_says_that_all_but_a_few_are_it() -> None:
    place = a_place()
    episodes(place, 11)
    assert shown(place.analyst, "opened.route") == {"request": "rest", "step_down": "few", "": 11}


def test_a_locality_that_is_hidden_hides_its_teams() -> None:
    place = a_place()
    south = Locality.objects.create(name="Farther south")
    there = Team.objects.create(
        name="South team", kind="locality", locality=south, organisation=place.team.organisation
    )
    episodes(place, 9)
    family = a_family(team=there, by=place.hub_adviser)
    with acting_as(place.hub_adviser), handing_over_to(there.pk):
        Episode.objects.create(
            family=family, team=there, level=3, framework_place="dorset", framework_version="2026",
            requested_at=within(), opened_at=within(),
        )  # fmt: skip
    assert set(shown(place.analyst, "opened.locality").values()) == {"hidden", 10}
    assert set(shown(place.analyst, "opened.team").values()) == {"hidden"}


def test_what_is_at_the_quarters_end_is_rounded_and_has_no_total() -> None:
    place = a_place()
    episodes(place, 8, level=3)
    episodes(place, 3, level=2)
    assert shown(place.analyst, "now.level") == {"3": 10, "2": "few"}
    assert shown(place.analyst, "now.age")["5-9"] == 10
    assert shown(place.analyst, "now.sex")["U"] == 20  # of 22


def test_a_restricted_family_is_in_no_figure() -> None:
    place = a_place()
    made = episodes(place, 9)
    a_restriction(place, made[0].family_id, place.worker)
    assert shown(place.analyst, "opened.level") == {"3": 8, "": 8}
    assert shown(place.analyst, "now.sex")["U"] == 15


def test_what_fell_due_is_in_time_or_late_by_the_frameworks_own_day() -> None:
    place = a_place()
    for _ in range(11):
        an_allocated_episode(place, at=within(2))
    assert shown(place.analyst, "timely.first_visit") == {"late": "rest", "on_time": "few", "": 11}


@pytest.mark.parametrize(
    "who", ["worker", "manager", "hub_adviser", "coordinator", "panel_chair", "auditor", "governance", "administrator"]
)
def test_nobody_else_gets_a_figure(who: str) -> None:
    place = a_place()
    episodes(place, 9)
    with acting_as(getattr(place, who)):
        assert figures_of(the_quarter()) == {}


def test_there_are_figures_of_whole_quarters_that_are_over_and_of_nothing_else() -> None:
    place = a_place()
    episodes(place, 9)
    first = the_quarter()
    days = (first + timedelta(days=1), date(first.year, first.month % 12 + 1, 1), clock.today().replace(day=1))
    with acting_as(place.analyst):
        assert [figures_of(day) for day in days] == [{}, {}, {}]
        assert figures_of(quarters(first - timedelta(days=1200))[0]) == {}
    assert page_client(place.analyst).get(reverse("figures"), {"quarter": "2020-01-02"}).status_code == 404


def published(cells: tuple[int, ...]) -> tuple[object, ...]:
    """A table as guard.figures shows it."""
    order = sorted(range(len(cells)), key=lambda at: (cells[at], at))
    few, total, before = sum(n < 5 for n in cells), sum(cells), 0
    said: list[object] = list(cells)
    for place, at in enumerate(order, start=1):
        if total < 5 or (few and (place <= max(few, 3) or before < 5)):
            said[at] = None
        before += cells[at]
    return (None if total < 5 else total, *said)


def tables(cells: int, most: int) -> Iterator[tuple[int, ...]]:
    return product(range(most + 1), repeat=cells)


@pytest.mark.parametrize("cells", [2, 3, 4])
def test_whoever_knows_the_rule_and_the_total_cannot_tell_a_hidden_number(cells: int) -> None:
    """Every table there can be, up to twelve a cell: each hidden cell could be one of at least five numbers."""
    most = 12
    same: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for table in tables(cells, most):
        same[published(table)].append(table)
    for said, possible in same.items():
        if said[0] is None or int(str(said[0])) > most:  # beyond, larger cells than were tried would be possible
            continue
        for at in range(cells):
            if said[at + 1] is None:
                assert len({table[at] for table in possible}) >= 5, (said, possible)


def test_postgresql_hides_by_that_rule() -> None:
    some = [(0, 5), (1, 4, 20), (5, 4, 4), (6, 7, 8), (2, 2, 2, 30), (0, 0, 0, 12), (1, 1), (9, 3, 5, 5, 40)]
    with connection.cursor() as cursor:
        for cells in some:
            cursor.execute(
                "select case when not guard.hides(n, place, few, before, total) then n end from"
                " (select at, n, row_number() over s as place, count(*) filter (where n < 5) over () as few,"
                " coalesce(sum(n) over (s rows between unbounded preceding and 1 preceding), 0) as before,"
                " sum(n) over () as total from unnest(%s::bigint[]) with ordinality t (n, at)"
                " window s as (order by n, at)) q order by at",
                [list(cells)],
            )
            assert tuple(row[0] for row in cursor.fetchall()) == published(cells)[1:]


def test_the_page_says_what_is_hidden_and_names_nobody() -> None:
    place = a_place()
    episodes(place, 11)
    client = page_client(place.analyst)
    said = words_of(client.get(reverse("figures")))
    assert "all but fewer than 5" in said
    assert "Restricted families are in no figure" in said
    assert place.team.name in said
    assert "Quillfeather" not in said
    assert client.queries <= 10
    with acting_as(place.governance):
        assert AccessEntry.objects.filter(by=place.analyst, what__startswith="figures of the quarter").count() == 1


def test_the_download_says_the_same_and_is_noted() -> None:
    place = a_place()
    episodes(place, 11)
    quarter = the_quarter().isoformat()
    answer = page_client(place.analyst).get(reverse("download-figures", args=[quarter]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert {(row["Row"], row["Number"]) for row in rows if row["Table"] == "Begun by route"} == {
        ("Request for help", "all but fewer than 5"),
        ("Step down from social care", "fewer than 5"),
        ("All", "11"),
    }
    with acting_as(place.governance):
        assert AccessEntry.objects.filter(by=place.analyst, what__startswith="download of the figures").count() == 1


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_nothing_in_a_file_is_a_formula(cell: str) -> None:
    assert str(safe(cell)).startswith("'")


@pytest.mark.parametrize("cell", ["Weymouth", 7, -3, "", "a=b"])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert safe(cell) == cell
