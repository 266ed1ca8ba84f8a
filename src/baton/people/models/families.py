"""Families, who belongs to them from when until when, and who is responsible for a child in law."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from baton.people.models.persons import Person
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
            # Who comes back comes anew; two memberships at once would count a child twice.
            ExclusionConstraint(
                name="memberships_of_a_family_do_not_overlap",
                expressions=[
                    ("family", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Func(F("from_on"), F("until_on"), function="DATERANGE"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class ParentalResponsibility(models.Model):
    """Who may decide for a child in law, how that came, what was seen of it, and from when until when."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsible_for_them")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responsible_for")
    source = models.CharField(max_length=20)  # a code of the list "parental_responsibility"
    evidence = models.CharField(max_length=200, blank=True)  # the paper somebody saw
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "parental responsibilities"
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("holder")), name="nobody_is_responsible_for_themselves"),
            # One source at a time: a court order that replaces an agreement ends it.
            ExclusionConstraint(
                name="responsibility_once_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("holder", RangeOperators.EQUAL),
                    (Func(F("from_on"), F("until_on"), function="DATERANGE"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
