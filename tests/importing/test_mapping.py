"""Mapping files, and the ones that come with Baton."""

from pathlib import Path

import pytest

from baton.importing.reading.mapping import MappingError, presets, read_mapping

WRONG = """title: Wrong
source: test
dates: sideways
sheets:
  - sheet: people
    makes: persons
    columns: {id: ID}
  - sheet: episodes
    makes: episodes
    columns:
      id: ID
      begins: Start
  - sheet: people
    makes: people
    columns: {id: ID, given_name: First}
    codes:
      given_name: {a: b}
    colums: {}
"""


def test_every_mapping_that_comes_with_baton_is_in_order() -> None:
    assert set(presets()) == {"eclipse", "liquidlogic", "mosaic", "ssd"}
    for name in presets():
        assert read_mapping(name).sheets


def test_each_mistake_is_named_by_line_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG)
    with pytest.raises(MappingError) as refused:
        read_mapping(str(path))
    told = str(refused.value)
    for sentence in (
        'wrong.yaml:3: "sideways" is no order of day and month. Use one of: day first, month first, year first',
        'wrong.yaml:6: Nothing is made that is called "persons". Use one of: families, people, ',
        'wrong.yaml:8: Episodes need "started_on". Add "started_on:" and its column',
        "wrong.yaml:8: Episodes need a person or a family",
        'wrong.yaml:12: Episodes have no field "begins". Use one of: id, person, family, started_on',
        'wrong.yaml:17: "given_name" holds no codes. Remove it',
        'wrong.yaml:18: Unknown key "colums". Remove it or use one of: beside, codes, columns',
    ):
        assert sentence in told


def test_a_mapping_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="The file is missing"):
        read_mapping(str(tmp_path / "none.yaml"))
