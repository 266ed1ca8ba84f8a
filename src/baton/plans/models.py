"""The one plan of a family, the meetings that make and review it, and how help ended."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from baton.episodes.models import Episode
from baton.people.models import Family, Person
from baton.platform.models import User


class Plan(models.Model):
    """The whole-family plan of one episode. Being written until `agreed_at`; every change after that is a revision."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="plan")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    visit_every_weeks = models.PositiveSmallIntegerField(null=True)
    contingency = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_with = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None


class SeenAlone(models.Model):
    """How often one child is seen alone, by the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="children_alone")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    how_often = models.CharField(max_length=200)

    class Meta:
        verbose_name = "how often a child is seen alone"
        verbose_name_plural = "how often children are seen alone"
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="a_plan_says_once_how_often_alone")]


class PlanRevision(models.Model):
    """What one day changed in a plan that was agreed: a sentence for each change, in the order they were made."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    revised_on = models.DateField()
    revised_at = models.DateTimeField()
    revised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changes = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ["-revised_on"]
        constraints = [models.UniqueConstraint(fields=["plan", "revised_on"], name="a_day_revises_a_plan_once")]


class Goal(models.Model):
    """An outcome the family wants, in its own words. `position` is its place in the family's order, from 1."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=60)
    wanted = models.TextField()
    position = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=20, blank=True)  # at closure, from the framework
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            # Two goals change places in two steps, so this is looked at when both are done.
            models.UniqueConstraint(
                fields=["plan", "position"], deferrable=Deferrable.DEFERRED, name="goals_of_a_plan_have_an_order"
            ),
        ]


class PlanAction(models.Model):
    """What somebody will do by when, and how everyone will know."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="actions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    owner = models.CharField(max_length=200)  # a family member, a practitioner or an agency, by name
    owner_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    owner_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    how_we_know = models.TextField()
    done_on = models.DateField(null=True)  # while it is to be done, there is none
    dropped = models.BooleanField(default=False)  # on `done_on` it was no longer needed
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped=False) | Q(done_on__isnull=False), name="a_dropped_action_says_since_when"
            ),
        ]

    @property
    def stands(self) -> str:
        """Where it stands: "todo", "done" or "dropped"."""
        if self.done_on is None:
            return "todo"
        return "dropped" if self.dropped else "done"

    @property
    def owner_key(self) -> str:
        """The owner as a form names it: "person-3" of the family, "user-5" of staff, or "other" with a name."""
        if self.owner_person_id:
            return f"person-{self.owner_person_id}"
        return f"user-{self.owner_user_id}" if self.owner_user_id else "other"

    @property
    def owner_elsewhere(self) -> str:
        """The owner's name where Baton does not know them."""
        return self.owner if self.owner_key == "other" else ""


class Meeting(models.Model):
    """A planning meeting, a review (which may be collected updates without a meeting), or an ending meeting."""

    class Kind(models.TextChoices):
        PLANNING = "planning", "Planning meeting"
        REVIEW = "review", "Review"
        ENDING = "ending", "Ending meeting"

    class Decision(models.TextChoices):
        CONTINUE = "continue", "Carry on with the plan"
        STEP_UP = "step_up", "Consider step up to social care"
        STEP_DOWN = "step_down", "Less help is needed now"
        CLOSE = "close", "Work towards closing"

    class Voice(models.TextChoices):
        PRESENT = "present", "A child was there and spoke"
        REPRESENTED = "represented", "Somebody spoke for them"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="meetings")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    held_at = models.DateTimeField()
    met = models.BooleanField(default=True)  # False for a review of collected updates
    chair = models.CharField(max_length=200, blank=True)
    note_taker = models.CharField(max_length=200, blank=True)
    childs_voice = models.CharField(max_length=12, choices=Voice)
    childs_views = models.TextField(blank=True)
    discussed = models.TextField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decisions = models.TextField(blank=True)
    shared_back = models.TextField(blank=True)  # how everyone heard what the updates said together
    next_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # who corrected it last
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # Nobody can chair well and take notes at once.
            models.CheckConstraint(
                condition=Q(chair="") | ~Q(Exact(Lower("chair"), Lower("note_taker"))),
                name="chair_and_note_taker_are_two_people",
            ),
            models.CheckConstraint(
                condition=Q(met=True) | Q(kind="review"), name="only_a_review_may_do_without_a_meeting"
            ),
        ]
        indexes = [models.Index(fields=["episode", "-held_at"], name="meeting_by_episode")]


class Attendance(models.Model):
    """Somebody invited to a meeting, or asked for an update, and whether they came or sent it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    came = models.BooleanField()
    update = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]


class Closure(models.Model):
    """How help ended: proposed by the lead practitioner, closed by the manager."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="closure")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=60)
    summary = models.TextField()
    leads_next = models.CharField(max_length=200)
    sustaining = models.TextField(blank=True)
    familys_view = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    returned_because = models.TextField(blank=True)  # the manager's reason for not closing yet
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    still_missing = ArrayField(models.CharField(max_length=200), default=list)  # records, when it was closed
    closed_without_because = models.TextField(blank=True)  # the manager's words about what is missing
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_closed_episode_says_who_closed_it",
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"],
                condition=Q(closed_at__isnull=True, returned_because=""),
                name="closure_to_decide",
            ),
        ]

    @property
    def waits_for_manager(self) -> bool:
        return self.closed_at is None and not self.returned_because
