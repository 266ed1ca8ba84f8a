"""Signing in and out, keeping drafts, and the pages for when something is wrong."""

import logging
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.db import Error as DatabaseFailed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST

from baton.platform import clock, drafts
from baton.platform.gallery import gallery_context
from baton.platform.metrics import as_text
from baton.platform.rate_limits import caller_of, too_often
from baton.platform.readiness import is_at_this_code
from baton.platform.routes import holder_of, keep_what_was_typed
from baton.platform.security_log import Kind, account_of, tell

# One save follows each pause in typing; a school or library with many browsers behind one address stays below this.
MOST_PUBLIC_DRAFTS_FROM_ONE_ADDRESS = 3000
PUBLIC_WINDOW = timedelta(hours=1)

PLAIN = "text/plain; charset=utf-8"

log = logging.getLogger("baton")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End the session; the browser is told to drop what it keeps of pages."""
    tell(Kind.SIGNED_OUT, request)
    response = auth_views.LogoutView.as_view()(request)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed; the form's token says which form it is and whose."""
    told = drafts.read_token(request.POST.get("draft_token", ""))
    if told is not None and told[0] != holder_of(request) and not request.user.is_authenticated:
        return _keep_for_who_was_signed_out(request)
    if told is None or told[0] != holder_of(request):
        tell(Kind.FORGED_NOTE, request)
        return JsonResponse({"saved": False}, status=409)
    if drafts.was_sent(request.POST.get("form_key", "")):  # typed before, arrived after: it is a record by now
        return JsonResponse({"saved": True, "at": ""})
    at = clock.now()
    if not request.user.is_authenticated and too_often(
        what="draft", who=caller_of(request), most=MOST_PUBLIC_DRAFTS_FROM_ONE_ADDRESS, within=PUBLIC_WINDOW, at=at
    ):
        return JsonResponse({"saved": False}, status=429)  # what is posted by a button is still taken in
    drafts.keep(holder=told[0], path=told[1], posted=request.POST, at=at)
    return JsonResponse({"saved": True, "at": at.astimezone(clock.LONDON).strftime("%H:%M")})


def _keep_for_who_was_signed_out(request: HttpRequest) -> HttpResponse:
    """The session ended while they typed: it is kept under the note their form carries, and only they find it again."""
    if too_often(
        what="draft", who=caller_of(request), most=MOST_PUBLIC_DRAFTS_FROM_ONE_ADDRESS, within=PUBLIC_WINDOW,
        at=clock.now(),
    ):  # fmt: skip
        return JsonResponse({"saved": False}, status=429)
    return JsonResponse({"saved": bool(keep_what_was_typed(request)), "at": ""})


def healthy(request: HttpRequest) -> HttpResponse:
    """Whether the application and its database answer."""
    return HttpResponse("ok", content_type=PLAIN)


def ready(request: HttpRequest) -> HttpResponse:
    """Whether requests may be sent here: the database answers, and its tables are at this code."""
    try:
        late = not is_at_this_code()
    except DatabaseFailed:
        return HttpResponse("the database does not answer", status=503, content_type=PLAIN)
    if late:
        return HttpResponse("the tables are not at this version", status=503, content_type=PLAIN)
    return HttpResponse("ready", content_type=PLAIN)


def metrics(request: HttpRequest) -> HttpResponse:
    """Durations by route and the queue of jobs, for the program that was given the token; for others no such page."""
    token = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(request.headers.get("Authorization", ""), token):
        raise Http404
    return HttpResponse(as_text(), content_type=f"{PLAIN}; version=0.0.4")


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the design system on one page, in a demonstration: real people's work has no need of it."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "platform/gallery.html", gallery_context())


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long: what was typed is kept, and the form shown again."""
    tell(Kind.FORM_WITHOUT_TOKEN, request)
    form_path = keep_what_was_typed(request)
    if form_path:
        return HttpResponseRedirect(form_path)
    return render(request, "platform/error_403.html", {"reason": "expired"}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "platform/error_400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    tell(Kind.REFUSED, request)
    return render(request, "platform/error_403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.resolver_match and account_of(request):  # a record that is not there, or not theirs
        tell(Kind.NOTHING_THERE, request)
    return render(request, "platform/error_404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error tells the user a reference, and the log the same one, and neither anything else."""
    reference = uuid4().hex[:8].upper()
    log.error("server error, reference %s", reference)
    page = get_template("platform/error_500.html").render(
        {"reference": reference}
    )  # without asking the database for anything
    return HttpResponse(page, status=500)
