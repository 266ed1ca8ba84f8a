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


def a_user(
    *roles: tuple[Role, Team | Locality | None], organisation: Organisation | None = None, name: str = "Testa Person"
) -> User:
    """An account that holds the roles, since 2024."""
    number = next(_numbers)
    given, family = name.split(" ", 1)
    user = User(
        email=f"person{number}@example.org",
        given_name=given,
        family_name=family,
        job_title="Family worker",
        organisation=organisation or Organisation.objects.get_or_create(name="Test Council", kind="council")[0],
    )
    user.set_unusable_password()
    user.save()
    for role, part in roles:
        part_of_the_place = {"locality" if isinstance(part, Locality) else "team": part}
        RoleHeld.objects.create(user=user, role=role, from_on=date(2024, 1, 1), **part_of_the_place)
    return user


def a_place() -> Place:
    """Make the place."""
    council = Organisation.objects.get_or_create(name="Test Council", kind="council")[0]
    school = Organisation.objects.get_or_create(name="Larkhill Test School", kind="school")[0]
    number = next(_numbers)
    locality = Locality.objects.create(name=f"North {number}")
    team = Team.objects.create(name=f"North team {number}", kind="locality", locality=locality, organisation=council)
    other = Team.objects.create(name=f"South team {number}", kind="locality", locality=locality, organisation=council)
    return Place(
        team=team,
        other_team=other,
        hub_adviser=a_user((Role.HUB_ADVISER, None), name="Hana Hubb"),
        worker=a_user((Role.PRACTITIONER, team), name="Wilf Worker"),
        colleague=a_user((Role.PRACTITIONER, team), name="Cora Colleague"),
        manager=a_user((Role.TEAM_MANAGER, team), name="Mina Manager"),
        stranger=a_user((Role.PRACTITIONER, other), name="Stan Stranger"),
        other_manager=a_user((Role.TEAM_MANAGER, other), name="Otto Othermanager"),
        teacher=a_user((Role.PRACTITIONER, None), organisation=school, name="Tess Teacher"),
        service_manager=a_user((Role.SERVICE_MANAGER, None), name="Sven Servicemanager"),
        administrator=a_user((Role.ADMINISTRATOR, None), name="Ada Administrator"),
        coordinator=a_user((Role.COORDINATOR, locality), name="Cleo Coordinator"),
        panel_chair=a_user((Role.PANEL_CHAIR, locality), name="Pia Panelchair"),
        auditor=a_user((Role.AUDITOR, None), name="Aud Auditor"),
        analyst=a_user((Role.ANALYST, None), name="Ana Analyst"),
        governance=a_user((Role.GOVERNANCE, None), name="Iggy Governance"),
    )
