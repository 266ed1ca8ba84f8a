"""Pages of meetings: the list, one meeting, and recording each kind."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.episodes.presenters import corrections_in_words
from baton.episodes.queries.corrections import corrections_of
from baton.episodes.queries.episodes import get_episode
from baton.people.models import FamilyMember
from baton.plans.actions import as_typed, correct_meeting, record_meeting
from baton.plans.forms.meetings import FEWEST_ROWS, ROWS_ADDED, AnyMeetingForm, MeetingForm, UpdatesForm
from baton.plans.models import Meeting
from baton.plans.permissions import may_correct_meeting
from baton.plans.presenters.meetings import (
    LABELS,
    TITLES,
    UPDATES,
    facts_of_meeting,
    line_of,
    name_and_agency,
    texts_of,
    title_of,
    ways_on,
)
from baton.plans.presenters.plan import later_than_asked, next_review_hint, review_hint
from baton.plans.queries import get_meeting, meetings_of, members_at, practitioners_before, review_asked
from baton.plans.views.pages import EpisodeFormPage, about
from baton.platform import clock, drafts
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.refusals import NotAllowed
from baton.practice.calendar import day_of


def meetings(request: HttpRequest, episode_id: int) -> HttpResponse:
    """The meetings and reviews of an episode, and what may be recorded."""
    at, episode = clock.now(), get_episode(episode_id)
    note_look(family_id=episode.family_id, what="meetings", by=cast(User, request.user), at=at)
    asked = review_asked(episode)
    kinds = [kind for kind in TITLES if kind != UPDATES or asked.may_be_collected]
    context = {
        "title": "Meetings and reviews",
        "rows": [(each, title_of(each), line_of(each)) for each in meetings_of(episode)],
        "kinds": [(TITLES[kind], reverse("record-meeting", args=[episode.pk, str(kind)])) for kind in kinds],
        "review_hint": review_hint(asked, from_on=day_of(at)),
        **about(episode),
    }
    return render(request, "plans/meetings.html", context)


def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting as it was recorded, and what its decision leads to."""
    found = get_meeting(meeting_id)
    note_look(family_id=found.family_id, what="meeting", by=cast(User, request.user), at=clock.now())
    context = {
        "title": title_of(found),
        "part": "meetings",
        "meeting": found,
        "facts": facts_of_meeting(found),
        "texts": texts_of(found),
        "people": [(name_and_agency(each), each.came, each.update) for each in found.attendances.all()],
        "ways_on": ways_on(found),
        "may_correct": may_correct_meeting(cast(User, request.user), found),
        "corrections": corrections_in_words(corrections_of(found), LABELS),
        **about(found.episode),
    }
    return render(request, "plans/meeting.html", context)


def record_a_meeting(request: HttpRequest, episode_id: int, kind: str) -> HttpResponse:
    """The form of the kind of meeting that the address names."""
    if kind not in PAGES:
        raise Http404
    return PAGES[kind].as_view()(request, episode_id=episode_id)


class MeetingPage(EpisodeFormPage):
    """Record a meeting. "Add more people" keeps what was typed and gives more rows, with or without script."""

    form_class: ClassVar[type[AnyMeetingForm]] = MeetingForm
    template = "plans/record_meeting.html"
    button = "Save the meeting"
    what = "meetings"
    kind: ClassVar[Meeting.Kind] = Meeting.Kind.PLANNING
    met: ClassVar[bool] = True

    def find(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        self.asked = review_asked(self.episode)
        self.title = TITLES[self.kind if self.met else UPDATES]

    def back(self) -> tuple[str, str]:
        return reverse("meetings", args=[self.episode.pk]), "Meetings and reviews"

    def post(self) -> HttpResponse:
        if "more" not in self.request.POST:
            return super().post()
        posted = self.request.POST.copy()
        rows = self.form_class(posted, **self.form_kwargs()).count
        posted["rows"] = str(rows + ROWS_ADDED)
        drafts.keep(holder=self.holder, path=self.request.path, posted=posted, at=self.at)
        return HttpResponseRedirect(f"{self.request.path}#practitioners")

    def form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.kind, "members": self.members(), "since": day_of(self.episode.requested_at)}

    def initial(self) -> dict[str, Any]:
        known = self._practitioners_known()
        rows = {f"name_{index}": name for index, (name, _) in enumerate(known)}
        rows |= {f"agency_{index}": agency for index, (_, agency) in enumerate(known)}
        return {"held_at": self._today(), "rows": len(known) + FEWEST_ROWS - 1, **rows}

    def context(self) -> dict[str, Any]:
        collect = reverse("record-meeting", args=[self.episode.pk, UPDATES])
        is_review = self.kind == Meeting.Kind.REVIEW
        return super().context() | {
            "next_review_hint": next_review_hint(self.asked, from_on=day_of(self.at)),
            "review_due": self.asked.due_on if is_review else None,
            "collect_instead": collect if is_review and self.met and self.asked.may_be_collected else "",
        }

    def save(self, form: forms.Form) -> str:
        typed = cast("MeetingForm | UpdatesForm", form)
        recorded = record_meeting(
            episode=self.episode,
            minutes=typed.minutes(),
            people=typed.people(),
            by=self.user,
            at=self.at,
        )
        warning = later_than_asked(self.asked, held_on=day_of(recorded.held_at), next_on=recorded.next_on)
        if warning:
            messages.warning(self.request, warning)
        return reverse("meeting", args=[recorded.pk])

    def _today(self) -> dict[str, str]:
        """Today's date without a time: a meeting never began at the moment somebody writes it down."""
        today = day_of(self.at)
        return {"day": str(today.day), "month": str(today.month), "year": str(today.year)}

    def _practitioners_known(self) -> list[tuple[str, str]]:
        """The lead practitioner, then who was asked to the last meeting, so that nobody types them again."""
        lead = self.lead()
        known = [(lead.practitioner.name, lead.practitioner.organisation.name)] if lead else []
        names = {name for name, _ in known}
        return known + [(p.name, p.agency) for p in practitioners_before(self.episode) if p.name not in names]


