"""Changes to how people are related, and to a family's network."""

from baton.relationships.actions.relating import (
    add_relative,
    correct_relationship,
    end_relationship,
    record_relationship,
    record_relationships,
    strike_relationship,
)
from baton.relationships.actions.tying import add_tie, add_ties, change_tie, correct_tie, end_tie, strike_tie

__all__ = [
    "add_relative",
    "add_tie",
    "add_ties",
    "change_tie",
    "correct_relationship",
    "correct_tie",
    "end_relationship",
    "end_tie",
    "record_relationship",
    "record_relationships",
    "strike_relationship",
    "strike_tie",
]
