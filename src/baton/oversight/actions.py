"""What managers add to the record: oversight, supervision, senior sign-off."""

from datetime import date, datetime
from typing import cast

from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.episodes.queries.stories import framework_of
from baton.oversight.models import OversightNote, SignOff, Supervision
from baton.oversight.permissions import may_manage, may_sign_off
from baton.oversight.policies import (
    TO_RECORD_OVERSIGHT,
    TO_RECORD_SUPERVISION,
    TO_SIGN_OFF,
    NoteFacts,
    SignOffFacts,
    SupervisionFacts,
)
from baton.oversight.queries import asks_for_sign_off
from baton.platform.actions import action
from baton.platform.models import User
from baton.platform.refusals import require
from baton.practice.happenings import Happening


@action(allowed=may_manage, events=(Happening.OVERSIGHT_RECORDED,))
def record_oversight(*, episode: Episode, point: str, note: str, by: User, at: datetime) -> OversightNote:
    """Give management oversight at one of the framework's points, or "" at any other time (DOR 20.1).

    Also after help has ended: oversight of a closure is owed then. Raises `Refused` for a point the framework does not
    name.
    """
    prompts = {prompt.id: prompt.title for prompt in framework_of(episode).oversight}
    require(TO_RECORD_OVERSIGHT, NoteFacts(point=point, points=frozenset(prompts)))
    made = OversightNote.objects.create(
        episode=episode, family_id=episode.family_id, point=point, note=note, by=by, at=at
    )
    summary = f"Oversight: {prompts[point]}" if point else "Oversight"
    record_event(kind=Happening.OVERSIGHT_RECORDED, episode=episode, record=made, at=at, point=point, summary=summary)
    return made


@action(allowed=may_manage, events=(Happening.SUPERVISION_HELD,))
def record_supervision(
    *,
    episode: Episode,
    practitioner: User | None,
    held_at: datetime,
    discussion: str,
    agreed: str = "",
    by: User,
    at: datetime,
) -> Supervision:
    """Write down how one family was discussed in a practitioner's supervision (DOR 20.2); what is personal stays out.

    Raises `Refused` when a policy of `TO_RECORD_SUPERVISION` is not met.
    """
    facts = SupervisionFacts(held_at=held_at, now=at, there_is_a_practitioner=practitioner is not None)
    require(TO_RECORD_SUPERVISION, facts)
    supervised = cast(User, practitioner)  # the policy has seen to it
    made = Supervision.objects.create(
        episode=episode,
        family_id=episode.family_id,
        held_at=held_at,
        practitioner=supervised,
        discussion=discussion,
        agreed=agreed,
        by=by,
        recorded_at=at,
    )
    summary = f"{by.name} with {supervised.name}"
    record_event(kind=Happening.SUPERVISION_HELD, episode=episode, record=made, at=held_at, summary=summary)
    return made


@action(allowed=may_sign_off, events=(Happening.SENIOR_SIGN_OFF_GIVEN,))
def give_sign_off(*, episode: Episode, reason: str, until_on: date | None, by: User, at: datetime) -> SignOff:
    """Agree as a senior manager that help goes on beyond the limit (DER, Support and Delivery).

    Raises `Refused` when a policy of `TO_SIGN_OFF` is not met.
    """
    facts = SignOffFacts(framework_asks_for_it=asks_for_sign_off(episode), episode_is_open=episode.is_open)
    require(TO_SIGN_OFF, facts)
    made = SignOff.objects.create(
        episode=episode, family_id=episode.family_id, reason=reason, until_on=until_on, by=by, at=at
    )
    summary = "Help goes on beyond the limit"
    record_event(kind=Happening.SENIOR_SIGN_OFF_GIVEN, episode=episode, record=made, at=at, summary=summary)
    return made
