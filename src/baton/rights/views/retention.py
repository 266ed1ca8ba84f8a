"""How long records are kept: the schedule, what is due for review, holds, disposal and its certificates."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import Refused, unmet
from baton.rights import actions
from baton.rights.forms.requests import ConfirmForm
from baton.rights.forms.retention import EndHoldForm, HoldForm, ReviewForm
from baton.rights.models.retention import Reviewed
from baton.rights.policies.retention import NOTHING_STANDS_AGAINST_IT, DisposalFacts
from baton.rights.presenters import retention as presenters
from baton.rights.queries.retention import (
    KeptFamily,
    disposals,
    due_for_review,
    family_names,
    get_disposal,
    get_hold,
    get_request_review,
    get_review,
    holds_standing,
    kept_family,
    kept_request,
    references_of,
    requests_due_for_review,
    requests_to_approve,
    reviews_of,
    reviews_of_request,
    rules,
    to_approve,
    without_a_day,
)

A_PAGE = 50


def retention(request: HttpRequest) -> HttpResponse:
    """Records whose time is over, and the schedule it follows from."""
    today = clock.today()
    due = sorted([*due_for_review(on=today), *requests_due_for_review(on=today)], key=_over_since)
    page = Paginator(due, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "How long records are kept",
        "part": "due",
        "page": page,
        "rows": presenters.due_in_words(page),
        "undated": len(without_a_day(on=today)),
        "waiting": _waiting(),
        "rules": presenters.rules_in_words(rules(on=today)),
    }
    return render(request, "rights/retention.html", context)


def _over_since(kept: KeptFamily) -> date:
    return kept.kept.until if kept.kept and kept.kept.until else date.max


def _waiting() -> list[dict[str, Any]]:
    """Disposals that wait for a second person, of those the officer may know."""
    families, requests = list(to_approve()[:A_PAGE]), list(requests_to_approve()[:A_PAGE])
    names = family_names(each.family_id for each in families)
    of_families = [
        {"review": each, "name": f"{names[each.family_id]} family", "href": reverse("approve-disposal", args=[each.pk])}
        for each in families
        if each.family_id in names
    ]
    called = references_of(each.request_id for each in requests)
    of_requests = [
        {
            "review": each,
            "name": f"Request {called[each.request_id]}",
            "href": reverse("approve-request-disposal", args=[each.pk]),
        }
        for each in requests
        if each.request_id in called
    ]
    return of_families + of_requests


def holds(request: HttpRequest) -> HttpResponse:
    """Holds that stop any disposal, the first to be looked at again first."""
    page = Paginator(holds_standing(), A_PAGE).get_page(request.GET.get("page"))
    names = family_names(each.family_id for each in page)
    context = {"title": "Legal holds", "part": "holds", "page": page, "rows": presenters.holds_in_words(page, names)}
    return render(request, "rights/holds.html", context)


def certificates(request: HttpRequest) -> HttpResponse:
    """What was disposed of, the latest first."""
    page = Paginator(disposals(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "rights/certificates.html", {"title": "Disposals", "part": "certificates", "page": page})


def certificate(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """The certificate of one disposal."""
    found = get_disposal(disposal_id)
    context = {
        "title": f"Disposal {found.pk}",
        "facts": presenters.certificate_in_words(found),
        "counts": presenters.counts_in_words(found),
        "back": {"href": reverse("certificates"), "text": "Disposals"},
    }
    return render(request, "rights/certificate.html", context)


def family(request: HttpRequest, family_id: int) -> HttpResponse:
    """Until when one family's record is kept, why, and what was decided."""
    found = kept_family(family_id, on=clock.today())
    note_look(family_id=family_id, what="retention", by=cast(User, request.user), at=clock.now())
    decided = list(reviews_of(family_id))
    pending = next((each for each in decided if each.decision == "dispose" and each.taken_back_at is None), None)
    ways = {
        "review": reverse("review-record", args=[family_id]),
        "approve": _way_to_approve(request, pending, "approve-disposal"),
        "take_back": reverse("take-back-disposal", args=[pending.pk]) if pending else "",
    }
    return _page_of(request, found, decided, ways)


def standalone(request: HttpRequest, request_id: int) -> HttpResponse:
    """The same for a request that became nobody's record."""
    found = kept_request(request_id, on=clock.today())
    _note_look_at_request(found, by=cast(User, request.user), at=clock.now())
    decided = list(reviews_of_request(request_id))
    pending = next((each for each in decided if each.decision == "dispose" and each.taken_back_at is None), None)
    ways = {
        "review": reverse("review-request", args=[request_id]),
        "approve": _way_to_approve(request, pending, "approve-request-disposal"),
        "take_back": reverse("take-back-request-disposal", args=[pending.pk]) if pending else "",
    }
    return _page_of(request, found, decided, ways)


def _way_to_approve(request: HttpRequest, pending: Reviewed | None, page: str) -> str:
    """Nobody is led to approve what they decided themselves."""
    if pending is None or pending.decided_by == request.user:
        return ""
    return reverse(page, args=[pending.pk])


def _note_look_at_request(kept: KeptFamily, *, by: User, at: datetime) -> None:
    """It belongs to no family, so its reference, which names nobody, says which it was."""
    note_look(family_id=None, what=f"retention of request {kept.reference}", by=by, at=at)


def _page_of(
    request: HttpRequest, found: KeptFamily, decided: Sequence[Reviewed], ways: dict[str, str]
) -> HttpResponse:
    context = {
        "title": presenters.name_of(found),
        "family": found,
        "against": _against(found),
        "reviews": presenters.reviews_in_words(decided),
        "ways": ways,
        "back": {"href": reverse("retention"), "text": "How long records are kept"},
    }
    return render(request, "rights/retention_family.html", context)


