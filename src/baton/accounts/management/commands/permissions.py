"""`baton manage permissions`: writes the page docs/permissions.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from baton.accounts.presenters.permissions import permissions_as_markdown

PAGE = Path(settings.PACKAGE).parent.parent / "docs" / "permissions.md"


class Command(BaseCommand):
    help = "Write docs/permissions.md anew from the routes."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(permissions_as_markdown())
        self.stdout.write(f"Wrote {PAGE}")
