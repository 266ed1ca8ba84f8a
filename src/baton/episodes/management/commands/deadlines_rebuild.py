"""`baton deadlines rebuild`: derive every deadline again and write what differs."""

from typing import Any

from django.core.management.base import BaseCommand

from baton.episodes.actions import rebuild_deadlines
from baton.platform import clock
from baton.platform.database import as_owner


class Command(BaseCommand):
    help = "Derive every deadline again from events and frameworks, and write what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            episodes, changed = rebuild_deadlines(at=clock.now())
        self.stdout.write(f"{episodes} episodes, {changed} deadlines changed.")
