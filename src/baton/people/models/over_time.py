"""What is known of a person over time: names, homes, ways to reach them, school and GP, agencies; and what changed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from baton.people.models.families import Family
from baton.people.models.persons import Person
from baton.platform.models import User

THE_SAME_PERSON = ("person", RangeOperators.EQUAL)
AT_THE_SAME_TIME = (
    Func(F("from_on"), F("until_on"), function="DATERANGE"),
    RangeOperators.OVERLAPS,
)  # not the last day


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """Nothing ends before it began; where the beginning is not known nothing can be said."""
    condition = Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on"))
    return models.CheckConstraint(condition=condition, name=name)


class OverTime(models.Model):
    """Something true of a person from one day until another; without a first day, since nobody knows when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class PersonName(OverTime):
    """A name somebody has or had, and what kind of name it is."""

    class Kind(models.TextChoices):
        LEGAL = "legal", "Legal name"
        KNOWN_AS = "known_as", "Known as"
        BIRTH = "birth", "Name at birth"
        FORMER = "former", "Former name"
        ALIAS = "alias", "Another name they use"

    kind = models.CharField(max_length=10, choices=Kind)
    given_name = models.CharField(max_length=100)
    middle_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    why = models.CharField(max_length=200, blank=True)  # married, adopted, a deed poll

    class Meta:
        constraints = [
            # Letters and returns must know which name is the legal one.
            ExclusionConstraint(
                name="one_legal_name_at_a_time",
                expressions=[THE_SAME_PERSON, AT_THE_SAME_TIME],
                condition=Q(kind="legal"),
            ),
            ends_after_it_starts("name_ends_after_it_starts"),
        ]

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.given_name, self.middle_names, self.family_name)))


class Address(models.Model):
    """A place to live, shared by everybody who lives there. `family` is the one it was first written down for."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    lines = models.TextField()
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    no_uprn = models.CharField(max_length=20, blank=True, default="", db_default="")  # why there is none

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            # A number without its property, or a property without a number, cannot be looked up.
            models.CheckConstraint(condition=Q(uprn__regex=r"^([0-9]{1,12})?$"), name="uprn_is_a_number"),
        ]

    @property
    def in_one_line(self) -> str:
        return ", ".join(filter(None, (", ".join(self.lines.splitlines()), self.postcode)))


class Residence(OverTime):
    """Where somebody lives or lived."""

    class Kind(models.TextChoices):
        MAIN = "main", "Main home"
        SECOND = "second", "Second home, as with the other parent"
        TERM = "term", "Term time or placement"
        TEMPORARY = "temporary", "Temporary, as a hostel or with friends"
        POSTAL = "postal", "For letters only"

    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="residences")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MAIN)
    is_shared_care = models.BooleanField(default=False)  # lives as much here as in another main home
    keep_from = models.CharField(max_length=200, blank=True)  # who must not be told this address

    class Meta:
        constraints = [
            # Statistics and letters need one home, except of a child whose parents share care equally.
            ExclusionConstraint(
                name="one_main_home_at_a_time_unless_care_is_shared",
                expressions=[THE_SAME_PERSON, AT_THE_SAME_TIME],
                condition=Q(kind="main", is_shared_care=False),
            ),
            # The same home twice at once would count its people twice.
            ExclusionConstraint(
                name="an_address_once_at_a_time",
                expressions=[THE_SAME_PERSON, ("address", RangeOperators.EQUAL), AT_THE_SAME_TIME],
            ),
            ends_after_it_starts("residence_ends_after_it_starts"),
        ]


class ContactPoint(OverTime):
    """A way to reach somebody, and whether it is safe to use."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", "Mobile"
        PHONE = "phone", "Phone at home"
        WORK = "work", "Phone at work"
        EMAIL = "email", "Email"
        THROUGH = "through", "Through somebody else"

    class Safety(models.TextChoices):
        SAFE = "safe", "Safe at any time"
        CAREFUL = "careful", "Only in the way written here"
        NEVER = "never", "Never use it"

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200)
    safety = models.CharField(max_length=10, choices=Safety, default=Safety.SAFE)
    rule = models.CharField(max_length=300, blank=True)  # texts only, no voicemail, not after six
    is_preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Who is told to be careful must read how.
            models.CheckConstraint(condition=~Q(safety="careful") | ~Q(rule=""), name="careful_says_how"),
            # Nobody should be led first to what must never be used.
            models.CheckConstraint(condition=~Q(safety="never", is_preferred=True), name="never_is_not_preferred"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_preferred=True, until_on__isnull=True),
                name="one_preferred_way_to_reach_somebody",
            ),
            ends_after_it_starts("contact_ends_after_it_starts"),
        ]


class Setting(OverTime):
    """Where somebody learns, or the GP practice they are registered with."""

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        EARLY_YEARS = "early_years", "Nursery or childminder"
        COLLEGE = "college", "College or training"
        ALTERNATIVE = "alternative", "Alternative provision"
        HOME = "home", "Educated at home"
        NONE = "none", "Not in education"
        GP = "gp", "GP practice"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=10, blank=True)  # URN of a school, ODS code of a practice
    is_second = models.BooleanField(default=False)  # registered here as well as elsewhere

    class Meta:
        constraints = [
            # A child's school answers for attendance; a second registration is said to be one.
            ExclusionConstraint(
                name="one_main_school_at_a_time",
                expressions=[THE_SAME_PERSON, AT_THE_SAME_TIME],
                condition=~Q(kind="gp") & Q(is_second=False),
            ),
            ExclusionConstraint(
                name="one_gp_practice_at_a_time",
                expressions=[THE_SAME_PERSON, AT_THE_SAME_TIME],
                condition=Q(kind="gp"),
            ),
            models.CheckConstraint(condition=Q(kind__in=["home", "none"]) | ~Q(name=""), name="a_setting_has_a_name"),
            ends_after_it_starts("setting_ends_after_it_starts"),
        ]


class Involvement(OverTime):
    """An agency that works with somebody, who there, and what for."""

    agency = models.CharField(max_length=20)  # a code of the list "agency"
    organisation = models.CharField(max_length=200)
    professional = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    what_for = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [ends_after_it_starts("involvement_ends_after_it_starts")]


class PersonChange(models.Model):
    """What stood of a person before somebody changed it. Inserted with the change; only a merge moves it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    subject = models.CharField(max_length=30)  # a fact of the person, or the kind of thing over time
    record_id = models.BigIntegerField(null=True)  # of the thing over time
    was = models.JSONField()  # what stood, by field
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
