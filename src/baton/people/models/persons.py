"""A person, and what is true of them now. What was true before stands in `PersonChange` and in the tables over time."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from baton.platform.models import User


class Person(models.Model):
    """Somebody in a family: a child, a parent, a carer, or one of the wider network.

    `given_name`, `family_name`, `known_as`, `phone`, `email`, `address`, `postcode` and `school` repeat what the tables
    over time hold as present; actions keep them in step, and lists and search read them without a join.
    Codes are those of `codes/people.yaml`.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True)
    due_on = models.DateField(null=True)  # of a child not born yet
    died_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    gender = models.CharField(max_length=2, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    interpreter_language = models.CharField(max_length=60, blank=True)
    communication = models.TextField(blank=True)  # large print, easy read, a person's own way of speaking
    nhs_number = models.CharField(max_length=10, blank=True)
    no_nhs_number = models.CharField(max_length=20, blank=True)  # why there is none
    upn = models.CharField(max_length=13, blank=True)
    no_upn = models.CharField(max_length=3, blank=True)  # UN1 to UN7
    uln = models.CharField(max_length=10, blank=True)
    no_uln = models.CharField(max_length=20, blank=True, default="", db_default="")
    disabilities = ArrayField(models.CharField(max_length=4), default=list)
    send = models.CharField(max_length=1, blank=True)
    send_needs = ArrayField(models.CharField(max_length=4), default=list)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    school = models.CharField(max_length=200, blank=True)
    first_family = models.ForeignKey("Family", on_delete=models.PROTECT, related_name="first_held")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # who saved it last
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["date_of_birth"], name="person_by_birth"),
            models.Index(fields=["nhs_number"], condition=~Q(nhs_number=""), name="person_by_nhs_number"),
            models.Index(fields=["upn"], condition=~Q(upn=""), name="person_by_upn"),
        ]
        constraints = [
            # A child who is born is no longer awaited: the birth replaces the due date in the same record.
            models.CheckConstraint(
                condition=Q(date_of_birth__isnull=True) | Q(due_on__isnull=True), name="born_or_awaited_not_both"
            ),
            # Ages and deadlines would count backwards.
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(date_of_birth__isnull=True) | Q(died_on__gte=F("date_of_birth")),
                name="nobody_dies_before_birth",
            ),
            # What matches records across agencies must have its shape, and ten noughts would match strangers.
            models.CheckConstraint(
                condition=Q(nhs_number__regex=r"^([0-9]{10})?$") & ~Q(nhs_number="0000000000"),
                name="nhs_number_has_ten_digits",
            ),
            models.CheckConstraint(
                condition=Q(upn__regex=r"^([A-Z][0-9]{11}[0-9A-Z])?$"), name="upn_has_its_thirteen_signs"
            ),
            models.CheckConstraint(condition=Q(uln__regex=r"^([1-9][0-9]{9})?$"), name="uln_has_ten_digits"),
            # A return that carries both a number and why there is none is refused.
            models.CheckConstraint(
                condition=(Q(nhs_number="") | Q(no_nhs_number="")) & (Q(upn="") | Q(no_upn="")),
                name="a_number_or_why_there_is_none",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def is_unborn(self) -> bool:
        """Whether the child is awaited."""
        return self.due_on is not None and self.date_of_birth is None
