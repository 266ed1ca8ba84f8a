"""Staff who type a request are told whom we may know already; the public never is."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from baton.people.models import Family, Person
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, Draft, User
from baton.requests.models import RequestPerson
from tests.caseload.reading import words_of
from tests.client import PageClient, page_client
from tests.factories import Place, a_family, a_place
from tests.governance.test_need_to_know import restrict
from tests.limits import only
from tests.requests.filling_in import BY_A_PARENT, BY_A_TEACHER, CHILD, fill_in, send

pytestmark = pytest.mark.django_db
NEARLY = CHILD | {"given_name": "Nel"}
BORN = date(2016, 3, 27)


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def nells(place: Place) -> Family:
    """A family of the worker's team, with Nell."""
    return a_family(team=place.team, by=place.hub_adviser, name="Marshmarigold", children=(("Nell", BORN),))


def nell(place: Place, family: Family) -> Person:
    with acting_as(place.hub_adviser):
        return Person.objects.get(memberships__family=family, given_name="Nell")


def typed_by(user: User, child: dict[str, str] = NEARLY) -> tuple[PageClient, UUID, str]:
    """A request in which the first child was typed: the client, its key, and where typing led."""
    client, key = page_client(user), uuid4()
    fill_in(client, {"who": BY_A_TEACHER["who"]}, key=key)
    return client, key, client.post(f"/ask/{key}/children/1/", child)["Location"]


def sent(client: PageClient, key: UUID) -> None:
    """Answer the rest and send it."""
    fill_in(client, {step: typed for step, typed in BY_A_TEACHER.items() if step not in ("who", "children/1")}, key=key)
    assert send(client, key).status_code == 302


def linked(place: Place) -> list[int | None]:
    """Whom the hub finds linked to the people of requests."""
    with acting_as(place.hub_adviser):
        return list(RequestPerson.objects.values_list("person_id", flat=True))


def test_a_worker_is_asked_with_reasons_and_how_sure_before_anything_is_saved(place: Place, nells: Family) -> None:
    client, key, led = typed_by(place.worker)
    assert led == f"/ask/{key}/children/1/known/"
    said = words_of(client.get(led))
    assert "Do we know Nel Marshmarigold already?" in said
    assert "Nell Marshmarigold, born 27 March 2016, in the Marshmarigold family" in said
    assert "Almost certainly: " in said
    assert "same date of birth" in said
    assert linked(place) == []


def test_nobody_is_asked_about_somebody_who_is_like_nobody_known(place: Place, nells: Family) -> None:
    _, key, led = typed_by(place.worker, CHILD | {"given_name": "Zebedee", "family_name": "Otterby"})
    assert led == f"/ask/{key}/children/"


def test_what_was_said_goes_to_the_hub_with_the_request(place: Place, nells: Family) -> None:
    client, key, led = typed_by(place.worker)
    known = str(nell(place, nells).pk)
    assert client.post(led, {}).status_code == 422
    assert client.post(led, {"same_as": known})["Location"] == f"/ask/{key}/children/"
    assert "You said which of the people we know this is" in words_of(client.get(f"/ask/{key}/children/"))
    sent(client, key)
    assert linked(place) == [int(known)]


@pytest.mark.parametrize("said", ["new", "not_sure"])
def test_somebody_else_and_not_being_sure_leave_it_to_the_hub(place: Place, nells: Family, said: str) -> None:
    client, key, led = typed_by(place.worker)
    client.post(led, {"same_as": said})
    sent(client, key)
    assert linked(place) == [None]


def test_another_name_typed_afterwards_takes_back_who_it_was(place: Place, nells: Family) -> None:
    client, key, led = typed_by(place.worker)
    client.post(led, {"same_as": str(nell(place, nells).pk)})
    other = CHILD | {"given_name": "Bran", "family_name": "Otterby"}
    assert client.post(f"/ask/{key}/children/1/", other)["Location"] == f"/ask/{key}/children/"
    sent(client, key)
    assert linked(place) == [None]


def test_of_a_family_one_may_not_open_only_that_somebody_is_known_is_said(place: Place, nells: Family) -> None:
    client, key, led = typed_by(place.stranger, CHILD)
    assert led == f"/ask/{key}/children/"
    said = words_of(client.get(led))
    assert "is known in a family you do not hold" in said
    assert "Marshmarigold family" not in said


def test_whoever_says_that_somebody_is_a_person_they_may_not_see_links_nobody(place: Place, nells: Family) -> None:
    client, key, _ = typed_by(place.stranger, CHILD)
    slip_in(key, same_as=nell(place, nells))
    sent(client, key)
    assert linked(place) == [None]


def test_the_public_form_never_answers(place: Place, nells: Family) -> None:
    client = page_client()
    first = ("danger", "who", "you", "children/1")
    key = fill_in(client, {step: BY_A_PARENT[step] for step in first})
    assert "known" not in words_of(client.get(f"/ask/{key}/children/"))
    assert "sign-in" in client.get(f"/ask/{key}/children/1/known/")["Location"]
    slip_in(key, same_as=nell(place, nells))
    fill_in(client, {step: typed for step, typed in BY_A_PARENT.items() if step not in first}, key=key)
    assert send(client, key).status_code == 302
    assert linked(place) == [None]


def test_a_closed_family_is_nowhere_for_who_is_not_named(place: Place, nells: Family) -> None:
    restrict(place, nells.pk, place.manager)
    client, key, led = typed_by(place.worker, CHILD)
    assert led == f"/ask/{key}/children/"
    assert "known" not in words_of(client.get(led))


def test_whoever_looks_all_the_time_goes_on_and_leaves_it_to_the_hub(place: Place, nells: Family) -> None:
    with only(1):
        client, key, led = typed_by(place.worker)
        assert led == f"/ask/{key}/children/1/known/"
        assert client.get(led)["Location"] == f"/ask/{key}/children/"
        said = words_of(client.get(f"/ask/{key}/children/"))
        assert "nobody was looked for this time" in said
        assert client.post(led, {}).status_code == 302
        assert client.post(f"/ask/{key}/children/2/", CHILD)["Location"] == f"/ask/{key}/children/"
    with acting_as(place.governance):
        assert not AccessEntry.objects.filter(what="likely matches for a request").exists()


def test_the_page_shown_again_after_a_slip_is_a_look_again(place: Place, nells: Family) -> None:
    client, _, led = typed_by(place.worker)
    client.get(led)
    assert client.post(led, {}).status_code == 422
    with acting_as(place.governance):
        looks = AccessEntry.objects.filter(what="likely matches for a request")
        assert [look.family_id for look in looks] == [nells.pk, nells.pk]


def slip_in(key: UUID, *, same_as: Person) -> None:
    """What somebody might send who was not asked."""
    typed = Draft.objects.get(path=f"/ask/{key}/children/1/")
    Draft.objects.create(
        holder=typed.holder, path=f"{typed.path}known/", typed={"same_as": [str(same_as.pk)]}, saved_at=typed.saved_at
    )
