"""Asks ClamAV about a file, through clamd's own protocol, over a socket. Nothing is asked where no clamd is named."""

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

SECONDS_TO_ANSWER = 20.0
A_PIECE = 64 * 1024
LONGEST_ANSWER = 4_096
NO_ANSWER = "no answer"


class Verdict(StrEnum):
    """What is known of a file."""

    NOT_SCANNED = "not_scanned"  # no scanner is named
    WAITING = "waiting"  # one is, and it did not answer
    CLEAN = "clean"
    INFECTED = "infected"


@dataclass(frozen=True)
class Scanned:
    """A verdict; `found` is the scanner's name for what it found, or what it said instead of an answer."""

    verdict: Verdict
    found: str = ""

    @property
    def is_silence(self) -> bool:
        """Whether nobody answered; a scanner that says no to one file may take the next."""
        return self.verdict == Verdict.WAITING and self.found.startswith(NO_ANSWER)


def is_named() -> bool:
    """Whether the operator named a scanner."""
    return bool(settings.CLAMD)


def scan(contents: bytes) -> Scanned:
    """What ClamAV says of a file. Never raises: a scanner that does not answer leaves the file waiting for one."""
    if not is_named():
        return Scanned(Verdict.NOT_SCANNED)
    try:
        said = _ask(b"INSTREAM", contents)
    except OSError as error:
        return Scanned(Verdict.WAITING, f"{NO_ANSWER}: {type(error).__name__}")
    return _understood(said)


def signatures() -> str:
    """What the scanner knows viruses by: "ClamAV 1.0.9/27821/Sat Nov 21 …". Empty where there is none, or no answer."""
    try:
        return _ask(b"VERSION").strip("\0\n ")[:200] if is_named() else ""
    except OSError:
        return ""


def _understood(said: str) -> Scanned:
    """ "stream: OK", "stream: Eicar-Test-Signature FOUND", or an error such as a limit of its own."""
    told = said.strip("\0\n ").removeprefix("stream: ")
    if told == "OK":
        return Scanned(Verdict.CLEAN)
    if told.endswith(" FOUND"):
        return Scanned(Verdict.INFECTED, told.removesuffix(" FOUND")[:200])
    return Scanned(Verdict.WAITING, told[:200] or NO_ANSWER)


def _ask(command: bytes, contents: bytes | None = None) -> str:
    with _connected() as clamd:
        clamd.sendall(b"z" + command + b"\0")
        if contents is not None:
            for start in range(0, len(contents), A_PIECE):
                piece = contents[start : start + A_PIECE]
                clamd.sendall(struct.pack("!L", len(piece)) + piece)
            clamd.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
            more = clamd.recv(LONGEST_ANSWER)
            if not more:
                break
            said += more
    return said.decode(errors="replace")


def _connected() -> socket.socket:
    """`tcp://host:port`, or `unix:/path/of/the/socket`."""
    address = urlsplit(settings.CLAMD)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname or "", address.port or 3310), timeout=SECONDS_TO_ANSWER)
    local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    local.settimeout(SECONDS_TO_ANSWER)
    try:
        local.connect(address.path)
    except OSError:
        local.close()
        raise
    return local
