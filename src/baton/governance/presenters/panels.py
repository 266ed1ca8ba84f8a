"""What is before a panel, and what it decided, in words."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from baton.governance.models import PanelCase
from baton.governance.presenters.circles import Row
from baton.platform.dates_in_words import long_day
from baton.practice.loading import framework_in_force


def panel_name(on: date) -> str:
    """What the place calls its panel: "panel", in Derby "Vulnerable Children's Meeting"."""
    return framework_in_force(settings.BATON_PLACE, on=on).terms.get("panel", "panel")


def before_panel_in_words(cases: Iterable[PanelCase]) -> list[Row]:
    """The families a chair reads now: what is asked, by whom, and where the decision is written."""
    return [
        Row(
            name=f"{each.family.name} family",
            under=f"{each.question} Brought by {each.brought_by.name}, {each.brought_by.organisation.name}.",
            when=f"{each.locality.name}, since {long_day(each.brought_at)}",
            is_over=False,
            href=reverse("family", args=[each.family_id]),
            change=reverse("decide-at-panel", args=[each.pk]),
        )
        for each in cases
    ]


def panel_cases_in_words(cases: Iterable[PanelCase]) -> list[Row]:
    """Each time a family was brought to a panel, and what came of it."""
    return [
        Row(
            name=each.get_threshold_display() if each.threshold else "Not decided yet: its chair reads this record",
            under=each.words or each.question,
            when=f"{each.locality.name}, {long_day(each.decided_at or each.brought_at)}",
            is_over=each.decided_at is not None,
        )
        for each in cases
    ]
