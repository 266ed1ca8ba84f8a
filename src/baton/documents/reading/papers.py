"""PDF and plain text: looked through where they lie, since a copy of each would be one more in memory."""

import codecs
import re

from baton.documents.reading.refusing import NotTaken


def _however_written(name: bytes) -> bytes:
    """A pattern of the name in which any letter may be written by its number, as a PDF allows: /J#61vaScript."""
    return b"".join(rb"(?:%c|#(?i:%02x))" % (each, each) for each in name)


# What a PDF does by itself, or carries with it. A viewer may ignore them; whoever opens the file cannot know.
NAMES = (b"JavaScript", b"Launch", b"EmbeddedFile", b"RichMedia")
ACTIVE = re.compile(rb"(?:/|#2[fF])(?:%s)" % b"|".join(map(_however_written, NAMES)))
END, A_PIECE = b"%%EOF", 1024 * 1024
VERSION = re.compile(rb"%PDF-[12]\.\d")
NOT_BLANK = re.compile(rb"[^\r\n\t \0]")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
MARKUP = re.compile(r"<[!?a-z]", re.IGNORECASE)
LONG_ENOUGH_TO_TELL = 2
SAVE_AS_PDF = "Open it, print it to a PDF and choose that"


def look_into_pdf(sent: bytes) -> bytes:
    """The file itself. Raises `NotTaken` where it is not whole, is also something else, or does something by itself."""
    if not VERSION.match(sent):
        raise NotTaken(f"The file is not a whole PDF. {SAVE_AS_PDF}")
    ends = sent.rfind(END)
    if ends < 0 or NOT_BLANK.search(sent, ends + len(END)):
        raise NotTaken(f"The PDF is torn, or carries something behind its end. {SAVE_AS_PDF}")
    if ACTIVE.search(sent, 0, ends):
        raise NotTaken(f"The PDF holds a program, a form that runs one, or other files. {SAVE_AS_PDF}")
    return sent


def look_into_text(sent: bytes) -> bytes:
    """The file itself. Raises `NotTaken` where it is no text, or a page or picture that is written as text."""
    try:
        begins = _how_it_begins(sent)
    except UnicodeDecodeError:
        raise NotTaken("The file is not plain text in UTF-8. Save it as that, or as a PDF") from None
    if CONTROL.search(sent):
        raise NotTaken("The file is not plain text. Save it as a PDF")
    if MARKUP.match(begins):
        raise NotTaken("The file is a web page or a drawing, not plain text. Print it to a PDF and choose that")
    return sent


def _how_it_begins(sent: bytes) -> str:
    """What stands first behind blanks; the whole is decoded, a piece at a time. Raises `UnicodeDecodeError`."""
    decode = codecs.getincrementaldecoder("utf-8-sig")().decode
    begins = ""
    for start in range(0, len(sent), A_PIECE):
        text = decode(sent[start : start + A_PIECE], start + A_PIECE >= len(sent))
        if len(begins) < LONG_ENOUGH_TO_TELL:
            begins = (begins + text).lstrip()[:LONG_ENOUGH_TO_TELL]
    return begins
