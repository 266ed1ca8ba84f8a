"""Who was asked and does not agree: a young person, or a second adult; and what a manager made of it."""

from datetime import datetime

from baton.consent.actions import Asked, consider_refusal, record_refusal
from baton.consent.models import Consent, Refusal
from baton.consent.queries import has_not_agreed, standing_consents
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.people.models import FamilyMember
from baton.people.queries import members_on
from baton.platform.models import User
from baton.practice.calendar import age_on

# By the number of a family, so that what other families do stays as it was.
SAYS_NO, IS_CONSIDERED = 9, 18
HAS_A_SAY = 10  # about the age from which the walk's children speak for themselves


def some_say_no(walk: Walk, episode: Episode, lead: User, manager: User, at: datetime) -> None:
    """In some families somebody does not want the help; for every second of them a manager considered it."""
    if walk.number % SAYS_NO != 5:
        return
    with walk.step(lead, at):
        member = _who_says_no(episode, at)
        asked = Asked(
            lead.name,
            at,
            Refusal.Follows.MANAGER,
            where=Consent.Where.VISIT,
            reason="Nobody listens anyway. I will not sit in another meeting.",
            follows_note="We ask again when the youth worker has been.",
        )
        refusal = member and record_refusal(family=member.family, person=member.person, asked=asked, by=lead, at=at)
    if refusal and walk.number % IS_CONSIDERED == 5:
        with walk.step(manager, at):
            note = "The others want the help, and school sees the children each day. No first worry rests on this."
            outcome = Consent.Considered.CARRIES_ON
            consider_refusal(refusal=refusal, outcome=outcome, note=note, by=manager, at=at)


def _who_says_no(episode: Episode, at: datetime) -> FamilyMember | None:
    members = has_not_agreed(members_on(episode.family_id, on=at.date()), standing_consents(episode.family_id))
    young = [each for each in members if each.part == FamilyMember.Part.CHILD and _has_a_say(each, at)]
    adults = [each for each in members if each.part == FamilyMember.Part.PARENT]
    return next(iter(young + adults), None)


def _has_a_say(member: FamilyMember, at: datetime) -> bool:
    born = member.person.date_of_birth
    return born is not None and age_on(at.date(), born=born) >= HAS_A_SAY
