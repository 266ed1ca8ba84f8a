"""Files as people send them, harmless and hostile, made here."""

import io
import zipfile
from typing import Any

from PIL import Image

TYPES = (
    '<Types><Override PartName="/main" '
    'ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
)
EICAR = (
    "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
)  # in two, so that this file is none


def a_pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog" + inside + b">>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def a_picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: Any) -> bytes:
    """A picture, lying on its side, that says with what and where it was taken."""
    told = Image.Exif()
    told[0x010F] = "SpyCam of Quillfeather"
    told[0x0112] = 6
    told[0x8825] = {2: (50.0, 42.0, 54.0)}
    drawn = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else (200, 30, 30, 120)[: len(mode)]).save(drawn, form, exif=told, **more)
    return drawn.getvalue()


def an_archive(parts: dict[str, bytes | str], compressed: bool = True) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, said in parts.items():
            archive.writestr(name, said)
    return packed.getvalue()


def a_docx(**more: bytes | str) -> bytes:
    """A Word document with further parts."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.format("wordprocessingml.document"),
        "word/document.xml": "<document>My week</document>",
    }
    return an_archive(parts | more)


def an_xlsx() -> bytes:
    printer = "xl/printerSettings/printerSettings1.bin"
    return an_archive(
        {"[Content_Types].xml": TYPES.format("spreadsheetml.sheet"), "xl/workbook.xml": "<x/>", printer: b"1"}
    )


def an_odt(**more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
    return an_archive(parts | more)


def a_pdf_of(size: int) -> bytes:
    """A PDF of so many bytes."""
    empty = a_pdf(b"/Padding()")
    return a_pdf(b"/Padding(" + b"x" * (size - len(empty)) + b")")
