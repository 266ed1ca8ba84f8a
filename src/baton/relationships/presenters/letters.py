"""How wide words are in a picture, so that nothing is drawn over them. Errs on the wide side."""

from collections.abc import Iterator

# Widths of Helvetica and its kin, in thousandths of the size; Noto Sans is a little wider, hence ROOM.
WIDTHS = {
    **dict.fromkeys("ijlI'|.,:;!", 280),
    **dict.fromkeys("ftr()[]/- ", 340),
    **dict.fromkeys("abdeghnopquL0123456789–?+", 560),
    **dict.fromkeys("ckvxyzsJ", 510),
    **dict.fromkeys("ABEFKPSTVXYZ", 670),
    **dict.fromkeys("CDGHNOQRUw", 760),
    **dict.fromkeys("mMW…", 900),
}
OTHER_LETTERS, WIDE_LETTERS = 650, 1000
ROOM = 1.08


def width_of(text: str, size: float) -> float:
    """The width of a line, in the unit of `size`."""
    return sum(map(_width, text)) * size * ROOM / 1000


def wrapped(text: str, *, size: float, room: float) -> Iterator[str]:
    """The text in lines that fit; a word that is too long by itself is broken, at its own hyphen if it has one."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= room:
            line = longer
            continue
        if line:
            yield line
        while width_of(word, size) > room and len(word) > 1:
            fits = max(1, next(n for n in range(1, len(word) + 1) if width_of(word[:n] + "-", size) > room) - 1)
            own = word.rfind("-", 0, fits + 1) + 1
            yield word[:own] or f"{word[:fits]}-"
            word = word[own or fits :]
        line = word
    if line:
        yield line


def _width(letter: str) -> int:
    return WIDTHS.get(letter) or (WIDE_LETTERS if ord(letter) > 0x2E80 else OTHER_LETTERS)
