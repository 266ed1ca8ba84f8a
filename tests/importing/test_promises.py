"""Whatever an extract holds: a dry run promises what the real one does, twice is once, killed and resumed is once, and
taken back is as before."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from baton.importing.actions import Extract, bringing
from baton.importing.jobs import bring_extract, take_back, try_extract
from baton.importing.models import Run
from baton.importing.queries.reports import lines_of
from tests.factories.places import Place
from tests.importing.extracts import a_person, an_extract
from tests.importing.test_interrupted import without_ids
from tests.importing.test_undoing import everything

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
Row = dict[str, Any]
NUMBERS = st.integers(1, 7)
DAYS = st.sampled_from(
    ["03/05/2015", "14/09/2018", "21/01/1990", "45000", "", "31/02/2019", "01/01/2090", "2016-02-29"]
)
PAST = st.sampled_from(["01/02/2020", "01/06/2020", "02/06/2020", "01/03/2021", "01/10/2026", "", "soon"])
PEOPLE = st.builds(
    lambda number, first, last, born, family, more: a_person(number, first, last, born, family, **more),
    NUMBERS,
    st.sampled_from(["Merryn", "Jago", "=cmd()", "", "Zoë"]),
    st.sampled_from(["Testcombe", "Newby", "XX Newby", "DUPLICATE"]),
    DAYS,
    st.sampled_from(["F1", "F2", "F3", ""]),
    st.fixed_dictionaries(
        {},
        optional={
            "Died": DAYS,
            "NHS": st.sampled_from(["9434765919", "9434765910"]),
            "Address": st.sampled_from(["1 Test Lane", "2 Test Lane"]),
            "Postcode": st.sampled_from(["DT1 1XJ", "nowhere"]),
            "Phone": st.just("07700 900123"),
            "School": st.just("Larkmere Primary"),
            "Part": st.sampled_from(["parent", "uncle"]),
        },
    ),
)
TIES = st.builds(
    lambda who, whose, kind: {"Who": f"P{who}", "Whose": f"P{whose}", "Is": kind},
    NUMBERS,
    NUMBERS,
    st.sampled_from(["Mum", "Brother", "Friend of the dog"]),
)
CONTACTS = st.builds(
    lambda number, person, day: {"ID": f"C{number}", "Person": f"P{person}", "Day": day, "Outcome": "NFA", "From": ""},
    NUMBERS,
    NUMBERS,
    PAST,
)
EPISODES = st.builds(
    lambda number, person, start, end: {"ID": f"E{number}", "Person": f"P{person}", "Start": start, "End": end},
    NUMBERS,
    NUMBERS,
    PAST,
    PAST,
)
HAPPENED = st.builds(
    lambda number, episode, day: {"ID": f"V{number}", "Episode": f"E{episode}", "What": "Visit", "Day": day},
    NUMBERS,
    NUMBERS,
    PAST,
)
HOMES = st.builds(
    lambda number, person, address, start, end, kind: {
        "ID": f"H{number}", "Who": f"P{person}", "Address": address, "From": start, "Until": end, "Kind": kind
    },
    NUMBERS,
    NUMBERS,
    st.sampled_from(["1 Test Lane", "2 Test Lane", "3 Test Lane", ""]),
    PAST,
    PAST,
    st.sampled_from(["main", "main", "second", "", "caravan"]),
)  # fmt: skip
AGENCIES = st.builds(
    lambda number, person, name, start: {"ID": f"A{number}", "Who": f"P{person}", "Name": name, "From": start},
    NUMBERS,
    NUMBERS,
    st.sampled_from(["Bryony Fenn", ""]),
    PAST,
)
ROWS = st.fixed_dictionaries(
    {
        "people": st.lists(PEOPLE, min_size=1, max_size=9),
        "ties": st.lists(TIES, max_size=5),
        "contacts": st.lists(CONTACTS, max_size=4),
        "homes": st.lists(HOMES, max_size=8),
        "agencies": st.lists(AGENCIES, max_size=3),
        "episodes": st.lists(EPISODES, max_size=6),
        "happened": st.lists(HAPPENED, max_size=4),
    }
)


class Killed(Exception):
    """Instead of a kill."""


# Not made smaller when it fails: what it left would stand in the way of the next.
@settings(max_examples=6, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
@given(sheets=ROWS, seed=st.integers(0, 99))
def test_whatever_an_extract_holds(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch, sheets: dict[str, list[Row]], seed: int
) -> None:
    extract = an_extract(tmp_path, team=place.team.name, **sheets)
    before = everything()

    _, promised = told(try_extract, extract, place)
    assert everything() == before
    run, kept = told(bring_extract, extract, place)
    assert kept == promised
    nothing_vanished(run, sheets)

    once, said = everything(), without_ids()
    _, again = told(bring_extract, extract, place)
    assert {line[4] for line in again} <= {"same", "stopped"}
    assert everything() == once

    take_back(run=run, by=place.administrator)
    assert everything() == before

    with monkeypatch.context() as patched:
        run, kept = killed_again_and_again(patched, extract, place, Random(seed))
    assert kept == promised
    assert without_ids() == said
    take_back(run=run, by=place.administrator)
    assert everything() == before


def told(act: Callable[..., Run], extract: Extract, place: Place) -> tuple[Run, list[Any]]:
    """The run, and the lines of its report."""
    lines: list[Any] = []

    def report(run: Run) -> dict[str, int]:
        lines.extend(lines_of(run))
        return {}

    run = act(extract=extract, place="dorset", by=place.administrator, report=report, say=lambda _: None)
    return run, lines


def nothing_vanished(run: Run, sheets: dict[str, list[Row]]) -> None:
    read = {row["sheet"]: row["read"] for row in run.rows}
    assert read == {f"{name}.csv": len(rows) for name, rows in sheets.items()}
    for row in run.rows:
        assert sum(row.get(outcome, 0) for outcome in ("new", "changed", "same", "stopped", "not_asked")) == row["read"]


def killed_again_and_again(
    patched: pytest.MonkeyPatch, extract: Extract, place: Place, random: Random
) -> tuple[Run, list[Any]]:
    """Bring an extract three rows a batch, and stop in the middle of batches until it comes through."""
    written = bringing._set_wise
    patched.setattr(bringing, "ROWS", 3)

    def perhaps(*given: Any) -> tuple[int, int]:
        done = written(*given)
        if done[1] and random.random() < 0.3:
            raise Killed
        return done

    patched.setattr(bringing, "_set_wise", perhaps)
    for _ in range(200):
        try:
            return told(bring_extract, extract, place)
        except Killed:
            continue
    raise AssertionError("it never came through")
