"""Pictures. What is kept is drawn anew from what is seen: nothing else that was in the file comes along."""

import io
from collections.abc import Callable
from threading import Lock

from PIL import Image, ImageOps

from baton.documents.reading.refusing import NotTaken

MOST_PIXELS = 30_000_000  # larger than a telephone's usual 12 million; drawn, that is 90 to 120 MB of memory
ONE_AT_A_TIME = Lock()
BROKEN = "The picture cannot be read. Open it, save it anew and choose that"
TOO_MANY_DOTS = "The picture has too many dots. Save it smaller: at most 30 million, such as 6,000 by 5,000"
TOO_LARGE_TO_READ = (Image.DecompressionBombError, Image.DecompressionBombWarning)
SAVED: dict[str, dict[str, int]] = {"JPEG": {"quality": 90}, "PNG": {}}


def made_anew(form: str) -> Callable[[bytes], bytes]:
    """Draws a picture of this form anew: upright, first frame only, without place, camera, thumbnail or anything else.

    Raises `NotTaken` where it is no picture, or has more than `MOST_PIXELS`, which its head tells before it is drawn.
    """

    def look(sent: bytes) -> bytes:
        with ONE_AT_A_TIME:  # so that a few large ones at once do not take the memory of a whole process
            try:
                return _drawn(sent, form)
            except TOO_LARGE_TO_READ:
                raise NotTaken(TOO_MANY_DOTS) from None
            except (OSError, SyntaxError, ValueError, MemoryError):
                raise NotTaken(BROKEN) from None

    return look


def _drawn(sent: bytes, form: str) -> bytes:
    with Image.open(io.BytesIO(sent), formats=[form]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NotTaken(TOO_MANY_DOTS)
        ImageOps.exif_transpose(opened, in_place=True)
        has_clear_parts = form == "PNG" and opened.has_transparency_data
        plain = opened.convert("RGBA" if has_clear_parts else "RGB")
    plain.info.clear()
    drawn = io.BytesIO()
    plain.save(drawn, format=form, **SAVED[form])
    return drawn.getvalue()
