"""What families agree to about the school, asked again and taken back; and what was decided to go to it."""

from datetime import datetime

from baton.consent.actions import Told as Agreed
from baton.consent.actions import consider_withdrawal, record_consent, renew_consents, withdraw_consent
from baton.consent.models import Consent
from baton.consent.queries import standing_consents
from baton.demonstration.filing import has_papers
from baton.demonstration.walk import Walk
from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember
from baton.people.queries import members_on
from baton.platform.models import User
from baton.sharing.actions import Ground, Told, decide_not_to_share, decide_to_share
from baton.sharing.models import Decision
from baton.sharing.presenters.papers import copy_that_leaves
from baton.sharing.queries import Document, as_document, document_of, uploaded_that_may_leave

# By the number of a family, so that what other families do stays as it was.
NOT_ASKED_AGAIN, TAKES_BACK, IS_CONSIDERED, LANDLORD_ASKS = 4, 10, 20, 6


def agree_about_school(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """Each parent agrees to sharing with the school and to asking it, one with a limit."""
    with walk.step(lead, at):
        members = list(members_on(episode.family_id, on=at.date()))
        school = next((each.person.school for each in members if each.person.school), "")
        for number, each in enumerate(member for member in members if member.part == FamilyMember.Part.PARENT):
            for purpose in (Consent.Purpose.SHARE, Consent.Purpose.CONTACT) if school else ():
                record_consent(
                    family=each.family,
                    person=each.person,
                    method=Consent.Method.WRITTEN,
                    given_at=at,
                    told=Agreed(
                        purpose=purpose,
                        agency="school",
                        organisation=school,
                        where=Consent.Where.VISIT,
                        scope="So that school knows why mornings are hard.",
                        limits="" if number else "Nothing about money.",
                        has_copy=True,
                    ),
                    by=lead,
                    at=at,
                )


def decide_about_papers(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """A drawing goes to school under agreement, else to the parent as their own; the letter to no landlord."""
    if not has_papers(walk):
        return
    with walk.step(lead, at):
        family = Family.objects.get(pk=episode.family_id)
        papers = {each.kind: as_document(each) for each in uploaded_that_may_leave(family.pk)}
        parents = [each for each in members_on(family.pk, on=at.date()) if each.part == FamilyMember.Part.PARENT]
        agreement = _to_share(episode)
        ground = Ground(agreement) if agreement else Ground(person=parents[0].person if parents else None)
        if ground.kind:
            told = Told(papers["drawing"], lead.name, at, because="They want it to be seen.")
            decide_to_share(family=family, told=told, ground=ground, by=lead, at=at)
        why = "They asked how the children do at school. The rent does not depend on it."
        told = Told(papers["letter_agency"], lead.name, at, "housing", "The landlord", because=why)
        decide_not_to_share(family=family, told=told, by=lead, at=at)


def decide_about_plan(walk: Walk, episode: Episode, lead: User, at: datetime) -> None:
    """The plan goes to the school under agreement; a landlord who asks for it gets nothing."""
    with walk.step(lead, at):
        family = Family.objects.get(pk=episode.family_id)
        agreement = _to_share(episode)
        document = document_of(family, Decision.What.PLAN, episode.pk, on=at.date())
        if agreement:
            told = Told(document, lead.name, at, recipient="The head of year", because="They have an action in it.")
            decide_to_share(family=family, told=told, ground=Ground(agreement), copy=copy_that_leaves, by=lead, at=at)
        if walk.number % LANDLORD_ASKS == 2:
            asked = Document(Decision.What.INFORMATION, 0, "What the family needs help with")
            why = "The rent is paid. They do not need it, and Mum does not want it."
            told = Told(asked, lead.name, at, "housing", "The landlord", because=why)
            decide_not_to_share(family=family, told=told, by=lead, at=at)


def ask_again(walk: Walk, episode: Episode, lead: User, manager: User, at: datetime) -> None:
    """At a review most are asked again; now and then somebody takes back that the school is told."""
    with walk.step(lead, at):
        agreement = _to_share(episode) if walk.number % TAKES_BACK == 3 else None
        if agreement:
            withdraw_consent(consent=agreement, withdrawn_at=at, reason="School told others.", by=lead, at=at)
        if walk.number % NOT_ASKED_AGAIN:
            _renew(episode, lead, at)
    if agreement and walk.number % IS_CONSIDERED == 3:
        with walk.step(manager, at):
            note = "They still want our help. Nobody else needs to know; the school nurse sees the children."
            outcome = Consent.Considered.CARRIES_ON
            consider_withdrawal(consent=agreement, outcome=outcome, note=note, by=manager, at=at)


def _renew(episode: Episode, lead: User, at: datetime) -> None:
    standing = list(standing_consents(episode.family_id))
    if standing:
        family = Family.objects.get(pk=episode.family_id)
        renew_consents(family=family, consents=standing, asked_at=at, by=lead, at=at)


def _to_share(episode: Episode) -> Consent | None:
    return standing_consents(episode.family_id).filter(purpose=Consent.Purpose.SHARE).first()
