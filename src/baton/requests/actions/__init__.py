"""Every change to requests for help."""

from baton.requests.actions.checking import link_person, record_agreement
from baton.requests.actions.holding import give_back, take
from baton.requests.actions.screening import Answer, screen
from baton.requests.actions.sending import Asked, Named, send_request
from baton.requests.actions.telling import tell_enquirer

__all__ = [
    "Answer",
    "Asked",
    "Named",
    "give_back",
    "link_person",
    "record_agreement",
    "screen",
    "send_request",
    "take",
    "tell_enquirer",
]
