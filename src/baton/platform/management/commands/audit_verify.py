"""`baton audit verify`: prove that no sealed entry was changed, removed or added."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baton.platform.database import as_owner
from baton.platform.models import Seal
from baton.platform.seals import faults_against, faults_of_the_chain

MOST_SHOWN = 50


class Command(BaseCommand):
    help = "Work every seal out anew. Changes nothing; fails and says which entry when one is not as it was sealed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seal-file", type=Path)

    def handle(self, *args: Any, seal_file: Path | None = None, **options: Any) -> None:
        with as_owner():
            found = [*faults_of_the_chain(), *(faults_against(seal_file) if seal_file else ())]
            seals = Seal.objects.count()
        for fault in found[:MOST_SHOWN]:
            self.stdout.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} faults: the record is not as it was sealed.")
        self.stdout.write(f"Every entry under {seals} seals is as it was sealed.")
