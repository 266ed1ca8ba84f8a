"""What must be true of people, families and what is recorded of them. Each sentence is what people read."""

from baton.people.policies.members import (
    CHILD,
    GROWN_UP_AT,
    TO_ADD,
    TO_KEEP,
    MemberFacts,
    Told,
    age_on,
    birth_is_past,
    grown_up_child_is_meant,
    is_born_or_awaited,
    is_new_to_the_family,
    left_after_joining,
    nhs_number_is_real,
)

__all__ = [
    "CHILD",
    "GROWN_UP_AT",
    "TO_ADD",
    "TO_KEEP",
    "MemberFacts",
    "Told",
    "age_on",
    "birth_is_past",
    "grown_up_child_is_meant",
    "is_born_or_awaited",
    "is_new_to_the_family",
    "left_after_joining",
    "nhs_number_is_real",
]
