"""What must be true of somebody in a family before it is kept. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date

from baton.people.policies.identifiers import is_nhs_number

GROWN_UP_AT = 18
CHILD = "child"


@dataclass(frozen=True)
class Told:
    """What is told of a person and of their part in a family."""

    given_name: str
    family_name: str
    part: str
    known_as: str = ""
    date_of_birth: date | None = None
    due_on: date | None = None
    sex: str = "U"
    nhs_number: str = ""
    phone: str = ""
    school: str = ""
    interpreter_needed: bool = False
    relationship: str = ""
    lives_with_family: bool = True


@dataclass(frozen=True)
class MemberFacts:
    """What is known when somebody joins a family or is corrected in it."""

    date_of_birth: date | None
    due_on: date | None
    part: str
    nhs_number: str
    today: date
    young_adult_meant: bool = True
    is_member_already: bool = False
    joined_on: date | None = None
    left_on: date | None = None


def is_born_or_awaited(facts: MemberFacts) -> bool:
    """Enter a date of birth or the date a baby is due, not both."""
    return facts.date_of_birth is None or facts.due_on is None


def birth_is_past(facts: MemberFacts) -> bool:
    """The date of birth must be in the past."""
    return facts.date_of_birth is None or facts.date_of_birth <= facts.today


def grown_up_child_is_meant(facts: MemberFacts) -> bool:
    """This person is 18 or over. Say that help for a young adult is meant, or choose another part."""
    if facts.part != CHILD or facts.date_of_birth is None or facts.young_adult_meant:
        return True
    return age_on(facts.today, born=facts.date_of_birth) < GROWN_UP_AT


def nhs_number_is_real(facts: MemberFacts) -> bool:
    """Check the NHS number: it has 10 digits and these do not fit together."""
    return not facts.nhs_number or is_nhs_number(facts.nhs_number)


def is_new_to_the_family(facts: MemberFacts) -> bool:
    """This person is in this family already."""
    return not facts.is_member_already


def left_after_joining(facts: MemberFacts) -> bool:
    """Nobody leaves a family before they joined it. Check the date."""
    return facts.left_on is None or facts.joined_on is None or facts.left_on >= facts.joined_on


TO_KEEP = (is_born_or_awaited, birth_is_past, grown_up_child_is_meant, nhs_number_is_real, left_after_joining)
TO_ADD = (is_new_to_the_family, *TO_KEEP)


def age_on(on: date, *, born: date) -> int:
    """The age in whole years on a date; of somebody born on 29 February, from 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
