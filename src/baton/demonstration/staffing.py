"""Gives a demonstration place its organisations, localities, teams and sixty members of staff."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password

from baton.demonstration.names import FAMILY_NAMES, MEN, WOMEN
from baton.platform.models import Locality, Organisation, RoleHeld, Team, User
from baton.platform.roles import Role

PLACES = Path(__file__).with_name("places.yaml")
PASSWORD = "baton-demonstration"  # noqa: S105 - of people who do not exist, on a machine that shows them
STAFF = 60
HUB_ADVISERS = 4
SERVICE_MANAGERS = 2
READERS_OF_FIGURES_AND_LOGS = {
    Role.AUDITOR: "Quality assurance officer",
    Role.ANALYST: "Performance analyst",
    Role.GOVERNANCE: "Information governance officer",
}
PARTNERS_AN_AGENCY = 2
SECOND_OFFICER = 1  # hired last
SINCE = date(2024, 1, 1)


@dataclass
class Staff:
    """The people of a place by what they do; team members and managers by their team's id."""

    teams: list[Team] = field(default_factory=list)
    hub: list[User] = field(default_factory=list)
    workers: dict[int, list[User]] = field(default_factory=dict)
    managers: dict[int, User] = field(default_factory=dict)
    service_managers: list[User] = field(default_factory=list)
    partners: list[User] = field(default_factory=list)
    administrator: User | None = None
    governance: list[User] = field(default_factory=list)  # one decides on a disposal, another approves


def staff_place(place: str, random: Random) -> Staff:
    """Make the organisations, teams and accounts of a demonstration place. The place must be empty."""
    described = yaml.safe_load(PLACES.read_text())
    council = Organisation.objects.create(name=described[place]["council"], kind=Organisation.Kind.COUNCIL)
    hire = _Hiring(random, make_password(PASSWORD))
    staff = Staff()
    staff.hub = [hire(council, "Hub adviser", Role.HUB_ADVISER) for _ in range(HUB_ADVISERS)]
    staff.service_managers = [hire(council, "Service manager", Role.SERVICE_MANAGER) for _ in range(SERVICE_MANAGERS)]
    staff.administrator = hire(council, "Systems administrator", Role.ADMINISTRATOR)
    hired = {role: hire(council, job, role) for role, job in READERS_OF_FIGURES_AND_LOGS.items()}
    for agency in described["agencies"]:
        organisation = Organisation.objects.create(name=agency["name"], kind=agency["kind"])
        staff.partners += [hire(organisation, agency["job"], Role.PRACTITIONER) for _ in range(PARTNERS_AN_AGENCY)]
    _form_teams(described[place], council, staff, hire)
    officer = READERS_OF_FIGURES_AND_LOGS[Role.GOVERNANCE]
    staff.governance = [hired[Role.GOVERNANCE], hire(council, officer, Role.GOVERNANCE)]
    return staff


def _form_teams(described: dict[str, Any], council: Organisation, staff: Staff, hire: "_Hiring") -> None:
    localities = described["localities"]
    each, over = divmod(STAFF - hire.hired - 2 * len(localities) - SECOND_OFFICER, len(localities))
    for number, name in enumerate(localities):
        locality = Locality.objects.create(name=name)
        team = Team.objects.create(
            name=described["team"].format(locality=name),
            kind=Team.Kind.LOCALITY,
            locality=locality,
            organisation=council,
        )
        staff.teams.append(team)
        staff.managers[team.pk] = hire(council, "Team manager", Role.TEAM_MANAGER, team)
        coordinator = hire(council, "Early help coordinator", Role.COORDINATOR, locality=locality)
        RoleHeld.objects.create(user=coordinator, role=Role.PANEL_CHAIR, locality=locality, from_on=SINCE)
        staff.workers[team.pk] = [
            hire(council, "Family worker", Role.PRACTITIONER, team) for _ in range(each + (number < over))
        ]


class _Hiring:
    """Makes accounts with names that do not repeat."""

    def __init__(self, random: Random, password: str) -> None:
        self.random = random
        self.password = password
        self.names = random.sample(FAMILY_NAMES, STAFF + 20)
        self.hired = 0

    def __call__(
        self,
        organisation: Organisation,
        job: str,
        role: Role,
        team: Team | None = None,
        locality: Locality | None = None,
    ) -> User:
        family_name = self.names[self.hired]
        self.hired += 1
        given_name = self.random.choice(WOMEN + MEN)
        user = User.objects.create(
            email=f"{given_name}.{family_name}@example.org".lower(),
            given_name=given_name,
            family_name=family_name,
            job_title=job,
            organisation=organisation,
            password=self.password,
        )
        RoleHeld.objects.create(user=user, role=role, team=team, locality=locality, from_on=SINCE)
        return user
