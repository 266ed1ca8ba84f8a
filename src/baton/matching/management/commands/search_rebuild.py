"""`baton search rebuild`: make what people are found by anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections


class Command(BaseCommand):
    help = "Make what people are found by anew from their records."

    def handle(self, *args: Any, **options: Any) -> None:
        with connections["owner"].cursor() as cursor:
            cursor.execute("select guard.index_everybody()")
            (people,) = cursor.fetchone()
        self.stdout.write(f"{people} people can be found.")
