"""The one plan of a family, the meetings that make and review it, and how help ended."""

from django.db import models
from django.db.models import F, Q

from baton.episodes.models import Episode
from baton.people.models import Family, Person
from baton.platform.models import User


class Plan(models.Model):
    """The whole-family plan of one episode."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="plan")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    visit_every_weeks = models.PositiveSmallIntegerField(null=True)
    seeing_children_alone = models.TextField(blank=True)
    contingency = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    agreed_at = models.DateTimeField(null=True)  # until then it is being written
    agreed_with = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()


class Goal(models.Model):
    """An outcome the family wants, in its own words."""

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
    done_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "id"]


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

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="meetings")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    held_at = models.DateTimeField()
    met = models.BooleanField(default=True)  # False for a review of collected updates
    chair = models.CharField(max_length=200, blank=True)
    note_taker = models.CharField(max_length=200, blank=True)
    childs_views = models.TextField(blank=True)
    discussed = models.TextField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decisions = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Nobody can chair well and take notes at once.
            models.CheckConstraint(
                condition=Q(chair="") | ~Q(chair=F("note_taker")), name="chair_and_note_taker_are_two_people"
            ),
        ]


class Attendance(models.Model):
    """Somebody invited to a meeting, or asked for an update, and whether they came or sent it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    came = models.BooleanField()
    update = models.TextField(blank=True)


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
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)  # the manager's reason for not closing yet
    version = models.PositiveIntegerField(default=1)
