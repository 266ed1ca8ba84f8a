"""What must be true before two records are made one, or two again. Each sentence is what people read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MergeFacts:
    """What is known when somebody says that two records are of one person."""

    reason_is_written: bool
    are_two_records: bool = True
    both_stand_by_themselves: bool = True
    said_different: bool = False
    is_undecided: bool = True
    is_standing: bool = True


def reason_is_written(facts: MergeFacts) -> bool:
    """Write how you know, so that whoever reads this next need not ask again."""
    return facts.reason_is_written


def are_two_records(facts: MergeFacts) -> bool:
    """These are the same record already."""
    return facts.are_two_records


def both_stand_by_themselves(facts: MergeFacts) -> bool:
    """One of these records was made one with another meanwhile. Look at the list again."""
    return facts.both_stand_by_themselves


def nobody_said_they_differ(facts: MergeFacts) -> bool:
    """Somebody has said that these are two people. Take that back first."""
    return not facts.said_different


def is_undecided(facts: MergeFacts) -> bool:
    """Somebody has decided on these two records meanwhile. Open them again."""
    return facts.is_undecided


def was_told_apart(facts: MergeFacts) -> bool:
    """Nobody has said that these are two people."""
    return facts.said_different


def is_standing(facts: MergeFacts) -> bool:
    """These records were made two again already."""
    return facts.is_standing


TO_COMPARE = (are_two_records, both_stand_by_themselves)
TO_MERGE = (reason_is_written, are_two_records, both_stand_by_themselves, nobody_said_they_differ)
TO_TELL_APART = (is_undecided, reason_is_written)
TO_ASK_AGAIN = (was_told_apart,)
TO_UNDO = (is_standing, reason_is_written)
