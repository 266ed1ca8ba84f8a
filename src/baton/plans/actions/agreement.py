"""How everybody will work together, and the family's yes to the plan."""

from collections.abc import Mapping
from datetime import date, datetime, time

from baton.episodes.actions import record_event
from baton.episodes.models import Episode
from baton.people.queries import children_of
from baton.plans.actions.revisions import in_short, locked_episode, note_change, plan_to_change
from baton.plans.models import Plan, SeenAlone
from baton.plans.permissions import may_plan
from baton.plans.policies.plan import TO_AGREE
from baton.plans.queries.plans import agreement_facts, plan_in_full
from baton.platform.actions import action
from baton.platform.dates_in_words import long_day
from baton.platform.models import User
from baton.platform.refusals import EditedMeanwhile, require
from baton.practice.calendar import LONDON, day_of
from baton.practice.happenings import Happening


@action(allowed=may_plan, events=(Happening.PLAN_REVISED,))
def set_terms(
    *,
    episode: Episode,
    visit_every_weeks: int | None,
    alone: Mapping[int, str],
    contingency: str,
    review_on: date | None,
    version: int,
    by: User,
    at: datetime,
) -> Plan:
    """Say how often the family is visited and each child seen alone, what happens if things get worse, when the plan is
    reviewed (DOR 13.1, 5.5). `alone` is by the child's id; `version` is 0 for a plan nobody has started.

    Raises `Refused` when help has ended and `EditedMeanwhile` when somebody was quicker.
    """
    plan = plan_to_change(episode.pk)
    before = _seen_alone(plan)
    if plan.version != (version or 1):
        raise EditedMeanwhile(_terms(plan, before), version=plan.version, by=plan.edited_by.name)
    changes = [
        *_save_alone(plan, alone, before),
        *_save_terms(plan, visit_every_weeks=visit_every_weeks, contingency=contingency, review_on=review_on),
    ]
    if changes:
        plan.version += 1
        plan.save(update_fields=["version"])
        note_change(plan, *changes)
    return plan


@action(allowed=may_plan, events=(Happening.PLAN_AGREED,))
def agree_plan(*, episode: Episode, agreed_on: date, agreed_with: str, by: User, at: datetime) -> Plan:
    """Record that the family agreed to the plan, when and who. From then on every change is a revision.

    Raises `Refused` when a policy of `TO_AGREE` is not met.
    """
    episode = locked_episode(episode.pk)
    plan = plan_in_full(episode.pk)
    facts = agreement_facts(episode, plan, agreed_on=agreed_on, agreed_with=agreed_with, today=day_of(at))
    require(TO_AGREE, facts)
    assert plan is not None  # noqa: S101 - a plan with a goal is there
    plan.agreed_at = moment_on(agreed_on, at)
    plan.agreed_with, plan.edited_by, plan.edited_at = agreed_with, by, at
    plan.save(update_fields=["agreed_at", "agreed_with", "edited_by", "edited_at"])
    record_event(
        kind=Happening.PLAN_AGREED,
        episode=episode,
        record=plan,
        at=plan.agreed_at,
        summary=in_short(f"Agreed with {agreed_with}"),
    )
    return plan


def moment_on(on: date, at: datetime) -> datetime:
    """A moment for what somebody dates by its day: now if that is today, else midday."""
    return at if on == day_of(at) else datetime.combine(on, time(12), LONDON)


def _seen_alone(plan: Plan) -> dict[int, SeenAlone]:
    return {row.person_id: row for row in SeenAlone.objects.filter(plan=plan)}


def _terms(plan: Plan, alone: Mapping[int, SeenAlone]) -> dict[str, object]:
    theirs = {f"alone_{person_id}": row.how_often for person_id, row in alone.items()}
    names = ("visit_every_weeks", "contingency", "review_on")
    return {name: getattr(plan, name) for name in names} | theirs


def _save_terms(plan: Plan, *, visit_every_weeks: int | None, contingency: str, review_on: date | None) -> list[str]:
    sentences = {
        "visit_every_weeks": f"Visits: every {visit_every_weeks} weeks" if visit_every_weeks else "Visits: not said",
        "contingency": f"If things get worse: {in_short(contingency)}",
        "review_on": f"Next review on {long_day(review_on)}" if review_on else "Next review: no date",
    }
    wanted = {"visit_every_weeks": visit_every_weeks, "contingency": contingency, "review_on": review_on}
    changed = [name for name, value in wanted.items() if getattr(plan, name) != value]
    for name in changed:
        setattr(plan, name, wanted[name])
    plan.save(update_fields=changed)
    return [sentences[name] for name in changed]


def _save_alone(plan: Plan, alone: Mapping[int, str], before: Mapping[int, SeenAlone]) -> list[str]:
    changes = []
    for child in children_of(plan.family_id):
        how_often, row = alone.get(child.person_id, "").strip(), before.get(child.person_id)
        if how_often == (row.how_often if row else ""):
            continue
        if how_often:
            SeenAlone.objects.update_or_create(
                plan=plan, person_id=child.person_id, defaults={"family_id": plan.family_id, "how_often": how_often}
            )
        else:
            SeenAlone.objects.filter(plan=plan, person_id=child.person_id).delete()
        changes.append(f"{child.person.given_name} is seen alone: {how_often or 'not said'}")
    return changes
