"""Reads about accounts. None of them touches a family."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Greatest
from django.http import Http404

from baton.accounts.models import Invitation
from baton.platform.models import Locality, Organisation, RoleHeld, Session, Team, User
from baton.platform.roles import HeldFor, Role

UNUSED_AFTER = timedelta(days=90)
LATELY = timedelta(minutes=5)
A_PAGE = 30


@dataclass(frozen=True)
class Part:
    """The part of the place a role is held for, as it is written in a form: "team-12"."""

    held_for: HeldFor
    id: int | None = None

    @classmethod
    def read(cls, written: str) -> "Part":
        kind, _, number = written.partition("-")
        return cls(HeldFor(kind), int(number) if number else None)

    @property
    def columns(self) -> dict[str, int | None]:
        """How the table of roles says it."""
        named = (HeldFor.TEAM, HeldFor.LOCALITY, HeldFor.ORGANISATION)
        return {f"{each}_id": self.id if self.held_for == each else None for each in named}


def day_in_force(at: datetime) -> date:
    """The day by which PostgreSQL decides whether a role is held: it counts in UTC."""
    return at.astimezone(UTC).date()


def in_force(on: date) -> Q:
    """Roles held on a day."""
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def accounts_found(*, text: str, show: str, at: datetime, page: str | int) -> Page[Any]:
    """A page of accounts, by name. `show`: "open", "unused", "without-role", "invited" or "closed". Three queries."""
    on = day_in_force(at)
    held = RoleHeld.objects.filter(in_force(on)).select_related("team", "locality", "organisation").order_by("pk")
    found = _accounts(at).select_related("organisation").prefetch_related(Prefetch("roles_held", held, "roles_now"))
    for word in text.split():
        found = found.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word))
    ordered = found.filter(_shown(show, at)).order_by("family_name", "given_name", "pk")
    return Paginator(ordered, A_PAGE).get_page(page)


def count_unused(at: datetime) -> int:
    """How many open accounts nobody has used for ninety days."""
    return _accounts(at).filter(_shown("unused", at)).count()


def _accounts(at: datetime) -> QuerySet[User]:
    """Accounts with `first_role_on`, `holds_a_role` and `last_used` (the last sign-in, invitation or first role)."""
    on = day_in_force(at)
    held = RoleHeld.objects.filter(in_force(on), user=OuterRef("pk"))
    asked = Invitation.objects.filter(user=OuterRef("pk")).order_by("-made_at").values("made_at")[:1]
    return User.objects.annotate(
        first_role_on=Min("roles_held__from_on"),
        holds_a_role=Exists(held),
        last_used=Greatest("last_login", asked),
        waits_for_them=Exists(Invitation.objects.filter(user=OuterRef("pk"), used_at__isnull=True, ends_at__gt=at)),
    )


def _shown(show: str, at: datetime) -> Q:
    long_ago = at - UNUSED_AFTER
    unused = Q(last_used__lt=long_ago) | Q(last_used__isnull=True, first_role_on__lt=long_ago.date())
    return {
        "unused": Q(is_active=True) & unused,
        "without-role": Q(is_active=True, holds_a_role=False),
        "invited": Q(is_active=True, waits_for_them=True),
        "closed": Q(is_active=False),
    }.get(show, Q(is_active=True))


def get_account(user_id: int) -> User:
    """An account with its organisation. Raises Http404."""
    found = User.objects.filter(pk=user_id).select_related("organisation").first()
    if found is None:
        raise Http404("There is no such account.")
    return found


def roles_of(user: User) -> list[RoleHeld]:
    """Every role somebody holds or held, the newest first, with its part of the place and who gave it."""
    parts = ("team", "locality", "organisation", "given_by", "ended_by")
    return list(RoleHeld.objects.filter(user=user).select_related(*parts).order_by("-from_on", "-pk"))


def get_role(role_held_id: int) -> RoleHeld:
    """A role somebody holds. Raises Http404."""
    parts = ("user", "team", "locality", "organisation")
    found = RoleHeld.objects.filter(pk=role_held_id).select_related(*parts).first()
    if found is None:
        raise Http404("There is no such role.")
    return found


def open_invitation(user: User, at: datetime) -> Invitation | None:
    """The invitation somebody has not used yet."""
    return user.invitations.filter(used_at__isnull=True, ends_at__gt=at).order_by("-made_at").first()


def invitation_with(token: str, at: datetime) -> Invitation | None:
    """The invitation a link is for, if it was not used, has not ended, and the account is open."""
    usable = Invitation.objects.filter(used_at__isnull=True, ends_at__gt=at, user__is_active=True)
    return usable.filter(token_hash=hash_of(token)).select_related("user").first()


def invitation_numbered(number: int, at: datetime) -> Invitation | None:
    """The same, for a browser that has shown its code."""
    usable = Invitation.objects.filter(used_at__isnull=True, ends_at__gt=at, user__is_active=True)
    return usable.filter(pk=number).select_related("user").first()


def hash_of(token: str) -> str:
    """What is kept of a link. The token is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_is_free(email: str, but_for: User | None = None) -> bool:
    """Whether nobody has an account with the address, whatever its case."""
    return not User.objects.filter(email__iexact=email).exclude(pk=but_for.pk if but_for else 0).exists()


def invited_under(address: str) -> User | None:
    """Whoever was invited under an address, has an open account, and is not linked to a directory yet."""
    found = User.objects.filter(email__iexact=address, is_active=True).first() if address else None
    return found if found and not SocialAccount.objects.filter(user=found).exists() else None


