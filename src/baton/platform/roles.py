"""The roles people hold, as data."""

from django.db.models import TextChoices


class Role(TextChoices):
    HUB_ADVISER = "hub_adviser", "Hub adviser"
    PRACTITIONER = "practitioner", "Practitioner"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    ADMINISTRATOR = "administrator", "Administrator"


WHAT_ROLES_DO = {
    Role.HUB_ADVISER: "Screens requests for help and sees who is known, never the casework.",
    Role.PRACTITIONER: "Works with the families they lead and the families their team holds.",
    Role.TEAM_MANAGER: "Allocates, authorises and closes for the families their teams hold.",
    Role.SERVICE_MANAGER: "Sees every team of the place and answers for long or stuck work.",
    Role.ADMINISTRATOR: "Looks after accounts and teams, and sees no family.",
}

CASEWORKERS = frozenset({Role.PRACTITIONER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER})
MANAGERS = frozenset({Role.TEAM_MANAGER, Role.SERVICE_MANAGER})
EVERY_ROLE = frozenset(Role)
