"""What is said of the security standard is whole, in one of three words, and names what there is."""

import ast
from collections import Counter

import pytest

from tests.house.asvs import PAGE, ROOT, STATUSES, Row, levels, page, rows

LEVEL_1_AND_2 = {"1": 70, "2": 183}  # as the standard counts them


def test_the_list_of_requirements_is_whole() -> None:
    assert Counter(levels().values()) == LEVEL_1_AND_2


def test_every_requirement_stands_there_once_at_its_level() -> None:
    assert [row.number for row in rows()] == list(levels())
    assert {row.number: row.level for row in rows()} == levels()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.number)
def test_each_row_says_how_it_stands_and_shows_it(row: Row) -> None:
    assert row.status in STATUSES
    assert row.words
    assert row.because
    if row.status == "met":
        assert row.named, "met: name the test or file that shows it"
    for named in row.named:
        file, _, test = named.partition("::")
        assert (ROOT / file).is_file(), f"there is no {file}"
        if test:
            found = {
                node.name for node in ast.parse((ROOT / file).read_text()).body if isinstance(node, ast.FunctionDef)
            }
            assert test in found, f"there is no {named}"


def test_the_page_is_made_of_these_rows() -> None:
    assert PAGE.read_text() == page(), "make it anew: python -m tests.house.asvs"
