"""What is taken of a file, and what is not: judged by what it holds."""

import io
import struct
import zlib

import pytest
from django.conf import settings
from PIL import Image

from baton.documents.reading import BY_ENDING, MOST_BYTES, take
from baton.documents.reading.names import safe_name
from baton.documents.reading.refusing import NotTaken
from tests.documents.files import a_docx, a_pdf, a_picture, an_archive, an_odt, an_xlsx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "sent", "media_type"),
    [
        ("Letter.pdf", a_pdf(), "application/pdf"),
        ("LETTER.PDF", a_pdf(), "application/pdf"),
        ("letter.docx", a_docx(), WORD),
        ("hours.xlsx", an_xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("plan.odt", an_odt(), "application/vnd.oasis.opendocument.text"),
        ("note.txt", "What Élan said: £5\n\tand more".encode(), "text/plain"),
        ("bom.txt", b"\xef\xbb\xbfWords", "text/plain"),
        ("long.txt", b"x" * (1024 * 1024 - 1) + "é < 5".encode(), "text/plain"),
    ],
)
def test_what_people_bring_is_taken_as_it_is(name: str, sent: bytes, media_type: str) -> None:
    taken = take(name, sent)
    assert (taken.media_type, taken.contents) == (media_type, sent)
    assert taken.sha256 == taken.sent_sha256


@pytest.mark.parametrize(("name", "form"), [("me.jpg", "JPEG"), ("me.jpeg", "JPEG"), ("me.png", "PNG")])
def test_a_picture_is_drawn_anew_upright_and_without_anything_but_what_is_seen(name: str, form: str) -> None:
    more = {"comment": b"of Quillfeather"} if form == "JPEG" else {}
    sent = a_picture(form, icc_profile=b"profile of Quillfeather" * 9, **more) + b"<script>alert(1)</script>PK\x03\x04"
    taken = take(name, sent)
    assert b"Quillfeather" in sent
    for hidden in (b"Quillfeather", b"script", b"PK\x03\x04", b"Exif"):
        assert hidden not in taken.contents
    drawn = Image.open(io.BytesIO(taken.contents))
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == (form, (40, 60), {})
    assert taken.sha256 != taken.sent_sha256


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_png_keeps_its_clear_parts_and_its_colours(mode: str) -> None:
    drawn = Image.open(io.BytesIO(take("a.png", a_picture("PNG", mode=mode)).contents))
    assert drawn.mode == ("RGBA" if mode == "RGBA" else "RGB")
    before = Image.open(io.BytesIO(a_picture("PNG", mode=mode))).convert(drawn.mode)
    assert drawn.getpixel((5, 5)) == before.getpixel((5, 5))


def a_png_that_says_it_is_huge() -> bytes:
    head = b"IHDR" + struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    begins = b"\x89PNG\r\n\x1a\n" + struct.pack("!I", 13) + head + struct.pack("!I", zlib.crc32(head))
    return begins + struct.pack("!I", 4) + b"IDATxxxx"


