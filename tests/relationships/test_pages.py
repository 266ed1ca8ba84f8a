"""The genogram and the network in the browser: drawn from the rows beside them, said in words, on paper too."""

from datetime import timedelta
from typing import Any

import pytest

from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from baton.platform.pdf import pdf_of
from baton.relationships.models import NetworkTie, Relationship
from baton.relationships.presenters.on_paper import ecomap_paper
from tests.client import page_client
from tests.factories.times import MONDAY
from tests.relationships.recorded import Known, a_known_family

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=30)


@pytest.fixture
def known() -> Known:
    with stopped_at(NOW):
        return a_known_family()


def opened(known: Known, path: str, **asked: str) -> str:
    with stopped_at(NOW):
        return page_client(known.place.worker).get(f"/families/{known.family.pk}/{path}", asked).content.decode()


def sent(known: Known, path: str, **typed: Any) -> Any:
    with stopped_at(NOW):
        return page_client(known.place.worker).post(path, typed)


def relate(known: Known, person: str, kind: str, relative: str, **more: str) -> Any:
    typed = {"person": known.id(person), "kind": kind, "relative": known.id(relative), "standing": "now"}
    return sent(known, f"/families/{known.family.pk}/relationships/add/", **typed, **more)


def rows(known: Known) -> list[Relationship]:
    with acting_as(known.place.worker):
        return list(Relationship.objects.order_by("pk"))


def ties(known: Known) -> list[NetworkTie]:
    with acting_as(known.place.worker):
        return list(NetworkTie.objects.order_by("pk"))


def test_before_anything_is_recorded_everybody_is_drawn_unconnected(known: Known) -> None:
    page = opened(known, "genogram/")
    assert "Nobody has said yet how people in this family are related" in page
    assert 'role="img"' in page
    assert "style=" not in page


def test_a_relationship_is_entered_once_and_read_from_both_sides(known: Known) -> None:
    assert relate(known, "Marigold", "birth_mother", "Ashby").status_code == 302
    assert relate(known, "Marigold", "birth_mother", "Bramwell").status_code == 302
    page = opened(known, "genogram/")
    assert "Marigold Quillfeather is the birth mother of Ashby Quillfeather" in page
    assert "birth mother of Ashby Quillfeather and Bramwell Quillfeather" in page
    assert "child of Marigold Quillfeather" in page
    assert "brother or sister of Bramwell Quillfeather" in page
    with acting_as(known.place.worker):
        assert AccessEntry.objects.filter(family_id=known.family.pk, what="genogram").exists()


@pytest.mark.parametrize(
    ("person", "kind", "relative", "why"),
    [
        ("Ashby", "birth_mother", "Marigold", "at least 10 years older than the child"),
        ("Marigold", "married", "Marigold", "Choose two different people"),
        ("Ashby", "married", "Bill", "is at least 16"),
    ],
)
def test_nonsense_is_refused_in_words_and_what_was_typed_is_kept(
    known: Known, person: str, kind: str, relative: str, why: str
) -> None:
    answer = relate(known, person, kind, relative, note="From the midwife")
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert "From the midwife" in answer.content.decode()
    assert rows(known) == []


def test_what_is_missing_is_asked_for(known: Known) -> None:
    page = sent(known, f"/families/{known.family.pk}/relationships/add/").content.decode()
    for said in ("Select who it is about", "Select how they are related", "Select how it stands"):
        assert said in page


def test_a_marriage_that_ended_needs_to_say_how(known: Known) -> None:
    ended = {"ended_on-day": "1", "ended_on-month": "6", "ended_on-year": "2020"}
    page = relate(known, "Marigold", "married", "Bill", **ended).content.decode()
    assert "Select how it ended" in page


