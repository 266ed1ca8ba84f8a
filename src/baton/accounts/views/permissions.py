"""Which role may open which page, for staff to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.accounts.presenters.permissions import IN_WORDS, permissions_by_area
from baton.platform.roles import ROLE_SHEETS, Role


def permissions(request: HttpRequest) -> HttpResponse:
    """Who may open which page, and what each role is for."""
    context = {
        "title": "Who may do what",
        "roles": list(Role),
        "sheets": ROLE_SHEETS,
        "areas": permissions_by_area(),
        "in_words": IN_WORDS,
    }
    return render(request, "accounts/permissions.html", context)