HUGE_ON_DISK = a_picture("PNG", (6_100, 5_000), mode="L")
LYING_ZIP = an_archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"\0" * (101 * 1024 * 1024)})
FETCHED = '<Relationship Type="http://x/attachedTemplate" Target="http://x/" TargetMode="External"/>'
MACROS = "The document holds macros"


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("empty.pdf", b"", "The file is empty"),
        ("big.pdf", a_pdf() + b"\n" * MOST_BYTES, "must be smaller than 10 MB"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "The file must be a PDF"),
        ("drawing.txt", b"\n <svg onload='alert(1)'/>", "a web page or a drawing"),
        ("late.txt", b" " * (1024 * 1024 - 1) + b"<svg onload='alert(1)'/>", "a web page or a drawing"),
        ("wide.txt", "\u2003\u00a0<svg onload='alert(1)'/>".encode(), "a web page or a drawing"),
        ("cut.txt", b"words \xc3", "not plain text in UTF-8"),
        ("cut.txt", b"x" * (1024 * 1024 - 1) + b"\xc3x", "not plain text in UTF-8"),
        ("page.txt", b"<!DOCTYPE html><script>alert(1)</script>", "a web page or a drawing"),
        ("page.html", b"<script>alert(1)</script>", "The file must be a PDF"),
        ("program.exe", b"MZ\x90\x00", "The file must be a PDF"),
        ("letter", a_pdf(), "The file must be a PDF"),
        ("letter.pdf.exe", a_pdf(), "The file must be a PDF"),
        ("letter.pdf", b"MZ\x90\x00", "called a PDF but is something else"),
        ("letter.docx", a_pdf(), "called a Word document but is something else"),
        ("photo.jpg", a_picture("PNG"), "called a JPEG picture but is something else"),
        ("photo.png", a_picture("JPEG"), "called a PNG picture but is something else"),
        ("old.txt", "£5".encode("cp1252"), "not plain text in UTF-8"),
        ("program.txt", b"words\0and more", "not plain text"),
        ("moving.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "cannot be read"),
        ("cut.jpg", a_picture("JPEG", (900, 900))[:700], "cannot be read"),
        ("huge.png", a_png_that_says_it_is_huge(), "too many dots"),
        ("huge.png", HUGE_ON_DISK, "too many dots"),
        ("zip.pdf", a_pdf() + an_archive({"a.txt": b"x"}), "carries something behind its end"),
        ("page.pdf", a_pdf() + b"<script>alert(1)</script>", "carries something behind its end"),
        ("torn.pdf", a_pdf()[:-8], "torn"),
        ("late.pdf", b"<html>" + a_pdf(), "called a PDF but is something else"),
        ("script.pdf", a_pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "holds a program"),
        ("script.pdf", a_pdf(b"/OpenAction<</S/J#61va#53cript/JS(app.alert(1))>>"), "holds a program"),
        ("script.pdf", a_pdf(b"/OpenAction<</S/#4aavaScrip#74/JS(app.alert(1))>>"), "holds a program"),
        ("script.pdf", a_pdf(b"/OpenAction<</S#2FJavaScript/JS(app.alert(1))>>"), "holds a program"),
        ("launch.pdf", a_pdf(b"/A<</S/Launch/F(cmd.exe)>>"), "holds a program"),
        ("carrier.pdf", a_pdf(b"/Names<</EmbeddedFiles 2 0 R>>"), "holds a program"),
        ("macro.docx", a_docx(**{"word/vbaProject.bin": b"x"}), MACROS),
        ("macro.docx", a_docx(**{"word/activeX/activeX1.xml": b"x"}), MACROS),
        ("carrier.docx", a_docx(**{"word/embeddings/oleObject1.bin": b"x"}), MACROS),
        ("macro.odt", an_odt(**{"Basic/Standard/Module1.xml": b"x"}), MACROS),
        ("fetches.docx", a_docx(**{"word/_rels/settings.xml.rels": FETCHED}), "fetches something from elsewhere"),
        ("wrong.xlsx", a_docx(), "called .xlsx but is something else"),
        ("wrong.docx", an_archive({"a.txt": b"x"}), "torn or locked"),
        ("torn.docx", a_docx()[:-30], "torn or locked"),
        ("behind.docx", a_docx() + b"<script>", "torn or locked"),
        ("outside.docx", a_docx(**{"../../etc/passwd": b"x"}), "torn or locked"),
        ("outside.docx", a_docx(**{"/etc/passwd": b"x"}), "torn or locked"),
        ("outside.docx", a_docx(**{"C:\\x": b"x"}), "torn or locked"),
        ("bomb.docx", LYING_ZIP, "too large when it is unpacked"),
    ],
)  # fmt: skip
def test_what_is_not_harmless_is_not_taken(name: str, sent: bytes, said: str) -> None:
    with pytest.raises(NotTaken, match=said):
        take(name, sent)


def test_an_archive_that_lies_about_its_size_is_unpacked_no_further_than_the_limit() -> None:
    """The directory says that a part is small; what unpacks is not."""
    real = 150 * 1024 * 1024
    packed = bytearray(an_archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"\0" * real}))
    told = struct.pack("<I", real)
    assert packed.count(told) == 2
    lying = bytes(packed.replace(told, struct.pack("<I", 10)))
    with pytest.raises(NotTaken):
        take("bomb.docx", lying)


def test_an_archive_of_very_many_parts_is_not_taken() -> None:
    with pytest.raises(NotTaken, match="too large"):
        take("many.docx", an_archive({f"word/{number}.xml": b"" for number in range(2_100)}))


def test_a_part_that_is_locked_or_named_twice_is_not_taken() -> None:
    locked = bytearray(a_docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    for sent in (bytes(locked), an_archive({"[Content_Types].xml": b"x", "[content_types].XML": b"y"})):
        with pytest.raises(NotTaken):
            take("letter.docx", sent)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Letter to Mum.pdf", "Letter to Mum.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\wilf\\letter.PDF", "letter.pdf"),
        ('"; rm -rf.pdf', "_; rm -rf.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("\u200b.pdf", "document.pdf"),
        (".pdf", "document.pdf"),
        ("...pdf", "document.pdf"),
        ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
        ("E\u0301lan.pdf", "Élan.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_what_it_holds(name: str, safe: str) -> None:
    assert safe_name(name, "pdf") == safe


def test_every_ending_that_is_taken_is_named_in_one_list_and_the_server_takes_what_the_rule_does() -> None:
    assert set(BY_ENDING) == {"pdf", "jpg", "jpeg", "png", "docx", "xlsx", "odt", "txt"}
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE == MOST_BYTES
