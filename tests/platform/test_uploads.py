"""A post with a file that was cut off on its way is never taken for a whole one; a large file costs nothing typed."""

import io
from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.http import UnreadablePostError
from pytest_django.fixtures import Settings

from baton.platform.uploads import was_too_large

HEAD = '--b\r\nContent-Disposition: form-data; name="{}"'
BEFORE = HEAD.format("title") + "\r\n\r\nA letter\r\n"
AFTER = HEAD.format("note") + "\r\n\r\nAnd a note\r\n--b--\r\n"


def a_post(size: int = 3_000) -> bytes:
    file = HEAD.format("file") + '; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n' + "w" * size + "\r\n"
    return f"{BEFORE}{file}{AFTER}".encode()


def request_of(body: bytes, announced: int | None = None) -> WSGIRequest:
    told: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
        "CONTENT_LENGTH": str(announced or len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    return WSGIRequest(told)


def test_a_whole_post_is_read() -> None:
    request = request_of(a_post())
    assert request.POST.dict() == {"title": "A letter", "note": "And a note"}
    assert request.FILES["file"].read() == b"w" * 3_000
    assert not was_too_large(request)


@pytest.mark.parametrize("left", [1, 5, 7, 60, 200, 1_500, 3_200])
def test_a_post_that_was_cut_off_is_not_read(left: int) -> None:
    body = a_post()
    request = request_of(body[:-left], announced=len(body))
    with pytest.raises(UnreadablePostError):
        assert request.POST


def test_django_alone_would_take_half_a_field_for_a_whole_one(settings: Settings) -> None:
    """Why `Whole` counts: when this fails, Django does so itself."""
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    body = a_post()
    torn = request_of(body[:-15], announced=len(body))
    assert torn.FILES["file"].size == 3_000
    assert "And a note".startswith(torn.POST["note"])


def test_of_a_file_over_the_limit_only_the_file_is_let_go(settings: Settings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 200_000
    request = request_of(a_post(200_001))
    assert request.POST.dict() == {"title": "A letter", "note": "And a note"}
    assert not request.FILES
    assert was_too_large(request)
    assert request_of(a_post(200_000)).FILES["file"].size == 200_000


def test_a_post_far_over_the_limit_is_not_read_at_all() -> None:
    request = request_of(b"--b", announced=30 * 1024 * 1024)
    with pytest.raises(RequestDataTooBig):
        assert request.POST
