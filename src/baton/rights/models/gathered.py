"""What was gathered for a request, what of it concerns other people, and the copies that were released."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from baton.people.models import Family, Person
from baton.platform.models import User
from baton.rights.models.requests import AccessRequest


class Item(models.Model):
    """One row of the record in words. `person` is set where it is about somebody else than who is asked about."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="items")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    position = models.PositiveIntegerField()
    section = models.CharField(max_length=100)
    heading = models.CharField(max_length=200)
    lines = models.JSONField()  # pairs of what it is called and what it says

    class Meta:
        verbose_name_plural = "rows gathered for copies"
        constraints = [
            models.UniqueConstraint(fields=["request", "table", "row_id"], name="a_row_is_gathered_once"),
        ]


class Mark(models.Model):
    """Something that may have to be hidden: a whole row, or each place where one of `passages` stands in it."""

    class State(models.TextChoices):
        UNDECIDED = "undecided", "To decide"
        HIDDEN = "hidden", "Hidden"
        LEFT = "left", "Left in"

    class Reason(models.TextChoices):
        ANOTHER = "another", "It is about another person"
        HARM = "harm", "It could cause serious harm"
        PRIVILEGE = "privilege", "It is legal advice"
        CRIME = "crime", "It would hinder preventing a crime"
        OTHER = "other", "Another exemption"
        AGREES = "agrees", "Left in: the other person agrees, or it is reasonable without"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="marks")
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="marks")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # whom it is about
    name = models.CharField(max_length=200, blank=True)
    is_whole = models.BooleanField(default=False)
    passages = ArrayField(models.TextField(), default=list)
    by_hand = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.UNDECIDED)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "marks on what was gathered"
        constraints = [
            models.CheckConstraint(condition=Q(is_whole=True) | ~Q(passages=[]), name="a_mark_says_what"),
            models.CheckConstraint(
                condition=Q(state="undecided", decided_by__isnull=True, decided_at__isnull=True, reason="")
                | (~Q(state="undecided") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
                name="a_decision_says_why_and_by_whom",
            ),
        ]


class Release(models.Model):
    """The copy that was released, frozen: one content for people (HTML, PDF) and machines (JSON). Only inserted."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="releases")
    families = ArrayField(models.BigIntegerField(), default=list)  # whose records it holds
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    hidden = models.PositiveIntegerField()
    html = models.BinaryField()
    pdf = models.BinaryField()
    json = models.BinaryField()
    hashes = models.JSONField()  # SHA-256 of each, by its name

    class Meta:
        verbose_name_plural = "copies released"


class RestrictedPart(models.Model):
    """A request concerns a restricted family: for the people named for it, and for nobody else."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "family"], name="the_named_are_told_once")]
