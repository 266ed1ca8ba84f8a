"""A document is added whole, tells what it shows, is withdrawn with a reason, and never removed or changed."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from baton.documents import actions
from baton.documents.actions import Told, add_document, note_scan, withdraw_document
from baton.documents.models import Contents, Document
from baton.documents.reading import take
from baton.episodes.models import Episode, Event
from baton.people.models import Family, FamilyMember
from baton.platform.guard import acting_as
from baton.platform.models import AuditEntry, Change
from baton.platform.refusals import NotAllowed, Refused
from baton.platform.scanner import Scanned, Verdict
from tests.documents.files import a_picture
from tests.factories import Place, a_family, a_place, an_allocated_episode
from tests.factories.documents import a_document
from tests.factories.guarded import a_restriction
from tests.factories.times import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def episode(place: Place) -> Episode:
    return an_allocated_episode(place)


def test_it_is_kept_with_what_it_holds_its_digest_and_its_entry(place: Place, episode: Episode) -> None:
    added = a_document(episode.family_id, by=place.worker)
    with acting_as(place.worker):
        kept = Document.objects.get(pk=added.pk)
        assert bytes(Contents.objects.get(document=kept).file) == b"Ashby was never absent."
        assert (kept.size, kept.file_name, kept.media_type) == (23, "letter.txt", "text/plain")
        assert (kept.episode_id, kept.sha256) == (episode.pk, take("a.txt", b"Ashby was never absent.").sha256)
        assert AuditEntry.objects.filter(action="add_document", record_id=kept.pk, record="documents_document").exists()
        assert Change.objects.filter(record="documents_document", record_id=kept.pk, kind="added").exists()


@pytest.mark.parametrize(
    ("kind", "happening"),
    [
        ("letter_family", "correspondence_filed"),
        ("drawing", "direct_work_recorded"),
        ("direct_work", "direct_work_recorded"),
        ("report", "document_added"),
        ("consent_form", "document_added"),
    ],
)
def test_it_tells_the_timeline_what_it_shows_until_it_is_withdrawn(
    place: Place, episode: Episode, kind: str, happening: str
) -> None:
    added = a_document(episode.family_id, by=place.worker, kind=kind, title="My week")
    with acting_as(place.worker):
        event = Event.objects.get(record="documents_document", record_id=added.pk)
        assert event.kind == happening
        assert event.summary.endswith(", 1 September 2026: My week")
        withdrawn = withdraw_document(document=added, because="Another family's", by=place.worker, at=MONDAY)
        assert not Event.objects.filter(record="documents_document").exists()
        assert withdrawn.withdrawn_because == "Another family's"
        assert Contents.objects.filter(document=added).exists()


def test_between_episodes_it_is_kept_with_the_family_and_no_event(place: Place) -> None:
    family = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    added = a_document(family.pk, by=place.worker)
    assert added.episode is None
    with acting_as(place.worker):
        assert not Event.objects.filter(family=family, record="documents_document").exists()
        withdraw_document(document=added, because="Wrong file", by=place.worker, at=MONDAY)


def test_about_a_child_it_is_on_the_childs_timeline(place: Place, episode: Episode) -> None:
    with acting_as(place.worker):
        child = FamilyMember.objects.select_related("person").filter(family=episode.family_id, part="child")[0].person
    a_document(episode.family_id, by=place.worker, person=child)
    with acting_as(place.worker):
        assert Event.objects.get(record="documents_document").person == child


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "shoe"}, "Select what kind"),
        ({"title": "  "}, "Enter what the document is"),
        ({"dated_on": MONDAY.date() + timedelta(days=1)}, "a date of the document that has come"),
        ({"verdict": Verdict.INFECTED}, "A virus was found"),
    ],
)
def test_what_is_missing_or_wrong_is_said(place: Place, episode: Episode, told: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        a_document(episode.family_id, by=place.worker, **told)
    with acting_as(place.worker):
        assert not Document.objects.exists()
        assert not Contents.objects.exists()


def test_it_is_about_nobody_of_another_family(place: Place, episode: Episode) -> None:
    other = a_family(team=place.team, by=place.hub_adviser, name="Thimbleweed")
    with acting_as(place.worker):
        stranger = FamilyMember.objects.select_related("person").filter(family=other)[0].person
    with pytest.raises(Refused, match="is or was in this family"):
        a_document(episode.family_id, by=place.worker, person=stranger)


def test_a_familys_documents_have_a_limit_together(
    place: Place, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("baton.documents.policies.MOST_OF_A_FAMILY", 50)
    a_document(episode.family_id, by=place.worker, sent=b"x" * 30)
    with pytest.raises(Refused, match="have reached 500 MB"):
        a_document(episode.family_id, by=place.worker, sent=b"x" * 30)


def test_a_document_is_withdrawn_once_and_says_why(place: Place, episode: Episode) -> None:
    added = a_document(episode.family_id, by=place.worker)
    with acting_as(place.worker):
        with pytest.raises(Refused, match="Enter why"):
            withdraw_document(document=added, because=" ", by=place.worker, at=MONDAY)
        withdraw_document(document=added, because="Wrong file", by=place.worker, at=MONDAY)
        with pytest.raises(Refused, match="withdrawn already"):
            withdraw_document(document=added, because="Again", by=place.worker, at=MONDAY)


def test_nobody_who_signs_in_notes_a_scan(place: Place, episode: Episode) -> None:
    added = a_document(episode.family_id, by=place.worker)
    with acting_as(place.worker), pytest.raises(NotAllowed):
        note_scan(document=added, scanned=Scanned(Verdict.CLEAN), by=place.worker, at=MONDAY)  # type: ignore[arg-type]


def _remove(document: Document) -> None:
    Document.objects.filter(pk=document.pk)._raw_delete("default")  # Django itself would look for files first


def _retitle(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(title="Another")


def _swap_digest(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(sha256="0" * 64)


def _swap_contents(document: Document) -> None:
    Contents.objects.filter(document=document).update(file=b"Something else")


def _remove_contents(document: Document) -> None:
    Contents.objects.filter(document=document).delete()


@pytest.mark.parametrize("change", [_remove, _retitle, _swap_digest, _swap_contents, _remove_contents])
def test_the_application_can_neither_remove_nor_change_what_was_added(
    place: Place, episode: Episode, change: Callable[[Document], None]
) -> None:
    added = a_document(episode.family_id, by=place.worker)
    with acting_as(place.worker), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        change(added)


def test_a_document_without_what_it_holds_cannot_be_left_behind(
    place: Place, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails after the first of the two rows takes both back."""

    def fails(*told: object) -> None:
        raise IntegrityError("no room")

    monkeypatch.setattr(actions, "_keep_file", fails)
    with pytest.raises(IntegrityError):
        a_document(episode.family_id, by=place.worker)
    with acting_as(place.worker):
        assert not Document.objects.exists()
        assert not AuditEntry.objects.filter(action="add_document").exists()


