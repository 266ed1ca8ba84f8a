"""What people said is wrong in their record, and what was done about it."""

from django.db import models
from django.db.models import Q

from baton.people.models import Family
from baton.platform.models import User


class Correction(models.Model):
    """Somebody asks for their record to be put right. Where it is not, what they say stays with the record."""

    class Decision(models.TextChoices):
        CORRECTED = "corrected", "Put right"
        NOT_CORRECTED = "not_corrected", "Not changed; what they say is kept with the record"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=200)
    received_on = models.DateField()
    said_wrong = models.TextField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=15, choices=Decision, blank=True)
    because = models.TextField(blank=True)  # what was put right, or why nothing was
    statement = models.TextField(blank=True)  # of disagreement, in their words
    told_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["received_on"], condition=Q(decision=""), name="correction_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    decision="", because="", told_on__isnull=True, decided_at__isnull=True, decided_by__isnull=True
                )
                | (
                    ~Q(decision="")
                    & ~Q(because="")
                    & Q(told_on__isnull=False, decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="a_correction_says_what_why_and_by_whom",
            ),
        ]
