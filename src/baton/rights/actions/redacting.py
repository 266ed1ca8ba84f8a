"""Deciding what is hidden in the copy somebody gets, by whom and why; each can be taken back until it is released."""

from datetime import datetime

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused
from baton.rights.models import AccessRequest, Item, Mark, Release
from baton.rights.permissions import may_answer
from baton.rights.policies.redaction import mentions

RELEASED = "A copy was released already: what it hides stays as it is."


@action(allowed=may_answer)
def decide_mark(*, mark: Mark, state: str, reason: str, note: str, by: User, at: datetime) -> Mark:
    """Hide what is marked, leave it in, or take the decision back. Raises `Refused` after a release."""
    _refuse_after_release(mark.request_id)
    now = Mark.objects.select_for_update(no_key=True).get(pk=mark.pk)
    _decide(now, state, reason, note, by, at)
    now.save()
    return now


@action(allowed=may_answer)
def decide_on_person(
    *, request: AccessRequest, name: str, state: str, reason: str, note: str, by: User, at: datetime
) -> AccessRequest:
    """Decide alike on everything undecided that names one other person. Raises `Refused` after a release."""
    _refuse_after_release(request.pk)
    marks = Mark.objects.select_for_update(no_key=True).filter(request=request, name=name)
    for mark in marks.filter(state=Mark.State.UNDECIDED):
        _decide(mark, state, reason, note, by, at)
        mark.save()
    return request


@action(allowed=may_answer)
def mark_by_hand(*, item: Item, passage: str, is_whole: bool, reason: str, note: str, by: User, at: datetime) -> Mark:
    """Hide a passage, or the whole row. Raises `Refused` when the passage does not stand there, and after a release."""
    _refuse_after_release(item.request_id)
    said = "\n".join(text for _, text in item.lines)
    if not is_whole and not mentions(said, [passage]):
        raise Refused("This passage does not stand there. Copy it from the row, letter for letter, as whole words.")
    mark = Mark(item=item, request_id=item.request_id, family_id=item.family_id, is_whole=is_whole, by_hand=True)
    mark.passages = [] if is_whole else [passage]
    _decide(mark, Mark.State.HIDDEN, reason, note, by, at)
    mark.save()
    return mark


def _decide(mark: Mark, state: str, reason: str, note: str, by: User, at: datetime) -> None:
    undecided = state == Mark.State.UNDECIDED
    mark.state, mark.note = state, "" if undecided else note
    mark.reason = "" if undecided else Mark.Reason.AGREES if state == Mark.State.LEFT else reason
    mark.decided_by, mark.decided_at = (None, None) if undecided else (by, at)


def _refuse_after_release(request_id: int) -> None:
    if Release.objects.filter(request_id=request_id).exists():
        raise Refused(RELEASED)
