"""What practitioners add to a family's chronology by hand, and the copies made of it. The work's own are events."""

from django.db import models
from django.db.models import F, Q

from baton.people.models import Family, Person
from baton.platform.models import User


class Entry(models.Model):
    """Something that happened to a family, as somebody learned it: when, what, from whom, and why it matters."""

    class Significance(models.TextChoices):
        HIGH = "high", "Significant"
        ORDINARY = "ordinary", "Ordinary"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="chronology")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # none: the whole family
    happened_on = models.DateField()
    until_on = models.DateField(null=True)
    kind = models.CharField(max_length=20)  # a code of the list "chronology"
    what = models.TextField()
    agency = models.CharField(max_length=20)  # who knew it: a code of the list "agency"
    source = models.CharField(max_length=200)  # the letter, the call, the person it is from
    significance = models.CharField(max_length=10, choices=Significance, default=Significance.ORDINARY)
    why = models.CharField(max_length=300, blank=True)  # what it meant for the children
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "chronology entry"
        verbose_name_plural = "chronology entries"
        indexes = [models.Index(fields=["family", "happened_on"], name="entry_by_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("happened_on")), name="it_ended_after_it_began"
            ),
            # A chronology is read in court: what is called significant says why.
            models.CheckConstraint(condition=~Q(significance="high") | ~Q(why=""), name="what_is_significant_says_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="a_withdrawn_entry_says_who_and_why",
            ),
        ]


class EntryChange(models.Model):
    """How an entry stood before it was corrected. Only inserted."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    was = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "chronology entry as it stood before"
        verbose_name_plural = "chronology entries as they stood before"


class Copy(models.Model):
    """A copy of the chronology made for a meeting or a report: who chose it, when, and what for. Only inserted."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "copy of the chronology"
        verbose_name_plural = "copies of the chronology"
        indexes = [models.Index(fields=["family", "-made_at"], name="copy_by_family")]


class CopiedEntry(models.Model):
    """One entry of a copy, in the words it had on that day. Only inserted: a later correction does not touch it."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="entries")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    came_from = models.CharField(max_length=60)  # the table of the event or entry
    record_id = models.BigIntegerField()
    when = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    about = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "entry in a copy of the chronology"
        verbose_name_plural = "entries in copies of the chronology"
        constraints = [models.UniqueConstraint(fields=["copy", "position"], name="one_copied_entry_a_position")]
