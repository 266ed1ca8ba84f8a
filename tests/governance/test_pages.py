"""Restricting a family, emergencies, audits and the team around a family, as pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from baton.governance.models import AroundMember, Audit, Emergency, NamedPerson, Sample
from baton.platform import clock
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, User
from tests.client import page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.guarded import a_restriction, an_audit, an_emergency
from tests.governance.test_log_pages import words_of
from tests.governance.test_need_to_know import a_child, sees

pytestmark = pytest.mark.django_db


def day_typed(name: str, days: int) -> dict[str, str]:
    on = clock.today() + timedelta(days=days)
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def restricted_by(user: User, family_id: int, *people: str, **told: Any) -> Any:
    typed = {"reason": "A parent works here", "people": "\n".join(people), "because": "They work with them"}
    return page_client(user).post(
        reverse("restrict-family", args=[family_id]), typed | day_typed("review_on", 90) | told
    )


def test_information_governance_restricts_a_family_by_its_number() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    client = page_client(place.governance)
    asked = client.get(reverse("restricted-families"), {"family": str(family_id)})
    assert asked.headers["Location"] == reverse("restrict-family", args=[family_id])
    assert "Quillfeather" not in words_of(client.get(asked.headers["Location"]))
    assert client.get(reverse("restrict-family", args=[family_id + 999])).status_code == 404
    made = restricted_by(place.governance, family_id, place.worker.email, "Mina Manager")
    assert made.status_code == 302
    assert (sees(place.worker, family_id), sees(place.manager, family_id)) == (True, True)
    assert not sees(place.colleague, family_id)
    said = words_of(client.get(made.headers["Location"]))
    assert f"Family number {family_id}" in said
    assert "Wilf Worker Test Council. They work with them. Named by Iggy Governance" in said


def test_a_manager_restricts_a_family_of_their_own_and_the_form_names_who_leads() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    shown = page_client(place.manager).get(reverse("restrict-family", args=[family_id])).content.decode()
    assert f"{place.worker.email}\n{place.manager.email}" in shown
    refused = restricted_by(place.manager, family_id, "nobody@example.org")
    assert refused.status_code == 422
    assert "No one account has this e-mail address or name" in words_of(refused)
    assert page_client(place.other_manager).get(reverse("restrict-family", args=[family_id])).status_code == 404
    restricted_by(place.manager, family_id, place.worker.email)
    assert not sees(place.manager, family_id)
    said = words_of(page_client(place.worker).get(reverse("who-sees", args=[family_id])))
    assert "This family is restricted" in said


def test_who_is_named_changes_with_its_history_and_reviews_and_lifting_are_told() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    restriction = a_restriction(place, family_id, place.worker)
    client = page_client(place.governance)
    to = {"args": [restriction.pk]}
    client.post(reverse("name-person", **to), {"user": place.manager.email, "because": "Manages the work"})
    with acting_as(place.governance):
        named = NamedPerson.objects.get(user=place.manager)
    client.post(reverse("unname-person", args=[restriction.pk, named.pk]), {})
    client.post(reverse("keep-restricted", **to), {"words": "She still works here"} | day_typed("review_on", 60))
    said = words_of(client.get(reverse("restriction", **to)))
    assert "Mina Manager Test Council. Manages the work. Named by Iggy Governance. Iggy Governance ended it" in said
    assert "She still works here" in said
    lifted = client.post(reverse("lift-restriction", **to), {"because": "She has left the council"})
    assert lifted.status_code == 302
    assert sees(place.colleague, family_id)
    assert "She has left the council" in words_of(client.get(reverse("restriction", **to)))
    assert client.get(reverse("lift-restriction", **to)).status_code == 404


def test_whoever_is_not_named_finds_no_restriction_anywhere() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    restriction = a_restriction(place, family_id, place.worker)
    for who in ("manager", "service_manager", "colleague", "stranger"):
        client = page_client(getattr(place, who))
        assert client.get(reverse("restriction", args=[restriction.pk])).status_code == 404, who
        assert client.get(reverse("who-sees", args=[family_id])).status_code == 404, who
    for who in ("manager", "service_manager"):
        said = words_of(page_client(getattr(place, who)).get(reverse("restricted-families")))
        assert "None that you are named for" in said


def asked_for(place: Place, user: User, family_id: int, **told: str) -> Any:
    child = a_child(place, family_id)
    born = child.date_of_birth
    typed = {"given_name": child.given_name, "family_name": child.family_name, "reason": "The police rang at night"}
    typed |= {"born-day": str(born.day), "born-month": str(born.month), "born-year": str(born.year)}
    return page_client(user).post(reverse("emergency"), typed | told)


def test_an_emergency_opens_the_family_and_its_manager_and_information_governance_are_told_at_once() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    opened = asked_for(place, place.stranger, family_id)
    assert opened.headers["Location"] == reverse("family", args=[family_id])
    assert page_client(place.stranger).get(reverse("family", args=[family_id])).status_code == 200
    assert "is open to you in an emergency until" in words_of(page_client(place.stranger).get("/"))
    for who in ("manager", "service_manager", "governance"):
        home = words_of(page_client(getattr(place, who)).get("/"))
        assert "Emergencies 1opened and not reviewed yet" in home, who
    assert "Emergencies" not in words_of(page_client(place.other_manager).get("/"))


def test_a_review_lists_what_was_opened_and_is_somebody_elses() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    asked_for(place, place.other_manager, family_id)
    page_client(place.other_manager).get(reverse("timeline", args=[family_id]))
    emergency = Emergency.objects
    with acting_as(place.manager):
        opened = emergency.get()
    own = page_client(place.other_manager)
    assert own.get(reverse("review-emergency", args=[opened.pk])).status_code == 403
    for who, called in ((place.manager, "Quillfeather family"), (place.governance, f"Family number {family_id}")):
        said = words_of(page_client(who).get(reverse("emergency-opened", args=[opened.pk])))
        assert "Opened the timeline" in said
        assert "The police rang at night" in said
        assert called in said
    judged = {"judgement": "not_justified", "review": "No police call is on record"}
    page_client(place.governance).post(reverse("review-emergency", args=[opened.pk]), judged)
    assert "It was not justified" in words_of(
        page_client(place.manager).get(reverse("emergency-opened", args=[opened.pk]))
    )
    assert "Emergencies" not in words_of(page_client(place.manager).get("/"))


def test_the_page_says_the_same_of_nobody_and_of_a_restricted_family_and_both_leave_an_entry() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    nobody = asked_for(place, place.stranger, family_id, given_name="Nobody")
    a_restriction(place, family_id, place.worker)
    closed = asked_for(place, place.stranger, family_id)
    assert nobody.status_code == closed.status_code == 422
    assert "No one family fits" in words_of(closed)
    assert words_of(nobody) == words_of(closed)
    with acting_as(place.governance):
        assert not Emergency.objects.exists()
        asked = AccessEntry.objects.filter(what="emergency: asked for a family", family_id=None)
        assert [entry.why for entry in asked] == ["The police rang at night"] * 2


def test_whoever_guesses_names_and_birthdays_is_stopped() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with stopped_at(clock.now()):
        for _ in range(10):
            asked_for(place, place.stranger, family_id, given_name="Nobody")
        assert "ten times within an hour" in words_of(asked_for(place, place.stranger, family_id))
    with acting_as(place.governance):
        assert not Emergency.objects.exists()


def test_search_leads_to_the_emergency_page_whether_or_not_somebody_is_known() -> None:
    place = a_place()
    child = a_child(place, an_allocated_episode(place).family_id)
    for typed in (f"{child.name} {child.date_of_birth:%d/%m/%Y}", "Nobody Nowhere"):
        found = page_client(place.stranger).post(reverse("search"), {"name": typed})
        assert reverse("emergency") in found.content.decode(), typed
    found = page_client(place.hub_adviser).post(reverse("search"), {"name": "Nobody Nowhere"})
    assert reverse("emergency") not in found.content.decode()
    lost = page_client(place.stranger).get(reverse("family", args=[999_999]))
    assert reverse("emergency") in lost.content.decode()


def test_the_lead_adds_somebody_to_the_team_around_and_takes_them_out_again() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    client = page_client(place.worker)
    neither = client.post(reverse("join-team-around", args=[family_id]), {"part": "teacher"})
    assert "Enter an e-mail address, or a name below" in words_of(neither)
    client.post(reverse("join-team-around", args=[family_id]), {"user": place.teacher.email, "part": "teacher"})
    client.post(
        reverse("join-team-around", args=[family_id]),
        {"name": "Nora Nightly", "agency": "Larkhill Surgery", "part": "school nurse"},
    )
    said = words_of(client.get(reverse("who-sees", args=[family_id])))
    assert "Tess Teacher teacher, Larkhill Test School" in said
    assert "Nora Nightly school nurse, Larkhill Surgery (no account: sees nothing)" in said
    theirs = page_client(place.teacher)
    assert theirs.get(reverse("family", args=[family_id])).status_code == 200
    with acting_as(place.worker):
        around = AroundMember.objects.get(user=place.teacher)
    client.post(reverse("leave-team-around", args=[around.pk]), {})
    for route in ("family", "timeline", "who-sees", "chronology"):
        assert theirs.get(reverse(route, args=[family_id])).status_code == 404
    said = words_of(client.get(reverse("timeline", args=[family_id])))
    assert "Joined the team around the family" in said
    assert "Left the team around the family" in said


def test_a_colleague_reads_who_is_around_a_family_and_changes_nothing() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    client = page_client(place.colleague)
    assert "Add somebody" not in words_of(client.get(reverse("who-sees", args=[family_id])))
    typed = {"user": place.teacher.email, "part": "teacher"}
    assert client.post(reverse("join-team-around", args=[family_id]), typed).status_code == 403
    assert not sees(place.teacher, family_id)


def test_a_service_manager_makes_an_audit_and_its_auditor_finds_it_at_home() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    client = page_client(place.service_manager)
    typed = {"title": "Autumn 2026, neglect", "question": "Are children heard?", "auditor": str(place.auditor.pk)}
    typed |= {"number": "5", "team": str(place.team.pk), "state": "open", "seed": "42"}
    made = client.post(reverse("make-audit"), typed)
    assert made.status_code == 302
    theirs = page_client(place.auditor)
    assert "Audits 1open, for you to read" in words_of(theirs.get("/"))
    assert "Autumn 2026, neglect" in words_of(theirs.get(reverse("audits")))
    page = theirs.get(made.headers["Location"])
    assert "Quillfeather family" in words_of(page)
    assert "From 1 family, by the number 42" in words_of(page)
    assert theirs.get(reverse("family", args=[family_id])).status_code == 200
    with acting_as(place.service_manager):
        audit, sample = Audit.objects.get(), Sample.objects.get()
    client.post(reverse("take-out-sample", args=[sample.pk]), {})
    assert theirs.get(reverse("family", args=[family_id])).status_code == 404
    client.post(reverse("add-case", args=[audit.pk]), {"number": str(family_id)})
    assert theirs.get(reverse("family", args=[family_id])).status_code == 200
    refused = client.post(reverse("add-case", args=[audit.pk]), {"number": "999999"})
    assert "No family that you see has this number" in words_of(refused)
    client.post(reverse("close-audit", args=[audit.pk]), {})
    assert theirs.get(reverse("family", args=[family_id])).status_code == 404
    assert client.get(reverse("add-case", args=[audit.pk])).status_code == 404


def test_an_auditor_sees_no_audit_of_another() -> None:
    place = a_place()
    audit = an_audit(place, auditor=place.governance, title="Somebody else's")
    client = page_client(place.auditor)
    assert "Somebody else's" not in words_of(client.get(reverse("audits")))
    assert client.get(reverse("audit", args=[audit.pk])).status_code == 404


def test_information_governance_finds_staff_and_the_looks_at_a_family_by_links() -> None:
    place = a_place()
    client = page_client(place.governance)
    home = client.get("/").content.decode()
    for route in ("emergencies", "restricted-families", "staff-activity"):
        assert f'href="{reverse(route)}"' in home
    found = client.get(reverse("staff-activity"), {"q": "wilf"})
    assert reverse("activity", args=[place.worker.pk]) in found.content.decode()
    assert "Cora" not in words_of(found)
    assert client.get(reverse("staff-activity"), {"family": "12"}).headers["Location"] == reverse("looks", args=[12])


def test_a_coordinator_finds_the_families_of_the_locality() -> None:
    place = a_place()
    an_allocated_episode(place)
    client = page_client(place.coordinator)
    assert "Families 1of your locality, helped now" in words_of(client.get("/"))
    assert "Quillfeather family" in words_of(client.get(reverse("locality")))


def test_lists_of_governance_cost_the_same_whatever_is_in_them() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    a_restriction(place, an_allocated_episode(place).family_id, place.worker)
    an_emergency(place, family_id)
    client = page_client(place.governance)
    counts = []
    for _ in range(2):
        told = []
        for route in ("emergencies", "restricted-families", "staff-activity"):
            client.get(reverse(route))
            told.append(client.queries)
        counts.append(told)
        other = an_allocated_episode(place).family_id
        a_restriction(place, other, place.worker)
        an_emergency(place, family_id)
    assert counts[0] == counts[1]
