"""Who may never see a family, who may for a while, and why."""

from django.db import models
from django.db.models import F, Q

from baton.people.models import Family
from baton.platform.models import Locality, User


class Restriction(models.Model):
    """A family that nobody sees but the people named: a colleague's family, a family in hiding."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    review_on = models.DateField()  # when somebody looks whether it is still needed
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(lifted_at__isnull=True), name="a_family_is_restricted_once"
            ),
        ]


class NamedPerson(models.Model):
    """Somebody who may see a restricted family, and why."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="named")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "person named for a restricted family"
        verbose_name_plural = "people named for restricted families"
        constraints = [
            models.UniqueConstraint(
                fields=["restriction", "user"], condition=Q(until_at__isnull=True), name="a_person_is_named_once"
            ),
        ]


class RestrictionReview(models.Model):
    """Somebody looked whether a family must stay restricted, and it must."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="reviews")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    review_on = models.DateField()  # when it is looked at again
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()


class Emergency(models.Model):
    """Somebody opened a family that is not theirs, said why, and a manager or information governance looks at it."""

    class Judgement(models.TextChoices):
        JUSTIFIED = "justified", "It was justified"
        NOT_JUSTIFIED = "not_justified", "It was not justified"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    judgement = models.CharField(max_length=13, choices=Judgement, blank=True, db_default="", default="")
    review = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "emergencies"
        constraints = [models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="emergency_ends")]


class AroundMember(models.Model):
    """Somebody in the team around a family: of any agency, seeing it meanwhile, or a name without an account."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)  # of whoever has no account
    agency = models.CharField(max_length=200, blank=True)  # theirs
    part = models.CharField(max_length=100)  # what they do for the family: "school nurse"
    from_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "member of the team around the family"
        verbose_name_plural = "members of teams around families"
        constraints = [
            models.UniqueConstraint(
                fields=["family", "user"], condition=Q(until_at__isnull=True), name="a_person_is_around_a_family_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | Q(user__isnull=True) & ~Q(name=""),
                name="a_member_has_an_account_or_a_name",
            ),
        ]

    @property
    def called(self) -> str:
        """Their name, with an account or without."""
        return self.user.name if self.user else self.name


class Audit(models.Model):
    """A look at how good the work is, through some families' records, by one auditor."""

    title = models.CharField(max_length=200)  # "Autumn 2026, neglect"
    question = models.TextField()  # what it wants to learn
    auditor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveIntegerField()  # with it the same families are drawn again
    drawn_from = models.PositiveIntegerField(default=0)  # how many families there were to draw from
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]


class Sample(models.Model):
    """A family that an auditor reads while the audit is open."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="samples")
    is_drawn = models.BooleanField(default=False)  # by the seed; else somebody chose it
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "auditor"], condition=Q(closed_at__isnull=True), name="a_family_is_sampled_once"
            ),
        ]


class PanelCase(models.Model):
    """A family brought to its locality's panel, whose chair reads it until the panel has decided (DER Access)."""

    class Threshold(models.TextChoices):
        EARLY_HELP = "early_help", "Early help meets the need"
        SOCIAL_CARE = "social_care", "Safeguarding: children’s social care"
        ELSEWHERE = "elsewhere", "Other services meet the need"
        ADVICE = "advice", "Advice to those who work with the family"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    question = models.TextField()  # what the panel is to consider
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    threshold = models.CharField(max_length=11, choices=Threshold, blank=True)  # that the panel agreed is met
    words = models.TextField(blank=True)  # what it decided, and its advice
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "family brought to a panel"
        verbose_name_plural = "families brought to panels"
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(decided_at__isnull=True), name="a_family_is_before_one_panel"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, threshold="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(threshold=""),
                name="a_panel_that_decided_says_what",
            ),
        ]


class OwnDetails(models.Model):
    """What somebody tells of themselves, so that the watch can see when they open a record that may be their own."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    date_of_birth = models.DateField(null=True)
    postcode = models.CharField(max_length=8, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = "own details"
        verbose_name_plural = "own details"


class Alert(models.Model):
    """Something in who looked at what that information governance should look into (guard.watch); closed by a human."""

    class Rule(models.TextChoices):
        OWN_RECORD = "own_record", "Own record or own family"
        SAME_SURNAME = "same_surname", "Same last name"
        SAME_ADDRESS = "same_address", "Same address"
        NO_RELATION = "no_relation", "No working relation"
        UNUSUAL_NUMBER = "unusual_number", "Unusually many families"
        UNUSUAL_HOURS = "unusual_hours", "Unusual hours"
        LEAVERS_WEEK = "leavers_week", "A leaver’s last week"

    class Outcome(models.TextChoices):
        FAIR_USE = "fair_use", "Fair use: there was a good reason"
        INVESTIGATE = "investigate", "To be investigated further"
        PASSED_ON = "passed_on", "Passed on: to their manager, or to personnel"

    rule = models.CharField(max_length=14, choices=Rule)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="+")
    looked_on = models.DateField()
    facts = models.JSONField()
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True)
    words = models.TextField(blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "user", "family", "looked_on"], nulls_distinct=False, name="an_alert_is_made_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="a_closed_alert_says_what_came_of_it",
            ),
        ]
        indexes = [models.Index(fields=["-made_at"], condition=Q(closed_at__isnull=True), name="alert_open")]
