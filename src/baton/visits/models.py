"""Visits to a family: planned, made or failed, and who was seen."""

from django.db import models
from django.db.models import Q

from baton.episodes.models import Episode
from baton.people.models import Family, Person
from baton.platform.models import User


class Visit(models.Model):
    """A visit and what came of it: purpose, action, reflection, analysis."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        MADE = "made", "Made"
        FAILED = "failed", "Nobody seen"
        CANCELLED = "cancelled", "Cancelled"

    class Place(models.TextChoices):
        HOME = "home", "At home"
        SCHOOL = "school", "At school or nursery"
        CENTRE = "centre", "At a family hub or children's centre"
        OTHER_PRIVATE = "other_private", "Somewhere else, in private"
        PUBLIC = "public", "In a public place"
        VIDEO = "video", "By video or telephone"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="visits")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    planned_for = models.DateTimeField(null=True)
    happened_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=14, choices=Place, blank=True)
    purpose = models.TextField(blank=True)
    action = models.TextField(blank=True)
    reflection = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    failed_because = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # who saved it last
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["made", "failed"])
                | Q(happened_at__isnull=False, recorded_at__isnull=False, recorded_by__isnull=False),
                name="a_visit_made_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practitioner", "planned_for"], condition=Q(state="planned"), name="visit_planned_by_person"
            ),
        ]


class Seen(models.Model):
    """A family member seen on a visit, and whether alone."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="seen")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    alone = models.BooleanField()

    class Meta:
        verbose_name = "person seen at a visit"
        verbose_name_plural = "people seen at visits"
        constraints = [models.UniqueConstraint(fields=["visit", "person"], name="a_person_is_seen_once_a_visit")]
