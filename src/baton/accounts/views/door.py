"""How allauth's own views are served here: in our transaction, rendered within it, with our pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

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
