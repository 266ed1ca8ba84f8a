"""Decisions to share, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from baton.consent.models import Consent, Refusal
from baton.documents.models import Document
from baton.documents.presenters import SCANS, about_whom, file_in_words, kind_in_words
from baton.platform.dates_in_words import long_day, moment
from baton.platform.jinja import url_if_any
from baton.platform.statuses import Status, status_of
from baton.practice.codes import code_list
from baton.sharing.models import Decision, DocumentLeft, HandedOut


@dataclass(frozen=True)
class DecisionInWords:
    """One decision as the list shows it."""

    when: str
    what: str
    to: str
    kind: str  # of agency
    tag: Status
    ground: str
    because: str
    decided_by: str
    recorded: str
    href: str
    digest: str  # of the copy that left
    link: str  # what the way to it says


def decisions_in_words(decisions: Iterable[Decision]) -> list[DecisionInWords]:
    """The decisions in their order."""
    return [
        DecisionInWords(
            when=moment(each.decided_at),
            what=each.described,
            to=each.receiver,
            kind=code_list("agency").title_of(each.agency) if each.agency else "",
            tag=status_of("sharing", each.ground or "not_shared"),
            ground=ground_in_words(each),
            because=each.because,
            decided_by=each.decided_by,
            recorded=f"Recorded by {each.recorded_by.name}, {moment(each.recorded_at)}",
            href=reverse("sharing-decision", args=[each.pk]),
            digest=left.digest if (left := copy_of(each) or document_of_decision(each)) else "",
            link=_way_to(left),
        )
        for each in decisions
    ]


def _way_to(left: HandedOut | DocumentLeft | None) -> str:
    if left is None:
        return "Open the decision"
    return "Open the document that left" if isinstance(left, DocumentLeft) else "Open the copy that left"


def ground_in_words(decision: Decision) -> str:
    """Under what it went: "Marigold Quillfeather agreed to sharing with Otter School"; empty where it did not."""
    if decision.agreement:
        return agreement_in_words(decision.agreement)
    if decision.reason:
        return code_list("sharing_reason").title_of(decision.reason)
    return "To somebody in the family" if decision.person else ""


def agreement_in_words(agreement: Consent) -> str:
    """Who agreed, and to sharing with whom."""
    return f"{agreement.given_by} agreed to sharing with {agreement.organisation}"


def hint_of(agreement: Consent) -> str:
    """How and when it was given, with its limits; or that it was withdrawn."""
    if agreement.withdrawn_at:
        return f"Withdrawn on {long_day(agreement.withdrawn_at)}: it covers nothing any more"
    said = f"{agreement.get_method_display()}, {long_day(agreement.given_at)}"
    return f"{said}. They do not want: {agreement.limits}" if agreement.limits else said


def refusals_in_words(refusals: Iterable[Refusal]) -> list[str]:
    """Who does not agree to sharing with whom, each in a line."""
    return [
        f"{each.said_by} was asked on {long_day(each.asked_at)} and does not agree: {each.organisation}"
        for each in refusals
    ]


def hint_of_document(document: Document) -> str:
    """What a document is, whom it is about, and what is not known of viruses in it."""
    said = f"{kind_in_words(document.kind)}, {long_day(document.dated_on)}. {about_whom(document)}"
    said = f"{said}. {file_in_words(document)}"
    return f"{said}. {SCANS[Document.Scan(document.scan)]}".rstrip(". ") + "."


def why_not_opened(document: Document) -> str:
    """Why the file of a document that left is not opened any more; empty where it is."""
    if document.withdrawn_at:
        return "This document was withdrawn since. What left is known by its SHA-256, and nobody opens it any more."
    return SCANS[Document.Scan.INFECTED] if not document.may_be_handed_out else ""


def warning_of(document: Document) -> str:
    """What is not known of viruses in a document that left; empty where nothing was found."""
    return SCANS[Document.Scan(document.scan)]


def handed_out(decision: Decision) -> str:
    """What stands on the copy itself: to whom, under what, by whose decision."""
    to, under = decision.receiver, ground_in_words(decision)
    return f"Handed out to {to}. {under}. Decided by {decision.decided_by}, {long_day(decision.decided_at)}."


def copy_of(decision: Decision) -> HandedOut | None:
    """The copy that left by it; nothing where it was in words, was not shared, or left before copies were kept."""
    return getattr(decision, "copy", None)


def document_of_decision(decision: Decision) -> DocumentLeft | None:
    """The document that left by it; nothing where something else did."""
    return getattr(decision, "document_left", None)


def facts_of(decision: Decision) -> list[tuple[str, str]]:
    """One decision, line by line."""
    said = decisions_in_words([decision])[0]
    to = f"{said.to} ({said.kind})" if said.kind else said.to
    rows = [
        ("What", said.what),
        ("To whom" if decision.is_shared else "Not to", to),
        ("Under what", said.ground),
        ("Why", said.because),
        ("Decided", f"{said.decided_by}, {said.when}"),
        ("Recorded", f"{decision.recorded_by.name}, {moment(decision.recorded_at)}"),
    ]
    return [(key, value) for key, value in rows if value]


def document_url(decision: Decision) -> str:
    """The page of the document that was added and that it is about; nothing where it is about something else."""
    return reverse("document", args=[decision.record_id]) if decision.what == Decision.What.DOCUMENT else ""


def file_name(decision: Decision) -> str:
    """What the PDF of a copy is called: what it is and when it left, and nobody's name."""
    return f"{decision.get_what_display().lower().replace(' ', '-')}-{decision.recorded_at:%Y-%m-%d}.pdf"


def share_url(family_id: int, what: str, record_id: int) -> str:
    """Where it is decided to hand out a document."""
    if what == Decision.What.DOCUMENT:
        return f"{url_if_any('share-uploaded', family_id)}?{urlencode({'document': record_id})}"
    return url_if_any("share-document", family_id, what, record_id)
