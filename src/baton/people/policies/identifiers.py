"""Whether a number that stands for somebody can be one: NHS number, UPN, ULN, UPRN, postcode."""

import re
from datetime import date, timedelta

from baton.practice.codes import Code, code_list

NHS_WEIGHTS = range(10, 1, -1)  # of the first nine digits
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_SHAPE = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
A_POSTCODE = re.compile(r"(GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})")
GRACE = timedelta(days=366)  # schools change to a new authority's number within the year, not on the day


def plain(typed: str) -> str:
    """A number as it is kept: without spaces and dashes, in capitals."""
    return re.sub(r"[\s-]", "", typed).upper()


def is_nhs_number(number: str) -> bool:
    """Ten digits whose last is the one the first nine ask for (modulus 11). Ten noughts fit and are nobody's."""
    if len(number) != 10 or not _digits(number) or number == "0000000000":
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(number, NHS_WEIGHTS, strict=False)) % 11
    return check % 11 == int(number[9]) and check != 10


def is_upn(upn: str) -> bool:
    """Check letter, an authority that was there in the year it was given, school, year, number.

    A letter at the end makes it a temporary one, and counts into the check by its place among the letters.
    """
    if not UPN_SHAPE.fullmatch(upn) or upn[-1] not in UPN_LETTERS + "0123456789":
        return False
    return upn[0] == UPN_LETTERS[_weighed(upn[1:]) % 23] and _authority_was_there(upn[1:4], year_of_upn(upn))


def is_temporary_upn(upn: str) -> bool:
    """Whether a school gave it until the real one is found."""
    return upn[-1:].isalpha()


def year_of_upn(upn: str) -> int:
    """The year it was given, from its two figures; the first were given in 1998."""
    short = int(upn[8:10])
    return 1900 + short if short >= 90 else 2000 + short


def is_uln(number: str) -> bool:
    """Ten digits, the first not nought; weighed ten to one they leave ten when divided by eleven."""
    if len(number) != 10 or not _digits(number) or number[0] == "0":
        return False
    check = 10 - sum(int(digit) * weight for digit, weight in zip(number[:9], NHS_WEIGHTS, strict=True)) % 11
    return check == int(number[9])


def is_uprn(number: str) -> bool:
    """Up to twelve digits and not nought; there is no check digit."""
    return 1 <= len(number) <= 12 and _digits(number) and int(number) > 0


def postcode_of(typed: str) -> str:
    """A postcode as it is written, "DT1 1XJ"; empty where it cannot be one."""
    found = "".join(typed.split()).upper()
    return f"{found[:-3]} {found[-3:]}" if A_POSTCODE.fullmatch(found) else ""


def _weighed(twelve: str) -> int:
    values = [int(each) if each.isdigit() else UPN_LETTERS.index(each) for each in twelve]
    return sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))


def _authority_was_there(number: str, year: int) -> bool:
    authority: Code | None = code_list("authority").codes.get(number)
    if authority is None:
        return False
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins = authority.from_on if authority.from_on == date.min else authority.from_on - GRACE
    ends = authority.until_on if authority.until_on == date.max else authority.until_on + GRACE
    return begins <= last and first <= ends


def _digits(number: str) -> bool:
    return number.isascii() and number.isdigit()
