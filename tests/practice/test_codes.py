"""Lists of codes: the files are in order, each code is offered on its own days, mistakes are named where they stand."""

from datetime import date
from pathlib import Path

import pytest

from baton.practice.codes import CodesError, check_codes, code_list, code_lists

TODAY = date(2026, 11, 22)
CIN = {
    "ethnicity": "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT",
    "sex": "M F U",
    "disability": "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA",
    "no_upn": "UN1 UN2 UN3 UN4 UN5 UN6 UN7",
    "send_need": "SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD OTH",
}


def test_the_files_are_in_order_and_each_list_says_where_it_is_from() -> None:
    assert check_codes() == []
    assert all(each.source and each.title and each.codes for each in code_lists().values())


@pytest.mark.parametrize("name", CIN)
def test_a_national_list_offers_today_what_the_census_of_2026_takes(name: str) -> None:
    assert {code.code for code in code_list(name).on(TODAY)} == set(CIN[name].split())


def test_a_code_is_offered_on_its_own_days_and_keeps_its_words_for_ever() -> None:
    support = code_list("send")
    assert {code.code for code in support.on(date(2014, 8, 31))} == {"N", "S", "A", "P"}
    assert {code.code for code in support.on(date(2014, 9, 1))} == {"N", "S", "K", "E"}
    assert {code.code for code in support.on(TODAY)} == {"N", "K", "E"}
    assert support.title_of("S") == "Statement"
    assert support.title_of("Z") == "Z"


def test_authorities_of_the_three_places_and_of_every_change_since_2009_are_known() -> None:
    now = {code.code for code in code_list("authority").on(TODAY)}
    assert {"371", "831", "830", "838", "839", "940", "941", "942", "943"} <= now
    assert not {"835", "837", "909", "928"} & now


def test_a_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text(
        "lists:\n  - id: a\n    title: A\n    source: S\n    codes:\n"
        "      - {code: X, title: X, from: 2020-01-02, until: 2020-01-01}\n"
        "      - {code: X, title: Again}\n"
        "  - id: a\n    title: A\n    source: S\n    codes: []\n"
    )
    said = "\n".join(map(str, check_codes(tmp_path)))
    assert "wrong.yaml:6: The code ends before it begins" in said
    assert 'wrong.yaml:7: The code "X" is in the list already' in said
    assert 'wrong.yaml:8: The list "a" is there already' in said
    with pytest.raises(CodesError):
        code_lists(tmp_path)
