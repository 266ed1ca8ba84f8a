"""The model on made-up people whose answers are known: an eighth of FEBRL 4. The whole is `python -m bench.febrl`."""

from pathlib import Path

import pytest

from baton.matching.likeness.facts import Facts
from baton.matching.likeness.weights import weights
from bench.febrl import (
    LEAST_AMONG_FAMILIES,
    LEAST_F1,
    LEAST_PRECISION,
    Records,
    facts_of,
    ours,
    rows_of,
    told_nobody_shares_a_home,
    with_families,
)

HERE = Path(__file__).parent / "febrl4"


@pytest.fixture(scope="module")
def records() -> tuple[Records, Records]:
    files = (HERE / "originals.csv", HERE / "copies.csv")
    ones, others = ({row["rec_id"]: facts_of(row) for row in rows_of(file)} for file in files)
    return ones, others


def test_weights_learnt_without_answers_find_nearly_everybody_and_nobody_else(
    records: tuple[dict[str, Facts], dict[str, Facts]],
) -> None:
    found = ours(*records, None, blindly=15_000)
    assert found.f1 >= LEAST_F1
    assert found.precision >= LEAST_PRECISION


def test_the_weights_baton_comes_with_find_as_many_where_they_are_told_that_nobody_shares_a_home(
    records: tuple[dict[str, Facts], dict[str, Facts]],
) -> None:
    found = ours(*records, told_nobody_shares_a_home(records[1]))
    assert found.f1 >= LEAST_F1
    assert found.precision >= LEAST_PRECISION


def test_as_they_come_they_are_wrong_about_nobody(records: tuple[dict[str, Facts], dict[str, Facts]]) -> None:
    """They are made for families: who has another first name at the same address is taken for a twin."""
    found = ours(*records, weights())
    assert found.precision >= LEAST_PRECISION
    assert found.recall >= 0.8


def test_as_they_come_they_take_few_of_many_relatives_for_the_person_and_otherwise_most_of_them(
    records: tuple[dict[str, Facts], dict[str, Facts]],
) -> None:
    ones, families = records[0], with_families(records[1])
    assert ours(ones, families, weights()).precision >= LEAST_AMONG_FAMILIES
    assert ours(ones, families, told_nobody_shares_a_home(families)).precision < 0.5
