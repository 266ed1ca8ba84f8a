"""The copy somebody gets: what is hidden in it, by whom and why; frozen, with its hash; kept from everybody else."""

import hashlib
import json
import shutil
import subprocess

import pytest
from django.db import Error, transaction
from django.urls import reverse

from baton.platform.guard import acting_as
from baton.platform.models import AccessEntry
from baton.platform.refusals import Refused
from baton.rights.actions import answer_request, decide_mark, decide_on_person, gather, mark_by_hand, release_copy
from baton.rights.models import Item, Mark, Release
from tests.client import page_client
from tests.factories import a_place, an_allocated_episode
from tests.factories.rights import a_gathered_request, a_released_copy, hide_everybody_else
from tests.factories.times import MONDAY
from tests.governance.test_need_to_know import restrict
from tests.refusals.test_every_route import a_record_of_each_kind

pytestmark = pytest.mark.django_db


def test_what_is_hidden_is_in_no_form_of_the_copy() -> None:
    # Given everything held on a mother, with her children hidden
    place = a_place()
    a_record_of_each_kind(place)
    released = a_released_copy(place)
    with acting_as(place.governance):
        released = Release.objects.get(pk=released.pk)
    forms = {name: bytes(getattr(released, name)) for name in ("html", "pdf", "json")}
    # Then each form has its hash, says what is held, and names no child
    for name, content in forms.items():
        assert hashlib.sha256(content).hexdigest() == released.hashes[name]
    told = json.loads(forms["json"])
    rows = [row for section in told["sections"] for row in section["rows"]]
    assert told["about"] == "Marigold Quillfeather"
    assert len(rows) == released.rows > 20
    assert released.hidden == told["hidden"] > 0
    for text in (forms["html"].decode(), forms["json"].decode(), in_words(forms["pdf"])):
        assert "Ashby" not in text
        assert "Bramwell" not in text
        assert "Marigold" in text
        assert "It is about another person" in text


def test_a_decision_says_why_and_can_be_taken_back_until_the_release() -> None:
    place = a_place()
    an_allocated_episode(place)
    request = a_gathered_request(place)
    officer = place.governance
    with acting_as(officer):
        mark = Mark.objects.filter(request=request)[0]
        with pytest.raises(Refused, match="Decide first on everything"):
            release_copy(request=request, by=officer, at=MONDAY)
        decided = decide_mark(mark=mark, state="hidden", reason="harm", note="", by=officer, at=MONDAY)
        assert (decided.decided_by, decided.reason) == (officer, "harm")
        taken_back = decide_mark(mark=mark, state="undecided", reason="harm", note="x", by=officer, at=MONDAY)
        assert (taken_back.decided_by, taken_back.reason) == (None, "")
        hide_everybody_else(request, by=officer)
        release_copy(request=request, by=officer, at=MONDAY)
        with pytest.raises(Refused, match="released already"):
            decide_mark(mark=mark, state="left", reason="", note="", by=officer, at=MONDAY)
        with pytest.raises(Refused, match="released already"):
            gather(request=request, by=officer, at=MONDAY)
        with pytest.raises(Refused, match="released already"):
            decide_on_person(request=request, name=mark.name, state="left", reason="", note="", by=officer, at=MONDAY)


def test_an_officer_hides_words_nobody_marked() -> None:
    place = a_place()
    an_allocated_episode(place)
    request = a_gathered_request(place)
    officer = place.governance
    with acting_as(officer):
        item = next(each for each in Item.objects.filter(request=request) if "Marigold" in str(each.lines))
        with pytest.raises(Refused, match="does not stand there"):
            mark_by_hand(item=item, passage="Marigol", is_whole=False, reason="harm", note="", by=officer, at=MONDAY)
        mark_by_hand(item=item, passage="Marigold", is_whole=False, reason="harm", note="", by=officer, at=MONDAY)
        gather(request=request, by=officer, at=MONDAY)
        assert Mark.objects.filter(request=request, by_hand=True, state="hidden", passages=["Marigold"]).count() == 1


def test_a_released_copy_cannot_be_changed_or_removed() -> None:
    place = a_place()
    an_allocated_episode(place)
    released = a_released_copy(place)
    for change in (
        lambda: Release.objects.filter(pk=released.pk).update(hidden=0),
        lambda: Release.objects.filter(pk=released.pk).delete(),
    ):
        with acting_as(place.governance), pytest.raises(Error, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("form", "kind"), [("pdf", "application/pdf"), ("html", "application/octet-stream"), ("json", "application/json")]
)
def test_a_download_is_a_file_to_keep_and_is_noted(form: str, kind: str) -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    released = a_released_copy(place)
    answer = page_client(place.governance).get(reverse("download-copy", args=[released.pk, form]))
    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="copy-{released.pk}.{form}"'
    assert hashlib.sha256(answer.content).hexdigest() == released.hashes[form]
    with acting_as(place.governance):
        assert AccessEntry.objects.filter(
            family_id=episode.family_id, by=place.governance, what=f"download of a copy, {form}"
        ).exists()


def test_a_copy_of_a_family_that_was_restricted_since_opens_for_the_named_only() -> None:
    place = a_place()
    episode = an_allocated_episode(place)
    released = a_released_copy(place)
    restrict(place, episode.family_id, place.worker)
    with acting_as(place.governance):
        assert not Release.objects.exists()
        assert not Item.objects.exists()
        assert not Mark.objects.exists()
    assert page_client(place.governance).get(reverse("download-copy", args=[released.pk, "pdf"])).status_code == 404


def test_what_was_released_is_answered() -> None:
    place = a_place()
    an_allocated_episode(place)
    released = a_released_copy(place)
    with acting_as(place.governance):
        answered = answer_request(
            request=released.request,
            outcome="sent",
            told_how="By post",
            on=MONDAY.date(),
            by=place.governance,
            at=MONDAY,
        )
    assert answered.is_answered


def test_the_officer_looks_through_page_by_page() -> None:
    place = a_place()
    family_id = a_record_of_each_kind(place)["family_id"]
    request = a_gathered_request(place)
    client = page_client(place.governance)
    page = client.get(reverse("look-through", args=[request.pk])).content.decode()
    assert client.queries <= 15
    assert '<mark class="baton-marked">' in page
    assert "Decide on all" in page
    undecided = client.get(reverse("look-through", args=[request.pk]), {"show": "undecided"}).content.decode()
    assert "To decide" in undecided
    with acting_as(place.governance):
        looks = AccessEntry.objects.filter(family_id=family_id, by=place.governance)
        assert looks.filter(why=request.reference).exists()
        mark = Mark.objects.filter(request=request)[0]
    answer = client.post(reverse("decide-mark", args=[mark.pk]), {"state": "hidden"})
    assert "Select why it is hidden" in answer.content.decode()
    client.post(reverse("decide-mark", args=[mark.pk]), {"state": "hidden", "reason": "another"})
    with acting_as(place.governance):
        assert Mark.objects.get(pk=mark.pk).state == "hidden"


def in_words(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not here")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