class ReviewPage(MeetingPage):
    """Record a review meeting."""

    kind = Meeting.Kind.REVIEW


class UpdatesPage(MeetingPage):
    """Record a review of collected updates, where the framework does not ask for a meeting."""

    form_class = UpdatesForm
    template = "plans/collect_updates.html"
    button = "Save the review"
    kind = Meeting.Kind.REVIEW
    met = False

    def find(self) -> None:
        super().find()
        if not self.asked.may_be_collected:
            raise Http404


class EndingPage(MeetingPage):
    """Record an ending meeting."""

    kind = Meeting.Kind.ENDING


class CorrectMeetingPage(MeetingPage):
    """Correct what was written down of a meeting. Its kind stays what it was."""

    button = "Save the correction"
    done = "The correction is saved. What stood before is kept."

    def find(self) -> None:
        self.meeting = get_meeting(self.kwargs["meeting_id"])
        if not may_correct_meeting(self.user, self.meeting):
            raise NotAllowed("A recorded meeting is corrected by who wrote it down, or the manager.")
        self.episode = self.meeting.episode
        self.asked = review_asked(self.episode)
        self.title = f"Correct the {title_of(self.meeting).lower()}"

    def back(self) -> tuple[str, str]:
        return reverse("meeting", args=[self.meeting.pk]), title_of(self.meeting)

    def members(self) -> Sequence[FamilyMember]:
        """Who is in the family today, and who was asked and has left since."""
        here = super().members()
        known = {each.person_id for each in here}
        return [*here, *(each for each in members_at(self.meeting) if each.person_id not in known)]

    def form_kwargs(self) -> dict[str, Any]:
        return super().form_kwargs() | {"kind": self.meeting.kind, "correcting": True}

    def initial(self) -> dict[str, Any]:
        stands = as_typed(self.meeting)
        rows = sum(1 for name in stands if name.startswith("name_"))
        return {"rows": rows + FEWEST_ROWS - 1, "version": self.meeting.version, **stands}

    def context(self) -> dict[str, Any]:
        return super().context() | {"review_due": None, "collect_instead": "", "next_review_hint": ""}

    def save(self, form: forms.Form) -> str:
        typed = cast("MeetingForm | UpdatesForm", form)
        corrected = correct_meeting(
            meeting=self.meeting,
            minutes=typed.minutes(),
            people=typed.people(),
            because=form.cleaned_data["because"],
            version=form.cleaned_data["version"],
            by=self.user,
            at=self.at,
        )
        return reverse("meeting", args=[corrected.pk])


class CorrectUpdatesPage(CorrectMeetingPage):
    """Correct a review of collected updates."""

    form_class = UpdatesForm
    template = "plans/collect_updates.html"


def correct_a_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The form in which the meeting was recorded, with what stands in it."""
    page = CorrectMeetingPage if get_meeting(meeting_id).met else CorrectUpdatesPage
    return page.as_view()(request, meeting_id=meeting_id)


PAGES: dict[str, type[MeetingPage]] = {
    "planning": MeetingPage,
    "review": ReviewPage,
    UPDATES: UpdatesPage,
    "ending": EndingPage,
}
