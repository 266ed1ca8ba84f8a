"""Relationships between people, entered once and read from both sides; and the ties of a family's network."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from baton.people.models import Family, Person
from baton.platform.models import User
from baton.relationships.states import (
    ENERGIES,
    KINDS,
    MUTUAL,
    STANDINGS,
    STRENGTHS,
    TIE_KINDS,
    Energy,
    Standing,
    Strength,
)

DAYS = Func(F("from_on"), F("until_on"), function="DATERANGE")  # not the last day
STANDS = Q(struck_at__isnull=True)


class Kept(models.Model):
    """Something that holds from one day until another. What was a mistake is struck out, and stays to be read."""

    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    struck_because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Relationship(Kept):
    """`person` is the `kind` of `relative`: the birth mother of a child. Of those who are the same to each other one
    row says it, whoever stands first. `family` is the one it was written down for."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="relationships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_to")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships_from")
    kind = models.CharField(max_length=20, choices=[(key, kind.choice) for key, kind in KINDS.items()])
    standing = models.CharField(max_length=10, choices=list(STANDINGS.items()), default=Standing.NOW)
    separated_on = models.DateField(null=True)  # of a couple that is, or was then, still married

    class Meta:
        constraints = [
            # A picture of somebody beside themselves would never end.
            models.CheckConstraint(condition=~Q(person=F("relative")), name="nobody_is_related_to_themselves"),
            # Two rows for one couple would be drawn as two couples.
            ExclusionConstraint(
                name="a_mutual_relationship_is_said_once",
                expressions=[
                    (Func(F("person"), F("relative"), function="LEAST"), RangeOperators.EQUAL),
                    (Func(F("person"), F("relative"), function="GREATEST"), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=STANDS & Q(kind__in=sorted(MUTUAL)),
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="relationship_ends_after_it_starts",
            ),
            # The same said twice of one time would count a partner, or a child, twice.
            ExclusionConstraint(
                name="relationships_do_not_repeat",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("relative", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=STANDS,
            ),
            models.UniqueConstraint(
                fields=["relative"], condition=STANDS & Q(kind="birth_mother"), name="one_birth_mother"
            ),
            models.UniqueConstraint(
                fields=["relative"], condition=STANDS & Q(kind="birth_father"), name="one_birth_father"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="a_struck_relationship_says_who_and_when",
            ),
        ]


class NetworkTie(Kept):
    """Somebody or something that supports, or weighs on, a family or one of its members."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="network_ties")
    name = models.CharField(max_length=120)  # who or what: "Nan next door", "Larkmere Primary School"
    kind = models.CharField(max_length=10, choices=list(TIE_KINDS.items()))
    member = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="network_ties")  # none: all
    strength = models.CharField(max_length=10, choices=list(STRENGTHS.items()), default=Strength.ORDINARY)
    energy = models.CharField(max_length=12, choices=list(ENERGIES.items()), default=Energy.NEITHER)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="tie_ends_after_it_starts",
            ),
            # The same support drawn twice would look like two.
            ExclusionConstraint(
                name="ties_do_not_repeat",
                expressions=[
                    ("family", RangeOperators.EQUAL),
                    (Func(F("name"), function="LOWER"), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Func(F("member"), 0, function="COALESCE"), RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=STANDS,
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True)
                | Q(struck_at__isnull=False, struck_by__isnull=False),
                name="a_struck_tie_says_who_and_when",
            ),
        ]
