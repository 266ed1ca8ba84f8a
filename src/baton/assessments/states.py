"""The states of an assessment and the moves between them."""

STARTED, SUBMITTED, RETURNED, AUTHORISED = "started", "submitted", "returned", "authorised"

MOVES: dict[str, tuple[str, ...]] = {
    STARTED: (SUBMITTED,),
    SUBMITTED: (RETURNED, AUTHORISED),
    RETURNED: (SUBMITTED,),
    AUTHORISED: (),
}
BEING_WRITTEN = (STARTED, RETURNED)


def may_move(state: str, to: str) -> bool:
    """Whether there is a move from one state to another."""
    return to in MOVES[state]
