"""What people said is wrong in their record, and what was done about it."""

from django.db import models
from django.db.models import Q

from baton.people.models import Family, Person
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
    # What it is about: a subject of somebody's record, or one record. Nothing of these: the record as a whole.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=30, blank=True)
    record = models.CharField(max_length=60, blank=True)  # its table
    record_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=300, blank=True)  # what it was called when they asked
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=15, choices=Decision, blank=True)
    because = models.TextField(blank=True)  # what was put right, or why nothing was
    statement = models.TextField(blank=True)  # of disagreement, in their words
    told_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "request to put something right"
        verbose_name_plural = "requests to put something right"
        indexes = [models.Index(fields=["received_on"], condition=Q(decision=""), name="correction_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, subject="", record="", record_id__isnull=True, about="")
                | (Q(person__isnull=False, record="", record_id__isnull=True) & ~Q(subject="") & ~Q(about=""))
                | (Q(person__isnull=True, subject="", record_id__isnull=False) & ~Q(record="") & ~Q(about="")),
                name="a_correction_is_about_one_thing_or_the_whole",
            ),
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
