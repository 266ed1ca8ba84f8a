"""Files of documents in what somebody gets: whether each is given, by whom decided and why; and what was given."""

from django.db import models
from django.db.models import Q

from baton.documents.models import Document
from baton.people.models import Family
from baton.platform.models import User
from baton.rights.models.gathered import Mark, Release
from baton.rights.models.requests import AccessRequest

FOLDER = "files"  # beside the PDF, in what somebody gets


class FileDecision(models.Model):
    """Whether the file of a document that was gathered is given. Until somebody decided there is no row."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="file_decisions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    is_given = models.BooleanField()
    reason = models.CharField("why it is withheld", max_length=10, choices=Mark.Reason, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "document"], name="a_file_is_decided_on_once"),
            models.CheckConstraint(
                condition=Q(is_given=True, reason="") | (Q(is_given=False) & ~Q(reason="")),
                name="a_file_withheld_says_why",
            ),
        ]


class CopiedFile(models.Model):
    """A file as it went with a released copy, or why it did not. Only inserted; a document's file never changes."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="copied_files")
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    is_given = models.BooleanField()
    name = models.CharField("name in the copy", max_length=130, blank=True)  # none where it was withheld
    size = models.PositiveIntegerField("size in bytes", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    reason = models.CharField("why it was withheld", max_length=10, choices=Mark.Reason, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "file given with a copy", "files given with a copy"
        constraints = [
            models.UniqueConstraint(fields=["release", "document"], name="a_file_goes_with_a_copy_once"),
            models.CheckConstraint(
                condition=(Q(is_given=True, reason="") & ~Q(name="") & ~Q(sha256=""))
                | (Q(is_given=False, name="", sha256="", size=0) & ~Q(reason="")),
                name="a_file_was_given_or_says_why_not",
            ),
        ]
