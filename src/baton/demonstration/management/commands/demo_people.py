"""`baton demo people`: whom to sign in as in the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from baton.demonstration.staffing import PASSWORD
from baton.platform.models import RoleHeld
from baton.platform.roles import WHAT_ROLES_DO, Role

SHOWN_A_ROLE = 2


class Command(BaseCommand):
    help = "List people of the demonstration to sign in as, by role."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sign in as one of these; everybody's password is {PASSWORD}")
        for role in Role:
            held = (
                RoleHeld.objects.filter(role=role)
                .select_related("user__organisation", "team")
                .order_by("team_id", "pk")
            )
            self.stdout.write(f"\n{role.label}: {WHAT_ROLES_DO[role]}")
            for each in _some(list(held)):
                where = each.team.name if each.team else each.user.organisation.name
                self.stdout.write(f"  {each.user.email:45} {each.user.name}, {where}")


def _some(held: list[RoleHeld]) -> list[RoleHeld]:
    """The first of each end of the list: for practitioners, one of a team and one of a partner agency."""
    return held if len(held) <= SHOWN_A_ROLE else [held[0], held[-1]]
