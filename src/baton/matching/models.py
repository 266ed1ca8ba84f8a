"""The keys people are found by, pairs of records that may be of one person, and records that were made one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from baton.people.models import Person
from baton.platform.models import User


class SearchedPerson(models.Model):
    """What a person is compared by, kept in step by the database (search.sql). Nobody reads it directly."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    facts = models.JSONField()

    class Meta:
        verbose_name_plural = "facts people are compared by"


class SearchedName(models.Model):
    """A name of a person as it is looked up: plain, with its sound, and the birthday beside it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    given = models.TextField(db_collation="C")  # so that the beginning of a name is looked up by index
    family = models.TextField(db_collation="C")
    given_sound = models.TextField()
    family_sound = models.TextField()
    born = models.DateField(null=True)
    teams = ArrayField(models.BigIntegerField(), default=list, db_default=models.Value([]))  # kept by teams.sql

    class Meta:
        verbose_name_plural = "names people are found by"
        indexes = [
            # Each carries the person, so that the table itself need not be read.
            models.Index(fields=["born", "family"], include=["person"], name="searched_by_birth"),
            models.Index(fields=["family_sound", "given_sound", "born"], include=["person"], name="searched_by_sound"),
            models.Index(fields=["given", "born", "family"], include=["person"], name="searched_by_given"),
            models.Index(fields=["family", "given", "born"], include=["person"], name="searched_by_family"),
            models.Index(fields=["family", "born"], include=["person"], name="searched_by_family_birth"),
        ]


class SearchedKey(models.Model):
    """Something else a person is looked up by: postcode, word of a school's name, telephone number or identifier."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    value = models.TextField()

    class Meta:
        verbose_name_plural = "keys people are found by"
        indexes = [models.Index(fields=["value", "kind"], include=["person"], name="searched_by_key")]


class PossibleDuplicate(models.Model):
    """Two records that may be of one person, until somebody says whether they are."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be looked at"
        DIFFERENT = "different", "Two people"
        JOINED = "joined", "One person"

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sure = models.FloatField()
    why = ArrayField(models.TextField(), default=list)
    why_not = ArrayField(models.TextField(), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # A pair is looked at once, whichever stands first.
            models.UniqueConstraint(fields=["one", "other"], name="a_pair_is_suggested_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_stands_in_one_order"),
        ]
        indexes = [
            models.Index(fields=["-sure", "id"], condition=Q(state="waiting"), name="duplicates_to_look_at"),
        ]


class Merge(models.Model):
    """Two records of one person made one: `merged` was taken into `survivor`, until it is undone."""

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_reason = models.TextField(blank=True)
    families = ArrayField(models.BigIntegerField(), default=list)  # in which the merged one stood, and the survivor not

    class Meta:
        constraints = [
            # Somebody who was taken into another record is not taken into a second one.
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="merged_away_once"),
            models.CheckConstraint(condition=~Q(survivor=F("merged")), name="nobody_is_merged_into_themselves"),
        ]


class Moved(models.Model):
    """The ledger of a merge: one row that was moved to the survivor, changed, or folded into a row they had already."""

    class What(models.TextChoices):
        MOVED = "moved", "Moved"
        CHANGED = "changed", "Changed"
        FOLDED = "folded", "Folded into another"

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moved")
    what = models.CharField(max_length=8, choices=What)
    table_name = models.TextField()
    row_id = models.BigIntegerField()
    column_name = models.TextField(blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    is_undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = "row a merge moved"
        verbose_name_plural = "rows that merges moved"
        indexes = [models.Index(fields=["table_name", "row_id"], name="moved_by_row")]
