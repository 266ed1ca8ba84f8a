"""`baton import`: bring an extract of another system in, or try it without keeping anything."""

import csv
import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from baton.importing.actions import Extract
from baton.importing.jobs import bring_extract, try_extract
from baton.importing.models import Run
from baton.importing.presenters.reports import LINE_HEADER, MATCH_HEADER, line_rows, match_rows, summary
from baton.importing.queries.matches import KnownPerhaps, known_perhaps
from baton.importing.queries.reports import lines_of, report_of
from baton.importing.reading.mapping import MappingError, read_mapping
from baton.importing.reading.sheets import SheetError
from baton.platform import clock
from baton.platform.models import User
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.spreadsheets import safe


class Command(BaseCommand):
    help = "Bring an extract in; with --dry-run only say what would happen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mapping")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--report", type=Path, required=True)
        parser.add_argument("--as", dest="email", required=True)
        parser.add_argument("--team", default="")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.folder, self.is_dry = Path(options["report"]), bool(options["dry_run"])
        try:
            by = User.objects.get(email__iexact=options["email"])
            mapping = read_mapping(options["mapping"])
            mapping = replace(mapping, team=options["team"] or mapping.team)
            extract = Extract(mapping, _folder(options["folder"]))
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            act = try_extract if self.is_dry else bring_extract
            act(extract=extract, place=settings.BATON_PLACE, by=by, report=self.report, say=self.say)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody has an account by the address {options['email']}.") from error
        except NotAllowed as error:
            raise CommandError(f"{options['email']} is no administrator: only one may bring records in.") from error
        except (MappingError, SheetError, Refused, OSError) as error:
            raise CommandError(str(error)) from error

    def say(self, sentence: str) -> None:
        self.stdout.write(f"  {sentence}")
        self.stdout.flush()

    def report(self, run: Run) -> Counter[str]:
        """Write three files, readable by the operator only. How many may be known, by how sure that is."""
        sure: Counter[str] = Counter()
        with self._file("matches.csv") as file:
            _write(file, MATCH_HEADER, match_rows(_counted(known_perhaps(run) if self.is_dry else (), sure)))
        with self._file("lines.csv") as file:
            _write(file, LINE_HEADER, line_rows(lines_of(run)))
        told = list(summary(run, report_of(run, known=sure), is_dry=self.is_dry, at=clock.now()))
        with self._file("summary.txt") as file:
            file.write("\n".join(told) + "\n")
        self.stdout.write("\n".join(told))
        self.stdout.write(f"\nEvery row is in {self.folder}/lines.csv. These files hold personal data: keep them safe.")
        return sure

    @contextmanager
    def _file(self, name: str) -> Iterator[TextIO]:
        path = self.folder / name
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            yield file


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise CommandError(f"{path} is no folder. Name the folder in which the sheets are.")
    return path


def _counted(known: Iterable[KnownPerhaps], sure: Counter[str]) -> Iterator[KnownPerhaps]:
    for each in known:
        sure[each.likeness.how_sure] += 1
        yield each


def _write(file: TextIO, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
