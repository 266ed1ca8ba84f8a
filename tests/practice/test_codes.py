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
ALSO = {"send_need": "DS NSA"}  # taken by the school census alone
# Rule 1530 of the CIN census 2022 to 2023: what may stand in characters 2 to 4 of a UPN.
IN_A_UPN = (
    "001-005 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808"
    " 810-813 815 816 820-823 825 826 830 831 835-837 838-839 840 841 845 846 850-852 855-857 860 861 865-896 908 909"
    " 916 919 921 925 926 928 929 931 933 935-938 940-941"
)


def test_the_files_are_in_order_and_each_list_says_where_it_is_from() -> None:
    assert check_codes() == []
    assert all(each.source and each.title and each.codes and each.checked_on for each in code_lists().values())


@pytest.mark.parametrize("name", CIN)
def test_a_national_list_offers_today_what_the_census_of_2026_takes(name: str) -> None:
    offered = {code.code for code in code_list(name).on(TODAY)}
    assert offered == set(CIN[name].split()) | set(ALSO.get(name, "").split())


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


def test_the_authorities_are_those_the_census_takes_in_a_upn_and_the_two_made_since() -> None:
    taken = set()
    for part in IN_A_UPN.split():
        first, _, last = part.partition("-")
        taken |= {f"{number:03}" for number in range(int(first), int(last or first) + 1)}
    assert set(code_list("authority").codes) == taken | {"942", "943"}


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
