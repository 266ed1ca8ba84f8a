"""Bringing a family to its locality's panel, and what the panel decides."""

from datetime import datetime
from typing import cast

from baton.governance.models import PanelCase
from baton.governance.permissions import may_change_team_around, may_decide_at_panel
from baton.governance.policies import TO_BRING_TO_PANEL, TO_DECIDE_AT_PANEL, BringingFacts, DecidingFacts
from baton.governance.queries.panels import is_before_a_panel, locality_of
from baton.platform.actions import action
from baton.platform.models import Locality, User
from baton.platform.refusals import require


@action(allowed=may_change_team_around)
def bring_to_panel(*, family_id: int, question: str, by: User, at: datetime) -> PanelCase:
    """Let the panel of the family's locality consider it; its chair reads the family until it has decided.

    Raises `Refused` by `TO_BRING_TO_PANEL`.
    """
    locality = locality_of(family_id)
    facts = BringingFacts(
        question=question, has_a_locality=locality is not None, is_before_it_already=is_before_a_panel(family_id)
    )
    require(TO_BRING_TO_PANEL, facts)
    return PanelCase.objects.create(
        family_id=family_id,
        locality=cast(Locality, locality),
        question=question.strip(),
        brought_by=by,
        brought_at=at,
    )


@action(allowed=may_decide_at_panel)
def decide_at_panel(*, case: PanelCase, threshold: str, words: str, by: User, at: datetime) -> PanelCase:
    """Record what the panel agreed; from now on its chair reads the family no more.

    Raises `Refused` by `TO_DECIDE_AT_PANEL`.
    """
    case = PanelCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    require(TO_DECIDE_AT_PANEL, DecidingFacts(words=words, is_decided_already=case.decided_at is not None))
    case.threshold, case.words, case.decided_by, case.decided_at = threshold, words.strip(), by, at
    case.save(update_fields=["threshold", "words", "decided_by", "decided_at"])
    return case
