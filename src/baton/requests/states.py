"""The states of a request and the moves between them."""

from baton.requests.models import HelpRequest

MOVES = {
    HelpRequest.State.WAITING: (HelpRequest.State.SCREENING, HelpRequest.State.ANSWERED),
    HelpRequest.State.SCREENING: (HelpRequest.State.WAITING, HelpRequest.State.ANSWERED),
    HelpRequest.State.ANSWERED: (),
}
