"""Deciding whether the file of a document is given with the copy, and keeping what was given."""

from datetime import datetime

from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import Refused, require
from baton.rights.models import CopiedFile, FileDecision, Item, Mark, Release
from baton.rights.permissions import may_answer
from baton.rights.policies.redaction import TO_DECIDE_ON_A_FILE, FileFacts
from baton.rights.queries.files import DOCUMENT, Gathered, file_decisions, files_gathered, get_gathered
from baton.rights.queries.gathered import hidden_by

Decided = tuple[Item, Gathered, FileDecision | None]


@action(allowed=may_answer)
def decide_file(*, item: Item, is_given: bool, reason: str, note: str, by: User, at: datetime) -> FileDecision:
    """Give the file of a document that was gathered, or withhold it and say why.

    Nothing in a file can be hidden here: what names others is given whole or not at all. Raises `Refused` by
    `TO_DECIDE_ON_A_FILE`, and after a release.
    """
    if Release.objects.filter(request_id=item.request_id).exists():
        raise Refused("A copy was released already: the files that went with it stay as they are.")
    file = get_gathered(item)
    facts = FileFacts(
        is_given=is_given,
        is_infected=not file.may_be_opened,
        row_is_hidden=hidden_by(item) is not None,
        reason_is_chosen=reason in Mark.Reason.values and reason != Mark.Reason.AGREES,
    )
    require(TO_DECIDE_ON_A_FILE, facts)
    decided = {
        "family_id": file.family_id,
        "is_given": is_given,
        "reason": "" if is_given else reason,
        "note": note,
        "decided_by": by,
        "decided_at": at,
    }
    kept, _ = FileDecision.objects.update_or_create(
        request_id=item.request_id, document_id=file.document_id, defaults=decided
    )
    return kept


def files_to_copy(request_id: int, items: list[Item]) -> list[Decided]:
    """Each document that was gathered, with its file and what was decided on it. Two queries."""
    files, decided = {each.document_id: each for each in files_gathered(request_id)}, file_decisions(request_id)
    found = [item for item in items if item.table == DOCUMENT and item.row_id in files]
    return [(item, files[item.row_id], decided.get(item.row_id)) for item in found]


def undecided_files(files: list[Decided]) -> int:
    """How many files nobody decided on; with a row that is hidden goes its file."""
    return sum(decision is None and hidden_by(item) is None for item, _, decision in files)


def wrongly_given(files: list[Decided]) -> int:
    """How many files were to be given whose row was hidden since, or in which a virus was found since."""
    return sum(
        decision is not None and decision.is_given and (hidden_by(item) is not None or not file.may_be_opened)
        for item, file, decision in files
    )


def as_copied(files: list[Decided]) -> dict[int, CopiedFile]:
    """What goes with a copy and what is withheld, by the row of its document, not yet kept."""
    copied: dict[int, CopiedFile] = {}
    for item, file, decision in files:
        kept = CopiedFile(request_id=item.request_id, family_id=file.family_id, document_id=file.document_id)
        why = hidden_by(item) or decision
        if why is None or why.decided_by_id is None or why.decided_at is None:
            raise ValueError("Nobody decided on this file.")
        kept.note, kept.decided_by_id, kept.decided_at = why.note, why.decided_by_id, why.decided_at
        kept.is_given = isinstance(why, FileDecision) and why.is_given
        if kept.is_given:
            number = sum(each.is_given for each in copied.values()) + 1
            kept.name, kept.size, kept.sha256 = f"{number:02}-{file.name}", file.size, file.sha256
        else:
            kept.reason = why.reason
        copied[item.pk] = kept
    return copied
