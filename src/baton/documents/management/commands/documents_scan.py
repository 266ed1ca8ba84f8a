"""`baton documents scan`: ask ClamAV about documents nobody has scanned yet."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from baton.documents.actions import note_scan
from baton.documents.queries import contents_of, to_scan
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.scanner import Verdict, is_named, scan

SILENT_IN_A_ROW = 3  # then the scanner is down, and asking about the rest would only take long


class Command(BaseCommand):
    help = (
        "Ask ClamAV about documents that were added while it did not answer or none was set up; --all: about every one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", dest="everything")

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        if not is_named():
            raise CommandError("Set BATON_CLAMD to the address of clamd first.")
        with as_owner():
            verdicts = self._scan(everything)
        clean, infected, waiting = (verdicts[each] for each in (Verdict.CLEAN, Verdict.INFECTED, Verdict.WAITING))
        self.stdout.write(f"Scanned {clean + infected}: {clean} clean, {infected} with a virus; {waiting} still wait.")
        if infected or waiting:
            raise CommandError(
                "Look at them: what a virus was found in is handed out no more, what waits is not scanned."
            )

    def _scan(self, everything: bool) -> Counter[Verdict]:
        verdicts: Counter[Verdict] = Counter()
        silent = 0
        for document in list(to_scan(everything=everything)):
            scanned = scan(contents_of(document))
            verdicts[scanned.verdict] += 1
            silent = silent + 1 if scanned.verdict == Verdict.WAITING else 0
            if scanned.verdict == Verdict.INFECTED:
                self.stdout.write(f"Document {document.pk}: {scanned.found}")
            if scanned.verdict != Verdict.WAITING:
                with transaction.atomic():
                    note_scan(document=document, scanned=scanned, by=None, at=clock.now())
            if silent == SILENT_IN_A_ROW:
                raise CommandError(
                    f"clamd does not answer ({scanned.found}). Scanned {verdicts[Verdict.CLEAN]} before."
                )
        return verdicts
