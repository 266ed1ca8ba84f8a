"""What the hub types when it checks and answers a request."""

from collections.abc import Iterable
from typing import Any

from baton.people.models import Family
from baton.platform.form_fields import BatonForm, ChoiceField, LongTextField, SelectField, TextField
from baton.platform.models import Team
from baton.practice.frameworks import Framework
from baton.requests.forms.steps import METHODS
from baton.requests.models import HelpRequest
from baton.requests.presenters.wording import consent_choices

NEW = "new"
WAYS = [(value, label) for value, label in HelpRequest.AnsweredHow.choices if value != HelpRequest.AnsweredHow.NOT_YET]


class ScreenForm(BatonForm):
    """The decision. What each decision asks for besides is asked for by the policies, not here."""

    decision = ChoiceField(label="What does this request lead to?", required=False)
    team = SelectField(label="Which team will hold the family?", required=False)
    family = ChoiceField(label="Which family is this?", required=False)
    signposted_to = LongTextField(label="What were they signposted to?", rows=2, limit=1_000, required=False)
    level = ChoiceField(label="Level of need", required=False)
    reason = LongTextField(
        label="Why?", help_text="What the decision rests on, for whoever reads it next", required=False
    )
    answer = LongTextField(
        label="What was the person who asked told?",
        help_text="They read this on their own page, if they have an account. Nobody is left without an answer.",
        required=False,
    )
    answered_how = ChoiceField(label="How were they told?", choices=WAYS, required=False)

    def __init__(
        self, *args: Any, framework: Framework, teams: Iterable[Team], families: list[Family], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(each.id, each.title) for each in framework.decisions]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "Select"), *((str(team.pk), team.name) for team in teams)]  # type: ignore[attr-defined]
        levels = [(str(level.number), f"{level.number} {level.title}") for level in framework.levels]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self._offer(families)

    def _offer(self, families: list[Family]) -> None:
        if not families:
            del self.fields["family"]
            return
        known = [(str(family.pk), f"{family.name} family, known already") for family in families]
        self.fields["family"].choices = [*known, (NEW, "Another family, new to us")]  # type: ignore[attr-defined]
        if len(families) == 1:
            self.fields["family"].initial = str(families[0].pk)


class AgreementForm(BatonForm):
    """What the family said when the hub asked."""

    consent = ChoiceField(
        label="Does the family agree to early help?",
        choices=consent_choices("practitioner"),
        required_message="Select what the family said",
    )
    consent_by = TextField(label="Who agreed?", required=False)
    consent_method = ChoiceField(label="How did they agree?", choices=METHODS, required=False)
    consent_notes = LongTextField(label="Notes (optional)", limit=2_000, rows=3, required=False)


class TellForm(BatonForm):
    """What the enquirer was told, afterwards."""

    answer = LongTextField(
        label="What was the person who asked told?", required_message="Write what the person who asked was told"
    )
    answered_how = ChoiceField(label="How were they told?", choices=WAYS, required_message="Select how they were told")
