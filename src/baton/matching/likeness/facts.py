"""What is known of somebody, in the shape in which people are compared."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

BETWEEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Facts:
    """One person, as one record tells of them. What is not known is empty. Names, addresses and schools are `plain`.

    `given` and `family` hold every name that was used, the present one first; `identifiers` are kind and value.
    """

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    born: date | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


def plain(words: str) -> str:
    """Small letters without accents or signs, one blank between words: "Zoë O'Brien-Marsh" is "zoe obrien marsh"."""
    letters = unicodedata.normalize("NFKD", words.casefold().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return BETWEEN.sub(" ", bare.replace("'", "").replace("’", "")).strip()


def compact(words: str) -> str:
    """Capital letters and digits only, as postcodes and identifiers are compared: "dt1 1xj" is "DT11XJ"."""
    return "".join(letter for letter in words.upper() if letter.isalnum())
