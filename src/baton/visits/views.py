"""Pages of visits: planning, recording, correcting, and what was recorded."""

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.episodes.models import Episode
from baton.episodes.presenters import corrections_in_words
from baton.episodes.queries.corrections import corrections_of
from baton.episodes.queries.episodes import get_episode, present_allocation
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.dates_in_words import moment
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.refusals import NotAllowed
from baton.visits import presenters
from baton.visits.actions import call_off_visit, move_visit, plan_visit, record_visit, theirs_of, write_visit
from baton.visits.forms import CALLED_OFF, MoveVisitForm, PlanVisitForm, RecordVisitForm
from baton.visits.models import Visit
from baton.visits.permissions import may_correct, may_work_on
from baton.visits.policies import Told
from baton.visits.queries import get_visit, has_written_consent, past_visits, persons_of, planned_visits, write_up_due
from baton.visits.states import HAPPENED

VISITS_ON_A_PAGE = 20


def visits(request: HttpRequest, episode_id: int) -> HttpResponse:
    """The visits of an episode, planned and past."""
    episode = get_episode(episode_id)
    user = cast(User, request.user)
    note_look(family_id=episode.family_id, what="visits", by=user, at=clock.now())
    may_work = may_work_on(user, episode)
    page = Paginator(past_visits(episode), VISITS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "Visits",
        "planned": presenters.rows(list(planned_visits(episode)), may_work=may_work),
        "past": presenters.rows(list(page), may_work=may_work),
        "page": page,
        "may_work": may_work,
        **_about(episode),
    }
    return render(request, "visits/visits.html", context)


def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One visit as it was recorded, with what is still to be done about it."""
    found = get_visit(visit_id)
    user = cast(User, request.user)
    note_look(family_id=found.family_id, what="visit", by=user, at=clock.now())
    context = {
        "title": "Visit",
        "part": "visits",
        "visit": found,
        "facts": presenters.facts(found),
        "written": presenters.written(found),
        "warnings": presenters.warnings(
            found, write_up_due=write_up_due(found), has_written_consent=has_written_consent(found.family_id)
        ),
        "may_correct": may_correct(user, found) and found.state != Visit.State.CANCELLED,
        "may_move": found.state == Visit.State.PLANNED and found.episode.is_open and may_correct(user, found),
        "corrections": corrections_in_words(corrections_of(found), presenters.LABELS),
        **_about(found.episode, family=found.family),
    }
    return render(request, "visits/visit.html", context)


def _about(episode: Episode, **more: Any) -> dict[str, Any]:
    lead = present_allocation(episode)
    return {"episode": episode, "family": episode.family, "lead": lead.practitioner if lead else None, **more}


class PlanVisitPage(FormPage):
    """Plan a visit."""

    form_class = PlanVisitForm
    template = "people/warned_form.html"
    title = "Plan a visit"
    button = "Plan the visit"
    done = "The visit is planned."

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        if self.request.method == "GET":
            note_look(family_id=self.episode.family_id, what="form to plan a visit", by=self.user, at=self.at)

    def save(self, form: forms.Form) -> str:
        plan_visit(episode=self.episode, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("visits", args=[self.episode.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.episode.family.name} family",
            "back": {"href": reverse("visits", args=[self.episode.pk]), "text": "Visits"},
            "family": self.episode.family,
        }


class RecordVisitPage(FormPage):
    """Record a visit: when it was, who was seen; the write-up now or later."""

    form_class = RecordVisitForm
    template = "visits/record_visit.html"
    title = "Record a visit"
    button = "Save the visit"
    done = "The visit is saved."
    visit: Visit | None = None

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        self._note()

    def _note(self) -> None:
        self.persons = persons_of(self.episode)
        if self.request.method == "GET":
            note_look(family_id=self.episode.family_id, what="visit form", by=self.user, at=self.at)

    def form_kwargs(self) -> dict[str, Any]:
        people = presenters.people_to_tick(self.persons, on=clock.today())
        state = self.visit.state if self.visit else None
        return {"people": people, "may_call_off": state == Visit.State.PLANNED, "is_recorded": state in HAPPENED}

    def initial(self) -> dict[str, Any]:
        return {"version": 0, "outcome": Visit.State.MADE, "happened_at": self.at, "place": Visit.Place.HOME}

    def save(self, form: forms.Form) -> str:
        saved = record_visit(episode=self.episode, told=told(form.cleaned_data), by=self.user, at=self.at)
        return reverse("visit", args=[saved.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.episode.family.name} family",
            "back": {"href": reverse("visits", args=[self.episode.pk]), "text": "Visits"},
            "family": self.episode.family,
            "ask_consent": "" if has_written_consent(self.episode.family_id) else self._consent_page(),
        }

    def _consent_page(self) -> str:
        return reverse("record-consent", args=[self.episode.family_id])


class RecordPlannedVisitPage(RecordVisitPage):
    """Record a visit that was planned, or correct one that was recorded."""

    def load(self) -> None:
        self.visit = self.planned = get_visit(self.kwargs["visit_id"])
        if not may_correct(self.user, self.planned):
            raise NotAllowed("A recorded visit is corrected by who made it, or the manager.")
        self.episode = self.planned.episode
        self.episode.family = self.planned.family
        if self.planned.state != Visit.State.PLANNED:
            self.title = "Correct or finish the visit"
        self._note()

    def initial(self) -> dict[str, Any]:
        stands = theirs_of(self.planned)
        if self.planned.state == Visit.State.PLANNED:
            planned_for = self.planned.planned_for or self.at
            stands |= {"outcome": Visit.State.MADE, "happened_at": min(planned_for, self.at)}
        return {"version": self.planned.version, **stands}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        if typed["outcome"] == CALLED_OFF[0]:
            call_off_visit(visit=self.planned, version=typed["version"], by=self.user, at=self.at)
            return reverse("visits", args=[self.planned.episode_id])
        write_visit(
            visit=self.planned,
            told=told(typed),
            version=typed["version"],
            because=typed.get("because", ""),
            by=self.user,
            at=self.at,
        )
        return reverse("visit", args=[self.planned.pk])


class MoveVisitPage(FormPage):
    """Move a planned visit to another time."""

    form_class = MoveVisitForm
    title = "Move this visit"
    button = "Move the visit"
    done = "The visit is moved."

    def load(self) -> None:
        self.visit = get_visit(self.kwargs["visit_id"])
        if self.visit.state != Visit.State.PLANNED:
            raise Http404
        if self.request.method == "GET":
            note_look(family_id=self.visit.family_id, what="visit form", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"version": self.visit.version, "planned_for": self.visit.planned_for}

    def save(self, form: forms.Form) -> str:
        move_visit(visit=self.visit, **form.cleaned_data, by=self.user, at=self.at)
        return reverse("visit", args=[self.visit.pk])

    def context(self) -> dict[str, Any]:
        return {
            "caption": f"{self.visit.family.name} family",
            "back": {"href": reverse("visit", args=[self.visit.pk]), "text": "Visit"},
            "intro": f"It is planned for {moment(self.visit.planned_for)}.",
        }


def told(typed: dict[str, Any]) -> Told:
    """What was typed, as the action takes it."""
    texts = {name: typed[name] for name in ("place", "purpose", "action", "reflection", "analysis", "failed_because")}
    return Told(
        happened_at=typed["happened_at"],
        made=typed["outcome"] == Visit.State.MADE,
        seen=frozenset(map(int, typed["seen"])),
        alone=frozenset(map(int, typed["alone"])),
        **texts,
    )
