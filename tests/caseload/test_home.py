"""Home, as each role meets it, and each of its lists whole."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.assessments.actions import return_assessment
from baton.caseload.presenters.lists import SHOWN
from baton.caseload.queries import due, work
from baton.caseload.queries import place as whole_place
from baton.episodes.actions import allocate
from baton.episodes.models import Deadline, Episode
from baton.plans.actions import send_closure_back
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import RoleHeld, User
from baton.platform.roles import Role
from baton.visits.actions import plan_visit
from tests.caseload.reading import FRIDAY, links_of, read, section
from tests.client import page_client, queries_counted
from tests.episodes.requested import a_requested_episode
from tests.factories import Place, a_family, a_place, a_user, an_allocated_episode
from tests.factories.assessments import a_submitted_assessment
from tests.factories.plans import a_goal, a_proposal, an_action, an_agreed_plan
from tests.factories.requests import a_request
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture(autouse=True)
def it_is_friday() -> Iterator[None]:
    with stopped_at(FRIDAY):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


def a_case(place: Place, name: str, *, weeks_ago: float = 7, to: User | None = None) -> Episode:
    family = a_family(team=place.team, by=place.hub_adviser, name=name)
    return an_allocated_episode(place, family=family, at=FRIDAY - timedelta(weeks=weeks_ago), to=to)


def home_of(user: User) -> HttpResponse:
    response = page_client(user).get(HOME)
    assert response.status_code == 200
    return response


def give_role(user: User, role: Role, place: Place) -> None:
    RoleHeld.objects.create(user=user, role=role, team=place.team, from_on=date(2024, 1, 1))


# A practitioner


def test_a_practitioner_sees_what_is_overdue(place: Place) -> None:
    a_case(place, "Otterdown")
    said = section(home_of(place.worker), "due")
    assert "First visit Otterdown family" in said
    assert "Overdue" in said


def test_a_practitioner_sees_what_is_due_soon(place: Place) -> None:
    a_case(place, "Otterdown", weeks_ago=1)  # allocated last Saturday: five working days end today
    assert "First visit Otterdown family Friday 27 November 2026 Due soon" in section(home_of(place.worker), "due")


def test_what_is_due_later_is_not_shown_as_due(place: Place) -> None:
    a_case(place, "Otterdown", weeks_ago=0.2)
    assert "Nothing is late or due soon." in section(home_of(place.worker), "due")


def test_the_counts_agree_with_the_rows(place: Place) -> None:
    for number, weeks in enumerate((9, 8, 7, 1, 0.2)):
        a_case(place, f"Otter{number}down", weeks_ago=weeks)
    with acting_as(place.worker):
        rows = list(due.my_due(place.worker.pk, [], FRIDAY))
        counts = due.counts_in(rows[:1])
    assert counts.overdue == sum(row.lasts_until < FRIDAY for row in rows) == 3
    assert counts.due_soon == sum(row.lasts_until >= FRIDAY for row in rows) == 1
    said = read(place.worker, HOME)
    assert "Overdue 3" in said
    assert "Due soon 1" in said
    assert "My families 5" in said


def test_what_colleagues_owe_is_not_mine(place: Place) -> None:
    a_case(place, "Otterdown", to=place.colleague)
    assert "Otterdown" not in read(place.worker, HOME)


def test_my_families_come_with_their_next_deadline_and_last_visit(place: Place) -> None:
    a_case(place, "Otterdown")
    a_case(place, "Marshmere", weeks_ago=0.2)
    said = section(home_of(place.worker), "families")
    assert "Otterdown family Not visited yet First visit:" in said
    assert said.index("Otterdown") < said.index("Marshmere")


def test_a_family_that_was_handed_on_is_no_longer_mine(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    with acting_as(place.manager):
        allocate(
            episode=episode,
            to=place.colleague,
            children=2,
            needs="Mornings.",
            handover="All is written.",
            by=place.manager,
            at=FRIDAY - timedelta(days=1),
        )
    assert "Otterdown" not in read(place.worker, HOME)
    assert "Otterdown" in read(place.colleague, HOME)


def test_planned_visits_come_soonest_first_and_passed_ones_ask_to_be_recorded(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    with acting_as(place.worker):
        for days, purpose in ((3, "Bring the plan"), (-2, "See Ashby alone")):
            plan_visit(
                episode=episode,
                planned_for=FRIDAY + timedelta(days=days),
                place="home",
                purpose=purpose,
                by=place.worker,
                at=FRIDAY - timedelta(days=9),
            )
    said = section(home_of(place.worker), "visits")
    assert said.index("See Ashby alone") < said.index("Bring the plan")
    assert said.count("Record it") == 1


def test_an_assessment_that_was_sent_back_waits_for_the_lead_practitioner(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    assessment = a_submitted_assessment(place, episode, at=FRIDAY - timedelta(weeks=4))
    with acting_as(place.manager):
        return_assessment(assessment=assessment, comment="Say more of Ashby.", by=place.manager, at=FRIDAY)
    assert "Otterdown family" in section(home_of(place.worker), "returned")
    assert "Nothing was sent back to you." in section(home_of(place.colleague), "returned")


def test_a_proposal_to_close_that_was_sent_back_waits_for_the_lead_until_it_is_made_again(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    closure = a_proposal(episode, by=place.worker, at=FRIDAY - timedelta(days=2))
    assert "Nothing was sent back to you." in section(home_of(place.worker), "returned")
    with acting_as(place.manager):
        send_closure_back(closure=closure, reason="Ask school once more", by=place.manager, at=FRIDAY)
    home = home_of(place.worker)
    assert "Mina Manager: Ask school once more" in section(home, "returned")
    assert links_of(home)["Otterdown family"] is not None
    assert reverse("propose-closure", args=[episode.pk]) in home.content.decode()
    assert "Nothing was sent back to you." in section(home_of(place.colleague), "returned")
    a_proposal(episode, by=place.worker, at=FRIDAY, version=1)
    assert "Nothing was sent back to you." in section(home_of(place.worker), "returned")


def test_my_actions_in_plans_wait_until_they_are_done(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    goal = a_goal(episode, by=place.worker, at=FRIDAY - timedelta(weeks=2))
    words = {"what": "Ring the school", "owner": "Cora Colleague", "owner_user": place.colleague}
    an_action(goal, by=place.worker, at=FRIDAY - timedelta(weeks=2), due_on=date(2026, 11, 20), **words)
    assert "Ring the school" in section(home_of(place.colleague), "actions")
    assert "Overdue" in section(home_of(place.colleague), "actions")
    assert "Ring the school" not in read(place.worker, HOME)


def test_a_long_list_is_cut_short_and_shown_whole_page_by_page(place: Place) -> None:
    for number in range(SHOWN + 2):
        a_case(place, f"Otter{number:02}down")
    response = home_of(place.worker)
    assert section(response, "families").count("Otter") == SHOWN
    assert f"My families {SHOWN}+" in section(response, "main-content")
    whole = page_client(place.worker).get(links_of(response)["Show all: My families"])
    assert section(whole, "main-content").count("family") == SHOWN + 2


def test_a_practitioner_without_families_is_told_so(place: Place) -> None:
    assert "You lead no family yet." in read(place.teacher, HOME)


# A team manager


def test_a_manager_sees_who_waits_for_a_lead_practitioner(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser, name="Lanterngate")
    episode = a_requested_episode(place, family=family, at=FRIDAY - timedelta(days=1))
    response = home_of(place.manager)
    assert "Lanterngate family" in section(response, "waiting")
    assert "Allocate by Saturday 28 November 2026 at 9am" in section(response, "waiting")
    assert links_of(response)["Lanterngate family"] == reverse("allocate", args=[episode.pk])


def test_a_manager_sees_only_their_own_teams(place: Place) -> None:
    a_requested_episode(place, at=FRIDAY - timedelta(days=1))
    a_case(place, "Otterdown")
    said = read(place.other_manager, HOME)
    assert "No family waits." in said
    assert "Quillfeather" not in said
    assert "Otterdown" not in said


def test_an_assessment_waits_for_the_manager_until_it_is_judged(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    assessment = a_submitted_assessment(place, episode, at=FRIDAY - timedelta(weeks=4))
    assert "Otterdown family From Wilf Worker" in section(home_of(place.manager), "assessments")
    with acting_as(place.manager):
        return_assessment(assessment=assessment, comment="Say more of Ashby.", by=place.manager, at=FRIDAY)
    assert "No assessment waits for you." in section(home_of(place.manager), "assessments")


def test_a_proposal_to_close_waits_for_the_manager(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    an_agreed_plan(episode, by=place.worker, at=FRIDAY - timedelta(weeks=4))
    a_proposal(episode, by=place.worker, at=FRIDAY - timedelta(days=1))
    assert "Otterdown family From Wilf Worker Since 26 November 2026" in section(home_of(place.manager), "closures")


def test_a_manager_sees_the_oversight_they_owe_even_before_it_is_late(place: Place) -> None:
    a_case(place, "Otterdown", weeks_ago=0.2)
    said = section(home_of(place.manager), "oversight")
    assert "Management oversight (allocation) Otterdown family" in said
    assert "Upcoming" in said


def test_supervision_is_owed_when_it_is_close(place: Place) -> None:
    a_case(place, "Otterdown", weeks_ago=0.2)
    assert "Supervision" not in section(home_of(place.manager), "oversight")
    a_case(place, "Marshmere", weeks_ago=4.4)
    assert "Supervision Marshmere family" in section(home_of(place.manager), "oversight")


def test_a_manager_sees_what_each_worker_holds_and_how_much_is_late(place: Place) -> None:
    a_case(place, "Otterdown")
    a_case(place, "Marshmere", weeks_ago=0.2)
    said = read(place.manager, HOME)
    assert "Wilf Worker 2 4 1 0" in said
    assert "Cora Colleague 0 0 0 0" in said


def test_all_that_is_late_in_a_team_says_who_owes_it(place: Place) -> None:
    a_case(place, "Otterdown")
    said = read(place.manager, reverse("work-list", args=["late"]))
    assert "First visit Otterdown family, Wilf Worker" in said
    with acting_as(place.manager):
        late = Deadline.objects.filter(team=place.team, state="open", lasts_until__lt=FRIDAY).count()
    assert said.count("Overdue") == late


# Others


def test_the_hub_sees_how_much_waits_and_where_to_go(place: Place) -> None:
    a_request(by=place.worker, at=FRIDAY - timedelta(days=3))
    a_request(by=place.worker, at=FRIDAY - timedelta(hours=1))
    response = home_of(place.hub_adviser)
    said = section(response, "main-content")
    assert "Requests waiting 2" in said
    assert "Past their time 1" in said
    assert links_of(response)["Requests waiting"] == reverse("hub-queue")


def test_a_service_manager_sees_every_team(place: Place) -> None:
    a_case(place, "Otterdown")
    a_requested_episode(place, at=FRIDAY - timedelta(days=1))
    said = read(place.service_manager, HOME)
    with acting_as(place.service_manager):
        late = Deadline.objects.filter(team=place.team, state="open", lasts_until__lt=FRIDAY).count()
    assert f"{place.team.name} 1 1 {late}" in said
    assert f"{place.other_team.name} 0 0 0" in said


def test_every_team_is_shown_page_by_page(place: Place) -> None:
    assert place.other_team.name in read(place.service_manager, reverse("teams"))
    assert page_client(place.manager).get(reverse("teams")).status_code == 403


def test_an_administrator_sees_accounts_and_no_family(place: Place) -> None:
    a_case(place, "Otterdown")
    nobody = a_user(name="Norman Norole")
    said = read(place.administrator, HOME)
    assert "Baton shows you no family" in said
    assert "Without a role 1" in said
    assert "Otterdown" not in said
    assert nobody.name not in said


def test_somebody_without_a_role_is_told_where_to_turn(place: Place) -> None:
    response = page_client(a_user(name="Norman Norole")).get(HOME)
    assert "You hold no role yet" in section(response, "main-content")


def test_the_parts_of_several_roles_stand_below_each_other(place: Place) -> None:
    give_role(place.manager, Role.PRACTITIONER, place)
    give_role(place.manager, Role.HUB_ADVISER, place)
    a_case(place, "Otterdown", to=place.manager)
    response = home_of(User.objects.get(pk=place.manager.pk))
    said = section(response, "main-content")
    for part in ("Requests waiting", "Due from me", "My families", "My teams", "Who holds what", "Oversight owed"):
        assert part in said


def test_who_is_not_signed_in_is_asked_to(place: Place) -> None:
    assert page_client().get(HOME).status_code == 302


# Lists and how much they ask


@pytest.mark.parametrize("key", ["due", "families", "visits", "returned", "actions"])
def test_each_list_of_a_practitioner_opens_whole(place: Place, key: str) -> None:
    a_case(place, "Otterdown")
    assert page_client(place.worker).get(reverse("work-list", args=[key])).status_code == 200
    assert page_client(place.manager).get(reverse("work-list", args=[key])).status_code == 404


@pytest.mark.parametrize("key", ["waiting", "assessments", "closures", "oversight", "late"])
def test_each_list_of_a_manager_opens_whole(place: Place, key: str) -> None:
    a_case(place, "Otterdown")
    assert page_client(place.manager).get(reverse("work-list", args=[key])).status_code == 200
    assert page_client(place.worker).get(reverse("work-list", args=[key])).status_code == 404


def test_an_unknown_list_is_not_found(place: Place) -> None:
    assert page_client(place.worker).get(reverse("work-list", args=["nothing"])).status_code == 404


def test_a_home_page_asks_as_little_with_many_families_as_with_one(place: Place) -> None:
    a_case(place, "Otterdown")
    client = page_client(place.worker)
    client.get(HOME)
    with_one = client.queries
    for number in range(6):
        a_case(place, f"Marsh{number}mere")
    client.get(HOME)
    assert client.queries == with_one <= 10


def test_a_managers_home_asks_as_little_with_many_families_as_with_one(place: Place) -> None:
    a_case(place, "Otterdown")
    client = page_client(place.manager)
    client.get(HOME)
    with_one = client.queries
    for number in range(4):
        a_case(place, f"Marsh{number}mere")
    client.get(HOME)
    assert client.queries == with_one <= 9


def test_counts_of_the_whole_place_take_one_query_each(place: Place) -> None:
    with acting_as(place.service_manager), queries_counted() as counted:
        list(whole_place.teams_with_counts(at=FRIDAY)[:20])
    assert len(counted) == 1
    with acting_as(place.hub_adviser), queries_counted() as counted:
        whole_place.count_queue(at=FRIDAY)
    assert len(counted) == 1


def test_a_visit_without_a_date_is_not_past(place: Place) -> None:
    episode = a_case(place, "Otterdown")
    with acting_as(place.worker):
        visit = plan_visit(
            episode=episode,
            planned_for=FRIDAY + timedelta(days=1),
            place="home",
            purpose="",
            by=place.worker,
            at=FRIDAY,
        )
    visit.planned_for = None
    assert not work.is_past(visit, MONDAY)
