"""Every change to accounts and roles: joiners, movers, leavers, and their sessions."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from baton.accounts.models import Invitation
from baton.accounts.permissions import (
    is_oneself,
    is_oneself_or_at_the_door,
    is_the_operator,
    is_whom_the_link_is_for,
    may_end_sessions,
    may_look_after_accounts,
)
from baton.accounts.policies import (
    TO_CLOSE_ACCOUNT,
    TO_END_ROLE,
    TO_GIVE_ROLE,
    TO_INVITE,
    InviteFacts,
    LeavingFacts,
    RoleFacts,
)
from baton.accounts.queries import (
    HASHES,
    Part,
    address_is_free,
    day_in_force,
    hash_of,
    holds_already,
    in_force,
    is_administrator,
    mark_of,
    numbers_to_try,
    other_administrator_stays,
    sessions_of,
)
from baton.platform.actions import action
from baton.platform.models import Organisation, RoleHeld, User
from baton.platform.refusals import Refused, require
from baton.platform.roles import ROLE_SHEETS, Role

A_LINK_LASTS = timedelta(days=7)
A_DAY = timedelta(days=1)
ENCRYPTED = ("secret",)  # of an app
RECOVERY_CODES = 10
NONE_OF_ALLAUTH: dict[str, list[str]] = {"migrated_codes": []}  # it would keep them so that they can be read


@action(allowed=may_look_after_accounts)
def invite(
    *,
    organisation: Organisation,
    email: str,
    given_name: str,
    family_name: str,
    job_title: str,
    phone: str,
    by: User | None,
    at: datetime,
) -> Invitation:
    """Make an account without a password, and the link its owner comes in by. It holds no role yet."""
    require(TO_INVITE, InviteFacts(address_is_free=address_is_free(email)))
    user = User(
        organisation=organisation,
        email=email,
        given_name=given_name,
        family_name=family_name,
        job_title=job_title,
        phone=phone,
    )
    user.set_unusable_password()
    user.save()
    return make_link(user=user, by=by, at=at)


@action(allowed=is_the_operator)
def start_organisation(*, name: str, by: User | None, at: datetime) -> Organisation:
    """The council itself, on the day the first administrator is invited; it may be there."""
    return Organisation.objects.get_or_create(name=name, defaults={"kind": Organisation.Kind.COUNCIL})[0]


@action(allowed=may_look_after_accounts)
def make_link(*, user: User, by: User | None, at: datetime) -> Invitation:
    """Make a link that works once and for a week; earlier links to the account stop working."""
    user.invitations.filter(used_at__isnull=True, ends_at__gt=at).update(ends_at=at)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        user=user, token_hash=hash_of(token), made_by=by, made_at=at, ends_at=at + A_LINK_LASTS
    )
    made.token = token
    return made


@action(allowed=may_look_after_accounts)
def start_anew(*, user: User, by: User | None, at: datetime) -> Invitation:
    """For a password forgotten or a phone lost: what they signed in with is gone, and a link leads to a new start."""
    _take_away_what_lets_in(user)
    return make_link(user=user, by=by, at=at)


@action(allowed=is_whom_the_link_is_for)
def accept_invitation(*, invitation: Invitation, password: str, by: None, at: datetime) -> User:
    """The person behind the link chooses a password. The link is then used up."""
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    return user


@action(allowed=may_look_after_accounts)
def change_account(
    *,
    user: User,
    organisation: Organisation,
    email: str,
    given_name: str,
    family_name: str,
    job_title: str,
    phone: str,
    by: User,
    at: datetime,
) -> User:
    """Correct what is known of somebody, or note that they moved."""
    require(TO_INVITE, InviteFacts(address_is_free=address_is_free(email, but_for=user)))
    user.organisation, user.email, user.job_title, user.phone = organisation, email, job_title, phone
    user.given_name, user.family_name = given_name, family_name
    user.save()
    return user


@action(allowed=may_look_after_accounts)
def give_role(
    *, user: User, role: Role, part: Part, from_on: date, until_on: date | None, by: User | None, at: datetime
) -> RoleHeld:
    """Give somebody a role for a part of the place."""
    facts = RoleFacts(
        works_here=user.is_active,
        held_for=part.held_for,
        may_be_held_for=ROLE_SHEETS[role].held_for,
        holds_it_already=holds_already(user, role, part, day_in_force(at)),
        from_on=from_on,
        until_on=until_on,
    )
    require(TO_GIVE_ROLE, facts)
    return RoleHeld.objects.create(
        user=user, role=role, from_on=from_on, until_on=until_on, given_by=by, given_at=at, **part.columns
    )


@action(allowed=may_look_after_accounts)
def end_role(*, held: RoleHeld, last_on: date | None, by: User | None, at: datetime) -> RoleHeld:
    """End a role after a last day, or at once: then the next page they ask for is refused."""
    today = day_in_force(at)
    is_last = held.role == Role.ADMINISTRATOR and not other_administrator_stays(held.user, at)
    facts = LeavingFacts(
        leaves_an_administrator=not is_last,
        is_in_force=held.until_on is None or held.until_on >= today,
        today=today,
        last_on=last_on,
    )
    require(TO_END_ROLE, facts)
    _end(held, last_on or _yesterday(held, today), by, at)
    return held


@action(allowed=may_look_after_accounts)
def close_account(*, user: User, by: User | None, at: datetime) -> User:
    """Somebody left: every role ends, every session is signed out, nothing they signed in with works any more."""
    today = day_in_force(at)
    is_last = is_administrator(user, at) and not other_administrator_stays(user, at)
    require(TO_CLOSE_ACCOUNT, LeavingFacts(leaves_an_administrator=not is_last, is_in_force=user.is_active))
    for held in RoleHeld.objects.filter(in_force(today) | Q(from_on__gt=today), user=user):
        _end(held, _yesterday(held, today), by, at)
    user.is_active = False
    _take_away_what_lets_in(user)
    SocialAccount.objects.filter(user=user).delete()
    user.invitations.filter(used_at__isnull=True, ends_at__gt=at).update(ends_at=at)
    return user


@action(allowed=may_look_after_accounts)
def open_account_again(*, user: User, by: User | None, at: datetime) -> Invitation:
    """Somebody came back: they get a link, and no role but those given now."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return make_link(user=user, by=by, at=at)


