"""Numbers for people who do not exist, with check digits that fit. NHS numbers come from the range kept for tests."""

from datetime import date

from baton.people.policies.identifiers import NHS_WEIGHTS, UPN_LETTERS

AUTHORITY = {"dorset": "838", "doncaster": "371", "derby": "831"}
TEST_RANGE = 1_000_000  # 999 and six digits more


def nhs_number(number: int) -> str:
    """The NHS number of somebody, by a number of their own; empty where no tenth digit fits."""
    nine = f"999{number % TEST_RANGE:06}"
    check = (11 - _weighed(nine) % 11) % 11
    return "" if check == 10 else f"{nine}{check}"


def upn(place: str, born: date, number: int) -> str:
    """A pupil's number, given in the year they turned five by a school of the place."""
    year = max(born.year + 5, 2019)
    rest = f"{AUTHORITY[place]}{2000 + number % 900:04}{year % 100:02}{number % 1000:03}"
    return UPN_LETTERS[sum(int(digit) * weight for digit, weight in zip(rest, range(2, 14), strict=True)) % 23] + rest


def uln(number: int) -> str:
    """A learner's number; the next one that fits."""
    nine = f"9{number % 100_000_000:08}"
    check = 10 - _weighed(nine) % 11
    return f"{nine}{check}" if 0 <= check <= 9 else uln(number + 1)


def _weighed(nine: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(nine, NHS_WEIGHTS, strict=True))
