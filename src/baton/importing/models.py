"""Runs of an import and what they say, the rows of an extract on their way, and where each record came from."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from baton.people.models import Family, Person
from baton.platform.models import User


class Run(models.Model):
    """One extract brought in through one mapping. It says nothing of anybody: what it brought is in `SourceRecord`."""

    class State(models.TextChoices):
        STAGED = "staged", "Under way"
        DONE = "done", "Done"
        UNDONE = "undone", "Taken back"
        PARTLY_UNDONE = "partly_undone", "Taken back in part"
        TRIED = "tried", "Tried, nothing kept"

    source = models.CharField(max_length=40)  # the other system
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of mapping and files together: which extract this was
    place = models.CharField(max_length=20)
    team_id = models.BigIntegerField(null=True)  # who holds what names no team
    state = models.CharField(max_length=16, choices=State, default=State.STAGED)
    counts = models.JSONField(default=dict)  # by kind and outcome
    rows = models.JSONField(default=list, db_default=[])  # of each sheet: how many were read, and what became of them
    # Columns and sheets that nothing was made of: sheet, column, why, in how many rows it says something.
    not_brought = models.JSONField(default=list, db_default=[])
    said = models.JSONField(default=list, db_default=[])  # level, field, words without anybody's values, how often
    known = models.JSONField(default=dict, db_default={})  # of a dry run: who may be known already, by how sure that is
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    families_taken_back = models.IntegerField(default=0, db_default=0)
    families_that_stay = models.IntegerField(default=0, db_default=0)  # somebody has worked on them since
    just_brought = 0  # rows of the batch that was brought last
    families_kept: Sequence[tuple[int, str]] = ()  # when it was taken back: ids here and there of those that stay

    class Meta:
        constraints = [
            # Two at once would bring one record twice.
            models.UniqueConstraint(fields=["state"], condition=Q(state="staged"), name="one_import_under_way"),
        ]


class Batch(models.Model):
    """Some rows that were brought in one transaction: where a run goes on after it was interrupted."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="batches")
    step = models.CharField(max_length=40)
    lane = models.SmallIntegerField(null=True)  # whose families' rows, where a step comes in lanes
    last = models.BigIntegerField()  # the last row that was taken
    rows = models.IntegerField()
    transaction = models.BigIntegerField()  # by which history knows what was written (platform/history.sql)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "batches"


class Staged(models.Model):
    """One record that a row of the extract is to become, until the run has ended. Nobody may read it."""

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed in the other system"
        SAME = "same", "As it was"
        STOPPED = "stopped", "Not brought"

    # PostgreSQL need not look the run up for each of a million rows: it has just made it, and none is ever removed.
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="staged", db_index=False, db_constraint=False)
    sheet = models.CharField(max_length=200)
    line = models.IntegerField()
    kind = models.CharField(max_length=12)
    source_id = models.TextField()
    family_ref = models.TextField()  # ids of the other system
    person_ref = models.TextField()
    other_ref = models.TextField()
    told = models.JSONField()
    digest = models.CharField(max_length=32)
    findings = models.JSONField(default=list)  # level, field and words of each
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.NEW)

    class Meta:
        verbose_name = "row of an extract"
        verbose_name_plural = "rows of extracts"
        indexes = [
            models.Index(fields=["run", "kind", "source_id"], name="staged_by_source"),
            models.Index(fields=["run", "kind", "person_ref"], name="staged_by_person"),
            models.Index(fields=["run", "kind", "family_ref"], name="staged_by_family"),
            models.Index(fields=["run", "kind", "other_ref"], name="staged_by_other"),
        ]


class ReportLine(models.Model):
    """What was found in one row of an extract, without anybody's values: the line says where to look them up."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines", db_index=False)
    sheet = models.CharField(max_length=200)
    line = models.IntegerField()
    kind = models.CharField(max_length=12)
    outcome = models.CharField(max_length=8, choices=Staged.Outcome)
    level = models.CharField(max_length=8)
    field = models.CharField(max_length=40)
    words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["run", "level", "id"], name="report_lines_by_level")]


class SourceRecord(models.Model):
    """Where a record came from: the other system, its id there, what it said when it was brought last."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="brought", db_constraint=False)
    changed_by = models.ForeignKey(
        Run, on_delete=models.PROTECT, null=True, related_name="changed", db_constraint=False
    )
    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    source_id = models.TextField()
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.JSONField()
    told_before = models.JSONField(null=True)  # what it said before the last change
    digest = models.CharField(max_length=32)
    digest_before = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            # An extract that comes again must find what it brought.
            models.UniqueConstraint(fields=["source", "kind", "source_id"], name="a_source_record_is_brought_once"),
        ]
        indexes = [models.Index(fields=["record", "record_id"], name="source_by_record")]
