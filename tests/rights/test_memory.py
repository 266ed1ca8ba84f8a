"""What a web process holds while a copy with many documents is downloaded: one part of it, however many there are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.urls import reverse

from baton.rights.presenters.files import MOST_OF_A_PART
from tests.documents.files import a_pdf_of
from tests.factories import a_place, an_allocated_episode
from tests.factories.accounts import cookies_of
from tests.factories.documents import a_document
from tests.factories.rights import a_released_copy
from tests.memory import MEGABYTE, begin_to_measure, held, site_of_one_process, web_process
from tests.site import Site

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
A_FILE, FILES = 9 * MEGABYTE, 10
TIMES_A_PART = 3.5  # the archive, the answer that is made of it, and the file that goes in


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_of_one_process(tmp_path / "log") as started:
        yield started


def test_many_documents_go_out_in_parts_and_no_more_than_one_is_held(site: Site) -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    for _ in range(FILES):
        a_document(family_id, by=place.worker, name="scan.pdf", sent=a_pdf_of(A_FILE))
    release, officer = a_released_copy(place), place.governance
    browser = requests.Session()
    browser.cookies.update(cookies_of(officer))
    pid = web_process(site)
    sizes, most = [], []
    for part in (1, 2, 3):
        before = begin_to_measure(pid)
        answer = browser.get(site.address + reverse("download-copy", args=[release.pk, "zip"]), params={"part": part})
        assert answer.status_code == 200
        sizes.append(len(answer.content))
        most.append(held(pid)["VmHWM"] - before)
    assert sum(sizes) > FILES * A_FILE
    assert max(sizes) < MOST_OF_A_PART + MEGABYTE
    assert max(most) < TIMES_A_PART * MOST_OF_A_PART, [f"{each / MEGABYTE:.1f} MB" for each in most]
