"""Who asks for what is held on whom, since when, what stopped the clock, and how they were answered."""

from django.db import models
from django.db.models import F, Q

from baton.people.models import Person
from baton.platform.models import User


class AccessRequest(models.Model):
    """A subject-access request. The last day to answer is not stored: it follows (policies/clock.py)."""

    class AsksAs(models.TextChoices):
        THEMSELVES = "themselves", "For themselves"
        PARENT = "parent", "As a parent or guardian, for a child"
        SOLICITOR = "solicitor", "As a solicitor, or under a power of attorney"
        ANOTHER = "another", "For somebody else who asked them to"

    class Channel(models.TextChoices):
        LETTER = "letter", "By letter"
        EMAIL = "email", "By e-mail or a form on the web"
        SPOKEN = "spoken", "Said to a member of staff"
        OTHER = "other", "In another way"

    class Outcome(models.TextChoices):
        SENT = "sent", "A copy was given"
        NOTHING_HELD = "nothing_held", "Nothing is held"
        REFUSED = "refused", "Refused, as manifestly unfounded or excessive"
        TAKEN_BACK = "taken_back", "Taken back by who asked"

    asked_by = models.CharField(max_length=200)
    asks_as = models.CharField(max_length=12, choices=AsksAs)
    authority = models.TextField(blank=True)  # how it is known that they may ask for somebody else
    reach = models.TextField()  # where the answer goes
    about = models.TextField()  # on whom, as they said it
    scope = models.TextField(blank=True)  # which part they want; everything where it is empty
    channel = models.CharField(max_length=10, choices=Channel)
    received_on = models.DateField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    identity_how = models.CharField(max_length=300, blank=True)
    identity_on = models.DateField(null=True)
    identity_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    extended_on = models.DateField(null=True)  # the day the person was told
    extended_because = models.TextField(blank=True)
    extended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    gathered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    told_how = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["received_on"], condition=Q(answered_on__isnull=True), name="access_open")]
        constraints = [
            # Who-and-when come together, or the log cannot be defended before the Commissioner.
            models.CheckConstraint(
                condition=Q(identity_on__isnull=True, identity_by__isnull=True, identity_how="")
                | (Q(identity_on__isnull=False, identity_by__isnull=False) & ~Q(identity_how="")),
                name="identity_says_how_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True, extended_by__isnull=True, extended_because="")
                | (Q(extended_on__isnull=False, extended_by__isnull=False) & ~Q(extended_because="")),
                name="extension_says_why_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, outcome="", told_how="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(outcome="") & ~Q(told_how="")),
                name="an_answer_says_what_how_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it on the telephone: "SAR 00012"."""
        return f"SAR {self.pk:05}"

    @property
    def is_answered(self) -> bool:
        return self.answered_on is not None


class Subject(models.Model):
    """Somebody on record whom a request is about. Name and birthday are copied: who works on it opens no record."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="subjects")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    born = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "people whose record was asked for"
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="a_request_is_about_a_person_once")]

    def __str__(self) -> str:
        return self.name


class Stop(models.Model):
    """What the person was asked for, and when it came; the clock stands in between."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", "Who they are, or that they may ask for somebody else"
        CLARIFICATION = "clarification", "What they mean"

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=15, choices=Kind)
    what = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "times a clock stood"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")), name="answered_after_asking"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(answered_on__isnull=True), name="one_question_at_a_time"
            ),
        ]
