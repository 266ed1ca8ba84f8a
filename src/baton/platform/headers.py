"""What every answer carries, whatever made it, beside what Django and django-csp add."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

# Baton asks a browser for nothing but passkeys; nor may what it shows.
REFUSED = ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
           "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock",
           "serial", "usb", "xr-spatial-tracking")  # fmt: skip
OWN = ("publickey-credentials-create", "publickey-credentials-get")
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
HEADERS = {
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in REFUSED), *(f"{name}=(self)" for name in OWN)]),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class EveryAnswer:
    """Stands outermost, so that a redirect, an error or a file of another middleware carries these too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
