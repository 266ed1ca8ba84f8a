"""The lists of work a home page is made of: what each is called, what it holds, and what it says when it is empty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from baton.caseload.presenters import rows
from baton.caseload.presenters.rows import Row
from baton.caseload.queries import due, work
from baton.caseload.queries.due import teams_managed_by
from baton.platform.models import User
from baton.platform.prepared import prepared

SHOWN = 8  # rows of a list on the home page; the rest is one click away


@dataclass(frozen=True)
class WorkList:
    """One list of work: `held(user, teams, at)` gives its records, `row(record, at)` what each says."""

    key: str
    title: str
    held: Callable[[int, list[int], datetime], QuerySet[Any]]
    row: Callable[[Any, datetime], Row]
    none: str

    @cached_property
    def first(self) -> Callable[[int, list[int], datetime], list[Any]]:
        """The first of its records, and one more."""

        def held(user: int, teams: list[int], at: datetime) -> QuerySet[Any]:
            return self.held(user, teams, at)[: SHOWN + 1]

        return prepared(held)


@dataclass(frozen=True)
class Shown:
    """The beginning of a list on a page, and whether there is more of it."""

    key: str
    title: str
    rows: Sequence[Row]
    more: bool
    none: str
    records: Sequence[Any] = ()


MY_DUE = WorkList("due", "Due from me", due.my_due, rows.due_row, "Nothing is late or due soon.")
MY_FAMILIES = WorkList("families", "My families", work.my_families, rows.family_row, "You lead no family yet.")
MY_VISITS = WorkList("visits", "Planned visits", work.my_planned_visits, rows.visit_row, "No visit is planned.")
MY_RETURNED = WorkList(
    "returned", "Sent back to me", work.my_sent_back, rows.sent_back_row, "Nothing was sent back to you."
)
MY_ACTIONS = WorkList("actions", "My actions in plans", work.my_actions, rows.action_row, "No action waits for you.")
TO_ALLOCATE = WorkList(
    "waiting", "Waiting for a lead practitioner", work.waiting_to_allocate, rows.waiting_row, "No family waits."
)
TO_AUTHORISE = WorkList(
    "assessments",
    "Assessments to authorise",
    work.assessments_to_authorise,
    rows.authorise_row,
    "No assessment waits for you.",
)
TO_CLOSE = WorkList(
    "closures", "Closures to decide", work.closures_to_decide, rows.closure_row, "No closure waits for you."
)
AGREEMENT = WorkList(
    "withdrawals",
    "Agreement to consider",
    work.agreement_to_consider,
    rows.agreement_row,
    "Nobody’s withdrawal or no waits for you.",
)
OVERSIGHT = WorkList(
    "oversight", "Oversight owed", due.due_from_manager, rows.oversight_row, "You owe no oversight now."
)
LATE_IN_MY_TEAMS = WorkList(
    "late", "Late in my teams", due.late_in_teams, rows.owned_row, "Nothing is late in your teams."
)

PRACTITIONER_LISTS = (MY_DUE, MY_FAMILIES, MY_VISITS, MY_RETURNED, MY_ACTIONS)
MANAGER_LISTS = (TO_ALLOCATE, TO_AUTHORISE, TO_CLOSE, AGREEMENT, OVERSIGHT)


def beginning_of(listed: WorkList, user: User, *, at: datetime) -> Shown:
    """The first rows of a list. One query."""
    found = listed.first(user.pk, teams_managed_by(user), at)
    shown = [listed.row(record, at) for record in found[:SHOWN]]
    return Shown(listed.key, listed.title, shown, len(found) > SHOWN, listed.none, found)


def lists_for(practises: bool, manages: bool) -> dict[str, WorkList]:
    """The lists that somebody with these roles may open whole, by key."""
    mine = (PRACTITIONER_LISTS if practises else ()) + ((*MANAGER_LISTS, LATE_IN_MY_TEAMS) if manages else ())
    return {each.key: each for each in mine}