def test_a_couple_separates_and_the_picture_of_an_earlier_day_shows_them_together(known: Known) -> None:
    since = {"from_on-day": "1", "from_on-month": "6", "from_on-year": "2012"}
    relate(known, "Marigold", "married", "Bill", **since)
    (row,) = rows(known)
    path = f"/relationships/{row.pk}/"
    with stopped_at(NOW):
        assert "are married" in page_client(known.place.worker).get(path).content.decode()
    until = {"ended_on-day": "1", "ended_on-month": "6", "ended_on-year": "2020"}
    typed = {"kind": "married", "standing": "divorced", "version": row.version, **since, **until}
    assert sent(known, path, **typed).status_code == 302
    now = opened(known, "genogram/")
    assert "m. 2012, div. 2020" in now
    assert "divorced from Bill Marshgate" in now
    then = opened(known, "genogram/", **{"on-day": "1", "on-month": "1", "on-year": "2015"})
    assert "div. 2020" not in then
    assert "spouse of" in then or "wife of Bill" in then
    assert "Divorced 1 June 2020" in now


def test_two_who_change_the_same_are_both_shown(known: Known) -> None:
    relate(known, "Marigold", "living_together", "Bill")
    (row,) = rows(known)
    typed = {"kind": "living_together", "standing": "now", "version": row.version}
    sent(known, f"/relationships/{row.pk}/", **typed, note="First")
    answer = sent(known, f"/relationships/{row.pk}/", **typed, note="Second")
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()


def test_a_mistake_is_struck_out_with_a_reason(known: Known) -> None:
    relate(known, "Nora", "birth_mother", "Ashby")
    (row,) = rows(known)
    assert sent(known, f"/relationships/{row.pk}/strike/").status_code == 422
    assert sent(known, f"/relationships/{row.pk}/strike/", because="She is the grandmother").status_code == 302
    assert (
        "birth mother" not in opened(known, "genogram/").split("What is recorded")[1].split("The picture in words")[0]
    )
    with stopped_at(NOW):
        assert page_client(known.place.worker).get(f"/relationships/{row.pk}/").status_code == 404


def test_a_new_relative_is_drawn_and_one_sent_twice_is_added_once(known: Known) -> None:
    typed = {
        "given_name": "Ted", "family_name": "Otterdown", "sex": "M", "kind": "birth_father",
        "relative": known.id("Marigold"), "form_key": "6f1d6f5e-0000-4000-8000-00000000000a",
    }  # fmt: skip
    for _ in range(2):
        assert sent(known, f"/families/{known.family.pk}/relatives/add/", **typed).status_code == 302
    page = opened(known, "genogram/")
    assert "Ted Otterdown is the birth father of Marigold Quillfeather" in page
    assert len(rows(known)) == 1


def test_a_relative_may_be_somebodys_child(known: Known) -> None:
    typed = {"given_name": "Kit", "family_name": "Otter", "sex": "F", "kind": "back:birth_mother",
             "relative": known.id("Marigold")}  # fmt: skip
    assert sent(known, f"/families/{known.family.pk}/relatives/add/", **typed).status_code == 302
    assert "daughter of Marigold Quillfeather" in opened(known, "genogram/")


def test_who_may_be_known_already_is_shown_before_anybody_is_added(known: Known) -> None:
    other = a_known_family(known.place)
    typed = {"given_name": "Nora", "family_name": "Marshgate", "sex": "F", "kind": "friend",
             "relative": known.id("Marigold")}  # fmt: skip
    with acting_as(known.place.worker):
        before = Relationship.objects.count()
    answer = sent(known, f"/families/{known.family.pk}/relatives/add/", **typed)
    assert answer.status_code == 422
    assert "Is it one of these people?" in answer.content.decode()
    typed["same_as"] = str(other.id("Nora"))
    assert sent(known, f"/families/{known.family.pk}/relatives/add/", **typed).status_code == 302
    with acting_as(known.place.worker):
        assert Relationship.objects.count() == before + 1


def test_the_family_page_leads_to_both_pictures(known: Known) -> None:
    page = opened(known, "")
    assert f"/families/{known.family.pk}/genogram/" in page
    assert f"/families/{known.family.pk}/network/" in page


