"""PDF and plain text."""

import re

from baton.documents.reading.refusing import NotTaken

# What a PDF does by itself, or carries with it. A viewer may ignore them; whoever opens the file cannot know.
ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # how a PDF may write any letter of a name
VERSION = re.compile(rb"%PDF-[12]\.\d")
MARKUP = re.compile(r"\A\s*<[!?a-z]", re.IGNORECASE)
SAVE_AS_PDF = "Open it, print it to a PDF and choose that"


def look_into_pdf(sent: bytes) -> bytes:
    """The file itself. Raises `NotTaken` where it is not whole, is also something else, or does something by itself."""
    if not VERSION.match(sent):
        raise NotTaken(f"The file is not a whole PDF. {SAVE_AS_PDF}")
    before, end, after = sent.rpartition(b"%%EOF")
    if not end or after.strip(b"\r\n\t \0"):
        raise NotTaken(f"The PDF is torn, or carries something behind its end. {SAVE_AS_PDF}")
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), before)
    if any(name in plain for name in ACTIVE):
        raise NotTaken(f"The PDF holds a program, a form that runs one, or other files. {SAVE_AS_PDF}")
    return sent


def look_into_text(sent: bytes) -> bytes:
    """The file itself. Raises `NotTaken` where it is no text, or a page or picture that is written as text."""
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken("The file is not plain text in UTF-8. Save it as that, or as a PDF") from None
    if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        raise NotTaken("The file is not plain text. Save it as a PDF")
    if MARKUP.match(text):
        raise NotTaken("The file is a web page or a drawing, not plain text. Print it to a PDF and choose that")
    return sent
