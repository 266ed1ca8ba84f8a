"""Word, Excel and OpenDocument: archives of parts, each of which is looked at."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator

from baton.documents.reading.refusing import NotTaken

MOST_PARTS, MOST_UNPACKED, A_PIECE = 2_000, 100 * 1024 * 1024, 64 * 1024
ENDS_BARE = b"PK\x05\x06"  # the last 22 bytes of an archive that has no comment and nothing behind it
END_BYTES = 22
# By its ending: the part that says what an archive is, and what it says there.
SAYS_WHAT = {
    "docx": ("[Content_Types].xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"),
    "odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
}
# Parts that hold programs, or other files that whoever opens it could start.
ACTIVE = re.compile(
    r"vbaproject|vbadata|/activex/|/embeddings/|^embeddings/|macrosheets/|^basic/|^scripts/|^object ?\d+/|oleobject"
    r"|\.(exe|dll|scr|js|vbs|bat|cmd|ps1|jar|lnk|bin)$",
    re.IGNORECASE,
)
SETTINGS_OF_A_PRINTER = re.compile(r"^(xl|word)/printersettings/", re.IGNORECASE)
MACRO = b"macroenabled"
FETCHED = re.compile(rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External|oleObject[^>]*TargetMode", re.IGNORECASE)
SAVE_PLAIN = "Open it, save it without them or print it to a PDF, and choose that"
TOO_LARGE = "The document is too large when it is unpacked. Print it to a PDF and choose that"
BROKEN = "The document is torn or locked by a password. Open it, save it anew and choose that"


def look_into_office(ending: str) -> Callable[[bytes], bytes]:
    """Looks at every part of a document of this ending, and leaves it as it is.

    Raises `NotTaken` for programs (macros), embedded files, templates fetched from elsewhere, more than 2,000 parts or
    100 MB unpacked, parts that lie outside, are locked or torn, and anything before, between or behind them.
    """

    def look(sent: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(sent)) as archive:
                _look_at_head(sent, archive)
                _look_at_parts(archive, ending)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, KeyError):
            raise NotTaken(BROKEN) from None
        return sent

    return look


def _look_at_head(sent: bytes, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if not parts or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotTaken(TOO_LARGE)
    if sent[-END_BYTES:][:4] != ENDS_BARE or min(part.header_offset for part in parts) != 0:
        raise NotTaken(BROKEN)
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) != len(names) or any(map(_lies_outside, names)):
        raise NotTaken(BROKEN)
    if any(ACTIVE.search(name) and not SETTINGS_OF_A_PRINTER.match(name) for name in names):
        raise NotTaken(f"The document holds macros or other files. {SAVE_PLAIN}")


def _lies_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name or "\0" in name


def _look_at_parts(archive: zipfile.ZipFile, ending: str) -> None:
    """Unpack every part, piece by piece: what an archive says of its size may be a lie."""
    told, what = SAYS_WHAT[ending]
    left = MOST_UNPACKED
    for part in archive.infolist():
        is_read = part.filename == told or part.filename.lower().endswith(".rels")
        said = bytearray()
        for piece in _pieces(archive, part):
            left -= len(piece)
            if left < 0:
                raise NotTaken(TOO_LARGE)
            if is_read:
                said += piece
        if FETCHED.search(said) or (part.filename == told and MACRO in said.lower()):
            raise NotTaken(f"The document holds macros, or fetches something from elsewhere. {SAVE_PLAIN}")
        if part.filename == told and what not in said:
            raise NotTaken(f"The file is called .{ending} but is something else. Open it, save it anew and choose that")
    archive.getinfo(told)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while piece := opened.read(A_PIECE):
            yield piece
