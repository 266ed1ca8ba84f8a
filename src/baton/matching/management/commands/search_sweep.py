"""`baton search sweep`: look through everybody for people recorded twice."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from baton.matching.jobs import look_through_everybody
from baton.matching.likeness import by_splink

WITHOUT = (
    "splink is not installed, so Baton's own model looked alone. It brings the extra: pip install 'baton[matching]'."
)


class Command(BaseCommand):
    help = "Look through everybody for people recorded twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--own", action="store_true", help="by Baton's own model alone, also where splink is there")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = look_through_everybody(with_splink=False if options["own"] else None)
        if not swept.with_splink and not options["own"] and not by_splink.is_here():
            self.stdout.write(WITHOUT)
        way = "Baton's own model and splink" if swept.with_splink else "Baton's own model"
        self.stdout.write(f"By {way}: {swept.found} pairs for people to look at. They stand under Recorded twice.")
