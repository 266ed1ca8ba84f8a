"""Recovery codes: shown once, kept as hashes, used once; those from before they were hashes go on working."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection

from baton.platform.models import Session, User
from tests.accounts.steps import first_step, is_in, second_step, words_of
from tests.client import page_client
from tests.factories import Place
from tests.factories.accounts import app_code, recovery_code

pytestmark = pytest.mark.django_db


def test_recovery_codes_are_drawn_shown_once_and_kept_as_hashes_alone(place: Place) -> None:
    client = page_client()
    first_step(client, place.worker)
    second_step(client, app_code())
    shown = client.post("/your-sign-in/recovery-codes/new/", follow=True).content.decode()
    codes = [code.replace(" ", "") for code in re.findall(r"<code>([\d ]+)</code>", shown)]
    assert len(set(codes)) == 10
    assert all(len(code) == 9 for code in codes), "one digit says which, eight are drawn: 26 bits"
    assert "10 recovery codes left" in words_of(client.get("/your-sign-in/recovery-codes/"))
    kept = Authenticator.objects.get(user=place.worker, type="recovery_codes").data
    assert all(each.startswith("scrypt$") for each in kept["hashes"])
    assert len({each.split("$")[2] for each in kept["hashes"]}) == 10, "each has a salt of its own"
    sessions = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    assert not [code for code in codes if code in f"{kept} {sessions}"]
    later = page_client()
    first_step(later, place.worker)
    second_step(later, f"{codes[7][:3]} {codes[7][3:6]}-{codes[7][6:]}")
    assert is_in(later), "written with spaces or a dash"
    assert "9 recovery codes left" in words_of(later.get("/your-sign-in/recovery-codes/"))
    earlier = page_client()
    first_step(earlier, place.worker)
    second_step(earlier, recovery_code(place.worker.email))
    assert not is_in(earlier), "those from before stopped working"


def test_codes_that_were_not_looked_at_within_ten_minutes_are_shown_to_nobody(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = page_client()
    first_step(client, place.worker)
    second_step(client, app_code())
    client.post("/your-sign-in/recovery-codes/new/")
    monkeypatch.setattr("baton.accounts.adapters.second_steps.SHOWN_WITHIN", timedelta(seconds=-1))
    assert "<code>" not in client.get("/your-sign-in/recovery-codes/").content.decode()


def test_who_has_no_recovery_codes_left_is_told_and_makes_new_ones(place: Place) -> None:
    client = page_client()
    first_step(client, place.worker)
    second_step(client, app_code())
    assert "10 left, not used yet" in words_of(client.get("/your-sign-in/"))
    Authenticator.objects.filter(user=place.worker, type="recovery_codes").delete()
    assert "You have no recovery codes" in words_of(client.get("/your-sign-in/"))
    assert "You have no codes left" in words_of(client.get("/your-sign-in/recovery-codes/new/"))
    client.post("/your-sign-in/recovery-codes/new/")
    assert "You have no recovery codes" not in words_of(client.get("/your-sign-in/"))


def codes_of_before(user: User) -> list[str]:
    """Codes as they were until they became hashes: ten numbers that follow from one that is encrypted."""
    Authenticator.objects.filter(user=user, type="recovery_codes").delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def hash_codes() -> None:
    migration = import_module("baton.accounts.migrations.0002_recovery_codes_are_hashes")
    with connection.schema_editor(atomic=False) as editor:
        migration.hash_codes(apps, editor)


def test_codes_of_before_become_hashes_and_work_as_they_did(place: Place) -> None:
    codes = codes_of_before(place.worker)
    kept = Authenticator.objects.get(user=place.worker, type="recovery_codes")
    kept.data["used_mask"] = 0b1000000001
    kept.save()
    hash_codes()
    kept.refresh_from_db()
    assert [bool(each) for each in kept.data["hashes"]] == [False, *[True] * 8, False]
    assert "seed" not in kept.data
    assert not [code for code in codes if code in str(kept.data)]
    for number, works in ((0, False), (4, True), (4, False), (8, True), (9, False)):
        client = page_client()
        first_step(client, place.worker)
        second_step(client, codes[number])
        assert is_in(client) == works, number
    hash_codes()
    assert Authenticator.objects.get(pk=kept.pk).data["hashes"].count("") == 4, "once is enough"


def test_codes_of_before_that_no_key_reads_are_none_and_their_owner_is_told(
    place: Place, settings: LazySettings
) -> None:
    codes_of_before(place.worker)
    key, settings.SECRET_KEY = settings.SECRET_KEY, "a key that never encrypted anything"
    hash_codes()
    settings.SECRET_KEY = key
    client = page_client()
    first_step(client, place.worker)
    second_step(client, app_code())
    assert "You have no recovery codes" in words_of(client.get("/your-sign-in/"))


def test_after_five_wrong_recovery_codes_the_right_one_waits(place: Place) -> None:
    cache.clear()
    client = page_client()
    first_step(client, place.worker)
    for _ in range(5):
        second_step(client, "000000000")
    assert "wrong too often" in words_of(second_step(client, recovery_code(place.worker.email)))
    cache.clear()
