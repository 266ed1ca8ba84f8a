"""Reads of families, their members and what is known of each."""

from baton.people.queries.matches import LikelyMatch, likely_matches, matches_are_found_by
from baton.people.queries.members import IS_HELD, children_of, get_family, get_held_family, get_member, members_on

__all__ = [
    "IS_HELD",
    "LikelyMatch",
    "children_of",
    "get_family",
    "get_held_family",
    "get_member",
    "likely_matches",
    "matches_are_found_by",
    "members_on",
]
