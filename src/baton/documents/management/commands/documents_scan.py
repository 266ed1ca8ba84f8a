"""`baton documents scan`: ask ClamAV about documents nobody has scanned yet, or about all."""

from argparse import ArgumentParser
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baton.documents.jobs import ScannerIsSilent, scan_kept_files
from baton.documents.models import Document
from baton.platform.scanner import Scanned, Verdict, is_named

BEFORE_ANY = datetime(2000, 1, 1, tzinfo=UTC)


class Command(BaseCommand):
    help = (
        "Ask ClamAV about documents that were added while it did not answer or none was set up; --all: about every one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", dest="everything")

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        if not is_named():
            raise CommandError("Set BATON_CLAMD to the address of clamd first.")
        try:
            verdicts = self._scan(everything)
        except ScannerIsSilent as silence:
            raise CommandError(str(silence)) from silence
        clean, infected, waiting = (verdicts[each] for each in (Verdict.CLEAN, Verdict.INFECTED, Verdict.WAITING))
        self.stdout.write(f"Scanned {clean + infected}: {clean} clean, {infected} with a virus; {waiting} still wait.")
        if infected or waiting:
            raise CommandError(
                "Look at them: what a virus was found in is handed out no more, what waits is not scanned."
            )

    def _scan(self, everything: bool) -> Counter[Verdict]:
        again = scan_kept_files(since=BEFORE_ANY, tell=self._tell) if everything else Counter[Verdict]()
        return again + scan_kept_files(tell=self._tell)

    def _tell(self, document: Document, scanned: Scanned) -> None:
        if scanned.verdict == Verdict.INFECTED:
            self.stdout.write(f"Document {document.pk}: {scanned.found}")