def test_those_who_do_not_hold_the_family_see_and_add_nothing(place: Place, episode: Episode) -> None:
    a_document(episode.family_id, by=place.worker)
    others = (place.stranger, place.teacher, place.hub_adviser, place.governance, place.analyst, place.administrator)
    for person in others:
        with acting_as(person):
            assert not Document.objects.exists()
            assert not Contents.objects.exists()
    told = {"told": Told("letter_agency", "x", date(2026, 1, 1)), "taken": take("a.txt", b"x")}
    with acting_as(place.administrator), pytest.raises(NotAllowed):
        add_document(
            family=Family(pk=episode.family_id), **told, scanned=Scanned(Verdict.CLEAN), by=place.administrator,
            at=MONDAY,
        )  # fmt: skip
    with acting_as(place.stranger), pytest.raises(DatabaseError), transaction.atomic():
        Contents.objects.create(document_id=1, family_id=episode.family_id, file=b"x")


def test_a_closed_familys_documents_are_seen_by_nobody_but_those_named(place: Place, episode: Episode) -> None:
    a_document(episode.family_id, by=place.worker, sent=a_picture(), name="me.jpg")
    with acting_as(place.service_manager):
        assert Contents.objects.exists()
    a_restriction(place, episode.family_id, place.worker)
    for person in (place.service_manager, place.manager, place.colleague):
        with acting_as(person):
            assert not Document.objects.exists()
            assert not Contents.objects.exists()
    with acting_as(place.worker):
        assert Document.objects.exists()
