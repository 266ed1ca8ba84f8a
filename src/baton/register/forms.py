"""The calculator's one form."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from baton.platform.form_fields import BatonForm, MomentField, SelectField
from baton.practice.frameworks import Framework
from baton.practice.timescales import Timescale
from baton.register.queries import rules_to_work_out

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2098, 12, 31)  # so that a year's rule still ends on a known calendar


class CalculatorForm(BatonForm):
    """A rule of one of the places, and when its clock starts."""

    rule = SelectField(label="Rule", empty="Choose a rule", required_message="Choose a rule")
    start = MomentField(
        label="When does the clock start?",
        help_text="The time matters only for rules counted in hours",
        earliest=FIRST_DAY,
        latest=LAST_DAY,
        called="start",
        required_message="Enter when the clock starts, like 27 3 2026 and 2:30pm",
    )

    def __init__(self, data: Any = None, *, frameworks: Sequence[Framework], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.known = {
            f"{each.place}.{rule.id}": (each, rule) for each in frameworks for rule in rules_to_work_out(each)
        }
        self.fields["rule"].choices = [("", "Choose a rule"), *map(_group, frameworks)]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Framework, Timescale]:
        """The framework and the rule that were chosen."""
        return self.known[self.cleaned_data["rule"]]


def _group(framework: Framework) -> tuple[str, list[tuple[str, str]]]:
    return framework.name, [(f"{framework.place}.{rule.id}", rule.title) for rule in rules_to_work_out(framework)]
