"""Decisions to share something of a family, or not to; and the copies that left by them."""

from django.db import models
from django.db.models import Q

from baton.consent.models import Consent
from baton.documents.models import Document
from baton.people.models import Family, Person
from baton.platform.models import User


class Decision(models.Model):
    """What goes to whom, on which ground; or that it does not go, and why. Only inserted."""

    class What(models.TextChoices):
        PLAN = "plan", "The plan"
        ASSESSMENT = "assessment", "The assessment"
        GENOGRAM = "genogram", "The genogram"
        NETWORK = "network", "The ecomap"
        CHRONOLOGY = "chronology", "A copy of the chronology"
        DOCUMENT = "document", "A document that was added"
        INFORMATION = "information", "Information in words"

    class Ground(models.TextChoices):
        AGREEMENT = "agreement", "Under agreement"
        SAFEGUARDING = "safeguarding", "To keep somebody safe"
        DUTY = "duty", "Because of a duty"
        OWN = "own", "To the family itself"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField()
    what = models.CharField(max_length=12, choices=What)
    record_id = models.BigIntegerField(null=True)  # of a document: the episode, assessment, copy or family it shows
    shown_on = models.DateField(null=True)  # the day a picture shows
    described = models.TextField()
    agency = models.CharField(max_length=20, blank=True)  # a code of the list "agency"
    organisation = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(max_length=200, blank=True)  # who there
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # of the family itself
    ground = models.CharField(max_length=12, choices=Ground, blank=True)
    agreement = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="decisions")
    reason = models.CharField(max_length=20, blank=True)  # a code of the list "sharing_reason"
    because = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "decision about sharing"
        verbose_name_plural = "decisions about sharing"
        indexes = [models.Index(fields=["family", "-decided_at"], name="sharing_by_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_shared=True) & ~Q(ground="") | (Q(is_shared=False, ground="") & ~Q(because="")),
                name="what_is_shared_says_the_ground_and_what_is_not_says_why",
            ),
            models.CheckConstraint(
                condition=Q(ground="agreement", agreement__isnull=False)
                | (~Q(ground="agreement") & Q(agreement__isnull=True)),
                name="sharing_under_agreement_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=("safeguarding", "duty")) | (~Q(reason="") & ~Q(because="")),
                name="sharing_without_agreement_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(organisation="") | Q(person__isnull=False), name="a_sharing_decision_names_who_it_is_about"
            ),
        ]

    @property
    def receiver(self) -> str:
        """Whom it went to, or did not go to."""
        to = self.person.name if self.person else self.organisation
        return f"{self.recipient}, {to}" if self.recipient else to


class HandedOut(models.Model):
    """The copy that left by a decision, byte for byte. Only inserted; PostgreSQL holds the digest to the content."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="copy")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField("the file")  # a PDF
    size = models.PositiveIntegerField("size in bytes")
    digest = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "copy handed out"
        verbose_name_plural = "copies handed out"


class DocumentLeft(models.Model):
    """A document that was added and left by a decision, as the file it is: that never changes. Only inserted."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="document_left")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField("size in bytes")
    digest = models.CharField("SHA-256", max_length=64)  # as the document said when it left

    class Meta:
        verbose_name = "document handed out"
        verbose_name_plural = "documents handed out"
        constraints = [
            models.CheckConstraint(condition=~Q(digest=""), name="a_document_that_left_is_known_by_its_hash")
        ]

    @property
    def may_be_opened(self) -> bool:
        """Whether it may still be handed out: by the rules of its own page."""
        return self.document.withdrawn_at is None and self.document.may_be_handed_out
