"""`baton audit watch`: look through who looked at what, for misuse."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from baton.governance.queries.alerts import watch
from baton.platform import clock


class Command(BaseCommand):
    help = "Make alerts for the last days, today included; the worker does so each night for the days that are over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=8)

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        made = watch(until=clock.today(), days=days)
        self.stdout.write(f"{made} new {'alert' if made == 1 else 'alerts'} for information governance.")
