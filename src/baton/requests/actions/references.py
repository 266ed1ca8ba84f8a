"""The short reference of a request, made to be read out on the telephone."""

import secrets

# No vowels, so that it spells no word; nothing that is heard or read as something else: 0 O, 1 I L, 2 Z, 5 S, 8 B, M N.
UNAMBIGUOUS = "34679CDFGHJKMPQRTVWXY"


def new_reference() -> str:
    """ "EH-7K3P-9Q": one of 85 million, drawn at random."""
    drawn = "".join(secrets.choice(UNAMBIGUOUS) for _ in range(6))
    return f"EH-{drawn[:4]}-{drawn[4:]}"
