"""What the misuse watch finds in who looked at what, in which words, and what is done with it."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from baton.governance.actions import close_alert, tell_own_details
from baton.governance.models import Alert
from baton.people.models import FamilyMember, Person
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Change, RoleHeld, User
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.roles import Role
from tests.client import page_client
from tests.factories import Place, a_family, a_place, a_user, an_allocated_episode
from tests.factories.documents import a_document
from tests.factories.guarded import a_restriction, an_alert, an_emergency, watched
from tests.factories.plans import a_draft_plan
from tests.governance.test_log_pages import words_of
from tests.governance.test_need_to_know import a_child, sees

pytestmark = pytest.mark.django_db


def noon(days_ago: int = 0) -> datetime:
    return clock.now().astimezone(clock.LONDON).replace(hour=12, minute=0) - timedelta(days=days_ago)


def looked(user: User, *families: int, at: datetime | None = None, what: str = "family page") -> None:
    at = at or noon()
    with acting_as(user):
        roles = sorted({role for role, _ in user.held}) or [each.role for each in RoleHeld.objects.filter(user=user)]
        AccessEntry.objects.bulk_create(
            AccessEntry(family_id=each, by=user, what=what, at=at, recorded_at=at, roles=roles) for each in families
        )


def found(place: Place, days: int = 1) -> list[tuple[str, User]]:
    watched(days=days)
    with acting_as(place.governance):
        return [(alert.rule, alert.user) for alert in Alert.objects.select_related("user").order_by("rule")]


def said_of(place: Place, rule: str) -> str:
    client = page_client(place.governance)
    with acting_as(place.governance):
        alert = Alert.objects.get(rule=rule)
    return words_of(client.get(reverse("alert", args=[alert.pk])))


def test_work_with_ones_own_families_is_not_looked_into() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    for who in ("worker", "colleague", "manager", "service_manager", "hub_adviser", "coordinator", "governance"):
        looked(getattr(place, who), family_id, family_id)
    assert found(place) == []


def test_a_record_of_ones_own_name_is_an_alert_and_made_once() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    child = a_child(place, family_id)
    namesake = a_user((Role.PRACTITIONER, place.team), name=f"{child.given_name} {child.family_name.upper()}")
    looked(namesake, family_id, family_id)
    assert found(place) == found(place) == [("own_record", namesake)]
    said = said_of(place, "own_record")
    assert f"{namesake.name} opened family number {family_id} twice" not in said
    assert f"{namesake.name} opened family number {family_id} 2 times" in said
    assert "has the same name as" in said


def test_ones_own_telephone_number_on_a_record_is_an_alert() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    from baton.people.models import ContactPoint

    User.objects.filter(pk=place.worker.pk).update(phone="01305 221 000")
    with acting_as(place.worker):
        child = a_child(place, family_id)
        ContactPoint.objects.create(person=child, kind="phone", value="01305221000", recorded_by=place.worker)
    looked(place.worker, family_id)
    assert found(place) == [("own_record", place.worker)]
    assert "the same telephone number or e-mail address" in said_of(place, "own_record")


def test_the_same_last_name_is_an_alert_that_names_nobody_in_the_family() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    child = a_child(place, family_id)
    relative = a_user((Role.PRACTITIONER, place.team), name=f"Zelda {child.family_name}")
    looked(relative, family_id)
    assert found(place) == [("same_surname", relative)]
    said = said_of(place, "same_surname")
    assert f"Somebody in it has the same last name as {relative.name}" in said
    assert child.given_name not in said


def test_ones_own_postcode_is_an_alert_once_one_has_told_it() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker):
        Person.objects.filter(pk=a_child(place, family_id).pk).update(postcode="DT1 9ZZ")
        tell_own_details(user=place.worker, date_of_birth=None, postcode="dt19zz", by=place.worker, at=clock.now())
        assert not Change.objects.filter(record="governance_owndetails").exclude(after=None).exists()
    looked(place.worker, family_id)
    assert found(place) == [("same_address", place.worker)]


def test_a_family_never_held_is_an_alert_and_says_if_it_was_an_emergency() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    emergency = an_emergency(place, family_id)
    looked(emergency.user, family_id)
    assert found(place) == [("no_relation", emergency.user)]
    assert "It was opened in an emergency" in said_of(place, "no_relation")


def test_a_family_that_moved_to_another_team_since_was_held() -> None:
    place = a_place()
    family_id = an_allocated_episode(place, to=place.manager).family_id
    looked(place.colleague, family_id, at=noon(2))
    from baton.people.actions import hand_family_to
    from baton.people.models import Family

    with acting_as(place.service_manager):
        family = Family.objects.get(pk=family_id)
        hand_family_to(family=family, team=place.other_team, by=place.service_manager, at=clock.now())
    assert found(place, days=4) == []


def many_families(place: Place, number: int) -> list[int]:
    return [a_family(team=place.team, by=place.hub_adviser, name=f"Otter{each}").pk for each in range(number)]


def test_unusually_many_families_are_an_alert_beside_ones_own_and_the_roles_usual() -> None:
    place = a_place()
    families = many_families(place, 20)
    for days in range(1, 11):
        looked(place.worker, *families[:3], at=noon(days))
        looked(place.colleague, *families, at=noon(days))
    looked(place.worker, *families)
    assert found(place) == []  # a colleague in the same role opens as many each day
    looked(place.manager, *families[:2], at=noon(3))
    looked(place.manager, *families)
    assert found(place) == [("unusual_number", place.manager)]
    said = said_of(place, "unusual_number")
    assert "Mina Manager opened 20 families" in said
    assert "Their usual is 2.0 a day, over the 1 days" in said


def test_unusual_hours_are_an_alert() -> None:
    place = a_place()
    families = many_families(place, 4)
    for days in range(1, 11):
        looked(place.worker, *families, at=noon(days))
    night = noon(1).replace(hour=2)
    looked(place.worker, *families, at=night)
    assert found(place, days=2) == [("unusual_hours", place.worker)]
    assert "opened 4 families" in said_of(place, "unusual_hours")
    assert "between 2am and 2am" in said_of(place, "unusual_hours")


def test_a_leavers_last_week_is_an_alert_when_they_copy_or_open_more_than_they_did() -> None:
    place = a_place()
    families = many_families(place, 2)
    RoleHeld.objects.filter(user=place.worker).update(until_on=clock.today() + timedelta(days=3))
    looked(place.worker, *families)
    assert found(place) == []
    looked(place.worker, families[0], what="chronology on paper")
    assert found(place) == [("leavers_week", place.worker)]
    assert "made 1 copy." in said_of(place, "leavers_week")


def test_what_a_leaver_has_on_paper_downloads_or_copies_is_counted_as_the_pages_note_it() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    a_draft_plan(episode, by=place.worker)
    letter = a_document(episode.family_id, by=place.worker)
    RoleHeld.objects.filter(user=place.worker).update(until_on=clock.today() + timedelta(days=3))
    client = page_client(place.worker)
    taken = (
        reverse("chronology-to-print", args=[episode.family_id]),
        reverse("sharing-to-print", args=[episode.family_id]),
        reverse("plan-to-print", args=[episode.pk]),
        reverse("download-document", args=[letter.pk]),
    )
    for address in (*taken, reverse("family", args=[episode.family_id])):
        assert client.get(address).status_code == 200, address
    with acting_as(place.worker):
        looks = AccessEntry.objects.filter(by=place.worker).values_list("family_id", flat=True)
        assert list(looks) == [episode.family_id] * 5
    assert found(place) == [("leavers_week", place.worker)]
    assert f"made {len(taken)} copies." in said_of(place, "leavers_week")


def test_an_alert_is_closed_with_a_reason_and_comes_again_unless_it_was_fair_use() -> None:
    place = a_place()
    an_allocated_episode(place)
    alert = an_alert(place)
    client = page_client(place.governance)
    assert "Misuse watch 1alerts to look into" in words_of(client.get("/"))
    refused = client.post(reverse("close-alert", args=[alert.pk]), {"outcome": "fair_use", "words": "ok"})
    assert "in a sentence that somebody else can understand later" in words_of(refused)
    told = {"outcome": "investigate", "words": "He could not say why"}
    client.post(reverse("close-alert", args=[alert.pk]), told)
    said = words_of(client.get(reverse("misuse-watch"), {"show": "closed", "rule": "no_relation"}))
    assert "No working relation: Otis Elsewhere" in said
    assert "None waits for you" in words_of(client.get(reverse("misuse-watch")))
    assert client.get(reverse("close-alert", args=[alert.pk])).status_code == 404
    looked(alert.user, alert.family_id, at=noon(1))
    assert watched(days=2) == 1
    with acting_as(place.governance):
        second = Alert.objects.get(closed_at=None)
        close_alert(alert=second, outcome="fair_use", words="The police asked", by=place.governance, at=clock.now())
        with pytest.raises(Refused, match="already"):
            close_alert(alert=second, outcome="fair_use", words="Once more", by=place.governance, at=clock.now())
    looked(alert.user, alert.family_id, at=noon(2))
    assert watched(days=3) == 0


def test_nobody_closes_what_is_about_themselves() -> None:
    place = a_place()
    an_allocated_episode(place)
    alert = an_alert(place)
    RoleHeld.objects.create(user=alert.user, role=Role.GOVERNANCE, from_on=clock.today())
    client = page_client(alert.user)
    assert client.get(reverse("close-alert", args=[alert.pk])).status_code == 403
    with acting_as(alert.user), pytest.raises(NotAllowed):
        close_alert(alert=alert, outcome="fair_use", words="It was me", by=alert.user, at=clock.now())


def test_alerts_tell_information_governance_nothing_of_the_family_and_others_nothing_at_all() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    child = a_child(place, episode.family_id)
    namesake = a_user((Role.PRACTITIONER, place.team), name=f"Zelda {child.family_name}")
    looked(namesake, episode.family_id)
    restriction = a_restriction(place, episode.family_id, place.worker)
    assert found(place) == [("same_surname", namesake)]
    with acting_as(place.governance):
        assert (FamilyMember.objects.count(), Person.objects.count()) == (0, 0)
    for who in ("worker", "manager", "service_manager", "administrator", "hub_adviser"):
        with acting_as(getattr(place, who)):
            assert not Alert.objects.exists(), who
            assert not Change.objects.filter(record="governance_alert").exists(), who
    assert restriction.family_id == episode.family_id
    assert sees(place.worker, episode.family_id)


def test_the_list_costs_the_same_whatever_is_on_it() -> None:
    place = a_place()
    an_allocated_episode(place)
    client = page_client(place.governance)
    costs = []
    for _ in range(3):
        an_alert(place)
        client.get(reverse("misuse-watch"))
        costs.append(client.queries)
    assert len(set(costs)) == 1


def test_everybody_may_tell_the_watch_about_themselves_and_only_themselves_read_it() -> None:
    place = a_place()
    client = page_client(place.worker)
    on = {"date_of_birth-day": "3", "date_of_birth-month": "4", "date_of_birth-year": "1980", "postcode": "dt1 9zz"}
    assert client.post(reverse("own-details"), on).headers["Location"] == reverse("your-activity")
    assert "DT1 9ZZ" in client.get(reverse("own-details")).content.decode()
    for who in ("governance", "administrator", "manager"):
        assert "DT1 9ZZ" not in page_client(getattr(place, who)).get(reverse("own-details")).content.decode()
