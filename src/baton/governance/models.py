"""Who may never see a family, who may for a while, and why."""

from django.db import models
from django.db.models import F, Q

from baton.people.models import Family
from baton.platform.models import User


class Restriction(models.Model):
    """A family that nobody sees but the people named: a colleague's family, a family in hiding."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(lifted_at__isnull=True), name="a_family_is_restricted_once"
            ),
        ]


class NamedPerson(models.Model):
    """Somebody who may see a restricted family, and why."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="named")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "user"], condition=Q(until_at__isnull=True), name="a_person_is_named_once"
            ),
        ]


class Emergency(models.Model):
    """Somebody opened a family that is not theirs, said why, and a manager or information governance looks at it."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "emergencies"
        constraints = [models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="emergency_ends")]


class AroundMember(models.Model):
    """Somebody of any agency in the team around a family, who sees it while they are."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=100)  # what they do for the family: "school nurse"
    from_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "member of the team around the family"
        constraints = [
            models.UniqueConstraint(
                fields=["family", "user"], condition=Q(until_at__isnull=True), name="a_person_is_around_a_family_once"
            ),
        ]


class Sample(models.Model):
    """A family that an auditor reads while the audit is open."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    audit = models.CharField(max_length=200)  # what it is called: "Autumn 2026, neglect"
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "auditor"], condition=Q(closed_at__isnull=True), name="a_family_is_sampled_once"
            ),
        ]
