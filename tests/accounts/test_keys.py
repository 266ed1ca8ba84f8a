"""The installation's key can be changed without putting second steps out of use."""

from contextlib import nullcontext
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.management import call_command

from baton.accounts.actions import make_link, make_recovery_codes
from baton.accounts.adapters.second_steps import SecondStepAdapter
from baton.platform import clock
from baton.platform.guard import acting_as
from tests.accounts.steps import first_step, is_in, second_step
from tests.client import page_client
from tests.factories import Place
from tests.factories.accounts import FULL_WORK, app_code, recovery_code

SECRET = "JBSWY3DPEHPK3PXP"


def test_what_an_earlier_key_encrypted_is_read_while_that_key_is_named(settings: Any) -> None:
    kept = SecondStepAdapter().encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the same installation"
    assert SecondStepAdapter().decrypt(kept) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondStepAdapter().decrypt(kept)


@pytest.mark.django_db
def test_everything_is_encrypted_anew_so_that_the_earlier_key_can_go(
    place: Place, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("baton.accounts.management.commands.encrypt_anew.as_owner", nullcontext)
    earlier, count = settings.SECRET_KEY, Authenticator.objects.filter(type="totp").count()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [earlier], "another key of the same installation"
    call_command("encrypt_anew")
    assert f"{count} second steps" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    for code in (app_code(), recovery_code(place.worker.email)):
        client = page_client()
        first_step(client, place.worker)
        second_step(client, code)
        assert is_in(client)


def test_where_nobody_tests_each_hash_takes_the_work_django_asks_of_scrypt(settings: Any) -> None:
    assert settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.ScryptPasswordHasher"
    assert FULL_WORK >= 2**14
    assert ScryptPasswordHasher.work_factor < FULL_WORK


def test_passwords_are_hashed_anew_when_the_hash_in_front_is_another(place_of_passwords: Any, settings: Any) -> None:
    user = place_of_passwords
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.ScryptPasswordHasher",
    ]
    assert user.password.startswith("scrypt$")
    assert user.check_password("correct-horse-test-staple")
    assert user.password.startswith("pbkdf2_sha256$")


@pytest.fixture
def place_of_passwords(db: None, place: Place) -> Any:
    place.worker.refresh_from_db()
    return place.worker


@pytest.mark.django_db
def test_codes_and_keys_come_from_the_kernels_random_numbers(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an app, of recovery codes and of an invitation: each is drawn by `secrets`."""
    drawn: list[int] = []
    monkeypatch.setattr("secrets.randbelow", lambda size: drawn.append(size) or 7)
    monkeypatch.setattr("secrets.token_bytes", lambda size: drawn.append(size) or b"a" * size)
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: drawn.append(size) or "c" * size)
    generate_totp_secret()
    with acting_as(place.administrator):
        make_link(user=place.worker, by=place.administrator, at=clock.now())
    with acting_as(place.worker):
        make_recovery_codes(user=place.worker, by=place.worker, at=clock.now())
    assert [each for each in drawn if each in (20, 32, 10**8)] == [20, 32] + [10**8] * 10, "160, 256 and 26 bits"