def _against(found: KeptFamily) -> tuple[str, ...]:
    until = found.kept.until if found.kept else None
    facts = DisposalFacts(
        until=until,
        today=clock.today(),
        holds=found.holds,
        open_work=found.open_work,
        open_requests=found.open_requests,
    )
    return unmet(NOTHING_STANDS_AGAINST_IT, facts)


class OfAFamily(FormPage):
    """A form about one family's record."""

    def load(self) -> None:
        self.family = kept_family(self.family_id(), on=clock.today())
        note_look(family_id=self.family.id, what="retention", by=self.user, at=self.at)

    def family_id(self) -> int:
        return int(self.kwargs["family_id"])

    def url(self) -> str:
        return reverse("retention-family", args=[self.family.id])

    def context(self) -> dict[str, Any]:
        return {"caption": f"{self.family.name} family", "back": {"href": self.url()}}


class ReviewPage(OfAFamily):
    """Decide whether a record is still needed."""

    form_class = ReviewForm
    title = "Review the record"
    button = "Save"
    done = "It is decided."

    def save(self, form: Any) -> str:
        actions.review_record(family_id=self.family.id, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class OfAReview(OfAFamily):
    """A form about a disposal that was decided."""

    form_class = ConfirmForm

    def family_id(self) -> int:
        self.review = get_review(self.kwargs["review_id"])
        return self.review.family_id


class ApprovePage(OfAReview):
    """Approve, as a second person, that a record is disposed of."""

    template = "rights/approve.html"
    title = "Dispose of the record for good"
    button = "Dispose of it"
    done = "The record is gone. This is the certificate."

    def save(self, form: Any) -> str:
        made = actions.approve_disposal(review=self.review, by=self.user, at=self.at)
        return reverse("certificate", args=[made.pk])

    def context(self) -> dict[str, Any]:
        return super().context() | {"review": self.review, "button_kind": "warning"}


class TakeBackPage(OfAReview):
    """Take back that a record is disposed of."""

    title = "Take the decision back"
    button = "Take it back"
    done = "It is taken back: nothing is disposed of."

    def save(self, form: Any) -> str:
        actions.take_back_disposal(review=self.review, by=self.user, at=self.at)
        return self.url()


class OfARequest(FormPage):
    """A form about one request that became nobody's record."""

    def load(self) -> None:
        self.kept = kept_request(self.asked_id(), on=clock.today())
        _note_look_at_request(self.kept, by=self.user, at=self.at)

    def asked_id(self) -> int:
        return int(self.kwargs["request_id"])

    def url(self) -> str:
        return reverse("retention-request", args=[self.kept.id])

    def context(self) -> dict[str, Any]:
        return {"caption": self.kept.name, "back": {"href": self.url()}}


class ReviewRequestPage(OfARequest):
    """Decide whether a request is still needed."""

    form_class = ReviewForm
    title = "Review the record"
    button = "Save"
    done = "It is decided."

    def save(self, form: Any) -> str:
        actions.review_request(request_id=self.kept.id, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class OfARequestReview(OfARequest):
    """A form about a disposal of a request that was decided."""

    form_class = ConfirmForm

    def asked_id(self) -> int:
        self.review = get_request_review(self.kwargs["request_review_id"])
        return self.review.request_id


class ApproveRequestPage(OfARequestReview):
    """Approve, as a second person, that a request is disposed of."""

    template = "rights/approve.html"
    title = "Dispose of the record for good"
    button = "Dispose of it"
    done = "The record is gone. This is the certificate."

    def save(self, form: Any) -> str:
        made = actions.approve_request_disposal(review=self.review, by=self.user, at=self.at)
        return reverse("certificate", args=[made.pk])

    def context(self) -> dict[str, Any]:
        return super().context() | {"review": self.review, "of_a_request": True, "button_kind": "warning"}


class TakeBackRequestPage(OfARequestReview):
    """Take back that a request is disposed of."""

    title = "Take the decision back"
    button = "Take it back"
    done = "It is taken back: nothing is disposed of."

    def save(self, form: Any) -> str:
        actions.take_back_request_disposal(review=self.review, by=self.user, at=self.at)
        return self.url()


class HoldPage(FormPage):
    """Let nothing of a family's record be disposed of."""

    form_class = HoldForm
    title = "Hold a record"
    button = "Hold it"
    done = "The record is held."

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        with connection.cursor() as cursor:
            named = [typed.pop("given_name"), typed.pop("family_name"), typed.pop("born")]
            cursor.execute("select guard.families_to_hold(%s, %s, %s)", named)
            found = [family_id for (family_id,) in cursor.fetchall()]
        if not found:
            raise Refused("Nobody you may find has this name and date of birth.")
        for family_id in found:
            note_look(family_id=family_id, what="hold", by=self.user, at=self.at)
            actions.hold_family(family_id=family_id, **typed, by=self.user, at=self.at)
        return reverse("holds")

    def context(self) -> dict[str, Any]:
        return {"back": {"href": reverse("holds"), "text": "Legal holds"}}


class EndHoldPage(FormPage):
    """End a hold."""

    form_class = EndHoldForm
    title = "End a hold"
    button = "End it"
    done = "The hold has ended."

    def load(self) -> None:
        self.hold = get_hold(self.kwargs["hold_id"])
        note_look(family_id=self.hold.family_id, what="hold", by=self.user, at=self.at)

    def save(self, form: Any) -> str:
        actions.end_hold(hold=self.hold, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("holds")

    def context(self) -> dict[str, Any]:
        return {"intro": f"It stands because: {self.hold.reason}", "back": {"href": reverse("holds")}}
