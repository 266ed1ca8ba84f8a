"""A person's record on pages, one subject a page, with what stood before; warnings; the family on a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from baton.people.actions import give_warning, record_over_time
from baton.people.actions.warnings import Warned
from baton.people.forms.facts import SendForm
from baton.people.models import (
    Address,
    ContactPoint,
    FamilyMember,
    FamilyWarning,
    Involvement,
    ParentalResponsibility,
    Person,
    PersonName,
    Residence,
    Setting,
)
from baton.people.presenters.record import SUBJECTS
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from tests.client import PageClient, page_client
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.times import MONDAY
from tests.html import parse, text_of

pytestmark = pytest.mark.django_db
WEDNESDAY = MONDAY + timedelta(days=2)  # 7 October 2026


@pytest.fixture(autouse=True)
def it_is_wednesday() -> Iterator[None]:
    with stopped_at(WEDNESDAY):
        yield


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def ashby(place: Place) -> FamilyMember:
    return member_of(place, an_allocated_episode(place).family_id, "Ashby")


@pytest.fixture
def client(place: Place) -> PageClient:
    return page_client(place.worker)


def member_of(place: Place, family_id: int, given_name: str) -> FamilyMember:
    with acting_as(place.manager):
        return FamilyMember.objects.select_related("person", "family").get(
            family_id=family_id, person__given_name=given_name
        )


def person_of(place: Place, member: FamilyMember) -> Person:
    with acting_as(place.manager):
        return Person.objects.get(pk=member.person_id)


def words_of(response: HttpResponse) -> str:
    return text_of(parse(response.content.decode()).find(".//main"))


def record(member: FamilyMember, subject: str) -> str:
    return reverse("person", args=[member.pk, subject])


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def send(client: PageClient, path: str, **typed: object) -> HttpResponse:
    return client.post(path, {"form_key": str(uuid4()), **typed})


def test_each_subject_has_a_page_and_each_look_leaves_a_trace(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    for subject in SUBJECTS.values():
        page = client.get(record(ashby, subject.slug))
        assert subject.title in words_of(page)
        with acting_as(place.manager):
            assert AccessEntry.objects.filter(what=f"person: {subject.slug}", family_id=ashby.family_id).exists()
    assert client.get(record(ashby, "nonsense")).status_code == 404


def test_the_family_page_leads_to_each_persons_record(ashby: FamilyMember, client: PageClient) -> None:
    page = client.get(reverse("family", args=[ashby.family_id])).content.decode()
    assert record(ashby, "identity") in page
    assert reverse("family-on", args=[ashby.family_id]) in page


@pytest.mark.parametrize(
    ("fact", "typed", "subject", "said"),
    [
        ("birth", day("date_of_birth", date(2013, 5, 2)), "identity", "Born 2 May 2013"),
        ("sex", {"sex": "M"}, "identity", "Male"),
        ("gender", {"gender": "09"}, "identity", "Neither of these"),
        ("ethnicity", {"ethnicity": "WROM"}, "identity", "Gypsy or Roma"),
        ("death", day("died_on", date(2026, 10, 1)), "identity", "Died 1 October 2026"),
        ("nhs-number", {"nhs_number": "999 000-0018"}, "identifiers", "999 000 0018"),
        ("nhs-number", {"no_nhs_number": "not_asked"}, "identifiers", "None: Nobody has asked yet"),
        ("upn", {"upn": "b801 2000 05001"}, "identifiers", "B801200005001"),
        ("upn", {"no_upn": "UN3"}, "identifiers", "None: Educated outside England"),
        ("uln", {"uln": "9276308686"}, "identifiers", "9276308686"),
        ("uln", {"no_uln": "too_young"}, "identifiers", "None: None is given before 14"),
        ("disability", {"disabilities": ["AUT", "HEAR"]}, "health-and-education", "Autism or Asperger syndrome"),
        ("send", {"send": "K", "send_needs": ["SLCN"]}, "health-and-education", "SEN support at school: Speech"),
        ("language", {"first_language": "pl"}, "communication", "Polish"),
        ("interpreter", {"interpreter_needed": "yes", "interpreter_language": "bfi"}, "communication", "British Sign"),
        ("communication", {"communication": "Large print"}, "communication", "Large print"),
    ],
)
def test_a_fact_is_changed_on_a_page_of_its_own_and_what_stood_is_shown(
    ashby: FamilyMember, client: PageClient, fact: str, typed: dict[str, object], subject: str, said: str
) -> None:
    path = reverse("change-fact", args=[ashby.pk, fact])
    version = ashby.person.version
    assert f'name="version" value="{version}"' in client.get(path).content.decode()
    answer = send(client, path, version=str(version), **typed)
    assert answer["Location"] == record(ashby, subject), words_of(answer)
    shown = words_of(client.get(record(ashby, subject)))
    assert said in shown
    assert "changed by Wilf Worker" in shown


@pytest.mark.parametrize(
    ("fact", "typed", "sentence"),
    [
        ("nhs-number", {"nhs_number": "0000000000"}, "Check the NHS number"),
        ("nhs-number", {"nhs_number": "9990000018", "no_nhs_number": "not_asked"}, "not both"),
        ("upn", {"upn": "B801"}, "Check the UPN"),
        ("uln", {"uln": "0123456789"}, "Check the ULN"),
        ("send", {"send": "S"}, "Select one of the answers offered"),
        ("disability", {"disabilities": ["NONE", "AUT"]}, "alone"),
        ("ethnicity", {}, "Select an ethnicity"),
    ],
)
def test_what_cannot_be_says_what_to_do(
    ashby: FamilyMember, client: PageClient, fact: str, typed: dict[str, object], sentence: str
) -> None:
    answer = send(client, reverse("change-fact", args=[ashby.pk, fact]), version="1", **typed)
    assert answer.status_code == 422
    assert sentence in words_of(answer)


def test_a_list_offers_only_what_is_in_force_and_says_what_was_recorded_before(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    with acting_as(place.worker):
        Person.objects.filter(pk=ashby.person_id).update(send="S")
    page = client.get(reverse("change-fact", args=[ashby.pk, "send"])).content.decode()
    assert "recorded as “Statement”, which is not used any more" in page
    assert 'value="S"' not in page
    assert 'value="BESD"' not in page
    assert 'value="SEMH"' in page
    past = [code for code, _ in SendForm(today=date(2013, 10, 7)).fields["send_needs"].choices]  # type: ignore[attr-defined]
    assert "BESD" in past
    assert "SEMH" not in past


def test_the_second_of_two_who_change_a_fact_is_told(ashby: FamilyMember, client: PageClient, place: Place) -> None:
    path = reverse("change-fact", args=[ashby.pk, "ethnicity"])
    send(page_client(place.manager), path, version="1", ethnicity="WBRI")
    answer = send(client, path, version="1", ethnicity="MWBC")
    assert answer.status_code == 409
    assert "Mina Manager" in words_of(answer)
    assert send(client, path, version="2", ethnicity="MWBC").status_code == 302


def test_an_awaited_child_is_born_on_a_page(place: Place, ashby: FamilyMember, client: PageClient) -> None:
    with acting_as(place.worker):
        Person.objects.filter(pk=ashby.person_id).update(date_of_birth=None, due_on=date(2026, 10, 20))
    assert "Record the birth" in words_of(client.get(record(ashby, "identity")))
    path = reverse("record-birth", args=[ashby.pk])
    typed = {"version": "1", "given_name": "Juniper", "family_name": "Quillfeather", "sex": "F"}
    assert client.get(path).status_code == 200
    send(client, path, **typed, **day("born_on", date(2026, 10, 6)))
    born = person_of(place, ashby)
    assert (born.name, born.date_of_birth, born.due_on) == ("Juniper Quillfeather", date(2026, 10, 6), None)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("thing", "typed", "subject", "said"),
    [
        ("name", {"kind": "known_as", "given_name": "Ash"}, "names", "Known as"),
        ("contact", {"kind": "mobile", "value": "07700 900 982", "safety": "never"}, "contact", "Never use it"),
        ("setting", {"kind": "gp", "name": "Harbour Surgery", "code": "J81001"}, "health-and-education", "(J81001)"),
        ("setting", {"kind": "home"}, "health-and-education", "Educated at home"),
        (
            "agency",
            {"agency": "housing", "organisation": "Lantern Homes", "professional": "Tia"},
            "agencies",
            "Lantern Homes: Tia",
        ),
    ],
)
def test_what_holds_over_time_is_recorded_and_put_right(
    place: Place, ashby: FamilyMember, client: PageClient, thing: str, typed: dict[str, str], subject: str, said: str
) -> None:
    add = reverse("record-over-time", args=[ashby.pk, thing])
    assert client.get(add).status_code == 200
    answer = send(client, add, **typed, **day("from_on", date(2026, 3, 1)))
    assert answer.status_code == 302, words_of(answer)
    shown = words_of(client.get(record(ashby, subject)))
    assert said in shown
    assert "since 1 March 2026" in shown
    assert "by Wilf Worker" in shown
    with acting_as(place.worker):
        models = {"name": PersonName, "contact": ContactPoint, "setting": Setting, "agency": Involvement}
        row = models[thing].objects.filter(person=ashby.person).latest("id")  # type: ignore[attr-defined]
    correct = reverse("correct-over-time", args=[ashby.pk, thing, row.pk])
    assert client.get(correct).status_code == 200
    ended = day("from_on", date(2026, 3, 1)) | day("until_on", date(2026, 9, 1))
    assert send(client, correct, version="1", **typed, **ended).status_code == 302
    shown = words_of(client.get(record(ashby, subject)))
    assert "1 March 2026 to 1 September 2026" in shown
    assert "until was empty" in shown.casefold()


@pytest.mark.parametrize(
    ("thing", "typed", "sentence"),
    [
        ("contact", {"kind": "mobile", "value": "07700 900 982", "safety": "careful"}, "Say how it may be used"),
        ("contact", {"kind": "email", "value": "07700", "safety": "safe"}, "email address in the correct format"),
        ("setting", {"kind": "school"}, "Enter its name"),
        ("name", {"kind": "legal", "given_name": "Ash"}, "Enter a last name"),
        ("name", {"kind": "legal", "given_name": "Ash", "family_name": "Otter"}, "only one at a time"),
    ],
)
def test_what_cannot_hold_is_refused_with_a_sentence(
    ashby: FamilyMember, client: PageClient, thing: str, typed: dict[str, str], sentence: str
) -> None:
    answer = send(client, reverse("record-over-time", args=[ashby.pk, thing]), **typed)
    assert answer.status_code == 422
    assert sentence in words_of(answer)


def test_a_family_moves_and_the_picture_of_any_day_shows_who_lived_where(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    bramwell = member_of(place, ashby.family_id, "Bramwell")
    path = reverse("move-home", args=[ashby.pk])
    assert "Which address?" not in words_of(client.get(path))
    typed = {"lines": "1 Otter Lane", "postcode": "dt11xj", "uprn": "100 0012", "kind": "main"}
    answer = send(client, path, **typed, with_them=[str(bramwell.pk)], **day("from_on", date(2026, 1, 1)))
    assert answer.status_code == 302, words_of(answer)
    with acting_as(place.worker):
        address = Address.objects.get()
        assert (address.postcode, address.uprn) == ("DT1 1XJ", "1000012")
        assert Residence.objects.filter(address=address).count() == 2
    assert "1 Otter Lane, DT1 1XJ" in words_of(client.get(path))
    send(client, path, known="new", lines="2 Kettle Street", kind="main", **day("from_on", date(2026, 7, 1)))
    picture = reverse("family-on", args=[ashby.family_id])
    now = words_of(client.get(picture))
    assert "2 Kettle Street Ashby Quillfeather" in now
    before = words_of(client.get(picture, day("on", date(2026, 10, 5))))
    assert "Who was in the family on 5 October 2026" in before
    assert client.get(picture, {"on-day": "99", "on-month": "1", "on-year": "2026"}).status_code == 422
    bad = send(client, path, known="new", lines="", postcode="nowhere", uprn="12x", kind="main")
    for sentence in ("Enter an address", "Enter a real postcode", "Check the UPRN"):
        assert sentence in words_of(bad)


def test_the_family_on_a_day_says_which_agencies_worked_with_whom(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    row = Involvement(
        agency="health", organisation="Otter Surgery", professional="Nina Nurse", what_for="Sleep",
        from_on=date(2026, 9, 10), until_on=date(2026, 10, 1),
    )  # fmt: skip
    with acting_as(place.worker):
        record_over_time(member=ashby, row=row, by=place.worker, at=MONDAY)
    picture = reverse("family-on", args=[ashby.family_id])
    then = words_of(client.get(picture, day("on", date(2026, 9, 30))))
    assert "Ashby QuillfeatherOtter Surgery (Other health service)" in then
    assert "Nina Nurse, Sleep10 September 2026 to 1 October 2026" in then
    assert "No agency was recorded for that day." in words_of(client.get(picture, day("on", date(2026, 10, 1))))


def test_parental_responsibility_is_recorded_shown_and_ended(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    mother = member_of(place, ashby.family_id, "Marigold")
    path = reverse("record-responsibility", args=[ashby.pk])
    assert client.get(path).status_code == 200
    send(client, path, holder=str(mother.person_id), source="mother", evidence="Birth certificate")
    assert "Mother. Seen: Birth certificate" in words_of(client.get(record(ashby, "family")))
    with acting_as(place.worker):
        held = ParentalResponsibility.objects.get()
    end = reverse("end-responsibility", args=[ashby.pk, held.pk])
    assert "Marigold Quillfeather, for Ashby" in words_of(client.get(end))
    send(client, end, **day("ended_on", date(2026, 9, 1)))
    assert "until 1 September 2026" in words_of(client.get(record(ashby, "family")))


def warn(place: Place, member: FamilyMember, *, person: Person | None = None) -> FamilyWarning:
    warned = Warned(
        "visit_two", "Visit with two workers", "He threatened a colleague.", False, "Unsafe", date(2026, 12, 1)
    )
    with acting_as(place.worker):
        return give_warning(family=member.family, person=person, warned=warned, by=place.worker, at=WEDNESDAY)


def test_a_warning_is_given_and_stands_wherever_the_family_is_opened(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    typed = {
        "about": str(ashby.person_id), "kind": "visit_two", "text": "Visit with two workers",
        "reason": "He threatened a colleague.", "told": "no", "told_note": "It would put mum at risk",
    }  # fmt: skip
    path = reverse("give-warning", args=[ashby.family_id])
    assert client.get(path).status_code == 200
    send(client, path, **typed, **day("review_on", date(2026, 12, 1)))
    with acting_as(place.worker):
        episode = ashby.family.episodes.get()  # type: ignore[attr-defined]
    for name, key in (
        ("family", ashby.family_id), ("timeline", ashby.family_id), ("deadlines", ashby.family_id),
        ("family-on", ashby.family_id), ("record-visit", episode.pk), ("plan-visit", episode.pk),
        ("visits", episode.pk), ("edit-member", ashby.pk),
    ):  # fmt: skip
        assert "Visit with two workers" in client.get(reverse(name, args=[key])).content.decode(), name
    shown = words_of(client.get(reverse("warnings", args=[ashby.family_id])))
    assert "They were not told: It would put mum at risk" in shown
    assert "Review by 1 December 2026" in shown


def test_a_review_that_is_overdue_is_said_and_the_warning_kept_or_ended(
    place: Place, ashby: FamilyMember, client: PageClient
) -> None:
    warning = warn(place, ashby, person=ashby.person)
    later = WEDNESDAY + timedelta(days=60)
    with stopped_at(later):
        page = client.get(reverse("family", args=[ashby.family_id])).content.decode()
        assert "nobody has looked at it since" in page
        assert "Review overdue" in words_of(client.get(reverse("warnings", args=[ashby.family_id])))
        review = reverse("review-warning", args=[ashby.family_id, warning.pk])
        assert client.get(review).status_code == 200
        send(client, review, version="1", found="Still so", **day("next_on", date(2027, 3, 1)))
        shown = words_of(client.get(reverse("warnings", args=[ashby.family_id])))
        assert "Looked at again 6 December 2026 by Wilf Worker: Still so" in shown
        too_late = send(client, review, version="2", found="Still", **day("next_on", date(2029, 3, 1)))
        assert "within a year" in words_of(too_late)
        end = reverse("end-warning", args=[ashby.family_id, warning.pk])
        assert client.get(end).status_code == 200
        send(client, end, version="2", because="He moved away")
        assert "Ended 6 December 2026 by Wilf Worker: He moved away" in words_of(
            client.get(reverse("warnings", args=[ashby.family_id]))
        )
        assert "Visit with two workers" not in client.get(reverse("family", args=[ashby.family_id])).content.decode()
        assert client.get(end).status_code == 404


def test_a_persons_warning_goes_with_them_into_their_other_family(place: Place, ashby: FamilyMember) -> None:
    warn(place, ashby, person=ashby.person)
    other = an_allocated_episode(place, to=place.colleague, at=MONDAY + timedelta(days=1), family=None)
    with acting_as(place.worker):
        FamilyMember.objects.create(
            family_id=other.family_id, person=ashby.person, part="child", from_on=date(2026, 10, 6)
        )
    page = page_client(place.colleague).get(reverse("family", args=[other.family_id])).content.decode()
    assert "Visit with two workers" in page


def test_somebody_elses_rows_are_not_found(place: Place, ashby: FamilyMember, client: PageClient) -> None:
    bramwell = member_of(place, ashby.family_id, "Bramwell")
    with acting_as(place.worker):
        row = record_over_time(member=bramwell, row=Setting(kind="gp", name="Harbour"), by=place.worker, at=WEDNESDAY)
    assert client.get(reverse("correct-over-time", args=[ashby.pk, "setting", row.pk])).status_code == 404
    assert client.get(reverse("record-over-time", args=[ashby.pk, "nonsense"])).status_code == 404
    assert client.get(reverse("change-fact", args=[ashby.pk, "nonsense"])).status_code == 404
