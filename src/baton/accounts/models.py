"""Invitations: the one link by which somebody comes to a password of their own."""

from django.db import models
from django.db.models import F, Q

from baton.platform.models import User


class Invitation(models.Model):
    """A link that works once. Only its hash is kept, so that who reads the table cannot use it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # none: by the command
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    token: str = ""  # shown once by whoever made it, and never kept

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="invitation_ends_after_it_was_made"),
        ]
