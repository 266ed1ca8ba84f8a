"""`baton manage encrypt_anew`: second steps are encrypted by the newest key, so that an older one can be taken away."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from baton.accounts.actions import encrypt_anew
from baton.platform import clock
from baton.platform.database import as_owner


class Command(BaseCommand):
    help = (
        "Encrypt everybody's second steps by BATON_SECRET_KEY; BATON_OLD_SECRET_KEYS are needed to read them once more."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(), transaction.atomic():
            kept = list(Authenticator.objects.select_for_update().order_by("pk"))
            changed = encrypt_anew(kept=kept, by=None, at=clock.now())
        self.stdout.write(f"{changed} second steps are encrypted by the newest key.")
