"""Who sees a family, in the browser: a team around it, a restriction, an emergency, an audit, the misuse watch."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Place, an_allocated_episode
from tests.factories.guarded import an_alert
from tests.governance.test_need_to_know import a_child
from tests.journeys.browser import check, screenshot
from tests.journeys.conftest import SignIn
from tests.journeys.roads import Road, in_each_place_wide_or_narrow, leader, led
from tests.measures.test_figures import within

pytestmark = [pytest.mark.browser, pytest.mark.commits]


def fill_day(page: Page, group: str, day: str, month: str, year: str) -> None:
    asked = page.get_by_role("group", name=group)
    for label, typed in (("Day", day), ("Month", month), ("Year", year)):
        asked.get_by_label(label).fill(typed)


@in_each_place_wide_or_narrow
def test_an_old_link_is_refused_once_somebody_has_left_the_team_around(
    place: Place, person: SignIn, road: Road, phone: bool
) -> None:
    # Given somebody whom who leads added to the team around a family: a teacher; where one leads, a worker elsewhere
    joins = "teacher" if road.lead == "worker" else "stranger"
    family = f"/families/{led(place, road).family_id}/"
    lead = person(road.lead, phone=phone)
    lead.goto(family)
    lead.get_by_role("link", name="Who sees it").click()
    check(lead)
    lead.get_by_role("button", name="Add somebody").click()
    check(lead)
    lead.get_by_label("Their e-mail address, if they use Baton").fill(getattr(place, joins).email)
    lead.get_by_label("What do they do for the family?").fill("mornings")
    lead.get_by_role("button", name="Add them").click()
    lead.get_by_text("They are in the team around the family.").wait_for()
    joined = person(joins, phone=phone)
    joined.goto(f"{family}timeline/")
    expect(joined.get_by_role("heading", name="Joined the team around the family")).to_be_visible()

    # When the lead takes them out
    lead.get_by_role("link", name="They have left").click()
    check(lead)
    lead.get_by_role("button", name="They have left").click()
    lead.get_by_text("They are no longer in the team around the family.").wait_for()

    # Then the links they kept lead nowhere
    for part in ("", "timeline/", "who-sees/", "chronology/"):
        told = joined.goto(family + part)
        assert told is not None
        assert told.status == 404
    expect(joined.get_by_role("link", name="I need this in an emergency")).to_be_visible()
    check(joined)


@in_each_place_wide_or_narrow
def test_an_emergency_from_search_to_review(place: Place, person: SignIn, road: Road, phone: bool) -> None:
    # Given a family of another team, known to search
    family_id = led(place, road).family_id
    child = a_child(place, family_id)
    born = child.date_of_birth
    assert born is not None
    page = person("stranger", phone=phone)
    page.goto("/find/")
    page.get_by_label("Who are you looking for?").fill(f"{child.name} {born:%d/%m/%Y}")
    page.get_by_role("button", name="Find", exact=True).click()
    check(page)

    # When somebody opens it in an emergency
    page.get_by_role("link", name="I need this in an emergency").click()
    check(page)
    page.get_by_label("First name of a child or adult").fill(child.given_name)
    page.get_by_label("Last name").fill(child.family_name)
    fill_day(page, "Date of birth", str(born.day), str(born.month), str(born.year))
    page.get_by_label("Why do you need this now?").fill("The police rang: they are at the house")
    page.get_by_role("button", name="Open the family now").click()
    expect(page.get_by_text("This family is open to you until")).to_be_visible()
    expect(page.get_by_text(f"{road.term('lead_practitioner')}: {leader(place, road).name}")).to_be_visible()
    check(page)

    # Then its manager is told, reads what was opened, and judges it
    manager = person("manager", phone=phone)
    check(manager)
    manager.locator("main").get_by_role("link", name="Emergencies").click()
    check(manager)
    manager.get_by_role("link", name="Stan Stranger opened the").click()
    expect(manager.get_by_text("Opened the family page").first).to_be_visible()
    check(manager)
    manager.get_by_role("button", name="Review it").click()
    check(manager)
    manager.get_by_label("It was justified").check()
    manager.get_by_label("What did you find out, and what follows?").fill("The police confirmed their call")
    manager.get_by_role("button", name="Record the review").click()
    expect(manager.get_by_text("None waits for a review.")).to_be_visible()


@in_each_place_wide_or_narrow
def test_information_governance_restricts_a_family_and_closes_an_alert(
    place: Place, person: SignIn, road: Road, phone: bool
) -> None:
    family_id = led(place, road).family_id
    an_alert(place)
    page = person("governance", phone=phone)
    check(page)
    page.locator("main").get_by_role("link", name="Misuse watch").click()
    check(page)
    page.get_by_role("link", name="No working relation: Otis Elsewhere").click()
    check(page)
    page.get_by_role("button", name="Close it").click()
    check(page)
    page.get_by_label("Fair use: there was a good reason").check()
    page.get_by_label("How do you know?").fill("The hub had asked for it")
    page.get_by_role("button", name="Close the alert").click()
    expect(page.get_by_text("None waits for you.")).to_be_visible()

    page.goto("/")
    page.locator("main").get_by_role("link", name="Restrictions to review").click()
    page.get_by_label("Number of the family to restrict").fill(str(family_id))
    page.get_by_role("button", name="Carry on").click()
    check(page)
    page.get_by_label("Why may nobody else see this family?").fill("A parent works for the council")
    page.get_by_label("Who goes on seeing it?").fill(leader(place, road).email)
    page.get_by_label("Why these people?").fill("They lead the work")
    page.get_by_role("button", name="Restrict the family").click()
    expect(page.get_by_text("Nobody but the people named sees it").first).to_be_visible()
    check(page)
    colleague = person("colleague", phone=phone)
    told = colleague.goto(f"/families/{family_id}/")
    assert told is not None
    assert told.status == 404


@in_each_place_wide_or_narrow
def test_an_audit_is_made_and_read(place: Place, person: SignIn, road: Road, phone: bool) -> None:
    led(place, road)
    page = person("service_manager", phone=phone)
    page.goto("/audits/")
    page.get_by_role("button", name="Make an audit").click()
    check(page)
    screenshot(page, f"{'phone-' if phone else ''}audit-make-{road}")
    page.get_by_label("What is it called?").fill("Autumn 2026, neglect")
    page.get_by_label("What do you want to learn?").fill("Are children heard?")
    page.get_by_label("Who reads?").select_option(label="Aud Auditor")
    page.get_by_role("button", name="Make it").click()
    check(page)
    screenshot(page, f"{'phone-' if phone else ''}audit-{road}")
    auditor = person("auditor", phone=phone)
    check(auditor)
    auditor.locator("main").get_by_role("link", name="Audits").click()
    check(auditor)
    auditor.get_by_role("link", name="Autumn 2026, neglect").click()
    check(auditor)
    auditor.get_by_role("link", name="Quillfeather family").click()
    expect(auditor.get_by_role("heading", name="What happened")).to_be_visible()
    expect(auditor.get_by_role("main")).to_contain_text(road.level_of_need.title)


@in_each_place_wide_or_narrow
def test_an_analyst_reads_a_quarter_and_takes_it_as_a_file(
    place: Place, person: SignIn, road: Road, phone: bool
) -> None:
    for _ in range(11):
        an_allocated_episode(place, framework=road.place, level=road.level, at=within(2))
    page = person("analyst", phone=phone)
    check(page)
    page.locator("main").get_by_role("link", name="Figures").click()
    check(page)
    route = page.get_by_role("region", name="Begun by route")
    expect(route.get_by_text("all but fewer than 5")).to_be_visible()
    expect(page.get_by_role("region", name="Begun by reason")).to_contain_text(road.reason)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download these figures (CSV)").click()
    assert begun.value.suggested_filename.startswith("figures-")
    told = page.goto("/find/")
    assert told is not None
    assert told.status == 403


@in_each_place_wide_or_narrow
def test_a_family_is_brought_to_the_panel_and_its_chair_reads_it_until_the_panel_has_decided(
    place: Place, person: SignIn, road: Road, phone: bool
) -> None:
    family = f"/families/{led(place, road).family_id}/"
    lead = person(road.lead, phone=phone)
    lead.goto(f"{family}who-sees/")
    panel = road.framework.terms.get("panel", "panel")
    lead.get_by_role("link", name=f"Bring this family to the {panel}").click()
    check(lead)
    screenshot(lead, f"{'phone-' if phone else ''}panel-bring-{road}")
    lead.get_by_label("What should they consider?").fill("The plan has not moved for two reviews.")
    lead.get_by_role("button", name="Bring this family").click()
    expect(lead.get_by_text("Not decided yet")).to_be_visible()
    check(lead)

    chair = person("panel_chair", phone=phone)
    check(chair)
    chair.locator("main").get_by_role("link", name="Panel").click()
    check(chair)
    chair.get_by_role("link", name="Quillfeather family", exact=True).click()
    expect(chair.get_by_role("heading", name="What happened")).to_be_visible()
    chair.goto("/panel/")
    expect(chair.get_by_role("heading", level=1)).to_have_text(f"Families before the {panel}")
    screenshot(chair, f"{'phone-' if phone else ''}panel-{road}")
    chair.get_by_role("link", name="Record the decision").click()
    check(chair)
    screenshot(chair, f"{'phone-' if phone else ''}panel-decide-{road}")
    chair.get_by_label("Early help meets the need").check()
    chair.get_by_label("What was decided, and what do they advise?").fill("The school nurse joins the team.")
    chair.get_by_role("button", name="Record the decision").click()
    expect(chair.get_by_text(f"No family is before the {panel}.")).to_be_visible()
    told = chair.goto(family)
    assert told is not None
    assert told.status == 404
