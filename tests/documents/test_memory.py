"""What a web process holds of a file that comes in or goes out: measured in a process of its own."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import requests

from baton.documents.models import Document
from baton.documents.reading import MOST_BYTES
from baton.platform.guard import acting_as
from tests.documents.files import a_pdf_of
from tests.factories import Place, a_place, an_allocated_episode
from tests.factories.accounts import cookies_of
from tests.memory import MEGABYTE, begin_to_measure, held, site_of_one_process, web_process
from tests.site import Site

pytestmark = [pytest.mark.commits, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
TYPED = {
    "kind": "report", "title": "Scans", "dated_on-day": "3", "dated_on-month": "10", "dated_on-year": "2026",
    "note": "", "person": "",
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_of_one_process(tmp_path / "log") as started:
        yield started


def test_a_file_at_the_limit_comes_in_in_a_few_times_its_size_and_goes_out_piece_by_piece(site: Site) -> None:
    place = a_place()
    family_id = an_allocated_episode(place).family_id
    browser = requests.Session()
    browser.cookies.update(cookies_of(place.worker))
    path = f"{site.address}/families/{family_id}/documents/add/"

    def send(size: int) -> str:
        page = browser.get(path)
        hidden = re.findall(r'name="(csrfmiddlewaretoken|form_key|draft_token)" value="([^"]+)"', page.text)
        told = TYPED | {"form_key": str(uuid4())} | dict(hidden)
        answer = browser.post(path, told, files={"file": ("a.pdf", a_pdf_of(size))}, allow_redirects=False)
        assert answer.status_code == 302, answer.text[:2_000]
        return answer.headers["Location"]

    def fetch(number: int) -> int:
        with browser.get(f"{site.address}/downloads/{number}/", stream=True) as coming:
            assert coming.status_code == 200
            return sum(len(piece) for piece in coming.iter_content(64 * 1024))

    small = int(re.findall(r"\d+", send(200_000))[0])
    fetch(small)
    pid = web_process(site)

    before = begin_to_measure(pid)
    large = int(re.findall(r"\d+", send(MOST_BYTES))[0])
    came_in = held(pid)["VmHWM"] - before

    before = begin_to_measure(pid)
    assert fetch(large) == MOST_BYTES
    went_out = held(pid)["VmHWM"] - before

    assert came_in < 3.6 * MOST_BYTES, f"{came_in / MEGABYTE:.1f} MB"
    assert went_out < 5 * MEGABYTE, f"{went_out / MEGABYTE:.1f} MB"
    assert kept(place) == [200_000, MOST_BYTES]


def kept(place: Place) -> list[int]:
    with acting_as(place.worker):
        return list(Document.objects.order_by("pk").values_list("size", flat=True))
