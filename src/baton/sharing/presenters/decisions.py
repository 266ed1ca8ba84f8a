"""Decisions to share, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from baton.consent.models import Consent
from baton.platform.dates_in_words import long_day, moment
from baton.platform.jinja import url_if_any
from baton.platform.statuses import Status, status_of
from baton.practice.codes import code_list
from baton.sharing.models import Decision, HandedOut


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
            digest=left.digest if (left := copy_of(each)) else "",
        )
        for each in decisions
    ]


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


def handed_out(decision: Decision) -> str:
    """What stands on the copy itself: to whom, under what, by whose decision."""
    to, under = decision.receiver, ground_in_words(decision)
    return f"Handed out to {to}. {under}. Decided by {decision.decided_by}, {long_day(decision.decided_at)}."


def copy_of(decision: Decision) -> HandedOut | None:
    """The copy that left by it; nothing where it was in words, was not shared, or left before copies were kept."""
    return getattr(decision, "copy", None)


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


def file_name(decision: Decision) -> str:
    """What the file of a copy is called: what it is and when it left, and nobody's name."""
    return f"{decision.get_what_display().lower().replace(' ', '-')}-{decision.recorded_at:%Y-%m-%d}.pdf"


def share_url(family_id: int, what: str, record_id: int) -> str:
    """Where it is decided to hand out a document."""
    return url_if_any("share-document", family_id, what, record_id)
