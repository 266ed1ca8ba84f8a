"""Families brought to a locality's panel: its chair reads them until it has decided, and nothing else."""

import pytest
from django.db import Error, transaction
from django.urls import reverse

from baton.governance.actions import bring_to_panel, decide_at_panel
from baton.governance.models import PanelCase
from baton.platform import clock
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Locality, User
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.roles import Role
from tests.client import page_client
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.factories.guarded import a_restriction
from tests.governance.test_log_pages import words_of
from tests.governance.test_need_to_know import sees

pytestmark = pytest.mark.django_db


def brought(place: Place, family_id: int, by: User | None = None) -> PanelCase:
    by = by or place.worker
    with acting_as(by):
        return bring_to_panel(family_id=family_id, question="Is the plan stuck?", by=by, at=clock.now())


def test_the_chair_sees_the_family_from_the_day_it_is_brought_until_the_panel_has_decided() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    untouched = an_allocated_episode(place).family_id
    assert not sees(place.panel_chair, family_id)
    case = brought(place, family_id)
    assert (sees(place.panel_chair, family_id), sees(place.panel_chair, untouched)) == (True, False)
    with acting_as(place.panel_chair):
        decide_at_panel(
            case=case, threshold="advice", words="Ask the school nurse in.", by=place.panel_chair, at=clock.now()
        )
    assert not sees(place.panel_chair, family_id)


def test_the_chair_of_another_locality_sees_nothing() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    brought(place, family_id)
    elsewhere = a_user((Role.PANEL_CHAIR, Locality.objects.create(name="Farther south")))
    assert not sees(elsewhere, family_id)
    assert "No family is before the panel" in words_of(page_client(elsewhere).get(reverse("panel")))


def test_a_restricted_family_is_seen_by_no_chair() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    brought(place, family_id)
    a_restriction(place, family_id, place.worker)
    assert not sees(place.panel_chair, family_id)
    assert "Quillfeather" not in words_of(page_client(place.panel_chair).get(reverse("panel")))


@pytest.mark.parametrize("who", ["colleague", "stranger", "other_manager", "coordinator", "panel_chair"])
def test_only_who_answers_for_a_family_brings_it(who: str) -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    by = getattr(place, who)
    told = {"family_id": family_id, "locality": place.team.locality, "question": "?", "brought_by": by}
    with acting_as(by):
        with pytest.raises(NotAllowed):
            bring_to_panel(family_id=family_id, question="Is the plan stuck?", by=by, at=clock.now())
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            PanelCase.objects.create(**told, brought_at=clock.now())


@pytest.mark.parametrize("who", ["worker", "manager", "service_manager"])
def test_nobody_but_the_chair_decides(who: str) -> None:
    place = a_place()
    case = brought(place, an_allocated_episode(place).family_id)
    by = getattr(place, who)
    with acting_as(by):
        with pytest.raises(NotAllowed):
            decide_at_panel(case=case, threshold="advice", words="Go on as planned.", by=by, at=clock.now())
        changed = PanelCase.objects.filter(pk=case.pk).update(
            threshold="advice", words="x", decided_by=by, decided_at=clock.now()
        )
    assert changed == 0


def test_a_family_is_before_one_panel_at_a_time_and_the_panel_is_asked_something() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    with acting_as(place.worker), pytest.raises(Refused, match="in a sentence"):
        bring_to_panel(family_id=family_id, question="?", by=place.worker, at=clock.now())
    brought(place, family_id)
    with pytest.raises(Refused, match="before the panel already"):
        brought(place, family_id, by=place.manager)


def test_the_pages_from_bringing_to_the_decision() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    lead = page_client(place.worker)
    assert "Bring this family to the panel" in words_of(lead.get(reverse("who-sees", args=[family_id])))
    sent = lead.post(reverse("bring-to-panel", args=[family_id]), {"question": "Which threshold is met?"})
    assert sent.headers["Location"] == reverse("who-sees", args=[family_id])
    assert "Not decided yet" in words_of(lead.get(sent.headers["Location"]))

    chair = page_client(place.panel_chair)
    assert "families to decide on" in words_of(chair.get("/"))
    listed = words_of(chair.get(reverse("panel")))
    assert "Quillfeather family" in listed
    assert "Which threshold is met?" in listed
    assert chair.get(reverse("family", args=[family_id])).status_code == 200
    with acting_as(place.panel_chair):
        case = PanelCase.objects.get()
    decide = reverse("decide-at-panel", args=[case.pk])
    assert chair.get(decide).status_code == 200
    assert chair.post(decide, {"threshold": "early_help", "words": "Early help meets it."}).status_code == 302
    assert chair.get(decide).status_code == 404
    assert chair.get(reverse("family", args=[family_id])).status_code == 404
    assert "Early help meets the need" in words_of(lead.get(reverse("who-sees", args=[family_id])))
    with acting_as(place.manager):
        looked = set(AccessEntry.objects.filter(by=place.panel_chair).values_list("what", flat=True))
    assert {"panel", "family page", "decision of the panel"} <= looked


def test_the_history_of_a_family_says_who_decided() -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    case = brought(place, family_id)
    with acting_as(place.panel_chair):
        decide_at_panel(
            case=case,
            threshold="elsewhere",
            words="The parenting course helps more.",
            by=place.panel_chair,
            at=clock.now(),
        )
    told = words_of(page_client(place.manager).get(reverse("history", args=[family_id])))
    assert "The parenting course helps more." in told
    assert place.panel_chair.name in told
