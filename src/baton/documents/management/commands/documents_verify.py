"""`baton documents verify`: prove that every document holds what was added."""

import hashlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baton.documents.models import Contents
from baton.documents.queries import contents_of, every_document
from baton.platform.database import as_owner


class Command(BaseCommand):
    help = "Work out the SHA-256 of every document's file anew and compare it with the one that was kept."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        wrong = []
        with as_owner():
            for document in list(every_document()):
                count += 1
                try:
                    holds = hashlib.sha256(contents_of(document)).hexdigest()
                except Contents.DoesNotExist:
                    holds = ""
                if holds != document.sha256:
                    wrong.append(document.pk)
        for each in wrong:
            self.stdout.write(f"Document {each} does not hold what was added.")
        if wrong:
            raise CommandError(f"{len(wrong)} of {count} documents do not hold what was added.")
        self.stdout.write(f"All {count} documents hold what was added.")
