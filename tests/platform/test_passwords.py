"""Which passwords are taken: long ones that are on no list of known ones, of whatever letters."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from baton.platform.models import User
from baton.platform.passwords import NotEasyToGuess

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
