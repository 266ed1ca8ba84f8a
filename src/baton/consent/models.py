"""A person's agreement to early help."""

from django.db import models
from django.db.models import F, Q

from baton.people.models import Family, Person
from baton.platform.models import User


class Consent(models.Model):
    """Who agreed to what help, how, until when. Agreement to a service is not the law's basis for a record."""

    class Method(models.TextChoices):
        VERBAL = "verbal", "Said so"
        WRITTEN = "written", "In writing"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    given_by = models.CharField(max_length=200)  # the name as given, before the person is on record
    method = models.CharField(max_length=10, choices=Method)
    scope = models.TextField(blank=True)  # what they agreed to
    limits = models.TextField(blank=True)  # what they did not want
    witnessed_by = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    withdrawal_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    consideration = models.TextField(blank=True)  # the manager's: whether what worried us still needs somebody else
    considered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    considered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(considered_at__isnull=True, considered_by__isnull=True, consideration="")
                | (Q(considered_at__isnull=False, considered_by__isnull=False) & ~Q(consideration="")),
                name="a_consideration_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.given_by

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None
