"""How allauth's own views are served here: in our transaction, rendered within it, with our pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse

from baton.accounts.queries import signed_in_lately
from baton.platform import clock

View = Callable[..., HttpResponseBase]


def at_the_door(view: View, about: str) -> View:
    """Serve a view of allauth. What it counted stays counted when it breaks off with an answer of its own."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except ImmediateHttpResponse as breaks_off:
            return breaks_off.response
        return response.render() if isinstance(response, TemplateResponse) else response

    served.__doc__ = about
    served.__module__ = __name__
    return served


def shown_lately(view: View) -> View:
    """Do this for who signed in, or showed again that it is they, in the last minutes; others are asked first.

    Who has no way in but the council's account goes there, and is then to ask again.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if signed_in_lately(request.session, clock.now()):
            return view(request, *args, **kwargs)
        if get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        return _to_the_directory_again(request)

    return asked


def _to_the_directory_again(request: HttpRequest) -> HttpResponse:
    context = {"title": "Show that it is you", "directory": settings.DIRECTORY_NAME}
    return render(request, "accounts/directory_again.html", context)
