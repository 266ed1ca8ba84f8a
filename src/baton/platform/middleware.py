"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NothingIsCached:
    """Pages hold families' private things: no browser or proxy keeps one, not even for the back button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