@action(allowed=may_end_sessions)
def sign_out_everywhere(*, user: User, but: str, by: User, at: datetime) -> User:
    """End every session of somebody, but for the one with this key."""
    user.sessions.exclude(session_key=but).delete()
    return user


@action(allowed=is_oneself)
def change_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """Choose another password. Every other session of theirs ends with the old one."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@action(allowed=may_end_sessions)
def end_session(*, user: User, mark: str, by: User, at: datetime) -> User:
    """End one session of somebody, by the mark it has in their list."""
    ended = [each.pk for each in sessions_of(user, at) if mark_of(each) == mark]
    user.sessions.filter(pk__in=ended).delete()
    return user


@action(allowed=is_oneself)
def make_recovery_codes(*, user: User, by: User, at: datetime) -> list[str]:
    """Ten new codes; the earlier ones stop working. Only hashes are kept, each salted. Returns the codes."""
    codes = [f"{number}{secrets.randbelow(10**8):08}" for number in range(RECOVERY_CODES)]
    data = {HASHES: [make_password(code) for code in codes], **NONE_OF_ALLAUTH}
    made = {"data": data, "created_at": at, "last_used_at": None}
    Authenticator.objects.update_or_create(user=user, type=Authenticator.Type.RECOVERY_CODES, defaults=made)
    return codes


@action(allowed=is_oneself_or_at_the_door)
def use_recovery_code(*, user: User, typed: str, by: User | None, at: datetime) -> Authenticator:
    """Use a code up. Its first digit says which of the ten it is, so that one hash is compared. Raises Refused."""
    kept = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    for number in numbers_to_try(kept, typed):
        if kept and check_password(typed, kept.data[HASHES][number]):
            kept.data[HASHES][number] = ""
            kept.save(update_fields=["data"])
            return kept
    raise Refused("This is no recovery code of theirs, or it was used.")


@action(allowed=is_the_operator)
def encrypt_anew(*, kept: Sequence[Authenticator], by: User | None, at: datetime) -> int:
    """Encrypt second steps by the installation's newest key, so that older ones can go. Returns how many."""
    adapter, changed = get_adapter(), 0
    for each in kept:
        secrets_of_it = [name for name in ENCRYPTED if name in each.data]
        for name in secrets_of_it:
            each.data[name] = adapter.encrypt(adapter.decrypt(each.data[name]))
        if secrets_of_it:
            each.save(update_fields=["data"])
            changed += 1
    return changed


def _yesterday(held: RoleHeld, today: date) -> date:
    """The last day of a role that ends at once; for one that begins today or later, the day before it begins."""
    return max(today, held.from_on) - A_DAY


def _end(held: RoleHeld, last_on: date, by: User | None, at: datetime) -> None:
    held.until_on, held.ended_by, held.ended_at = last_on, by, at
    held.save(update_fields=["until_on", "ended_by", "ended_at"])


def _take_away_what_lets_in(user: User) -> None:
    user.set_unusable_password()
    user.save(update_fields=["password", "is_active"])
    Authenticator.objects.filter(user=user).delete()
    user.sessions.all().delete()
