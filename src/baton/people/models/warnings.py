"""Warnings: what somebody must know before they open the door, and when it was looked at again."""

from django.db import models
from django.db.models import Q

from baton.people.models.families import Family
from baton.people.models.persons import Person
from baton.platform.models import User


class FamilyWarning(models.Model):
    """A warning about a family or one person in it. A person's warning goes with the person into each family."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="warnings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="warnings")
    kind = models.CharField(max_length=20)  # a code of the list "warning"
    text = models.CharField(max_length=300)  # what to do, in a sentence
    reason = models.TextField()
    told = models.BooleanField()
    told_note = models.CharField(max_length=300)  # how they were told, or why not
    review_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # A warning that vanished without a name and a reason could cost somebody their safety.
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="an_ended_warning_says_who_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["family"], condition=Q(ended_at__isnull=True), name="warning_now_by_family"),
            models.Index(fields=["person"], condition=Q(ended_at__isnull=True), name="warning_now_by_person"),
        ]


class WarningReview(models.Model):
    """A warning looked at again and kept: who, what they found, and when it is looked at next."""

    warning = models.ForeignKey(FamilyWarning, on_delete=models.PROTECT, related_name="reviews")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found = models.TextField()
    next_on = models.DateField()
