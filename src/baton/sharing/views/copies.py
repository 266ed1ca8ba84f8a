"""One decision, and the copy that left by it: shown again exactly as it left."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from baton.consent.presenters import about
from baton.consent.queries import open_episode_of
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.sharing.permissions import may_share
from baton.sharing.presenters.decisions import copy_of, facts_of, file_name, share_url
from baton.sharing.queries import get_decision, get_handed_out


def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """What was decided, and the copy that left by it."""
    found, user = get_decision(decision_id), cast(User, request.user)
    note_look(family_id=found.family_id, what="decision about sharing", by=user, at=clock.now())
    again = share_url(found.family_id, found.what, found.record_id) if found.record_id else ""
    context = {
        "title": "What was decided",
        "decision": found,
        "facts": facts_of(found),
        "copy": copy_of(found),
        "again": again if may_share(user, found.family) else "",
        **about(found.family, open_episode_of(found.family_id)),
        "part": "sharing",
    }
    return render(request, "sharing/decision.html", context)


def copy_that_left(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The file itself, byte for byte."""
    copy, user = get_handed_out(decision_id), cast(User, request.user)
    why = f"Decision {decision_id}: to {copy.decision.receiver}"
    note_look(family_id=copy.family_id, what="copy that was handed out", why=why, by=user, at=clock.now())
    response = HttpResponse(bytes(copy.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(copy.decision)}"'
    return response
