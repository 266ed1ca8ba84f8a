"""What ClamAV is asked and what its answers mean."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from baton.platform.scanner import Scanned, Verdict, scan, signatures
from tests.documents.clamd import MOST, a_clamd
from tests.documents.files import EICAR


def test_without_a_scanner_nothing_is_scanned(settings: Settings) -> None:
    settings.CLAMD = ""
    assert scan(b"Words") == Scanned(Verdict.NOT_SCANNED)


@pytest.mark.parametrize("is_local", [False, True])
def test_a_file_is_clean_or_it_is_named_what_was_found(settings: Settings, tmp_path: Path, is_local: bool) -> None:
    with a_clamd(tmp_path if is_local else None) as (address, _):
        settings.CLAMD = address
        assert scan(b"Words" * 50_000) == Scanned(Verdict.CLEAN)
        assert scan(EICAR.encode()) == Scanned(Verdict.INFECTED, "Eicar-Test-Signature")
        hidden = b"x" * 65_530 + EICAR.encode()  # over the edge between two pieces
        assert scan(hidden).verdict == Verdict.INFECTED


def test_a_scanner_that_refuses_says_nothing_or_is_not_there_leaves_the_file_waiting(
    settings: Settings, tmp_path: Path
) -> None:
    with a_clamd() as (address, clamd):
        settings.CLAMD = address
        assert scan(b"x" * (MOST + 1)) == Scanned(Verdict.WAITING, "INSTREAM size limit exceeded. ERROR")
        clamd.is_mute = True
        assert scan(b"Words").verdict == Verdict.WAITING
    assert scan(b"Words") == Scanned(Verdict.WAITING, "no answer: ConnectionRefusedError")
    settings.CLAMD = f"unix:{tmp_path}/none"
    assert scan(b"Words") == Scanned(Verdict.WAITING, "no answer: FileNotFoundError")


def test_a_scanner_says_what_it_knows_viruses_by(settings: Settings) -> None:
    settings.CLAMD = ""
    assert signatures() == ""
    with a_clamd() as (address, clamd):
        settings.CLAMD = address
        assert signatures().startswith("ClamAV 1.0.9/27820/")
        clamd.is_mute = True
        assert signatures() == ""
    assert signatures() == ""
