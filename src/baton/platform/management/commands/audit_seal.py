"""`baton audit seal`: seal the record of every look and change up to now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.seals import seal_entries, write_seals


class Command(BaseCommand):
    help = "Seal what is not sealed yet; the worker does so each night for the days that are over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seal-file", type=Path)

    def handle(self, *args: Any, seal_file: Path | None = None, **options: Any) -> None:
        with as_owner():
            made = seal_entries(before=clock.now())
            self.stdout.write(f"{made} {'seal' if made == 1 else 'seals'} made.")
            if seal_file:
                self.stdout.write(f"Wrote {write_seals(seal_file)} to {seal_file}. Keep it away from the database.")
