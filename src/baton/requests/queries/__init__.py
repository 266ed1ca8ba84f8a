"""Every read of requests for help."""

from baton.requests.queries.asked import (
    get_request,
    get_sent_request,
    requests_of_family,
    requests_sent_by,
    sending_of,
    started_by,
    teams_for_families,
)
from baton.requests.queries.queue import (
    HubCounts,
    QueueRow,
    answered_requests,
    hub_counts,
    hub_queue,
    still_to_tell,
)
from baton.requests.queries.recognition import (
    KnownFamily,
    earlier_requests,
    families_of_people_in,
    known_families,
    possible_matches,
)

__all__ = [
    "HubCounts",
    "KnownFamily",
    "QueueRow",
    "answered_requests",
    "earlier_requests",
    "families_of_people_in",
    "get_request",
    "get_sent_request",
    "hub_counts",
    "hub_queue",
    "known_families",
    "possible_matches",
    "requests_of_family",
    "requests_sent_by",
    "sending_of",
    "started_by",
    "still_to_tell",
    "teams_for_families",
]
