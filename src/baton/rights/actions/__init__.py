"""Changes to what people asked of their record."""

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
    "extend_request",
    "note_their_answer",
    "register_request",
    "remove_subject",
]
