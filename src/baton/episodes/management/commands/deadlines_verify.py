"""`baton deadlines verify`: prove that the kept deadlines are what a rebuild would give."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baton.episodes.actions.deadlines import deadlines_that_differ
from baton.platform import clock
from baton.platform.database import as_owner

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Compare every kept deadline with what a rebuild would give. Changes nothing; fails when one differs."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            different = list(deadlines_that_differ(at=clock.now()))
        for episode, timescale in different[:MOST_SHOWN]:
            self.stdout.write(f"episode {episode}: {timescale} differs")
        if different:
            raise CommandError(f"{len(different)} kept deadlines differ. Run `baton deadlines rebuild`.")
        self.stdout.write("Every kept deadline is what a rebuild would give.")
