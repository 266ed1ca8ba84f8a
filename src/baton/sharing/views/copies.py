"""One decision, and what left by it: a copy made for it, shown again as it left, or a document that was added."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from baton.consent.presenters import about
from baton.consent.queries import open_episode_of
from baton.documents.views import file_of
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.sharing.models import DocumentLeft
from baton.sharing.permissions import may_share
from baton.sharing.presenters.decisions import (
    copy_of,
    document_of_decision,
    document_url,
    facts_of,
    file_name,
    share_url,
    warning_of,
    why_not_opened,
)
from baton.sharing.queries import document_that_left, get_decision, get_handed_out


def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """What was decided, and what left by it."""
    found, user = get_decision(decision_id), cast(User, request.user)
    note_look(family_id=found.family_id, what="decision about sharing", by=user, at=clock.now())
    left = document_of_decision(found)
    again = share_url(found.family_id, found.what, found.record_id) if found.record_id else ""
    context = {
        "title": "What was decided",
        "decision": found,
        "facts": facts_of(found),
        "copy": copy_of(found),
        "left": left,
        "scan": warning_of(left.document) if left else "",
        "not_opened": why_not_opened(left.document) if left else "",
        "document_href": document_url(found),
        "again": again if may_share(user, found.family) else "",
        **about(found.family, open_episode_of(found.family_id)),
        "part": "sharing",
    }
    return render(request, "sharing/decision.html", context)


def copy_that_left(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    """The file itself, byte for byte; of a document that may not be handed out any more, nothing."""
    left, user = document_that_left(decision_id), cast(User, request.user)
    if left and not left.may_be_opened:
        raise Http404("This document is not handed out.")
    copy = left or get_handed_out(decision_id)
    why = f"Decision {decision_id}: to {copy.decision.receiver}"
    note_look(family_id=copy.family_id, what="copy that was handed out", why=why, by=user, at=clock.now())
    if isinstance(copy, DocumentLeft):
        return file_of(copy.document, user)
    response = HttpResponse(bytes(copy.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(copy.decision)}"'
    return response
