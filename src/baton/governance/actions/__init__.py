"""Changes to who may never see a family, who may for a while, and why."""

from baton.governance.actions.alerts import close_alert, tell_own_details
from baton.governance.actions.emergencies import open_in_emergency, review_emergency
from baton.governance.actions.panels import bring_to_panel, decide_at_panel
from baton.governance.actions.restrictions import (
    keep_restricted,
    lift_restriction,
    name_person,
    restrict_family,
    unname_person,
)
from baton.governance.actions.samples import close_audit, close_sample, make_audit, open_sample
from baton.governance.actions.teams_around import join_team_around, leave_team_around

__all__ = [
    "bring_to_panel",
    "close_alert",
    "close_audit",
    "close_sample",
    "decide_at_panel",
    "join_team_around",
    "keep_restricted",
    "leave_team_around",
    "lift_restriction",
    "make_audit",
    "name_person",
    "open_in_emergency",
    "open_sample",
    "restrict_family",
    "review_emergency",
    "tell_own_details",
    "unname_person",
]
