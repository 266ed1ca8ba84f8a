"""The roles people hold, as data: what each is for, what its holder sees, and for what it is given."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Role(TextChoices):
    HUB_ADVISER = "hub_adviser", "Hub adviser"
    PRACTITIONER = "practitioner", "Practitioner"
    COORDINATOR = "coordinator", "Early help coordinator"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    AUDITOR = "auditor", "Auditor"
    ANALYST = "analyst", "Performance analyst"
    GOVERNANCE = "governance", "Information governance officer"
    ADMINISTRATOR = "administrator", "Administrator"


class HeldFor(TextChoices):
    """What a role is given for: all of the place, or one part of it."""

    PLACE = "place", "The whole place"
    ORGANISATION = "organisation", "One organisation"
    LOCALITY = "locality", "One locality"
    TEAM = "team", "One team"


@dataclass(frozen=True)
class RoleSheet:
    """What a role's holder does, whom they see, and what the role may be given for."""

    does: str
    sees: str
    held_for: tuple[HeldFor, ...]


ROLE_SHEETS = {
    Role.HUB_ADVISER: RoleSheet(
        "Takes requests for help and answers them.",
        "Requests, and who is known already. Never the casework.",
        (HeldFor.PLACE,),
    ),
    Role.PRACTITIONER: RoleSheet(
        "Works with families, for any agency. Who leads a family is their lead practitioner, by allocation.",
        "The families they lead and the families their team holds.",
        (HeldFor.TEAM, HeldFor.ORGANISATION),
    ),
    Role.COORDINATOR: RoleSheet(
        "Helps the agencies of a locality to work together around families.",
        "The families of their locality, to read.",
        (HeldFor.LOCALITY,),
    ),
    Role.TEAM_MANAGER: RoleSheet(
        "Allocates, authorises, oversees and closes for a team.",
        "The families their teams hold.",
        (HeldFor.TEAM,),
    ),
    Role.SERVICE_MANAGER: RoleSheet(
        "Answers for every team of the place, and for work that is long or stuck.",
        "The families of all teams.",
        (HeldFor.PLACE,),
    ),
    Role.PANEL_CHAIR: RoleSheet(
        "Chairs the meeting that looks at a locality's assessments.",
        "The families brought to their panel, to read until it has decided.",
        (HeldFor.LOCALITY,),
    ),
    Role.AUDITOR: RoleSheet(
        "Reads a sample of cases to learn how good the work is.",
        "The sampled families, while the audit is open, to read.",
        (HeldFor.PLACE, HeldFor.LOCALITY),
    ),
    Role.ANALYST: RoleSheet(
        "Makes figures about the work as a whole.",
        "Figures without names. No family.",
        (HeldFor.PLACE,),
    ),
    Role.GOVERNANCE: RoleSheet(
        "Looks after privacy: who looked at what, and for how long records are kept.",
        "Logs and holds. No casework.",
        (HeldFor.PLACE,),
    ),
    Role.ADMINISTRATOR: RoleSheet(
        "Looks after accounts, roles and teams.",
        "Accounts. No family and no record.",
        (HeldFor.PLACE,),
    ),
}

EVERY_ROLE = frozenset(Role)
CASEWORKERS = frozenset({Role.PRACTITIONER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER})
MANAGERS = frozenset({Role.TEAM_MANAGER, Role.SERVICE_MANAGER})
# Who may open the pages on which a family's record is read; the database says which families.
READERS = CASEWORKERS | {Role.COORDINATOR, Role.PANEL_CHAIR, Role.AUDITOR}
# Who may look for a family by name.
SEEKERS = CASEWORKERS | {Role.COORDINATOR, Role.HUB_ADVISER}
# Who meets families in their work, and may ask for help for one.
ASKERS = SEEKERS | {Role.PANEL_CHAIR}
