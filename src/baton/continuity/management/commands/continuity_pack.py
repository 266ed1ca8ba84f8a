"""`baton continuity pack`: an encrypted file a team, for the day the network is gone."""

import getpass
import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils.text import slugify

from baton.cluster.encryption import NoKey, encrypt, public_keys
from baton.continuity.actions import write_pack
from baton.continuity.permissions import may_write_pack
from baton.continuity.presenters import days_packed, families_packed
from baton.continuity.queries import known_of, teams_managed
from baton.platform import clock
from baton.platform.dates_in_words import moment
from baton.platform.guard import acting_as
from baton.platform.models import Team, User


class Command(BaseCommand):
    help = "Write a file a team: open families, warnings, contacts, lead practitioners, the next fortnight's visits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", required=True)
        parser.add_argument("--why", required=True)
        parser.add_argument("--for", dest="readers", action="append", default=[])

    def handle(self, *args: Any, folder: Path, by: str, why: str, readers: list[str], **options: Any) -> None:
        try:
            self.readers = public_keys(readers)
        except NoKey as refusal:
            raise CommandError(str(refusal)) from None
        user, at = self._account(by), clock.now()
        why = f"{why} (on the command line, as {getpass.getuser()})"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with acting_as(user):
            teams = [team for team in teams_managed(user) if may_write_pack(user, team)]
        if not teams:
            raise CommandError("This person manages no team with open families: name one who does with --by.")
        for team in teams:
            count, file = self._pack(folder, team, why, user, at)
            self.stdout.write(f"{file}: {count} {'family' if count == 1 else 'families'}.")
        self.stdout.write("Each family's record says that it was written, by whom and why.")

    def _account(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account {email} that is open.")
        return user

    def _pack(self, folder: Path, team: Team, why: str, user: User, at: datetime) -> tuple[int, Path]:
        """Nothing stands there under its name before it is on record; a file that was not finished is removed."""
        file = folder / f"{at:%Y-%m-%d}-{slugify(team.name)}.html.age"
        draft = file.with_name(f".{file.name}.unfinished")
        try:
            with acting_as(user):
                known = known_of(team, at=at)
                families, days = families_packed(known, at=at), days_packed(known)
                words = {"team": team, "families": families, "days": days, "written": moment(at), "by": user.name}
                text = render_to_string("continuity/pack.html", words).encode()
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
                    encrypt(io.BytesIO(text), target, self.readers)
                    os.fsync(target.fileno())
                write_pack(team=team, families=[each.id for each in families], why=why, by=user, at=at)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        return len(families), file
