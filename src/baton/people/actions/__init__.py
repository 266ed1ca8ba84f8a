"""Changes to families, the people in them, and what is known of each."""

from baton.people.actions.facts import change_facts, record_birth
from baton.people.actions.homes import move_home
from baton.people.actions.matches import somebody_else, when_told_apart
from baton.people.actions.members import (
    OF_A_MEMBERSHIP,
    add_member,
    edit_member,
    hand_family_to,
    register_family,
    theirs_of,
    when_members_change,
)
from baton.people.actions.over_time import correct_over_time, record_over_time
from baton.people.actions.responsibility import end_responsibility, record_responsibility
from baton.people.actions.warnings import end_warning, give_warning, review_warning

__all__ = [
    "OF_A_MEMBERSHIP",
    "add_member",
    "change_facts",
    "correct_over_time",
    "edit_member",
    "end_responsibility",
    "end_warning",
    "give_warning",
    "hand_family_to",
    "move_home",
    "record_birth",
    "record_over_time",
    "record_responsibility",
    "register_family",
    "review_warning",
    "somebody_else",
    "theirs_of",
    "when_members_change",
    "when_told_apart",
]
