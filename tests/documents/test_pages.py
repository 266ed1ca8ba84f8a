"""Adding a document, the list, one document, the file as it goes out; and who gets nothing."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from baton.documents.models import Document
from baton.documents.reading import MOST_BYTES
from baton.documents.views import MOST_FILES
from baton.episodes.models import Episode
from baton.people.models import FamilyMember
from baton.platform.clock import stopped_at
from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry, AuditEntry, Draft
from baton.platform.scanner import Verdict
from tests.client import PageClient, page_client, sign_in_fully
from tests.documents.clamd import a_clamd
from tests.documents.files import EICAR, a_docx, a_pdf, a_picture
from tests.factories import Place, a_place, a_user, an_allocated_episode
from tests.factories.documents import a_document
from tests.factories.guarded import a_restriction
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=30)
TYPED = {
    "kind": "report",
    "title": "The school nurse’s report",
    "dated_on-day": "3",
    "dated_on-month": "10",
    "dated_on-year": "2026",
    "note": "She is worried about his sleep.",
    "person": "",
}


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def path_of(episode: Episode) -> str:
    return f"/families/{episode.family_id}/documents/"


def send(client: Client, episode: Episode, name: str, sent: bytes | None, **typed: Any) -> Any:
    told = TYPED | {"form_key": str(uuid4())} | typed
    if sent is not None:
        told["file"] = SimpleUploadedFile(name, sent)
    with stopped_at(NOW):
        return client.post(f"{path_of(episode)}add/", told)


def documents(place: Place) -> list[Document]:
    with acting_as(place.worker):
        return list(Document.objects.select_related("person").order_by("pk"))


def text_of(client: PageClient, path: str) -> str:
    with stopped_at(NOW):
        return client.get(path).content.decode()


def test_a_document_is_added_listed_looked_at_and_handed_out_as_a_file(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    assert "No document has been added yet." in text_of(client, path_of(episode))
    with acting_as(place.worker):
        child = FamilyMember.objects.select_related("person").filter(family=episode.family_id, part="child")[0].person
    sent = a_pdf()
    answer = send(client, episode, "Report of nurse.pdf", sent, person=str(child.pk))
    assert answer.status_code == 302
    (added,) = documents(place)
    assert answer.headers["Location"] == f"/documents/{added.pk}/"
    assert (added.person, added.episode_id) == (child, episode.pk)
    page = text_of(client, f"/documents/{added.pk}/")
    for said in ("The school nurse’s report", "Report of another agency", "3 October 2026", child.name, "Not scanned",
                 "Report of nurse.pdf", "Wilf Worker", "She is worried about his sleep.", "Download the file",
                 "no scanner is set up here"):  # fmt: skip
        assert said in page, said
    listed = text_of(client, path_of(episode))
    for said in ("The school nurse’s report", "Not scanned", "PDF", child.name):
        assert said in listed
    assert "Document added" in text_of(client, f"/families/{episode.family_id}/timeline/")
    assert "The school nurse’s report" in text_of(client, f"/families/{episode.family_id}/chronology/")

    file = client.get(f"/downloads/{added.pk}/")
    assert b"".join(file) == sent
    assert file["Content-Length"] == str(len(sent))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="Report of nurse.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert file["Cache-Control"] == "no-store"
    with acting_as(place.manager):
        looks = AccessEntry.objects.filter(family_id=episode.family_id, what=f"file of document {added.pk}")
        assert [look.by for look in looks] == [place.worker]


def test_a_photograph_loses_where_it_was_taken_and_the_page_says_so(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    assert send(client, episode, "IMG_1.jpeg", a_picture()).status_code == 302
    (added,) = documents(place)
    file = client.get(f"/downloads/{added.pk}/")
    assert b"SpyCam" not in b"".join(file)
    assert file["Content-Disposition"] == 'attachment; filename="IMG_1.jpg"'
    assert "The picture was drawn anew" in text_of(client, f"/documents/{added.pk}/")


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("a.pdf", None, "Choose the file"),
        ("a.pdf", b"", "The file is empty"),
        ("a.svg", b"<svg onload='alert(1)'/>", "The file must be a PDF"),
        ("a.pdf", b"MZ program", "called a PDF but is something else"),
        ("a.docx", a_docx(**{"word/vbaProject.bin": b"x"}), "holds macros"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "The file must be smaller than 10 MB"),
        ("a" * 300 + ".svg", b"x", "The file must be a PDF"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_costs_nothing_that_was_typed(
    place: Place, episode: Episode, name: str, sent: bytes | None, said: str
) -> None:
    client = page_client(place.worker)
    answer = send(client, episode, name, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "What you typed is kept. A file cannot be: choose it again." in page
    assert "She is worried about his sleep." in page
    assert documents(place) == []
    again = text_of(client, f"{path_of(episode)}add/")
    assert "She is worried about his sleep." in again
    assert "choose it again" in again
    with acting_as(place.worker):
        assert "file" not in Draft.objects.get(path=f"{path_of(episode)}add/").typed


def test_what_is_not_typed_is_said(place: Place, episode: Episode) -> None:
    later = {"dated_on-year": "2027"}
    for typed, said in (
        ({"kind": ""}, "Select what kind of document it is"),
        ({"title": ""}, "Enter what it is"),
        (later, "must be in the past"),
    ):
        answer = send(page_client(place.worker), episode, "a.txt", b"Words", **typed)
        assert answer.status_code == 422
        assert said in answer.content.decode(), said


def test_a_file_sent_twice_is_kept_once(place: Place, episode: Episode) -> None:
    client, key = page_client(place.worker), str(uuid4())
    answers = [send(client, episode, "a.txt", b"Words", form_key=key) for _ in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(documents(place)) == 1


def test_a_file_sent_after_the_session_ended_costs_nothing_that_was_typed(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    form = text_of(client, f"{path_of(episode)}add/")
    (token,) = re.findall(r'name="draft_token" value="([^"]+)"', form)
    answer = send(Client(), episode, "a.txt", b"Words", draft_token=token)
    assert answer.headers["Location"].startswith("/sign-in/")
    assert documents(place) == []
    again = text_of(client, f"{path_of(episode)}add/")
    assert "She is worried about his sleep." in again
    assert "A file cannot be: choose it again." in again


def test_a_name_that_is_a_path_leads_nowhere(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [f"{head.format(name)}\r\n\r\n{value}\r\n" for name, value in (TYPED | {"form_key": uuid4()}).items()]
    evil = '../../../etc/cron.d/\u202eevil\\..\\x"y.txt'
    parts.append(f'{head.format("file")}; filename="{evil}"\r\nContent-Type: text/html\r\n\r\nWords\r\n')
    body = "".join(f"--b\r\n{part}" for part in parts) + "--b--\r\n"
    with stopped_at(NOW):
        answer = client.post(f"{path_of(episode)}add/", body.encode(), content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 302
    (added,) = documents(place)
    assert not set(added.file_name) & set('/\\"\u202e')
    assert added.media_type == "text/plain"  # what it holds, not what it says


def test_a_post_far_over_the_limit_is_refused_before_it_is_read(place: Place, episode: Episode) -> None:
    with stopped_at(NOW):
        answer = page_client(place.worker).post(
            f"{path_of(episode)}add/", b"--b", content_type="multipart/form-data; boundary=b",
            headers={"content-length": str(3 * MOST_BYTES)},
        )  # fmt: skip
    assert answer.status_code == 400
    assert documents(place) == []


def test_two_files_in_one_post_are_refused(place: Place, episode: Episode) -> None:
    files = [SimpleUploadedFile("a.txt", b"Words"), SimpleUploadedFile("b.txt", b"Words")]
    with stopped_at(NOW):
        answer = page_client(place.worker).post(f"{path_of(episode)}add/", TYPED | {"file": files})
    assert answer.status_code == 400


def test_a_virus_is_refused_told_and_kept_on_record(place: Place, episode: Episode, settings: Settings) -> None:
    with a_clamd() as (address, _):
        settings.CLAMD = address
        client = page_client(place.worker)
        answer = send(client, episode, "a.txt", EICAR.encode())
        assert answer.status_code == 422
        assert "A virus was found in this file, so it was not kept." in answer.content.decode()
        assert documents(place) == []
        with acting_as(place.worker):
            assert AuditEntry.objects.filter(action="refuse_infected", family_id=episode.family_id).count() == 1
        assert send(client, episode, "a.txt", b"Words").status_code == 302
    (added,) = documents(place)
    assert (added.scan, added.scanned_at) == ("clean", NOW)
    page = text_of(client, f"/documents/{added.pk}/")
    assert "Scanned for viruses" in page
    assert "has not been scanned" not in page


def test_while_the_scanner_is_down_a_document_is_taken_and_says_so(
    place: Place, episode: Episode, settings: Settings
) -> None:
    settings.CLAMD = "tcp://127.0.0.1:1"
    client = page_client(place.worker)
    assert send(client, episode, "a.txt", b"Words").status_code == 302
    (added,) = documents(place)
    assert added.scan == Verdict.WAITING
    assert "has not been scanned for viruses yet: the scanner did not answer" in text_of(
        client, f"/documents/{added.pk}/"
    )
    assert "Not scanned yet" in text_of(client, path_of(episode))


def test_sixty_files_an_hour_are_enough(place: Place, episode: Episode, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_FILES == 60
    monkeypatch.setattr("baton.documents.views.MOST_FILES", 2)
    client = page_client(place.worker)
    codes = [send(client, episode, "a.txt", b"Words").status_code for _ in range(3)]
    assert codes == [302, 302, 422]
    assert "Wait a while" in send(client, episode, "a.txt", b"Words").content.decode()
    assert len(documents(place)) == 2


def test_a_withdrawn_document_stays_listed_with_the_reason_and_is_not_opened(place: Place, episode: Episode) -> None:
    added = a_document(episode.family_id, by=place.worker)
    client, path = page_client(place.worker), f"/documents/{added.pk}/withdraw/"
    assert client.post(path, {"because": ""}).status_code == 422
    assert client.post(path, {"because": "It is another family’s"}).status_code == 302
    page = text_of(client, f"/documents/{added.pk}/")
    assert "It is another family’s" in page
    assert "Download the file" not in page
    assert client.get(f"/downloads/{added.pk}/").status_code == 404
    assert "Withdrawn" in text_of(client, path_of(episode))


def test_the_list_shows_one_kind_and_has_pages(place: Place, episode: Episode) -> None:
    for number in range(52):
        a_document(episode.family_id, by=place.worker, title=f"Letter {number}")
    a_document(episode.family_id, by=place.worker, kind="drawing", title="My week")
    client = page_client(place.worker)
    assert "?page=2" in text_of(client, path_of(episode))
    assert "Letter 0<" in text_of(client, f"{path_of(episode)}?page=2")
    drawn = text_of(client, f"{path_of(episode)}?kind=drawing")
    assert "My week" in drawn
    assert "Letter 51" not in drawn


def test_a_long_list_asks_no_more_than_a_short_one(place: Place, episode: Episode) -> None:
    client = page_client(place.worker)
    a_document(episode.family_id, by=place.worker)
    text_of(client, path_of(episode))
    asked = client.queries
    for _ in range(4):
        a_document(episode.family_id, by=place.worker)
    text_of(client, path_of(episode))
    assert client.queries == asked <= 15


def test_those_who_do_not_hold_the_family_get_nothing(place: Place, episode: Episode) -> None:
    added = a_document(episode.family_id, by=place.worker)
    paths = [path_of(episode), f"{path_of(episode)}add/", f"/documents/{added.pk}/", f"/downloads/{added.pk}/"]
    for path in (*paths, f"/documents/{added.pk}/withdraw/"):
        assert page_client(place.stranger).get(path).status_code == 404
        assert page_client(place.teacher).get(path).status_code == 404
        for who in (place.hub_adviser, place.governance, place.analyst, place.administrator):
            assert page_client(who).get(path).status_code == 403
        assert page_client().get(path).status_code == 302
    for stray in (added.pk + 1, 0, 2**40):
        assert page_client(place.worker).get(f"/downloads/{stray}/").status_code == 404
    for stray in ("../1", f"{added.pk}%00", "-1", "1e3"):
        assert page_client(place.worker).get(f"/downloads/{stray}/").status_code == 404


def test_an_old_link_leads_nowhere_when_the_family_is_closed_or_the_role_has_ended(
    place: Place, episode: Episode
) -> None:
    added = a_document(episode.family_id, by=place.worker)
    link = f"/downloads/{added.pk}/"
    assert page_client(place.colleague).get(link).status_code == 200
    a_restriction(place, episode.family_id, place.worker)
    for person in (place.colleague, place.manager, place.service_manager):
        assert page_client(person).get(link).status_code == 404
    assert page_client(place.worker).get(link).status_code == 200
    elsewhere = a_user(*[(role, place.other_team) for role, _ in place.worker.held])
    assert page_client(elsewhere).get(link).status_code == 404


def test_those_who_read_may_open_a_document_and_add_none(place: Place, episode: Episode) -> None:
    added = a_document(episode.family_id, by=place.worker)
    client = page_client(place.coordinator)
    assert client.get(f"/downloads/{added.pk}/").status_code == 200
    assert "Withdraw this document" not in client.get(f"/documents/{added.pk}/").content.decode()
    assert "Add a document" not in client.get(path_of(episode)).content.decode()
    assert client.get(f"{path_of(episode)}add/").status_code == 403


def test_a_file_sent_without_the_forms_guard_is_not_taken(place: Place, episode: Episode) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in_fully(client, place.worker)
    assert send(client, episode, "a.txt", b"Words").status_code == 403
    assert documents(place) == []


def test_a_download_is_not_within_a_page() -> None:
    assert reverse("download-document", args=[7]) == "/downloads/7/"