def add(known: Known, **more: Any) -> Any:
    typed = {"name": "Larkmere School", "kind": "school", "member": "all", "strength": "strong", "energy": "both"}
    return sent(known, f"/families/{known.family.pk}/network/add/", **(typed | more))


def test_the_network_is_drawn_and_listed(known: Known) -> None:
    assert "Nobody has recorded yet who or what supports" in opened(known, "network/")
    assert add(known).status_code == 302
    assert add(known, member=str(known.id("Ashby")), strength="stressful", energy="from_family").status_code == 302
    page = opened(known, "network/")
    assert "Larkmere School, with Ashby Quillfeather: Stressful or in conflict" in page
    assert "with Ashby" in page.split("</svg>")[0]
    assert add(known).status_code == 422


def test_a_tie_changes_and_both_stand_in_the_list(known: Known) -> None:
    add(known)
    (tie,) = ties(known)
    day = {"from_on-day": "1", "from_on-month": "10", "from_on-year": "2026"}
    with stopped_at(NOW):
        assert page_client(known.place.worker).get(f"/ties/{tie.pk}/change/").status_code == 200
    answer = sent(known, f"/ties/{tie.pk}/change/", strength="weak", energy="neither", version=1, **day)
    assert answer.status_code == 302
    page = opened(known, "network/")
    assert "On other days" in page
    assert page.index("Weak or uncertain") < page.index("On other days") < page.rindex("Strong")


def test_a_tie_is_corrected_ended_and_struck_out(known: Known) -> None:
    add(known)
    (tie,) = ties(known)
    with stopped_at(NOW):
        assert "Larkmere School" in page_client(known.place.worker).get(f"/ties/{tie.pk}/").content.decode()
    typed = {"name": "Otterdown Academy", "kind": "school", "member": "all", "strength": "weak", "energy": "both",
             "version": 1}  # fmt: skip
    assert sent(known, f"/ties/{tie.pk}/", **typed).status_code == 302
    assert "Otterdown Academy" in opened(known, "network/")
    assert sent(known, f"/ties/{tie.pk}/strike/", because="Another family’s").status_code == 302
    assert "Otterdown Academy" not in opened(known, "network/")


def test_a_name_in_a_script_without_a_font_still_makes_a_pdf(known: Known) -> None:
    assert add(known, name="الجدة").status_code == 302
    with acting_as(known.place.worker):
        paper = ecomap_paper(known.family, on=NOW.date())
    assert pdf_of("picture", {**paper, "made": "Made today"}).startswith(b"%PDF")


def test_those_who_do_not_hold_the_family_find_nothing(known: Known) -> None:
    relate(known, "Marigold", "birth_mother", "Ashby")
    add(known)
    family, row, tie = known.family.pk, rows(known)[0].pk, ties(known)[0].pk
    paths = [f"/families/{family}/{each}/" for each in ("genogram", "network")]
    paths += [f"/relationships/{row}/", f"/relationships/{row}/strike/", f"/ties/{tie}/", f"/ties/{tie}/change/"]
    for path in paths:
        assert page_client(known.place.stranger).get(path).status_code == 404
        assert page_client(known.place.hub_adviser).get(path).status_code == 403
        assert page_client().get(path).status_code == 302


def test_a_wide_picture_opens_on_the_children_and_can_be_seen_whole(known: Known) -> None:
    for name in ("Bill", "Piers"):
        relate(known, name, "birth_father", "Ashby" if name == "Bill" else "Bramwell")
    relate(known, "Marigold", "birth_mother", "Ashby")
    page = opened(known, "genogram/")
    assert '<span id="focus"></span>' in page
    assert 'href="#focus">Go to the children</a>' in page
    whole = opened(known, "genogram/", whole="on")
    assert "baton-drawn--whole" in whole
    assert 'id="focus"' not in whole
    assert "Show it at its full size" in whole
