"""Persons and the families they belong to, over time."""

from django.db import models
from django.db.models import F, Q

from baton.platform.models import Team, User


class Family(models.Model):
    """The people a family says it is. `team` is the team that holds it now, or held it last."""

    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody in a family: a child, a parent, a carer, or one of the wider network."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True)
    date_of_birth = models.DateField(null=True)
    due_on = models.DateField(null=True)  # of a child not born yet
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    ethnicity = models.CharField(max_length=4, blank=True)  # a code of the school census
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    nhs_number = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    school = models.CharField(max_length=200, blank=True)
    first_family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="first_held")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # who saved it last
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["date_of_birth"], name="person_by_birth"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class FamilyMember(models.Model):
    """A person's belonging to a family, from one date to another."""

    class Part(models.TextChoices):
        CHILD = "child", "Child or young person"
        PARENT = "parent", "Parent"
        CARER = "carer", "Carer"
        WIDER = "wider", "Wider family or friend"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=10, choices=Part)
    relationship = models.CharField(max_length=60, blank=True)  # in the family's own words: "mum", "nan next door"
    lives_with_family = models.BooleanField(default=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"], condition=Q(until_on__isnull=True), name="a_person_is_in_a_family_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="membership_ends_after_it_starts",
            ),
        ]
