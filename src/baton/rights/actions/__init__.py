"""Changes to what people asked of their record."""

from baton.rights.actions.corrections import ask_for_correction, decide_correction
from baton.rights.actions.files import decide_file
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
from baton.rights.actions.retention import (
    approve_disposal,
    approve_request_disposal,
    end_hold,
    hold_family,
    review_record,
    review_request,
    take_back_disposal,
    take_back_request_disposal,
)

__all__ = [
    "Told",
    "add_subject",
    "answer_request",
    "approve_disposal",
    "approve_request_disposal",
    "ask_for_correction",
    "ask_the_person",
    "check_identity",
    "decide_correction",
    "decide_file",
    "decide_mark",
    "decide_on_person",
    "end_hold",
    "extend_request",
    "gather",
    "hold_family",
    "mark_by_hand",
    "note_their_answer",
    "register_request",
    "release_copy",
    "remove_subject",
    "review_record",
    "review_request",
    "take_back_disposal",
    "take_back_request_disposal",
]
