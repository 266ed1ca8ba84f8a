"""Restrictions, audits and emergencies."""

from datetime import timedelta

from baton.governance.actions import make_audit, open_in_emergency, open_sample, restrict_family
from baton.governance.models import Alert, Audit, Emergency, Restriction, Sample
from baton.governance.queries.alerts import watch
from baton.governance.queries.audits import Pool
from baton.people.models import Family, FamilyMember
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.guard import acting_as
from baton.platform.models import User
from baton.platform.roles import Role
from tests.factories.places import Place, a_user


def a_restriction(place: Place, family_id: int, *named: User) -> Restriction:
    """A family that nobody sees but these people; set by information governance, to be looked at in three months."""
    at = clock.now()
    with acting_as(place.governance):
        return restrict_family(
            family_id=family_id,
            reason="A colleague's family",
            named=dict.fromkeys(named, "Works with them"),
            review_on=(at + timedelta(days=91)).date(),
            by=place.governance,
            at=at,
        )


def an_audit(
    place: Place, *, number: int = 0, seed: int = 7, auditor: User | None = None, title: str = "Autumn"
) -> Audit:
    """An open audit by the service manager, with so many families of the team drawn."""
    told = {"title": title, "question": "Are children heard?", "auditor": auditor or place.auditor, "seed": seed}
    with acting_as(place.service_manager):
        pool = Pool(team_id=place.team.pk, is_open=True)
        return make_audit(**told, pool=pool, number=number, by=place.service_manager, at=clock.now())


def a_sample(place: Place, family_id: int, *, auditor: User | None = None) -> Sample:
    """A family that the auditor reads in an audit of its own."""
    audit = an_audit(place, auditor=auditor)
    with acting_as(place.service_manager):
        return open_sample(family_id=family_id, audit=audit, by=place.service_manager, at=clock.now())


def watched(*, days: int = 1) -> int:
    """What the worker's job does, today included. Returns how many alerts are new."""
    return watch(until=clock.today(), days=days)


def an_alert(place: Place) -> Alert:
    """An alert about somebody who opened a family with which they never worked."""
    with acting_as(place.worker):
        family_id = Family.objects.all()[0].pk
    stray = a_user((Role.PRACTITIONER, None), name="Otis Elsewhere")
    with acting_as(stray):
        note_look(family_id=family_id, what="family page", by=stray, at=clock.now())
    watched()
    with acting_as(place.governance):
        return Alert.objects.get(user=stray)


def an_emergency(place: Place, family_id: int, *, by: User | None = None) -> Emergency:
    """Somebody of no team opened the family in an emergency, by the name and birthday of one of its children."""
    with acting_as(place.worker):
        child = FamilyMember.objects.select_related("person").filter(family=family_id, part="child")[0].person
    asker = by or a_user((Role.PRACTITIONER, None), name="Nina Night")
    with acting_as(asker):
        return open_in_emergency(
            given_name=child.given_name,
            family_name=child.family_name,
            born=child.date_of_birth,
            reason="The police rang about the children",
            by=asker,
            at=clock.now(),
        )