def holds_already(user: User, role: Role, part: Part, on: date) -> bool:
    """Whether somebody holds a role for exactly this part, on that day or later."""
    later = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return RoleHeld.objects.filter(later, user=user, role=role, **part.columns).exists()


def other_administrator_stays(without: User, at: datetime) -> bool:
    """Whether somebody else who may sign in is an administrator, for as long as is known.

    Locks the roles of all administrators, so that the last two cannot end each other's at once.
    """
    held = RoleHeld.objects.filter(in_force(day_in_force(at)), role=Role.ADMINISTRATOR).select_for_update()
    ids = [each.user_id for each in held.filter(until_on__isnull=True) if each.user_id != without.pk]
    return User.objects.filter(pk__in=ids, is_active=True).exists()


def is_administrator(user: User, at: datetime) -> bool:
    """Whether somebody holds the administrator's role now."""
    return RoleHeld.objects.filter(in_force(day_in_force(at)), user=user, role=Role.ADMINISTRATOR).exists()


def sessions_of(user: User, at: datetime) -> list[Session]:
    """Where somebody is signed in, the latest first."""
    return list(user.sessions.filter(expire_date__gt=at).order_by("-expire_date"))


SECOND_STEPS = {
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.TOTP: "App on a phone",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}
TRUSTED_DIRECTORY = "directory"
HASHES = "hashes"  # of recovery codes, in the order of their first digits; empty once used
NUMBERED = "numbered"  # false of those made before codes began with their number


def second_steps_of(user: User) -> list[str]:
    """How somebody takes the second step when they sign in: "Passkey", "App on a phone"."""
    kinds = kinds_of_second_step(user)
    return [words for kind, words in SECOND_STEPS.items() if kind in kinds]


def kinds_of_second_step(user: User) -> set[str]:
    """The kinds of second step somebody has set up."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def authenticators_of(user: User) -> list[Authenticator]:
    """Everything somebody takes the second step with, the oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))


def is_a_recovery_code(typed: str) -> bool:
    """Whether it looks like one: nine digits, or eight of those made before; an app's code has six."""
    return len(typed) in (8, 9) and typed.isascii() and typed.isdecimal()


def numbers_to_try(kept: Authenticator | None, typed: str) -> list[int]:
    """Which of the recovery codes kept it may be: the one it begins with the number of, or all where none does."""
    numbered = len(typed) == 9
    if kept is None or numbered != kept.data.get(NUMBERED, True):
        return []
    unused = [number for number, hashed in enumerate(kept.data.get(HASHES, [])) if hashed]
    return [number for number in unused if not numbered or number == int(typed[0])]


def recovery_codes_left(authenticators: Iterable[Authenticator]) -> int:
    """How many recovery codes are not used yet."""
    kept = (each for each in authenticators if each.type == Authenticator.Type.RECOVERY_CODES)
    return sum(1 for each in kept for hashed in each.data.get(HASHES, []) if hashed)


def may_remove(authenticator: Authenticator) -> bool:
    """Whether another passkey or app stays; recovery codes alone are no second step."""
    stays = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
    return bool(stays.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def second_step_was_asked(said: Mapping[str, Any]) -> bool:
    """Whether a directory says of this very sign-in what the operator named as a second step; silent, it asked none."""
    told = [said.get(name) or () for name in ("amr", "acr", "acrs")]
    words = {word for each in told for word in ([each] if isinstance(each, str) else each)}
    return bool(words & set(settings.DIRECTORY_SECOND_STEP))


def second_step_in(records: Iterable[Mapping[str, Any]], *, at_directory: bool) -> str:
    """How the second step was taken, by what allauth noted of a sign-in; nothing if it was not."""
    for record in records:
        if record["method"] == "mfa":
            return str(record["type"])
        if record["method"] == "socialaccount" and at_directory:
            return TRUSTED_DIRECTORY
    return ""


def steps_in(records: Iterable[Mapping[str, Any]], *, at_directory: bool) -> str:
    """Every step of a sign-in, for the log: "password+totp"."""
    kinds = [str(each["type"] if each["method"] == "mfa" else each["method"]) for each in records]
    return "+".join(dict.fromkeys([*kinds, "second-step-there"] if at_directory else kinds))


def number_of_account(email: str) -> int | None:
    """The number of the account with an address."""
    return User.objects.filter(email__iexact=email).values_list("pk", flat=True).first() if email else None


def signed_in_lately(session: Mapping[str, Any], at: datetime) -> bool:
    """Whether somebody signed in, or showed again that it is they, in the last few minutes."""
    moments = [float(each["at"]) for each in session.get(AUTHENTICATION_METHODS_SESSION_KEY) or ()]
    return any(at.timestamp() - each < LATELY.total_seconds() for each in moments)


def mark_of(session: Session) -> str:
    """What a session is called on a page. Its key would let whoever reads it in."""
    return hash_of(session.session_key)[:20]


def organisations() -> list[tuple[str, str]]:
    """Every organisation, by name, for a list to choose from."""
    return [(str(key), name) for key, name in Organisation.objects.order_by("name").values_list("pk", "name")]


def parts_of_the_place() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a role can be held for, in groups, for a list to choose from. Three queries."""

    def named(kind: HeldFor, rows: "QuerySet[Any]") -> list[tuple[str, str]]:
        return [(f"{kind.value}-{each.pk}", each.name) for each in rows.order_by("name")]

    return [
        ("All", [(HeldFor.PLACE.value, str(HeldFor.PLACE.label))]),
        ("Localities", named(HeldFor.LOCALITY, Locality.objects.all())),
        ("Teams", named(HeldFor.TEAM, Team.objects.all())),
        ("Organisations", named(HeldFor.ORGANISATION, Organisation.objects.all())),
    ]
