"""Audits: families drawn or chosen, which one auditor reads while the audit is open."""

from secrets import randbelow
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.governance.actions import close_audit, close_sample, make_audit, open_sample
from baton.governance.forms import SOON, AuditForm, CaseForm, NothingForm
from baton.governance.permissions import may_sample
from baton.governance.presenters.audits import audits_in_words, cases_in_words, facts_of
from baton.governance.queries.audits import (
    Pool,
    auditors,
    audits_seen,
    get_audit,
    get_sample,
    get_user,
    names_of,
    samples_of,
    teams_with_families,
)
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage

A_PAGE = 30
SEEDS = 1_000_000


def audits(request: HttpRequest) -> HttpResponse:
    """Audits: all for a service manager, for an auditor their own."""
    page = Paginator(audits_seen(), A_PAGE).get_page(request.GET.get("page"))
    may_make = may_sample(cast(User, request.user), None)
    context = {"title": "Audits", "rows": audits_in_words(page), "page": page, "may_make": may_make}
    return render(request, "governance/audits.html", context)


def audit(request: HttpRequest, audit_id: int) -> HttpResponse:
    """One audit: what it wants to learn, how its families were drawn, and the families."""
    user, found = cast(User, request.user), get_audit(audit_id)
    page = Paginator(samples_of(found), A_PAGE).get_page(request.GET.get("page"))
    may_change = found.closed_at is None and may_sample(user, found)
    names = names_of([each.family_id for each in page])
    note_look(family_id=None, what=f"audit {audit_id}", by=user, at=clock.now())
    context = {
        "title": found.title,
        "audit": found,
        "facts": facts_of(found),
        "cases": cases_in_words(page, names, may_change=may_change),
        "page": page,
        "may_change": may_change,
    }
    return render(request, "governance/audit.html", context)


class MakeAuditPage(FormPage):
    """Make an audit and draw its families."""

    form_class = AuditForm
    title = "Make an audit"
    button = "Make it"
    done = "The audit is open. Its auditor finds it on their home page."

    def initial(self) -> dict[str, Any]:
        return {"number": 10, "state": SOON}

    def form_kwargs(self) -> dict[str, Any]:
        return {"auditors": auditors(self.at), "teams": teams_with_families()}

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        pool = Pool(team_id=int(typed["team"]) if typed["team"] else None, is_open=typed["state"] == SOON)
        made = make_audit(
            title=typed["title"],
            question=typed["question"],
            auditor=get_user(int(typed["auditor"])),
            seed=typed["seed"] or randbelow(SEEDS) + 1,
            pool=pool,
            number=typed["number"],
            by=self.user,
            at=self.at,
        )
        return reverse("audit", args=[made.pk])

    def context(self) -> dict[str, Any]:
        return {"back": {"href": reverse("audits")}}


class AuditPage(FormPage):
    """Something that happens to one open audit."""

    def load(self) -> None:
        self.audit = get_audit(self.kwargs["audit_id"])
        if self.audit.closed_at is not None:
            raise Http404("This audit is closed.")

    def url(self) -> str:
        return reverse("audit", args=[self.audit.pk])

    def context(self) -> dict[str, Any]:
        return {"caption": self.audit.title, "back": {"href": self.url()}}


class AddCasePage(AuditPage):
    """Choose one more family for an audit."""

    form_class = CaseForm
    title = "Choose a family to be read"
    button = "Add the family"
    done = "The auditor reads this family from now on."

    def save(self, form: Any) -> str:
        open_sample(family_id=form.cleaned_data["number"], audit=self.audit, by=self.user, at=self.at)
        return self.url()


class CloseAuditPage(AuditPage):
    """Close an audit: its auditor reads its families no more."""

    form_class = NothingForm
    title = "Close this audit?"
    button = "Close it"
    done = "The audit is closed. Its auditor reads its families no more."

    def save(self, form: Any) -> str:
        close_audit(audit=self.audit, by=self.user, at=self.at)
        return self.url()


class TakeOutPage(FormPage):
    """Take one family out of an audit."""

    form_class = NothingForm
    title = "Take this family out of the audit?"
    button = "Take it out"
    done = "The auditor reads this family no more."

    def load(self) -> None:
        self.sample = get_sample(self.kwargs["sample_id"])
        if self.request.method == "GET":
            note_look(family_id=self.sample.family_id, what="audit sample", by=self.user, at=self.at)

    def save(self, form: Any) -> str:
        close_sample(sample=self.sample, by=self.user, at=self.at)
        return reverse("audit", args=[self.sample.audit_id])

    def context(self) -> dict[str, Any]:
        caption = f"{self.sample.audit.title}: family number {self.sample.family_id}"
        return {"caption": caption, "back": {"href": reverse("audit", args=[self.sample.audit_id])}}
