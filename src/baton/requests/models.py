"""Requests for help and how they were answered."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from baton.episodes.models import Episode
from baton.people.models import Family, FamilyMember, Person
from baton.platform.models import Team, User


class HelpRequest(models.Model):
    """Somebody asks for help with a family. It cannot end without an outcome and an answer."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the hub"
        SCREENING = "screening", "Being screened"
        ANSWERED = "answered", "Answered"

    class Source(models.TextChoices):
        PRACTITIONER = "practitioner", "Practitioner"
        FAMILY = "family", "Parent, carer or family member"
        YOUNG_PERSON = "young_person", "Young person"
        OTHER = "other", "Somebody else"

    class AnsweredHow(models.TextChoices):
        PHONE = "phone", "By telephone"
        EMAIL = "email", "By e-mail"
        IN_PERSON = "in_person", "In person"
        LETTER = "letter", "By letter"
        NOT_YET = "not_yet", "Not told yet: a child's safety came first"

    class ConsentState(models.TextChoices):
        GIVEN = "given", "The family agrees"
        NOT_ASKED = "not_asked", "Not asked yet"
        REFUSED = "refused", "The family does not agree"

    reference = models.CharField(max_length=12, unique=True)
    holder = models.CharField(max_length=40)  # who sent it: a person, or a browser without an account
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=20, choices=Source)
    enquirer_name = models.CharField(max_length=200)
    enquirer_job_title = models.CharField(max_length=100, blank=True)
    enquirer_organisation = models.CharField(max_length=200, blank=True)
    enquirer_organisation_kind = models.CharField(max_length=20, blank=True)
    enquirer_phone = models.CharField(max_length=30, blank=True)
    enquirer_email = models.EmailField(blank=True)
    contact_notes = models.TextField(blank=True)  # when and how it is safe to answer
    received_at = models.DateTimeField()
    screen_due_at = models.DateTimeField(null=True)  # where the framework sets a timescale
    screen_warn_from = models.DateTimeField(null=True)  # from when it counts as due soon
    child_in_danger = models.BooleanField(default=False)
    reasons = ArrayField(models.CharField(max_length=60), default=list)
    concerns = models.TextField()
    strengths = models.TextField(blank=True)
    tried = models.TextField(blank=True)
    others_told = models.TextField(blank=True)
    consent = models.CharField(max_length=10, choices=ConsentState)
    consent_by = models.CharField(max_length=200, blank=True)
    consent_method = models.CharField(max_length=10, blank=True)
    consent_notes = models.TextField(blank=True)
    consent_at = models.DateTimeField(null=True)  # when the family agreed, as far as the front door knows
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    screener = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    screening_started_at = models.DateTimeField(null=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="requests")
    decision = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    decision_reason = models.TextField(blank=True)
    signposted_to = models.TextField(blank=True)
    answer = models.TextField(blank=True)  # what the enquirer was told
    answered_how = models.CharField(max_length=20, choices=AnsweredHow, blank=True)
    screened_at = models.DateTimeField(null=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True)
    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, null=True, related_name="request")

    class Meta:
        constraints = [
            # Never nothing: a request ends with an outcome, a reason and an answer.
            models.CheckConstraint(
                condition=~Q(state="answered")
                | (Q(screened_at__isnull=False) & ~Q(decision="") & ~Q(decision_reason="") & ~Q(answer="")),
                name="a_request_ends_with_an_outcome_and_an_answer",
            ),
        ]
        indexes = [
            models.Index(  # all that counting the queue and its row policies ask, so that the requests are not opened
                fields=["-child_in_danger", "screen_due_at", "received_at", "id"],
                include=["state", "screener", "screen_warn_from", "family", "holder"],
                condition=~Q(state="answered"),
                name="request_queue_covered",
            ),
            models.Index(fields=["received_at"], name="request_by_time"),
            models.Index(fields=["screened_at"], condition=Q(state="answered"), name="request_answered"),
            models.Index(fields=["screener"], condition=Q(answered_how="not_yet"), name="request_to_tell"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED

    @property
    def surnames(self) -> str:
        """The children's surname, or surnames: what the family is called until it says otherwise."""
        return together([person.family_name for person in self.people.all() if person.part == FamilyMember.Part.CHILD])


def together(surnames: Iterable[str]) -> str:
    """The surnames of children as one: "Ashby and Thorne"."""
    return " and ".join(dict.fromkeys(surnames))[:120]


class RequestPerson(models.Model):
    """Somebody named in a request, as the enquirer knows them, and the known person they turned out to be."""

    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, related_name="people")
    part = models.CharField(max_length=10, choices=FamilyMember.Part)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    date_of_birth = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Person.Sex, default=Person.Sex.UNKNOWN)
    relationship = models.CharField(max_length=60, blank=True)
    school = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "person named in a request"
        verbose_name_plural = "people named in requests"
        indexes = [models.Index("date_of_birth", Lower("family_name"), name="request_person_by_birth")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
