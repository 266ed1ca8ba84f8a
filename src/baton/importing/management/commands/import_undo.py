"""`baton import undo RUN`: take back exactly what a run brought."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from baton.importing.jobs import take_back
from baton.importing.models import Run
from baton.platform.database import as_owner
from baton.platform.models import User
from baton.platform.refusals import NotAllowed, Refused


class Command(BaseCommand):
    help = "Take back what a run brought, except of families somebody has worked on since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int)
        parser.add_argument("--as", dest="email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with as_owner():
                by = User.objects.get(email__iexact=options["email"])
                run = Run.objects.get(pk=options["run"])
            run = take_back(run=run, by=by)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody has an account by the address {options['email']}.") from error
        except Run.DoesNotExist as error:
            raise CommandError(f"There is no run {options['run']}: `baton import runs` lists them.") from error
        except NotAllowed as error:
            raise CommandError(f"{options['email']} is no administrator: only one may take a run back.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Taken back: {run.families_taken_back:,} families.")
        for family_id, source_id in run.families_kept:
            came = f" ({source_id} there)" if source_id else ""
            self.stdout.write(f"Family {family_id}{came} stays as it is: somebody has worked on it since.")
