"""Routes that say who may come in, and run the view in one transaction inside that person's context."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from baton.platform import clock, drafts, guard
from baton.platform.models import User
from baton.platform.rate_limits import Limit
from baton.platform.refusals import NotAllowed
from baton.platform.roles import EVERY_ROLE, Role
from baton.platform.security_log import Kind, tell
from baton.platform.signed_in import took_second_step

View = Callable[..., HttpResponseBase]
# Finds the numbers by which a page is reached now, where what they named was made one with something else.
Finder = Callable[[Mapping[str, Any]], Mapping[str, Any]]
_finders: list[tuple[Finder, frozenset[str]]] = []
LARGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Audience:
    """Who may come in: everybody, those who hold one of the roles, or whoever has an account.

    A page at the door opens to somebody who signed in and has not taken the second step.
    """

    roles: frozenset[Role] = frozenset()
    public: bool = False
    any_account: bool = False
    at_the_door: bool = False

    def admits(self, user: User) -> bool:
        return self.public or self.any_account or user.has_role(*self.roles)


EVERYBODY = Audience(public=True)
STAFF = Audience(EVERY_ROLE)
AT_THE_DOOR = Audience(public=True, at_the_door=True)
SIGNED_IN = Audience(EVERY_ROLE, any_account=True)
SIGNED_IN_AT_THE_DOOR = Audience(EVERY_ROLE, any_account=True, at_the_door=True)


def when_not_found(finder: Finder, *, of: Iterable[str]) -> None:
    """For the area that makes two records one: answer with this when a page that somebody looks for is not there.

    `of` names the numbers in addresses that it knows: where none of them is asked for, nothing is looked up.
    """
    _finders.append((finder, frozenset(of)))


def only(*roles: Role) -> Audience:
    """Those who hold one of these roles."""
    return Audience(frozenset(roles))


def route(pattern: str, view: View, *, name: str, allowed: Audience, limit: Limit | None = None) -> URLPattern:
    """A path whose view runs in one transaction, inside the asker's context, if they are allowed in.

    `limit` is for what one person should not do again and again: printing, downloading.
    """
    return path(pattern, _guarded(view, allowed, limit), name=name)


def bare_route(pattern: str, view: View, *, name: str) -> URLPattern:
    """A path for machines that watch: open to everybody, without context or transaction, so it answers without them."""
    view.audience = AT_THE_DOOR  # type: ignore[attr-defined]
    return path(pattern, view, name=name)


def _guarded(view: View, audience: Audience, limit: Limit | None) -> View:
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not audience.public and not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if not audience.at_the_door and lacks_second_step(request):
            return ask_for_second_step(request)
        if any(isinstance(each, int) and each > LARGEST_NUMBER for each in kwargs.values()):
            raise Http404("PostgreSQL has no such number.")
        try:
            with transaction.atomic():
                _open_context(request, audience)
                if limit and limit.is_over(who=holder_of(request), at=clock.now()):
                    return render(request, "platform/error_429.html", {"limit": limit}, status=429)
                return view(request, *args, **kwargs)
        except Http404:
            moved_to = _where_it_is_now(request, audience, kwargs)
            if moved_to is None:
                raise
            return HttpResponseRedirect(moved_to)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal

    run.audience, run.limit = audience, limit  # type: ignore[attr-defined]
    return run


def _where_it_is_now(request: HttpRequest, audience: Audience, asked: Mapping[str, Any]) -> str | None:
    """The address of the record that what was asked for was made one with, if the asker may open that one."""
    if request.method not in ("GET", "HEAD") or not request.user.is_authenticated or request.resolver_match is None:
        return None
    wanted = [find for find, names in _finders if names & asked.keys()]
    if not wanted:
        return None
    with transaction.atomic():
        _open_context(request, audience)
        now = dict(asked)
        for find in wanted:
            now |= find(asked)
    return reverse(request.resolver_match.view_name, kwargs=now) if now != asked else None


def _open_context(request: HttpRequest, audience: Audience) -> None:
    if not request.user.is_authenticated:
        guard.open_public_context(browser_of(request))
        return
    user = request.user
    guard.open_context(user)
    if not audience.admits(user):
        raise PermissionDenied("This page is for other roles.")


def browser_of(request: HttpRequest) -> UUID:
    """A random name for a browser without an account, kept in its session when it starts to type."""
    return UUID(request.session.get("browser") or str(uuid4()))


def holder_of(request: HttpRequest) -> str:
    """Under which name this person's drafts are kept; gives a nameless browser a name."""
    if not request.user.is_authenticated and "browser" not in request.session:
        request.session["browser"] = str(uuid4())
        guard.open_public_context(browser_of(request))
    return drafts.holder_of(request.user.pk, request.session.get("browser"))


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page; what a signed-out person had typed is kept for them first."""
    tell(Kind.NOT_SIGNED_IN, request)
    here = keep_what_was_typed(request) or request.get_full_path()
    because = getattr(request, "session_ended", "")
    if because:
        messages.info(request, f"You were signed out because {because}.")
    return redirect_to_login(here)


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether somebody signed in with one step where two are asked for. Only a demonstration asks for one."""
    if not request.user.is_authenticated or (settings.DEMONSTRATION and not settings.SECOND_STEP_ASKED):
        return False
    return not took_second_step(request.session)


def ask_for_second_step(request: HttpRequest) -> HttpResponse:
    """Lead to where the second step is set up, and from there back."""
    tell(Kind.ONE_STEP_ONLY, request)
    here = keep_what_was_typed(request) or request.get_full_path()
    return redirect_to_login(here, login_url=reverse(settings.SECOND_STEP_URL))


def keep_what_was_typed(request: HttpRequest) -> str | None:
    """Keep a post that cannot be taken now, for the person its form was shown to. Returns the path of the form."""
    token = request.POST.get("draft_token", "")
    told = drafts.read_token(token)
    if told is None:
        if token:
            tell(Kind.FORGED_NOTE, request)
        return None
    holder, form_path = told
    with transaction.atomic():
        _open_context_of_holder(holder)
        drafts.keep(holder=holder, path=form_path, posted=request.POST, at=clock.now())
    messages.info(request, "We kept what you typed. Sign in to carry on.")
    return form_path


def _open_context_of_holder(holder: str) -> None:
    if holder.startswith("u"):
        guard.open_context(User(pk=int(holder[1:])))
    else:
        guard.open_public_context(UUID(holder[1:]))
