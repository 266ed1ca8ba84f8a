"""Documents of a family's record, what they hold, and viruses found in them."""

from django.db import models
from django.db.models import Q

from baton.episodes.models import Episode
from baton.people.models import Family, Person
from baton.platform.dates_in_words import long_day
from baton.platform.models import User
from baton.practice.codes import code_list


class Document(models.Model):
    """A file somebody added to a family's record. It may be withdrawn, with the reason; it is never removed."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not scanned"
        WAITING = "waiting", "Not scanned yet"
        CLEAN = "clean", "Nothing found"
        INFECTED = "infected", "A virus was found"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="documents")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")  # none between episodes
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # none: the whole family
    kind = models.CharField(max_length=20)  # a code of the list "document"
    title = models.CharField(max_length=200)
    dated_on = models.DateField("date on it")
    note = models.TextField(blank=True)  # what it shows; of direct work, what the child said in their own words
    file_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("size in bytes")
    sha256 = models.CharField("SHA-256 of the file", max_length=64)  # as it is kept
    sent_sha256 = models.CharField(max_length=64)  # of the file as it came; a picture is drawn anew
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scan = models.CharField("scan for viruses", max_length=12, choices=Scan)
    scanned_at = models.DateTimeField(null=True)
    scan_found = models.CharField(max_length=200, blank=True)  # the scanner's words
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["family", "-added_at"], name="document_by_family"),
            models.Index(fields=["id"], condition=Q(scan__in=("not_scanned", "waiting")), name="document_to_scan"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="a_document_is_not_empty"),
            models.CheckConstraint(
                condition=(Q(scan__in=("clean", "infected")) & Q(scanned_at__isnull=False))
                | (Q(scan__in=("not_scanned", "waiting")) & Q(scanned_at__isnull=True)),
                name="a_scanned_document_says_when",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="a_withdrawn_document_says_who_and_why",
            ),
        ]

    @property
    def in_a_line(self) -> str:
        """What it is, on one line: "Drawing or writing by a child or young person, 3 March 2026: My week"."""
        return f"{code_list('document').title_of(self.kind)}, {long_day(self.dated_on)}: {self.title}"

    @property
    def may_be_handed_out(self) -> bool:
        """Whether the file may leave Baton: nothing was found in it."""
        return self.scan != Document.Scan.INFECTED


class Contents(models.Model):
    """What a document holds. Only inserted; with the record in one database, so that no backup can have one without."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="contents")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    file = models.BinaryField()

    class Meta:
        verbose_name, verbose_name_plural = "file of a document", "files of documents"


class VirusFound(models.Model):
    """A virus that was found in a kept file, until information governance says what was done about it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="viruses")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    uploader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=200)  # the scanner's words
    found_at = models.DateTimeField()
    done = models.TextField("what was done", blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = "virus found in a document", "viruses found in documents"
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(closed_at__isnull=True), name="a_virus_is_told_of_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, done="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(done=""),
                name="a_virus_dealt_with_says_what_was_done",
            ),
        ]
        indexes = [models.Index(fields=["-found_at"], condition=Q(closed_at__isnull=True), name="virus_open")]


class Rescan(models.Model):
    """The scanner knew more viruses: how many files it was asked about again, and in how many it found one."""

    signatures = models.CharField(max_length=200)  # the scanner's words: its version, theirs and their day
    at = models.DateTimeField()
    files = models.PositiveIntegerField()
    viruses = models.PositiveIntegerField()
