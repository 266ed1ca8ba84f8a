"""The one table of what each status is called on a page, and its colour."""

from typing import NamedTuple


class Status(NamedTuple):
    """What a tag says and its colour, one of the design system's tag colours."""

    label: str
    colour: str


STATUSES: dict[str, dict[str, Status]] = {
    "deadline": {
        "not_started": Status("Not started", "grey"),
        "upcoming": Status("Upcoming", "blue"),
        "due_soon": Status("Due soon", "yellow"),
        "overdue": Status("Overdue", "red"),
        "met": Status("Met", "green"),
        "met_late": Status("Met late", "orange"),
        "ended_unmet": Status("Ended unmet", "magenta"),
        "not_needed": Status("Not needed", "grey"),
    },
    "request": {
        "waiting": Status("Waiting for the hub", "blue"),
        "screening": Status("Being screened", "yellow"),
        "answered": Status("Answered", "green"),
    },
    "consent": {
        "given": Status("Given", "green"),
        "verbal": Status("Said so", "green"),
        "written": Status("In writing", "green"),
        "not_asked": Status("Not asked yet", "yellow"),
        "refused": Status("Not given", "red"),
        "declined": Status("Does not agree", "red"),
        "agreed_later": Status("Agreed later", "grey"),
        "withdrawn": Status("Withdrawn", "red"),
    },
    "episode": {
        "waiting": Status("Waiting for a lead practitioner", "yellow"),
        "open": Status("Open", "blue"),
        "closed": Status("Closed", "grey"),
        "stepped_up": Status("Stepped up to social care", "purple"),
    },
    "assessment": {
        "started": Status("Being written", "blue"),
        "submitted": Status("Waiting for the manager", "yellow"),
        "returned": Status("Returned with comments", "orange"),
        "authorised": Status("Authorised", "green"),
    },
    "import": {
        "staged": Status("Under way", "yellow"),
        "done": Status("Done", "green"),
        "undone": Status("Taken back", "grey"),
        "partly_undone": Status("Taken back in part", "orange"),
        "tried": Status("Tried, nothing kept", "blue"),
    },
    "plan": {
        "draft": Status("Being written", "blue"),
        "agreed": Status("Agreed", "green"),
        "replaced": Status("Replaced", "grey"),
        "ended": Status("Ended", "grey"),
    },
    "plan_action": {
        "todo": Status("To do", "blue"),
        "late": Status("Late", "red"),
        "done": Status("Done", "green"),
        "dropped": Status("No longer needed", "grey"),
    },
    "closure": {
        "proposed": Status("Waiting for the manager", "yellow"),
        "returned": Status("Sent back", "orange"),
        "closed": Status("Closed", "grey"),
    },
    "visit": {
        "planned": Status("Planned", "blue"),
        "made": Status("Made", "green"),
        "failed": Status("Nobody seen", "red"),
        "cancelled": Status("Cancelled", "grey"),
    },
    "scan": {
        "not_scanned": Status("Not scanned", "yellow"),
        "waiting": Status("Not scanned yet", "yellow"),
        "clean": Status("Scanned", "green"),
        "infected": Status("A virus was found", "red"),
    },
    "access": {
        "running": Status("To answer", "blue"),
        "due_soon": Status("Due soon", "yellow"),
        "overdue": Status("Overdue", "red"),
        "stopped": Status("The clock stands", "grey"),
        "answered": Status("Answered", "green"),
    },
    "file": {
        "undecided": Status("To decide", "yellow"),
        "given": Status("Given with the copy", "green"),
        "withheld": Status("Withheld", "grey"),
    },
    "mark": {
        "undecided": Status("To decide", "yellow"),
        "hidden": Status("Hidden", "grey"),
        "left": Status("Left in", "green"),
    },
    "sharing": {
        "agreement": Status("Shared under agreement", "green"),
        "safeguarding": Status("Shared to keep somebody safe", "purple"),
        "duty": Status("Shared because of a duty", "purple"),
        "own": Status("Given to the family", "blue"),
        "not_shared": Status("Not shared", "grey"),
    },
    "task": {
        "todo": Status("Not started", "blue"),
        "under_way": Status("Under way", "yellow"),
        "done": Status("Done", "green"),
    },
}


def status_of(kind: str, status: str) -> Status:
    """The label and colour of a status; one that nobody listed shows its own name in grey."""
    return STATUSES[kind].get(status) or Status(str(status).replace("_", " ").capitalize(), "grey")
