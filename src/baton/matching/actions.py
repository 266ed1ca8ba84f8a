"""Changes: suggesting that two records are of one person, saying whether they are, and taking that back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, connection, transaction

from baton.matching.models import Merge, PossibleDuplicate
from baton.matching.permissions import may_decide, may_suggest
from baton.matching.policies import TO_ASK_AGAIN, TO_COMPARE, TO_MERGE, TO_TELL_APART, TO_UNDO, MergeFacts
from baton.people.actions.members import families_to_follow, tell_followers_of
from baton.people.models import Person
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require

ASK_THE_HUB = (
    "One of these people stands in a family that you do not hold. Ask a hub adviser: they see both, and can do it."
)
IN_THE_WAY = (
    "Something in one of the records cannot stand beside the other. Nothing was changed."
    " Tell those who look after Baton."
)
MERGED_MEANWHILE = "One of these records was made one with another meanwhile. Look at the list again."
SAID_WHEN_ENTERED = "Said when they were entered."
RELATED = (
    "These two are recorded as related to each other, so they are two people. If they are not, whoever works with the"
    " family strikes that out first."
)
OTHER_PARENTS = (
    "Each of these two has a birth mother or birth father of their own. If those are one person too, make them one"
    " first. If one of them is wrong, whoever works with the family strikes that out first."
)
SENTENCES = {
    "BM001": IN_THE_WAY,
    "BM002": ASK_THE_HUB,
    "BM003": MERGED_MEANWHILE,
    "BM004": RELATED,
    "BM005": OTHER_PARENTS,
}


@dataclass(frozen=True)
class Suggestion:
    """Two records, the lower id first, how sure it is that they are of one person, and why."""

    one: int
    other: int
    sure: float
    why: tuple[str, ...]
    why_not: tuple[str, ...]


@action(allowed=may_suggest)
def suggest(*, found: Sequence[Suggestion], by: User | None, at: datetime) -> int:
    """Put pairs into the queue, or renew their score. A pair that somebody has decided on is left as it is.

    Returns how many were written.
    """
    decided = set(
        PossibleDuplicate.objects.exclude(state=PossibleDuplicate.State.WAITING)
        .filter(one__in=[each.one for each in found])
        .values_list("one_id", "other_id")
    )
    rows = [
        PossibleDuplicate(
            one_id=each.one,
            other_id=each.other,
            sure=each.sure,
            why=list(each.why),
            why_not=list(each.why_not),
            found_at=at,
        )
        for each in found
        if (each.one, each.other) not in decided
    ]
    PossibleDuplicate.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["one", "other"], update_fields=["sure", "why", "why_not"]
    )
    return len(rows)


@action(allowed=may_decide)
def ask_about(*, one: Person, other: Person, by: User, at: datetime) -> PossibleDuplicate:
    """The pair of two people whom somebody compares of their own accord. One that is there is left as it is.

    Raises `Refused` by `TO_COMPARE`.
    """
    both = sorted((one.pk, other.pk))
    facts = MergeFacts(
        reason_is_written=True,
        are_two_records=both[0] != both[1],
        both_stand_by_themselves=_stand_by_themselves(*both),
    )
    require(TO_COMPARE, facts)
    pair, _ = PossibleDuplicate.objects.get_or_create(
        one_id=both[0], other_id=both[1], defaults={"sure": 0, "found_at": at}
    )
    return pair


@action(allowed=may_decide)
def tell_apart(*, pair: PossibleDuplicate, reason: str, by: User, at: datetime) -> PossibleDuplicate:
    """Two people: they are not suggested again. Raises `Refused` by `TO_TELL_APART`."""
    pair.refresh_from_db()
    is_undecided = pair.state == PossibleDuplicate.State.WAITING
    require(TO_TELL_APART, MergeFacts(reason_is_written=bool(reason.strip()), is_undecided=is_undecided))
    return _decide(pair, PossibleDuplicate.State.DIFFERENT, reason, by, at)


def note_told_apart(person: Person, others: Sequence[Person], by: User, at: datetime) -> None:
    """Within an action: whoever entered somebody said that they are none of the others."""
    PossibleDuplicate.objects.bulk_create(
        [
            PossibleDuplicate(
                one_id=min(person.pk, other.pk),
                other_id=max(person.pk, other.pk),
                sure=0,
                state=PossibleDuplicate.State.DIFFERENT,
                found_at=at,
                decided_at=at,
                decided_by=by,
                reason=SAID_WHEN_ENTERED,
            )
            for other in others
        ],
        ignore_conflicts=True,
    )


@action(allowed=may_decide)
def ask_again(*, pair: PossibleDuplicate, by: User, at: datetime) -> PossibleDuplicate:
    """Take back that two records are of two people: the pair is looked at again. Raises `Refused` by `TO_ASK_AGAIN`."""
    pair.refresh_from_db()
    was_told_apart = pair.state == PossibleDuplicate.State.DIFFERENT
    require(TO_ASK_AGAIN, MergeFacts(reason_is_written=True, said_different=was_told_apart))
    pair.state, pair.decided_by, pair.decided_at, pair.reason = PossibleDuplicate.State.WAITING, None, None, ""
    pair.save()
    return pair


@action(allowed=may_decide)
def merge_people(
    *, survivor: Person, merged: Person, taken: Iterable[str], reason: str, by: User, at: datetime
) -> Merge:
    """One person: everything of `merged` goes to `survivor`. `taken` are columns whose value is to be the merged one's.

    Raises `Refused` by `TO_MERGE`, and where the asker may not see both. What was moved is in the ledger (`Moved`), and
    `undo_merge` takes it back.
    """
    facts = MergeFacts(
        reason_is_written=bool(reason.strip()),
        are_two_records=survivor.pk != merged.pk,
        both_stand_by_themselves=_stand_by_themselves(survivor.pk, merged.pk),
        said_different=_said_to_differ(survivor.pk, merged.pk),
    )
    require(TO_MERGE, facts)
    families = families_to_follow(survivor.pk, merged.pk)
    merge_id = _call("guard.merge_people", survivor.pk, merged.pk, list(taken), reason, at)
    pair = sorted((survivor.pk, merged.pk))
    for waiting in PossibleDuplicate.objects.filter(one_id=pair[0], other_id=pair[1]):
        _decide(waiting, PossibleDuplicate.State.JOINED, reason, by, at)
    tell_followers_of(families)
    return Merge.objects.get(pk=merge_id)


@action(allowed=may_decide)
def undo_merge(*, merge: Merge, reason: str, by: User, at: datetime) -> Merge:
    """Make two records again of one, also after later work and later merges. Raises `Refused` by `TO_UNDO`."""
    merge.refresh_from_db()
    require(TO_UNDO, MergeFacts(reason_is_written=bool(reason.strip()), is_standing=merge.undone_at is None))
    _call("guard.undo_merge", merge.pk, reason, at)
    pair = sorted((merge.survivor_id, merge.merged_id))
    for joined in PossibleDuplicate.objects.filter(one_id=pair[0], other_id=pair[1]):
        _decide(joined, PossibleDuplicate.State.DIFFERENT, reason, by, at)
    tell_followers_of(families_to_follow(*pair))
    merge.refresh_from_db()
    return merge


def _decide(pair: PossibleDuplicate, state: str, reason: str, by: User, at: datetime) -> PossibleDuplicate:
    pair.state, pair.decided_by, pair.decided_at, pair.reason = state, by, at, reason
    pair.save()
    return pair


def _stand_by_themselves(*people: int) -> bool:
    return not Merge.objects.filter(merged_id__in=people, undone_at__isnull=True).exists()


def _said_to_differ(one: int, other: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select guard.said_to_differ(%s, %s)", [one, other])
        return bool(cursor.fetchall()[0][0])


def _call(function: str, *given: Any) -> int:
    """Run one of the owner's functions; what it refuses is said in a sentence."""
    marks = ", ".join(["%s"] * len(given))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select {function}({marks})", given)
            return int(cursor.fetchall()[0][0])
    except Error as error:
        code = getattr(error.__cause__, "sqlstate", None)
        if code not in SENTENCES:
            raise
        raise Refused(SENTENCES[code]) from error
