"""`baton admin invite`: the first administrator, by a link that is printed once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from baton.accounts.actions import give_role, invite, start_anew, start_organisation
from baton.accounts.models import Invitation
from baton.accounts.queries import Part, day_in_force, is_administrator
from baton.platform import clock
from baton.platform.database import as_owner
from baton.platform.dates_in_words import long_day
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.platform.roles import HeldFor, Role


class Command(BaseCommand):
    help = "Make an administrator's account, or give one a new link, and print the link once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")
        parser.add_argument("--organisation", default="")
        parser.add_argument("--address", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            with as_owner(), transaction.atomic():
                made = self._invitation(options)
        except ValidationError:
            raise CommandError("That is not an e-mail address.") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        until = long_day(made.ends_at.date())
        self.stdout.write(f"{made.user.email} is an administrator. This link works once, until {until}:")
        self.stdout.write(f"{options['address'].rstrip('/')}/join/#{made.token}")

    def _invitation(self, options: dict[str, Any]) -> Invitation:
        at = clock.now()
        user = User.objects.filter(email__iexact=options["email"]).first()
        made = start_anew(user=user, by=None, at=at) if user else self._new_account(options)
        if not is_administrator(made.user, at):
            give_role(
                user=made.user, role=Role.ADMINISTRATOR, part=Part(HeldFor.PLACE), from_on=day_in_force(at),
                until_on=None, by=None, at=at,
            )  # fmt: skip
        return made

    def _new_account(self, options: dict[str, Any]) -> Invitation:
        if not (options["given_name"] and options["family_name"] and options["organisation"]):
            raise CommandError("For a new account say --given-name, --family-name and --organisation.")
        organisation = start_organisation(name=options["organisation"], by=None, at=clock.now())
        names = {name: options[name] for name in ("email", "given_name", "family_name")}
        return invite(organisation=organisation, **names, job_title="", phone="", by=None, at=clock.now())
