"""Reads of families, their members and what is known of each."""

from baton.people.queries.members import (
    IS_HELD,
    Found,
    children_of,
    get_family,
    get_held_family,
    get_member,
    likely_matches,
    members_on,
    search_people,
)

__all__ = [
    "IS_HELD",
    "Found",
    "children_of",
    "get_family",
    "get_held_family",
    "get_member",
    "likely_matches",
    "members_on",
    "search_people",
]
