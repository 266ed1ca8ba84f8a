"""Half-typed forms, kept per holder and form; and one-time keys, so that a repeated post does its thing once."""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection
from django.http import QueryDict

from baton.platform.models import Draft, Submission
from baton.platform.typed_text import cleaned_post

SALT = "baton.draft"
SECONDS_A_TOKEN_LASTS = 14 * 24 * 3600
NEVER_KEPT = ("csrfmiddlewaretoken", "form_key", "draft_token", "password")


def holder_of(user_id: int | None, browser: str | None) -> str:
    """The name under which a person's, or a nameless browser's, drafts are kept."""
    return f"u{user_id}" if user_id else f"p{browser}"


def token_for(holder: str, path: str) -> str:
    """A signed note that this holder was shown the form at this path."""
    return signing.dumps([holder, path], salt=SALT)


def read_token(token: str) -> tuple[str, str] | None:
    """The holder and path of a token, or nothing if it is forged or older than a fortnight."""
    try:
        holder, path = signing.loads(token, salt=SALT, max_age=SECONDS_A_TOKEN_LASTS)
    except signing.BadSignature:
        return None
    return holder, path


def keep(*, holder: str, path: str, posted: QueryDict, at: datetime) -> None:
    """Keep what was typed in the form at this path; the newest wins."""
    typed = {name: values for name, values in cleaned_post(posted).lists() if name not in NEVER_KEPT}
    Draft.objects.bulk_create(
        [Draft(holder=holder, path=path, typed=typed, saved_at=at)],
        update_conflicts=True,
        unique_fields=["holder", "path"],
        update_fields=["typed", "saved_at"],
    )


def kept(*, holder: str, path: str) -> Draft | None:
    """What was kept of the form at this path."""
    return Draft.objects.filter(holder=holder, path=path).first()


def kept_under(*, holder: str, path: str, lock: bool = False) -> list[Draft]:
    """What was kept of every form whose path begins so, by path: the steps of a form that runs over many pages."""
    found = Draft.objects.filter(holder=holder, path__startswith=path).order_by("path")
    return list(found.select_for_update() if lock else found)


def as_posted(draft: Draft) -> QueryDict:
    """A draft in the shape of a post, so that a form can be bound to it."""
    posted = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        posted.setlist(name, values)
    return posted


def forget(*, holder: str, path: str) -> None:
    """Drop what was kept, once it has become a record."""
    Draft.objects.filter(holder=holder, path=path).delete()


def forget_under(*, holder: str, path: str) -> None:
    """Drop what was kept of every form whose path begins so."""
    Draft.objects.filter(holder=holder, path__startswith=path).delete()


def claim_key(*, key: UUID, holder: str, at: datetime) -> bool:
    """Claim a form's one-time key. False if it was used; waits for a post with the same key that is still under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into platform_submission (key, holder, location, at) values (%s, %s, '', %s)"
            " on conflict do nothing",
            [key, holder, at],
        )
        return bool(cursor.rowcount == 1)


def became_a_record(*, key: UUID, location: str, holder: str, path: str) -> None:
    """Note where the sender was led, and drop what was kept of the form. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with gone as (delete from platform_draft where holder = %s and path = %s)"
            " update platform_submission set location = %s where key = %s",
            [holder, path, location, key],
        )


def was_sent(key: str) -> bool:
    """Whether the form with this one-time key has become a record."""
    try:
        return Submission.objects.filter(key=UUID(key)).exists()
    except ValueError:
        return False
