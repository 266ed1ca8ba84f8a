"""Who sees what, in families that do not exist: one restricted, emergencies, audits, a panel, alerts of misuse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Q

from baton.demonstration.walk import Walk
from baton.episodes.models import Allocation
from baton.governance.actions import (
    bring_to_panel,
    close_alert,
    close_audit,
    decide_at_panel,
    join_team_around,
    make_audit,
    open_in_emergency,
    restrict_family,
    review_emergency,
)
from baton.governance.models import Alert, Emergency
from baton.governance.queries.alerts import watch
from baton.governance.queries.audits import Pool
from baton.people.models import Family, FamilyMember, Person
from baton.platform.access import note_look
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from baton.platform.roles import Role
from baton.practice.calendar import day_of

NEEDED = 6  # families, so that each is shown with one of its own
REVIEWED_AGAIN_AFTER = timedelta(days=91)
DRAWN = 5
WHY_AT_ONCE = (
    "The police are at the house and ask who knows the children",
    "The hospital rang: the youngest came in alone",
)


@dataclass(frozen=True)
class Led:
    """A family, who leads it, and the manager of the team that holds it."""

    family: Family
    lead: User
    manager: User


def guard_some(walk: Walk) -> None:
    """Show each page of need to know something. Nothing in a place with too few families."""
    led = _led_now(walk)
    if len(led) < NEEDED:
        return
    at = walk.until
    to_open = _known_by_a_child(walk, led, len(WHY_AT_ONCE))
    others = [each for each in led if each not in dict(to_open)]
    restricted, stuck, agreed, schooled = others[: NEEDED - len(WHY_AT_ONCE)]
    _work_together(walk, schooled, at)
    _panel(walk, stuck, agreed, at)
    _emergencies(walk, to_open, at)
    _audits(walk, at)
    _look_without_need(walk, schooled, at)
    _restrict(restricted, at)
    _watch(at)


def _led_now(walk: Walk) -> list[Led]:
    """Families led by somebody of the team that holds them, one of each team and then the next of each."""
    with acting_as(walk.staff.service_managers[0]):
        now = Allocation.objects.filter(until_at__isnull=True).select_related("family", "practitioner").order_by("pk")
        found = [each for each in now if each.practitioner in walk.staff.workers.get(each.family.team_id or 0, ())]
    return [Led(each.family, each.practitioner, walk.staff.managers[each.family.team_id or 0]) for each in found]


def _somebody(role: Role, **part: object) -> User:
    return User.objects.filter(roles_held__role=role, **{f"roles_held__{name}": of for name, of in part.items()})[0]


def _work_together(walk: Walk, led: Led, at: datetime) -> None:
    with acting_as(led.lead):
        for user, name, part in ((walk.staff.partners[0], "", "teacher"), (None, "Wren Nightjar", "school nurse")):
            agency = "" if user else "Harbour Street Surgery"
            join_team_around(
                family_id=led.family.pk, user=user, name=name, agency=agency, part=part, by=led.lead, at=at
            )


def _panel(walk: Walk, stuck: Led, agreed: Led, at: datetime) -> None:
    for led, question in ((stuck, "The plan has not moved for two reviews. What else could help?"),
                          (agreed, "Which threshold is met, and who should help?")):  # fmt: skip
        with acting_as(led.lead):
            case = bring_to_panel(family_id=led.family.pk, question=question, by=led.lead, at=at)
    chair = _somebody(Role.PANEL_CHAIR, locality=case.locality)
    words = "Early help meets the need. The school nurse joins the team around the family."
    with acting_as(chair):
        decide_at_panel(case=case, threshold="early_help", words=words, by=chair, at=at)


def _emergencies(walk: Walk, families: Sequence[tuple[Led, Person]], at: datetime) -> None:
    """One that its manager has judged, and one that waits."""
    stray = walk.staff.partners[-1]
    for (_, child), reason in zip(families, WHY_AT_ONCE, strict=False):
        with acting_as(stray):
            opened = open_in_emergency(
                given_name=child.given_name, family_name=child.family_name, born=child.date_of_birth or at.date(),
                reason=reason, by=stray, at=at,
            )  # fmt: skip
        with acting_as(stray):
            note_look(family_id=opened.family_id, what="family page", by=stray, at=at)
    for urgent, _ in families[:1]:
        with acting_as(urgent.manager):
            waiting = Emergency.objects.get(family=urgent.family)
            judged = "The police confirmed their call, and nothing else was opened."
            review_emergency(emergency=waiting, judgement="justified", review=judged, by=urgent.manager, at=at)


def _known_by_a_child(walk: Walk, led: Iterable[Led], number: int) -> list[tuple[Led, Person]]:
    """Families that the name and birthday of one of their children fit, and no other family, with that child."""
    with acting_as(walk.staff.service_managers[0]):
        found = ((each, child) for each in led if (child := child_known_once(each.family)))
        return list(islice(found, number))


def child_known_once(family: Family) -> Person | None:
    """A child whose name and birthday fit no other family: only by such a one a family is opened in an emergency."""
    born = FamilyMember.objects.filter(family=family, part="child", until_on=None, person__date_of_birth__isnull=False)
    children = (member.person for member in born.select_related("person").order_by("pk"))
    return next((child for child in children if _families_that_fit(child) == 1), None)


def _families_that_fit(child: Person) -> int:
    called = Q(person__given_name=child.given_name) | Q(person__known_as=child.given_name)
    same = FamilyMember.objects.filter(called, person__family_name=child.family_name, until_on=None)
    return same.filter(person__date_of_birth=child.date_of_birth).values("family").distinct().count()


def _audits(walk: Walk, at: datetime) -> None:
    """One that is read now, and one that is over."""
    by, auditor = walk.staff.service_managers[0], _somebody(Role.AUDITOR)
    with acting_as(by):
        over = make_audit(
            title="Summer: first visits", question="Are children seen within five days?", seed=11,
            pool=Pool(team_id=None, is_open=False), at=at - timedelta(days=60), auditor=auditor, number=DRAWN, by=by,
        )  # fmt: skip
        close_audit(audit=over, by=by, at=at - timedelta(days=20))
        make_audit(
            title="Autumn: the child’s voice", question="Do plans say what children said?", seed=12,
            pool=Pool(team_id=None, is_open=True), at=at, auditor=auditor, number=DRAWN, by=by,
        )  # fmt: skip


def _look_without_need(walk: Walk, led: Led, at: datetime) -> None:
    """Somebody of another team looks at a record that is not theirs, through a team around a family they left since."""
    others = [each for team, each in walk.staff.workers.items() if team != led.family.team_id]
    stray = others[0][0]
    with acting_as(stray):
        note_look(family_id=led.family.pk, what="family page", by=stray, at=at)


def _restrict(led: Led, at: datetime) -> None:
    officer = _somebody(Role.GOVERNANCE)
    named = {led.lead: "Leads the work with the family", led.manager: "Manages whoever leads the work"}
    with acting_as(officer):
        restrict_family(
            family_id=led.family.pk, reason="A parent works for the council, in the building next door.", named=named,
            review_on=day_of(at + REVIEWED_AGAIN_AFTER), by=officer, at=at,
        )  # fmt: skip


def _watch(at: datetime) -> None:
    """What the worker's job does at night; one alert is closed, the others wait.

    Looks are noted at the database's own clock, whatever day is walked to, and walking may take until after midnight.
    """
    officer = _somebody(Role.GOVERNANCE)
    with acting_as(officer):
        looked_until = AccessEntry.objects.latest("recorded_at").recorded_at
    watch(until=day_of(looked_until), days=2)
    with acting_as(officer):
        alert = Alert.objects.filter(facts__emergency=True).order_by("pk").first()
        if alert is not None:
            words = "They opened it in an emergency; the manager has judged that it was one."
            close_alert(alert=alert, outcome="fair_use", words=words, by=officer, at=at)
