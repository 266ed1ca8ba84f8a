"""`baton demo people`: whom to sign in as in the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Q

from baton.demonstration.staffing import PASSWORD
from baton.platform.database import as_owner
from baton.platform.models import RoleHeld
from baton.platform.roles import ROLE_SHEETS, Role

LEADS_NOW = Count("user__allocations", filter=Q(user__allocations__until_at__isnull=True))


class Command(BaseCommand):
    help = "List people of the demonstration to sign in as, by role."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Sign in as one of these; everybody's password is {PASSWORD}")
        for role in Role:
            self.stdout.write(f"\n{role.label}: {ROLE_SHEETS[role].does}")
            for each in _busiest(role):
                where = (each.team or each.locality or each.user.organisation).name
                self.stdout.write(f"  {each.user.email:45} {each.user.name}, {where}")


def _busiest(role: Role) -> list[RoleHeld]:
    """Who leads most families now: one of a team and one of another agency, where the role is held in both."""
    with as_owner():
        held = (
            RoleHeld.objects.filter(role=role)
            .select_related("user__organisation", "team", "locality")
            .annotate(leads=LEADS_NOW)
        )
        ordered = held.order_by("-leads", "pk")
        return [*ordered.filter(team__isnull=False)[:1], *ordered.filter(team__isnull=True)[:1]]
