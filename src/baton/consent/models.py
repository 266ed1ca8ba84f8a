"""What each person agreed to, and what they were asked and did not agree to; and that they were asked again."""

from django.db import models
from django.db.models import F, Q

from baton.people.models import Family, Person
from baton.platform.models import User


class Consent(models.Model):
    """One person's agreement to one thing, how it was given, until when. It is not the law's basis for a record."""

    class Method(models.TextChoices):
        VERBAL = "verbal", "Said so"
        WRITTEN = "written", "In writing"

    class Purpose(models.TextChoices):
        HELP = "help", "Early help"
        SHARE = "share", "Sharing with an agency"
        CONTACT = "contact", "Asking an agency"

    class Where(models.TextChoices):
        FRONT_DOOR = "front_door", "At the front door"
        VISIT = "visit", "At a visit"
        MEETING = "meeting", "At a meeting"
        SETTING = "setting", "At school or another setting"
        TELEPHONE = "telephone", "By telephone or video"
        ELSEWHERE = "elsewhere", "Somewhere else"

    class Considered(models.TextChoices):
        ENDS = "ends", "The help ends and nobody else is told"
        CARRIES_ON = "carries_on", "Help carries on, within what they still agree to"
        REFER = "refer", "The first worries remain and social care should know"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    given_by = models.CharField(max_length=200)  # the name as given, before the person is on record
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.HELP)
    agency = models.CharField(max_length=20, blank=True)  # a code of the list "agency"
    organisation = models.CharField(max_length=200, blank=True)  # which agency, by name
    method = models.CharField(max_length=10, choices=Method)
    where = models.CharField(max_length=10, choices=Where, blank=True)
    scope = models.TextField(blank=True)  # what they agreed to
    limits = models.TextField(blank=True)  # what they did not want
    understanding = models.TextField(blank=True)  # how somebody under 16 showed that they understand
    witnessed_by = models.CharField(max_length=200, blank=True)
    has_copy = models.BooleanField(default=False)
    has_leaflet = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    withdrawal_recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    consideration = models.TextField(blank=True)  # the manager's: whether what worried us still needs somebody else
    considered_outcome = models.CharField(max_length=10, choices=Considered, blank=True)
    considered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    considered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["family", "withdrawn_at"],
                condition=Q(withdrawn_at__isnull=False, considered_at__isnull=True),
                name="withdrawal_to_consider",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="help", organisation="") | (~Q(purpose="help") & ~Q(organisation="")),
                name="agreement_about_an_agency_names_it",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(considered_at__isnull=True, considered_by__isnull=True, consideration="")
                | (Q(considered_at__isnull=False, considered_by__isnull=False) & ~Q(consideration="")),
                name="a_consideration_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.given_by

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def to_what(self) -> str:
        """What it is agreement to: "Early help", "Sharing with Otter School"."""
        return in_words(self.purpose, self.organisation)


def in_words(purpose: str, organisation: str) -> str:
    """A purpose with the agency it is about."""
    if purpose == Consent.Purpose.HELP:
        return str(Consent.Purpose.HELP.label)
    return f"{'Sharing with' if purpose == Consent.Purpose.SHARE else 'Asking'} {organisation}"


class Renewal(models.Model):
    """Somebody was asked again, as after a review, and still agrees. Only inserted."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="renewals")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    note = models.TextField(blank=True)  # what they said, or what changed
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Refusal(models.Model):
    """Somebody was asked to agree to one thing and does not. It is no agreement; what they agree to later ends it."""

    class Follows(models.TextChoices):
        GOES_ON = "goes_on", "Help goes on, within what is agreed"
        ASK_AGAIN = "ask_again", "We ask again later"
        NOT_DONE = "not_done", "We do not do what they were asked about"
        MANAGER = "manager", "A manager considers what it means for the children"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.CharField(max_length=200)  # the name as given, also of who is not on record
    purpose = models.CharField(max_length=10, choices=Consent.Purpose, default=Consent.Purpose.HELP)
    agency = models.CharField(max_length=20, blank=True)  # a code of the list "agency"
    organisation = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField("who asked them", max_length=200)
    asked_at = models.DateTimeField()
    where = models.CharField(max_length=10, choices=Consent.Where, blank=True)
    reason = models.TextField("what they said", blank=True)
    follows = models.CharField("what follows", max_length=10, choices=Follows)
    follows_note = models.TextField("what follows, in words", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    consideration = models.TextField(blank=True)  # the manager's, as after a withdrawal
    considered_outcome = models.CharField(max_length=10, choices=Consent.Considered, blank=True)
    considered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    considered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "answer of somebody who does not agree"
        verbose_name_plural = "answers of people who do not agree"
        indexes = [
            models.Index(
                fields=["family", "asked_at"],
                condition=Q(follows="manager", considered_at__isnull=True, superseded_by__isnull=True),
                name="refusal_to_consider",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="help", organisation="") | (~Q(purpose="help") & ~Q(organisation="")),
                name="refusal_about_an_agency_names_it",
            ),
            models.CheckConstraint(
                condition=Q(considered_at__isnull=True, considered_by__isnull=True, consideration="")
                | (Q(considered_at__isnull=False, considered_by__isnull=False) & ~Q(consideration="")),
                name="a_consideration_of_a_refusal_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.said_by

    @property
    def stands(self) -> bool:
        """Whether they have not agreed to it since."""
        return self.superseded_by_id is None

    @property
    def to_what(self) -> str:
        """What they were asked about: "Early help", "Sharing with Otter School"."""
        return in_words(self.purpose, self.organisation)

    @property
    def awaits_consideration(self) -> bool:
        """Whether a manager was asked to consider it and has not."""
        return self.stands and self.follows == self.Follows.MANAGER and self.considered_at is None
