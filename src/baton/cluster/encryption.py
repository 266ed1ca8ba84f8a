"""Files that only the holders of a key can open, in the age format: streamed, in pieces that each prove themselves."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

OF_AGE = b"age-encryption.org/v1"
HOW_TO_MAKE_ONE = "`baton db key FILE` makes one and says its public half."


class NotOpened(Exception):
    """The wrong key, or a file that is not whole."""


class NoKey(Exception):
    """Nobody was named who can open it, or what was named is no key."""


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Writable(Protocol):
    def write(self, piece: bytes, /) -> int: ...

    def flush(self) -> None: ...


def make_key(file: Path, at: datetime) -> str:
    """Write a new private key, readable by its owner only; returns the public half. Raises NoKey when one is there."""
    key = x25519.Identity.generate()
    public = str(key.to_public())
    try:
        target = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NoKey(f"{file} is there already, and what it opens could be lost with it: choose another name.") from None
    with os.fdopen(target, "w") as written:
        written.write(f"# created: {at.isoformat(timespec='seconds')}\n# public key: {public}\n{key}\n")
    return public


def public_keys(words: Iterable[str]) -> list[x25519.Recipient]:
    """Those who will be able to open a file. Raises NoKey."""
    named = [word.strip() for word in words if word.strip()]
    if not named:
        raise NoKey(f"Name the public key of who may open it, with --for or in BATON_BACKUP_FOR. {HOW_TO_MAKE_ONE}")
    try:
        return [x25519.Recipient.from_str(word) for word in named]
    except RecipientError:
        raise NoKey(f"A public key begins with age1, and one of those named is none. {HOW_TO_MAKE_ONE}") from None


def private_keys(file: Path) -> list[x25519.Identity]:
    """The keys in a file that `make_key` or age-keygen wrote. Raises NoKey."""
    if not file.is_file():
        raise NoKey(f"There is no key file {file}.")
    lines = [line.strip() for line in file.read_text(errors="replace").splitlines()]
    try:
        keys = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except IdentityError:
        keys = []
    if not keys:
        raise NoKey(f"{file} holds no private key: it has a line that begins with AGE-SECRET-KEY-.")
    return keys


def encrypt(source: Readable, target: IO[bytes], readers: Sequence[x25519.Recipient]) -> None:
    """All of `source`, piece by piece, so that only `readers` can open it. Raises OSError when there is no room."""
    try:
        encrypt_io(source, target, readers)
    except EncryptError as reason:
        raise OSError(str(reason)) from reason


def decrypt(file: Path, target: Writable, keys: Sequence[x25519.Identity]) -> None:
    """Write what is in `file` to `target`, each piece once it is proven. Raises NotOpened, maybe after some pieces."""
    with file.open("rb") as source:
        if source.read(len(OF_AGE)) != OF_AGE:
            raise NotOpened(f"{file} is not an encrypted file of Baton's, or its beginning is missing.")
        source.seek(0)
        try:
            decrypt_io(source, target, keys)
        except DecryptError as reason:
            if "No matching keys" in str(reason):
                raise NotOpened(f"This key does not open {file}: it was written for another.") from reason
            raise NotOpened(_torn(file)) from reason
        except BrokenPipeError:
            raise  # the one who reads went away: the file may be whole
        except OSError as reason:
            raise NotOpened(_torn(file)) from reason


def _torn(file: Path) -> str:
    return f"{file} is not whole: it was cut off or changed after it was written. Fetch it again, or take another."
