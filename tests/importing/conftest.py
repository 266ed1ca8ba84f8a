"""What tests of importing share: a place, and a run of an extract as an operator's command makes it."""

from collections.abc import Callable

import pytest

from baton.importing.actions import Extract
from baton.importing.jobs import bring_extract, try_extract
from baton.importing.models import Run
from baton.importing.queries.reports import lines_of
from tests.factories.places import Place, a_place

Line = tuple[str, int, str, str, str, list[list[str]]]
Found = dict[str, Line]


@pytest.fixture
def place(db: None) -> Place:
    return a_place()


@pytest.fixture
def bring(place: Place) -> Callable[[Extract], tuple[Run, Found]]:
    """Bring an extract; gives the run and its lines by kind and id."""

    def bring(extract: Extract) -> tuple[Run, Found]:
        lines: Found = {}

        def report(run: Run) -> dict[str, int]:
            lines.update({f"{line[2]} {line[3]}": line for line in lines_of(run)})
            return {}

        run = bring_extract(extract=extract, place="dorset", by=place.administrator, say=lambda _: None, report=report)
        return run, lines

    return bring


@pytest.fixture
def tried(place: Place) -> Callable[[Extract], list[Line]]:
    """Try an extract; gives its lines."""

    def tried(extract: Extract) -> list[Line]:
        lines: list[Line] = []

        def report(run: Run) -> dict[str, int]:
            lines.extend(lines_of(run))
            return {}

        try_extract(extract=extract, place="dorset", by=place.administrator, say=lambda _: None, report=report)
        return lines

    return tried
