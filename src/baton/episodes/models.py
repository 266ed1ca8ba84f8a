"""The spine of the work: an episode of help, who leads it, what happened in it and what is due."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from baton.people.models import Family, Person
from baton.platform.models import Team, User


class Episode(models.Model):
    """One time of helping a family, from request to closure or step-up, under the framework version it began with."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for a lead practitioner"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        STEPPED_UP = "stepped_up", "Stepped up to social care"

    class Route(models.TextChoices):
        REQUEST = "request", "Request for help"
        STEP_DOWN = "step_down", "Step down from social care"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="episodes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    route = models.CharField(max_length=10, choices=Route, default=Route.REQUEST)
    level = models.PositiveSmallIntegerField(null=True)
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    flags = ArrayField(models.CharField(max_length=60), default=list)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    framework_place = models.CharField(max_length=20)
    framework_version = models.CharField(max_length=20)
    requested_at = models.DateTimeField()  # when the clock of the request started
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Two open episodes would give one family two plans and two leads.
            models.UniqueConstraint(
                fields=["family"], condition=Q(state__in=["waiting", "open"]), name="one_open_episode_a_family"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "open"], ended_at__isnull=True)
                | Q(state__in=["closed", "stepped_up"], ended_at__isnull=False),
                name="an_ended_episode_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "opened_at"], name="episode_by_team"),
            models.Index(fields=["requested_at"], condition=Q(state="waiting"), name="episode_waiting"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.OPEN)


class Period(Func):
    """The time from one column until another, for constraints."""

    function = "TSTZRANGE"


class Allocation(models.Model):
    """Who holds the baton: one lead practitioner of an episode, from one moment to another, with the manager's note."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="allocations")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    allocated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    children = models.PositiveSmallIntegerField()
    needs = models.TextField()
    first_visit_on = models.DateField(null=True)
    assessment_on = models.DateField(null=True)
    planning_meeting_on = models.DateField(null=True)
    manager_review_on = models.DateField(null=True)
    handover = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Exactly one lead practitioner at any moment.
            ExclusionConstraint(
                name="one_lead_practitioner_at_a_time",
                expressions=[
                    ("episode", RangeOperators.EQUAL),
                    (Period(F("from_at"), F("until_at")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["practitioner"], condition=Q(until_at__isnull=True), name="allocation_now_by_person"),
        ]


class Event(models.Model):
    """Something that happened, taken from the record it came from. Timeline, deadlines and measures read these."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="events")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    tool = models.CharField(max_length=40, blank=True)
    meeting = models.BooleanField(null=True)
    point = models.CharField(max_length=40, blank=True)
    summary = models.CharField(max_length=300, blank=True)  # one line for the timeline
    record = models.CharField(max_length=60)  # the table it came from
    record_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "record_id", "kind", "person"], nulls_distinct=False, name="an_event_is_recorded_once"
            ),
        ]
        indexes = [
            models.Index(fields=["family", "-at"], name="event_by_family"),
            models.Index(fields=["episode", "at"], name="event_by_episode"),
        ]


class Deadline(models.Model):
    """What is due, derived from events and framework: a cache without a clock in it (`baton deadlines rebuild`)."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        MET = "met", "Met"
        MET_LATE = "met_late", "Met late"
        ENDED_UNMET = "ended_unmet", "Ended unmet"

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="deadlines")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    owed_by = models.CharField(max_length=30)
    timescale = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=200)
    started_at = models.DateTimeField(null=True)
    record = models.CharField(max_length=60, blank=True)  # of the event that started the clock, as events name it
    record_id = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    lasts_until = models.DateTimeField(null=True)  # the last instant that is on time
    warn_from = models.DateTimeField(null=True)  # from when it counts as due soon
    framework_lasts_until = models.DateTimeField(null=True)  # the framework's own, where a manager set another date
    state = models.CharField(max_length=12, choices=State)
    met_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "timescale", "person", "started_at", "record", "record_id"],
                nulls_distinct=False,
                name="one_deadline_a_rule_and_start",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "lasts_until"], condition=Q(state="open"), name="deadline_open_by_owner"),
            models.Index(
                fields=["team", "owed_by", "lasts_until"], condition=Q(state="open"), name="deadline_open_by_team"
            ),
        ]


class DirectedDate(models.Model):
    """Another date that a manager set for one deadline, with the reason; the framework's own stays beside it."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="directed_dates")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    timescale = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)  # which turn of a repeating clock
    record = models.CharField(max_length=60, blank=True)  # the same by the record, whose date may be corrected later
    record_id = models.BigIntegerField(null=True)
    due_on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "timescale", "person", "started_at", "record", "record_id"],
                nulls_distinct=False,
                name="one_directed_date_a_start",
            ),
        ]


class Correction(models.Model):
    """Somebody changed what stood in a record: who, when, why, and what it said before, in words, field by field."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    record = models.CharField(max_length=60)  # the table, as events name it
    record_id = models.BigIntegerField()
    before = models.JSONField()
    because = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_correction_says_why")]
        indexes = [models.Index(fields=["record", "record_id"], name="correction_by_record")]


class StepUp(models.Model):
    """A child is not safe: who was told in social care, when and why. Never blocked; what is missing is recorded."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="step_up")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    immediate = models.BooleanField()
    told_to = models.CharField(max_length=200)
    reason = models.TextField()
    family_told = models.TextField(blank=True)  # or why telling them would put a child at risk
    still_missing = ArrayField(models.CharField(max_length=200), default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "step-up"
        verbose_name_plural = "step-ups"
