"""What managers add: oversight at the points the framework names, supervision, and a senior manager's sign-off."""

from django.db import models

from baton.episodes.models import Episode
from baton.people.models import Family
from baton.platform.models import User


class OversightNote(models.Model):
    """A manager's oversight at one point of the work."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="oversight_notes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    point = models.CharField(max_length=40)
    note = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Supervision(models.Model):
    """The discussion of one family in a practitioner's supervision."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="supervisions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()
    practitioner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    discussion = models.TextField()
    agreed = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class SignOff(models.Model):
    """A senior manager's agreement that help goes on beyond the limit."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sign_offs")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    until_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "sign-off"
        verbose_name_plural = "sign-offs"
