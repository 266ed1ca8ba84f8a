"""How a file comes in: one a form, whole, within a limit, in memory only. What was torn on its way is not taken."""

import io
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParser

TOO_LARGE = "baton.file_too_large"  # beside the headers of a request, whose names hold no dot


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this post was over the limit, and therefore let go of; what was typed with it is there."""
    return TOO_LARGE in request.META


class _Counted:
    """What is read of a post, counted."""

    def __init__(self, read: Any) -> None:
        self.inner, self.count = read, 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece: bytes = self.inner.read(size)
        self.count += len(piece)
        return piece


class OneInMemory(FileUploadHandler):
    """Keeps a file within `FILE_UPLOAD_MAX_MEMORY_SIZE` in memory; lets go of a larger one and of nothing else."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.file.close()
            assert self.request  # noqa: S101  # Django gives it to each handler
            self.request.META[TOO_LARGE] = True
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file = io.BytesIO(self.file.getvalue())  # so read once it is the same bytes, and not a copy of them
        told = (self.field_name, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)
        return InMemoryUploadedFile(self.file, *told)


class Whole(FileUploadHandler):
    """Reads a post with files. Of one that was cut off Django keeps what came, half a field too; this keeps nothing.

    Raises `RequestDataTooBig` before anything is read where it is far over the limit, and `UnreadablePostError` where
    less came than was announced.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  # Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> Any:
        if content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE * 2 + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("A post with a file is far over the limit.")
        counted = _Counted(input_data)
        found = MultiPartParser(META, cast(Any, counted), [OneInMemory(self.request)], encoding).parse()
        if counted.count < content_length:
            raise UnreadablePostError("A post with a file was cut off.")
        return found
