"""Holds on a family's record, reviews before it is disposed of, and the certificate of what was."""

from django.db import models
from django.db.models import Q

from baton.people.models import Family
from baton.platform.models import User


class Hold(models.Model):
    """Why nothing of a record may be disposed of, whatever the schedule says: an inquiry, a claim, an order."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="a_hold_ends_for_a_reason",
            ),
        ]


class Reviewed(models.Model):
    """What every review of a record says."""

    class Decision(models.TextChoices):
        KEEP = "keep", "Keep it longer"
        DISPOSE = "dispose", "Dispose of it"

    rule = models.CharField(max_length=60)
    rule_title = models.CharField(max_length=200)
    rule_source = models.CharField(max_length=300)
    until = models.DateField()  # when the time of the rule was over
    decision = models.CharField(max_length=10, choices=Decision)
    because = models.TextField()
    keep_until = models.DateField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class RetentionReview(Reviewed):
    """Somebody looked whether a family's record is still needed: kept until a day, or to be disposed of."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="keep", keep_until__isnull=False) | Q(decision="dispose", keep_until__isnull=True),
                name="what_is_kept_is_kept_until_a_day",
            ),
            models.UniqueConstraint(
                fields=["family"],
                condition=Q(decision="dispose", taken_back_at__isnull=True),
                name="one_disposal_is_decided_at_a_time",
            ),
        ]


class RequestReview(Reviewed):
    """The same of a request that became nobody's record. Requests lie beside this area: it knows them by name."""

    request = models.ForeignKey("requests.HelpRequest", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "review of a request"
        verbose_name_plural = "reviews of requests"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="keep", keep_until__isnull=False) | Q(decision="dispose", keep_until__isnull=True),
                name="a_request_that_is_kept_is_kept_until_a_day",
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(decision="dispose", taken_back_at__isnull=True),
                name="one_disposal_of_a_request_is_decided_at_a_time",
            ),
        ]


class Disposal(models.Model):
    """The certificate: what was disposed of by which rule, who decided and who approved. It names nobody it was about.

    Written by guard.dispose_family and guard.dispose_request only, and sealed with the days' entries.
    """

    number = models.BigIntegerField(unique=True, null=True)  # the family's, to which audit entries of old still point
    reference = models.CharField(max_length=12, blank=True, db_default="")  # of a request that belonged to no family
    rule = models.CharField(max_length=60)
    rule_title = models.CharField(max_length=200)
    rule_source = models.CharField(max_length=300)
    until = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()  # rows removed, by table
    people = models.PositiveIntegerField()
    history = models.PositiveIntegerField()  # entries of history that went with them
    hash = models.CharField(max_length=64)  # SHA-256 over every removed row
    entries_hash = models.CharField(max_length=64)  # SHA-256 over the kept hashes of removed history
    recorded_at = models.DateTimeField()
    transaction = models.BigIntegerField()
