"""`baton import runs`: which extracts were brought in."""

from typing import Any

from django.core.management.base import BaseCommand

from baton.importing.presenters.reports import run_in_words
from baton.importing.queries.runs import runs
from baton.platform.database import as_owner


class Command(BaseCommand):
    help = "List every run with its counts. It names nobody of an extract."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            told = [run_in_words(run) for run in runs()]
        for each in told or ["Nothing was brought in yet."]:
            self.stdout.write(each)
