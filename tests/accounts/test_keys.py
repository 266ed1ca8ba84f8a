"""The installation's key can be changed without putting second steps out of use."""

from typing import Any

import pytest
from cryptography.fernet import InvalidToken

from baton.accounts.adapters import SecondStepAdapter

SECRET = "JBSWY3DPEHPK3PXP"


def test_what_an_earlier_key_encrypted_is_read_while_that_key_is_named(settings: Any) -> None:
    kept = SecondStepAdapter().encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key of the same installation"
    assert SecondStepAdapter().decrypt(kept) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondStepAdapter().decrypt(kept)
