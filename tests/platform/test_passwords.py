"""Which passwords are taken: long ones that are on no list of known ones, of whatever letters."""

from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from baton.platform.breached import is_ordered, stands_in
from baton.platform.models import User
from baton.platform.passwords import NotEasyToGuess

BREACHED = Path(__file__).with_name("breached.txt")
NORA = User(given_name="Nora", family_name="Quillfeather", email="nora.quillfeather@example.org")


def refused_because(password: str) -> list[str]:
    try:
        validate_password(password, NORA)
    except ValidationError as refusal:
        return [str(each.code) for each in refusal.error_list]
    return []


@pytest.mark.parametrize(
    "password",
    ["gravelbicyclemarmalade", "GRAVELBICYCLEMARMALADE", "gravel bicycle marmalade", "840-gravel-261",
     "тротуар велосипед", "gravel bicycle " * 8],
)  # fmt: skip
def test_nothing_is_asked_of_letters_signs_or_digits(password: str) -> None:
    assert refused_because(password) == []


@pytest.mark.parametrize(("password", "because"), [("gravelbicyc", ["password_too_short"]), ("gravelbicycl", [])])
def test_twelve_letters_are_enough_and_eleven_are_not(password: str, because: list[str]) -> None:
    assert refused_because(password) == because


@pytest.mark.parametrize(
    "password",
    ["champagne123", "1234567890123", "Password-password", "!!!manchester2026!!!", "earlyhelp-families",
     "Nora.Quillfeather1", "quillfeathernora"],
)  # fmt: skip
def test_known_ones_the_services_words_and_ones_own_name_are_refused(password: str) -> None:
    assert refused_because(password) == ["password_too_common"]


def test_a_password_is_taken_as_it_was_typed_however_long() -> None:
    somebody, typed = User(), " Schöne Grüße, marmalade & BICYCLE " + "x" * 64 + " "
    somebody.set_password(typed)
    assert somebody.check_password(typed)
    for other in (typed.strip(), typed.lower(), typed[:64], typed.replace("ö", "o")):
        assert not somebody.check_password(other)


def listed() -> Iterator[str]:
    return (password for password in sorted(NotEasyToGuess().passwords) if len(password) >= 12)


def test_the_list_of_breached_passwords_comes_with_django_and_all_of_it_is_refused() -> None:
    passwords = NotEasyToGuess().passwords
    assert len(passwords) > 19_000
    assert [each for each in listed() if "password_too_common" not in refused_because(each)] == []
    doubled = [f"{each}{each}" for each in sorted(passwords) if len(each) >= 6 and each.isalpha()][::100]
    assert len(doubled) > 50
    assert [each for each in doubled if "password_too_common" not in refused_because(each)] == []


STOLEN = "gravelbicyclemarmalade"


@pytest.mark.parametrize(
    "password",
    [STOLEN, "velvet teapot umbrella", "тротуар велосипед", "walnut kettle meadow", "mountain-lantern-cello"],
)
def test_what_stands_in_the_operators_list_of_breached_passwords_is_refused(password: str, settings: Any) -> None:
    assert refused_because(password) == []
    settings.BREACHED_PASSWORDS = str(BREACHED)
    assert refused_because(password) == ["password_breached"]


@pytest.mark.parametrize("password", [STOLEN.upper(), STOLEN + "s", "unheard of cello marmalade", "ж" * 20])
def test_what_does_not_stand_in_the_list_is_taken(password: str, settings: Any) -> None:
    settings.BREACHED_PASSWORDS = str(BREACHED)
    assert refused_because(password) == []


@given(
    listed=st.sets(st.text(min_size=1), max_size=40),
    asked=st.text(min_size=1),
    ending=st.sampled_from(["\n", ":7\r\n"]),
)
def test_of_any_list_exactly_what_stands_in_it_is_found(listed: set[str], asked: str, ending: str) -> None:
    hashes = sorted(sha1(each.encode()).hexdigest().upper() for each in listed)
    with NamedTemporaryFile() as file:
        file.write("".join(each + ending for each in hashes).encode())
        file.flush()
        assert all(stands_in(Path(file.name), each) for each in listed)
        assert stands_in(Path(file.name), asked) == (asked in listed)
        assert is_ordered(Path(file.name)) == bool(listed)


def test_a_list_out_of_order_is_none(tmp_path: Path) -> None:
    turned = tmp_path / "turned.txt"
    turned.write_text("".join(f"{line}\n" for line in reversed(BREACHED.read_text().splitlines())))
    assert is_ordered(BREACHED)
    assert not is_ordered(turned)


def test_a_list_that_has_gone_lets_no_password_through(tmp_path: Path, settings: Any) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone.txt")
    with pytest.raises(OSError, match="gone"):
        validate_password("840-gravel-261", NORA)
