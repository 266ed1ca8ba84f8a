"""Passwords of known breaches, looked up in a list the operator keeps: nothing about a password leaves the machine.

The list is one line a password: its SHA-1 in 40 hexadecimal digits, in order, what follows a colon is passed over. So
Have I Been Pwned publishes it; whole, it is tens of gigabytes, of which one look reads about forty lines.
"""

import os
from bisect import bisect_left
from hashlib import sha1
from io import BufferedReader
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

DIGITS = 40
LONGEST = 200  # bytes of a line: a file without lines, named by mistake, is not read into memory
AFTER_ALL = "~"  # greater than any hash
KNOWN = "This password is on a list of passwords that were stolen elsewhere. Choose another"


class NotBreached:
    """Refuses what stands in the list that `BATON_BREACHED_PASSWORDS` names; without one, nothing.

    A list that is named and cannot be read raises `OSError`: no password is taken unlooked.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if settings.BREACHED_PASSWORDS and stands_in(Path(settings.BREACHED_PASSWORDS), password):
            raise ValidationError(KNOWN, code="password_breached")

    def get_help_text(self) -> str:
        return "It must not be a password that was stolen elsewhere."


def stands_in(ordered: Path, password: str) -> bool:
    """Whether the list has this password, whose letters count as they were typed."""
    wanted = sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    with ordered.open("rb") as lines:
        return _hash_from(lines, _where(lines, wanted)) == wanted


def is_ordered(ordered: Path) -> bool:
    """Whether this looks like such a list: each line looked at, from all over it, is a hash, and they come in order."""
    with ordered.open("rb") as lines:
        size = _size(lines)
        found = [_hash_from(lines, at) for at in (0, size // 4, size // 2, size * 3 // 4)]
    hashes = [each for each in found if each != AFTER_ALL]
    return bool(hashes) and all(_is_hash(each) for each in hashes) and hashes == sorted(hashes)


def _where(lines: BufferedReader, wanted: str) -> int:
    """From where on the next line is not before the wanted one."""
    return bisect_left(range(_size(lines)), wanted, key=lambda at: _hash_from(lines, at))


def _hash_from(lines: BufferedReader, at: int) -> str:
    """The hash of the first line that begins there or later."""
    lines.seek(max(at - 1, 0))
    if at:
        lines.readline(LONGEST)
    return lines.readline(LONGEST)[:DIGITS].decode("ascii", "replace").upper() or AFTER_ALL


def _size(lines: BufferedReader) -> int:
    return os.fstat(lines.fileno()).st_size


def _is_hash(text: str) -> bool:
    return len(text) == DIGITS and not text.strip("0123456789ABCDEF")
