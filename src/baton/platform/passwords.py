"""Which passwords are refused: those seen in breaches, and the service's own words. Nothing is asked of their letters.

As the National Cyber Security Centre advises: long, not on a list of known ones, and no rules of composition.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

SERVICE_WORDS = (
    "baton",
    "early",
    "help",
    "council",
    "children",
    "child",
    "family",
    "families",
    "hub",
    "practitioner",
    "password",
    "welcome",
    "letmein",
    "qwerty",
    "admin",
)
EASY = "This password is too easy to guess. Choose another, like three words that do not belong together"


class NotEasyToGuess(CommonPasswordValidator):
    """Refuses the twenty thousand passwords Django ships, whatever is added at their ends, and our own words."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = password.lower().strip()
        word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", typed)
        if {typed, word, _halved(word)} & set(self.passwords) or not _without(word, _words_of(user)):
            raise ValidationError(EASY, code="password_too_common")

    def get_help_text(self) -> str:
        return "It must not be a password that many people use."


def _halved(word: str) -> str:
    """ "word" for "wordword"."""
    half, odd = divmod(len(word), 2)
    return word[:half] if not odd and word[:half] == word[half:] else word


def _words_of(user: Any) -> list[str]:
    """The service's words and the person's own name and address, the longest first."""
    own = [getattr(user, name, "") for name in ("given_name", "family_name", "email")]
    parts = re.findall(r"[a-z]{3,}", " ".join([*own, settings.BATON_PLACE]).lower())
    return sorted({*SERVICE_WORDS, *parts}, key=len, reverse=True)


def _without(typed: str, words: list[str]) -> str:
    """What is left of a password when these words, digits and signs are taken out."""
    for word in words:
        typed = typed.replace(word, "")
    return re.sub(r"[\W\d_]+", "", typed)
