"""The schedule, what is due for review, holds and certificates in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.urls import reverse

from baton.platform.dates_in_words import long_day, moment
from baton.practice.frameworks import RetentionRule
from baton.rights.models import Disposal, Hold
from baton.rights.models.retention import Reviewed
from baton.rights.queries.retention import KeptFamily

BEGINS = {"help_ended": "after help ended", "request_answered": "after the last request was answered"}


def rules_in_words(rules: Iterable[RetentionRule]) -> list[dict[str, str]]:
    """The schedule: each period with where it comes from."""
    return [
        {
            "title": rule.title,
            "period": _period(rule),
            "source": str(rule.source) if rule.source else "",
            "practice": rule.practice,
            "note": rule.note,
            "checked": long_day(rule.checked_on),
        }
        for rule in rules
    ]


def due_in_words(families: Iterable[KeptFamily]) -> list[dict[str, Any]]:
    """Families whose time is over."""
    return [
        {
            "name": name_of(each),
            "href": address_of(each),
            "until": long_day(each.kept.until) if each.kept else "",
            "rule": each.kept.rule.title if each.kept else "",
            "holds": each.holds,
        }
        for each in families
    ]


def name_of(kept: KeptFamily) -> str:
    """ "Quillfeather family", "Request EH-2026-0012, Quillfeather"."""
    return kept.name if kept.is_request else f"{kept.name} family"


def address_of(kept: KeptFamily) -> str:
    """The page that says until when it is kept."""
    return reverse("retention-request" if kept.is_request else "retention-family", args=[kept.id])


def holds_in_words(holds: Iterable[Hold], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Holds that stand."""
    return [
        {
            "name": f"{names[each.family_id]} family" if each.family_id in names else f"Family {each.family_id}",
            "reason": each.reason,
            "set": f"{each.set_by.name}, {moment(each.set_at)}",
            "review": long_day(each.review_on),
            "href": reverse("end-hold", args=[each.pk]),
        }
        for each in holds
    ]


def reviews_in_words(reviews: Iterable[Reviewed]) -> list[tuple[str, str]]:
    """What was decided, by whom and why."""
    return [(f"{each.decided_by.name}, {moment(each.decided_at)}", _decision(each)) for each in reviews]


def certificate_in_words(disposal: Disposal) -> list[tuple[str, str]]:
    """The certificate, line by line."""
    return [
        ("Record", f"Request {disposal.reference}" if disposal.reference else f"Family number {disposal.number}"),
        ("Rule", f"{disposal.rule_title} ({disposal.rule_source})"),
        ("Kept until", long_day(disposal.until)),
        ("Decided", f"{disposal.decided_by.name}, {moment(disposal.decided_at)}"),
        ("Approved and done", f"{disposal.approved_by.name}, {moment(disposal.approved_at)}"),
        ("People whose record went with it", str(disposal.people)),
        ("Entries of history that went with it", str(disposal.history)),
        ("Hash of what was removed", disposal.hash),
        ("Hash of the history that was removed", disposal.entries_hash),
    ]


def counts_in_words(disposal: Disposal) -> list[list[str]]:
    """How many rows of each kind were removed."""
    called = {model._meta.db_table: str(model._meta.verbose_name_plural) for model in apps.get_models()}
    rows = [(called.get(table, table), count) for table, count in disposal.counts.items()]
    return [[name[:1].upper() + name[1:], str(count)] for name, count in sorted(rows)]


def _period(rule: RetentionRule) -> str:
    said = f"{rule.years} years {BEGINS[rule.begins]}"
    if rule.whose_birthday == "nobody":
        return said
    return f"{said}, and at least until {rule.years_from_birth} years after the youngest child’s birth"


def _decision(review: Reviewed) -> str:
    until = f" until {long_day(review.keep_until)}" if review.keep_until else ""
    taken_back = " (taken back)" if review.taken_back_at else ""
    return f"{review.get_decision_display()}{until}: {review.because}{taken_back}"
