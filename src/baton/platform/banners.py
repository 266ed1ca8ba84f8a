"""Where what is said on the next page is kept."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class BannerCookie(CookieStorage):
    """Django's, under a name that under TLS only this very host can set."""

    cookie_name = f"{settings.COOKIES_BEGIN}messages"
