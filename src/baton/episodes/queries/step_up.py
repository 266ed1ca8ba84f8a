"""What an ordinary ending would have asked for: noted beside a step-up, to be put right afterwards."""

from baton.episodes.models import Allocation, Episode, Event, StepUp
from baton.episodes.policies import STEP_UP_ASKS_FOR, StepUpFacts
from baton.platform.refusals import unmet
from baton.practice.happenings import Happening


def still_missing(episode: Episode, *, family_told: str) -> tuple[str, ...]:
    """A sentence for each thing that is missing. Two queries. Nothing here ever stops a step-up."""
    kinds = set(Event.objects.filter(episode=episode).values_list("kind", flat=True).distinct())
    facts = StepUpFacts(
        has_lead=Allocation.objects.filter(episode=episode, until_at__isnull=True).exists() or not episode.is_open,
        has_written_consent=Happening.WRITTEN_CONSENT_RECORDED in kinds,
        has_assessment=Happening.ASSESSMENT_AUTHORISED in kinds or episode.route == Episode.Route.STEP_DOWN,
        has_plan=Happening.PLAN_AGREED in kinds,
        family_told=bool(family_told.strip()),
    )
    return unmet(STEP_UP_ASKS_FOR, facts)


def step_up_of(episode: Episode) -> StepUp | None:
    """The step-up of the episode, if it was recorded."""
    return StepUp.objects.filter(episode=episode).select_related("by").first()
