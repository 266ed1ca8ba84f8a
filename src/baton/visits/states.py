"""The states of a visit and the moves between them. No Django."""

PLANNED, MADE, FAILED, CANCELLED = "planned", "made", "failed", "cancelled"

MOVES = {
    PLANNED: (MADE, FAILED, CANCELLED),
    MADE: (FAILED,),  # a correction
    FAILED: (MADE,),
    CANCELLED: (),
}
HAPPENED = (MADE, FAILED)
