"""A small place: one council, a school, two locality teams and somebody in every role."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from baton.platform.models import Locality, Organisation, RoleHeld, Team, User
from baton.platform.roles import Role

_numbers = count(1)


@dataclass(frozen=True)
class Place:
    """Everybody a test needs: worker, colleague and manager of `team`; stranger and other manager of `other_team`."""

    team: Team
    other_team: Team
    hub_adviser: User
    worker: User
    colleague: User
    manager: User
    stranger: User
    other_manager: User
    teacher: User  # a practitioner of a school, in no team
    service_manager: User
    administrator: User
    coordinator: User  # of the locality of both teams
    panel_chair: User
    auditor: User
    analyst: User
    governance: User


Part = Team | Locality | None


def a_user(*roles: tuple[Role, Part], organisation: Organisation | None = None, name: str = "Testa Person") -> User:
    """An account that holds the roles, since 2024."""
    user = _unsaved(organisation or Organisation.objects.get_or_create(name="Test Council", kind="council")[0], name)
    user.save()
    RoleHeld.objects.bulk_create(_held(user, role, part) for role, part in roles)
    return user


def a_place() -> Place:
    """Make the place."""
    council = Organisation.objects.get_or_create(name="Test Council", kind="council")[0]
    school = Organisation.objects.get_or_create(name="Larkhill Test School", kind="school")[0]
    number = next(_numbers)
    locality = Locality.objects.create(name=f"North {number}")
    team, other = Team.objects.bulk_create(
        Team(name=f"{part} team {number}", kind="locality", locality=locality, organisation=council)
        for part in ("North", "South")
    )
    people: dict[str, tuple[str, Role, Part]] = {
        "hub_adviser": ("Hana Hubb", Role.HUB_ADVISER, None),
        "worker": ("Wilf Worker", Role.PRACTITIONER, team),
        "colleague": ("Cora Colleague", Role.PRACTITIONER, team),
        "manager": ("Mina Manager", Role.TEAM_MANAGER, team),
        "stranger": ("Stan Stranger", Role.PRACTITIONER, other),
        "other_manager": ("Otto Othermanager", Role.TEAM_MANAGER, other),
        "teacher": ("Tess Teacher", Role.PRACTITIONER, None),
        "service_manager": ("Sven Servicemanager", Role.SERVICE_MANAGER, None),
        "administrator": ("Ada Administrator", Role.ADMINISTRATOR, None),
        "coordinator": ("Cleo Coordinator", Role.COORDINATOR, locality),
        "panel_chair": ("Pia Panelchair", Role.PANEL_CHAIR, locality),
        "auditor": ("Aud Auditor", Role.AUDITOR, None),
        "analyst": ("Ana Analyst", Role.ANALYST, None),
        "governance": ("Iggy Governance", Role.GOVERNANCE, None),
    }
    users = {who: _unsaved(school if who == "teacher" else council, name) for who, (name, _, _) in people.items()}
    User.objects.bulk_create(users.values())
    RoleHeld.objects.bulk_create(_held(users[who], role, part) for who, (_, role, part) in people.items())
    return Place(team=team, other_team=other, **users)


def _unsaved(organisation: Organisation, name: str) -> User:
    given, family = name.split(" ", 1)
    user = User(
        email=f"person{next(_numbers)}@example.org",
        given_name=given,
        family_name=family,
        job_title="Family worker",
        organisation=organisation,
    )
    user.set_unusable_password()
    return user


def _held(user: User, role: Role, part: Part) -> RoleHeld:
    part_of_the_place = {"locality" if isinstance(part, Locality) else "team": part}
    return RoleHeld(user=user, role=role, from_on=date(2024, 1, 1), **part_of_the_place)
