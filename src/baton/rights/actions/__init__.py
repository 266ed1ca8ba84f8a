"""Changes to what people asked of their record."""

from baton.rights.actions.gathering import gather
from baton.rights.actions.redacting import decide_mark, decide_on_person, mark_by_hand
from baton.rights.actions.releasing import release_copy
from baton.rights.actions.requests import (
    Told,
    add_subject,
    answer_request,
    ask_the_person,
    check_identity,
    extend_request,
    note_their_answer,
    register_request,
    remove_subject,
)

__all__ = [
    "Told",
    "add_subject",
    "answer_request",
    "ask_the_person",
    "check_identity",
    "decide_mark",
    "decide_on_person",
    "extend_request",
    "gather",
    "mark_by_hand",
    "note_their_answer",
    "register_request",
    "release_copy",
    "remove_subject",
]
