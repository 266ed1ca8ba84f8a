"""What the worker does by itself: have files scanned that were not, and recent ones when more viruses are known."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from baton.documents.actions import note_rescan, note_scan
from baton.documents.models import Document
from baton.documents.queries import documents_to_scan, file_to_scan, open_scan, signatures_of_last_rescan
from baton.platform import clock
from baton.platform.scanner import Scanned, Verdict, is_named, scan, signatures

AT_ONCE = 100
SILENT_IN_A_ROW = 3  # then the scanner is down, and asking about the rest would only take long
RECENT = timedelta(days=14)  # a virus nobody knew when its file was added is mostly known within days
AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)
Tell = Callable[[Document, Scanned], None]
log = logging.getLogger(__name__)


class ScannerIsSilent(Exception):
    """The scanner does not answer; `verdicts` are those it gave before."""

    def __init__(self, said: str, verdicts: Counter[Verdict]) -> None:
        super().__init__(f"clamd does not answer ({said}). Scanned {verdicts[Verdict.CLEAN]} before.")


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="scan_documents", retry=AGAIN)
def scan_what_waits(timestamp: int) -> dict[str, int]:
    """Every ten minutes: files added while the scanner did not answer, or before one was named."""
    if not is_named():
        return {}
    try:
        verdicts = scan_kept_files()
    except ScannerIsSilent:
        log.warning("Documents wait for the scanner: clamd does not answer")
        return {}
    return {verdict.value: count for verdict, count in verdicts.items()}


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="scan_documents_again", retry=AGAIN)
def scan_again(timestamp: int) -> int:
    """Each hour: where the scanner has new signatures, the files of two weeks. Returns how many were scanned."""
    known = signatures()
    with transaction.atomic():
        is_new = known != signatures_of_last_rescan()
    if not known or not is_new:
        return 0
    at = clock.now()
    try:
        verdicts = scan_kept_files(since=at - RECENT)
    except ScannerIsSilent:
        log.warning("Documents were not all scanned again: clamd does not answer")
        return 0
    with transaction.atomic():
        open_scan()
        files = verdicts[Verdict.CLEAN] + verdicts[Verdict.INFECTED]
        note_rescan(signatures=known, files=files, viruses=verdicts[Verdict.INFECTED], by=None, at=at)
    return files


def scan_kept_files(*, since: datetime | None = None, tell: Tell | None = None) -> Counter[Verdict]:
    """Scan what nobody scanned yet; given a moment, what was added since and scanned before. Raises `ScannerIsSilent`.

    Of a file about which the scanner says the same again nothing is written: its document says when it said so first.
    """
    verdicts: Counter[Verdict] = Counter()
    silent = 0
    for document in _kept(since):
        scanned = scan(_file(document))
        verdicts[scanned.verdict] += 1
        silent = silent + 1 if scanned.is_silence else 0
        if silent == SILENT_IN_A_ROW:
            raise ScannerIsSilent(scanned.found, verdicts)
        if scanned.verdict not in (document.scan, Verdict.WAITING):
            _note(document, scanned)
        if tell:
            tell(document, scanned)
    return verdicts


def _kept(since: datetime | None) -> Iterator[Document]:
    last = 0
    while True:
        with transaction.atomic():
            open_scan()
            found = documents_to_scan(after=last, since=since, most=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1].pk


def _file(document: Document) -> bytes:
    with transaction.atomic():
        open_scan()
        return file_to_scan(document.pk)


def _note(document: Document, scanned: Scanned) -> None:
    with transaction.atomic():
        open_scan()
        note_scan(document=document, scanned=scanned, by=None, at=clock.now())
    if scanned.verdict == Verdict.INFECTED:
        log.warning("A virus was found in document %d after it was added: %s", document.pk, scanned.found)
