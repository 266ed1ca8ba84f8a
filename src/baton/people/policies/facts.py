"""What must be true of the facts recorded of a person. Each sentence is what people read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from baton.people.policies.identifiers import is_nhs_number, is_uln, is_upn
from baton.practice.codes import code_list

# Which list of codes a fact takes its words from.
LISTS: Mapping[str, str] = {
    "sex": "sex",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "disabilities": "disability",
    "send": "send",
    "send_needs": "send_need",
    "no_upn": "no_upn",
    "no_nhs_number": "no_nhs_number",
    "no_uln": "no_uln",
    "first_language": "language",
    "interpreter_language": "language",
}
ALONE = "NONE"  # the disability code that stands alone
NOT_ASSESSED, AT_SCHOOL = "NSA", "K"


@dataclass(frozen=True)
class PersonFacts:
    """What would stand of a person. `chosen` are the codes now chosen, by list, without those that stood already."""

    today: date
    date_of_birth: date | None = None
    due_on: date | None = None
    died_on: date | None = None
    nhs_number: str = ""
    no_nhs_number: str = ""
    upn: str = ""
    no_upn: str = ""
    uln: str = ""
    no_uln: str = ""
    disabilities: tuple[str, ...] = ()
    send: str = ""
    send_needs: tuple[str, ...] = ()
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def is_born_or_awaited(facts: PersonFacts) -> bool:
    """Enter a date of birth or the date a baby is due, not both."""
    return facts.date_of_birth is None or facts.due_on is None


def birth_is_past(facts: PersonFacts) -> bool:
    """The date of birth must be in the past."""
    return facts.date_of_birth is None or facts.date_of_birth <= facts.today


def death_is_past_and_after_birth(facts: PersonFacts) -> bool:
    """The date of death must be in the past, and not before the date of birth."""
    if facts.died_on is None:
        return True
    return facts.died_on <= facts.today and (facts.date_of_birth is None or facts.date_of_birth <= facts.died_on)


def nhs_number_is_real(facts: PersonFacts) -> bool:
    """Check the NHS number: it has 10 digits and these do not fit together."""
    return not facts.nhs_number or is_nhs_number(facts.nhs_number)


def upn_is_real(facts: PersonFacts) -> bool:
    """Check the UPN: a letter, 12 figures (the last may be a letter), and these do not fit together."""
    return not facts.upn or is_upn(facts.upn)


def uln_is_real(facts: PersonFacts) -> bool:
    """Check the ULN: it has 10 digits and these do not fit together."""
    return not facts.uln or is_uln(facts.uln)


def there_is_a_number_or_a_reason(facts: PersonFacts) -> bool:
    """Enter the number, or say why there is none, not both."""
    pairs = ((facts.nhs_number, facts.no_nhs_number), (facts.upn, facts.no_upn), (facts.uln, facts.no_uln))
    return not any(number and reason for number, reason in pairs)


def no_disability_stands_alone(facts: PersonFacts) -> bool:
    """Select “No disability” alone, or the others."""
    return ALONE not in facts.disabilities or len(facts.disabilities) == 1


def needs_go_with_support(facts: PersonFacts) -> bool:
    """Say which support there is, before the kinds of need."""
    return not facts.send_needs or facts.send not in ("", "N")


def not_assessed_goes_with_support_at_school(facts: PersonFacts) -> bool:
    """Select “Not assessed by a specialist yet” only with SEN support at school."""
    return NOT_ASSESSED not in facts.send_needs or facts.send == AT_SCHOOL


def codes_are_in_force(facts: PersonFacts) -> bool:
    """Select one of the answers offered: what was chosen is not in use today."""
    return all(_in_force(name, code, facts.today) for name, codes in facts.chosen.items() for code in codes)


TO_RECORD = (
    is_born_or_awaited,
    birth_is_past,
    death_is_past_and_after_birth,
    nhs_number_is_real,
    upn_is_real,
    uln_is_real,
    there_is_a_number_or_a_reason,
    no_disability_stands_alone,
    needs_go_with_support,
    not_assessed_goes_with_support_at_school,
    codes_are_in_force,
)


def _in_force(name: str, code: str, on: date) -> bool:
    found = code_list(name).codes.get(code)
    return found is not None and found.in_force(on)
