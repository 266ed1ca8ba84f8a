"""Places of work, accounts and what the platform keeps about its own doings."""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.functional import cached_property

from baton.platform.roles import Role


class Organisation(models.Model):
    """A council, school, health service or charity that works with families."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        SCHOOL = "school", "School or college"
        EARLY_YEARS = "early_years", "Early years setting"
        HEALTH = "health", "Health service"
        POLICE = "police", "Police"
        HOUSING = "housing", "Housing"
        CHARITY = "charity", "Charity or community group"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)

    def __str__(self) -> str:
        return self.name


class Locality(models.Model):
    """A part of the place with its own teams."""

    name = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name_plural = "localities"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who hold families together."""

    class Kind(models.TextChoices):
        HUB = "hub", "Hub"
        LOCALITY = "locality", "Locality team"
        PARTNER = "partner", "Partner agency team"

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["User"]):
    """Finds accounts by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A member of staff of any agency who may sign in."""

    email = models.EmailField(unique=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = Accounts()

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @cached_property
    def held(self) -> tuple[tuple[Role, int | None], ...]:
        """The roles held today, each with its team; the guard fills this when it opens the person's context."""
        rows = RoleHeld.objects.filter(user=self, until_on__isnull=True).values_list("role", "team_id")
        return tuple((Role(role), team) for role, team in rows)

    def has_role(self, *roles: Role) -> bool:
        return any(role in roles for role, _ in self.held)

    def has_role_in(self, team_id: int | None, *roles: Role) -> bool:
        """Whether one of the roles is held for this team; a service manager's role is for every team."""
        return any(role in roles and (team == team_id or role == Role.SERVICE_MANAGER) for role, team in self.held)


class RoleHeld(models.Model):
    """A role somebody holds between two dates: for a team, a locality or an organisation, else for the whole place.

    A role that ends at once ends the day before, so that it holds no more; on its first day, before it began.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=20, choices=Role)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "role held"
        verbose_name_plural = "roles held"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on") - timedelta(days=1)),
                name="role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True, locality__isnull=True)
                | Q(team__isnull=True, organisation__isnull=True)
                | Q(locality__isnull=True, organisation__isnull=True),
                name="role_is_held_for_one_part",
            ),
        ]


class Session(AbstractBaseSession):
    """One browser that somebody signed in with, or that a nameless visitor types in. Deleted, it is signed out."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from baton.platform.sessions import SessionStore

        return SessionStore


class TransactionId(models.Func):
    """Which transaction of PostgreSQL this is."""

    function = "guard.transaction_id"
    output_field = models.BigIntegerField()


class AuditEntry(models.Model):
    """One change: who, as what, which action, on which record. Inserted with the change and never touched again."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    action = models.CharField(max_length=60)
    family_id = models.BigIntegerField(null=True, db_index=True)
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())  # PostgreSQL's own clock, whatever the action was told
    transaction = models.BigIntegerField(null=True, db_default=TransactionId())

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["record", "record_id"], name="audit_by_record"),
            BrinIndex(fields=["recorded_at"], name="audit_by_day"),
        ]


class AccessEntry(models.Model):
    """One look: who opened what of which family. Inserted and never touched again."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    family_id = models.BigIntegerField(null=True, db_index=True)
    what = models.CharField(max_length=60)
    why = models.TextField(db_default="", default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "access entries"
        indexes = [
            BrinIndex(fields=["recorded_at"], name="access_by_day"),
            models.Index(fields=["what"], condition=models.Q(family_id__isnull=True), name="access_to_no_family"),
        ]


class Change(models.Model):
    """What one record was and became. Triggers write it (platform/history.sql); the application only reads."""

    class Kind(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        REMOVED = "removed", "Removed"

    recorded_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(db_default=TransactionId())
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False)
    login = models.CharField(max_length=63)
    action = models.CharField(max_length=60)
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    family_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=7, choices=Kind)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "platform_change"


class Seal(models.Model):
    """The hash over one day's entries and the seal before it. PostgreSQL makes it (platform/seals.sql)."""

    id = models.IntegerField(primary_key=True)
    day = models.DateField()
    sealed_at = models.DateTimeField()
    until = models.DateTimeField()
    entries = models.IntegerField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "platform_seal"


class Draft(models.Model):
    """A half-typed form of one holder (a person, or the browser of somebody without an account)."""

    holder = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "path"], name="one_draft_a_form")]


class Submission(models.Model):
    """The one-time key of a form that was sent, and where its sender was led; a repeat is led there again."""

    key = models.UUIDField(primary_key=True)
    holder = models.CharField(max_length=40)
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()


class RateCount(models.Model):
    """How often one caller did one thing within one window."""

    key = models.CharField(max_length=100)
    window_starts_at = models.DateTimeField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_starts_at"], name="one_count_a_window")]
