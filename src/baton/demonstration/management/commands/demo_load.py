"""`baton demo load`: fill an empty database with people who do not exist."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from baton.demonstration.loading import load_place
from baton.platform import clock
from baton.platform.models import User

FAMILIES = 400
MOST_PROCESSES = 4


class Command(BaseCommand):
    help = "Fill an empty database with a demonstration place: sixty staff, families, eighteen months of work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", default=settings.BATON_PLACE)
        parser.add_argument("--families", type=int, default=FAMILIES)

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("There are people in this database already; the demonstration needs an empty one.")
        families = options["families"] or FAMILIES

        def say(done: int) -> None:
            if sys.stdout.isatty() or done % 50 == 0 or done == families:
                self.stdout.write(f"  {done} of {families} families", ending="\r" if sys.stdout.isatty() else "\n")

        processes = min(os.cpu_count() or 1, MOST_PROCESSES)
        walk = load_place(place=options["place"], families=families, until=clock.now(), say=say, processes=processes)
        self.stdout.write(f"  {families} families, {walk.steps} steps of work.")
