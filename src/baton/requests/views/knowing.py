"""Whether somebody named in a request is known already: asked of staff while they type, never of the public."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.matching.queries.entering import matches_for_told
from baton.people.models import FamilyMember
from baton.people.policies import Told
from baton.people.presenters.matches import matches_offered
from baton.people.queries import LikelyMatch
from baton.platform import drafts
from baton.platform.access import note_look, note_looks
from baton.platform.rate_limits import SEARCHES
from baton.platform.roles import SEEKERS
from baton.requests.forms.answers import PEOPLE
from baton.requests.forms.knowing import KnownForm
from baton.requests.forms.steps import StepForm
from baton.requests.views.asking import CHECK, AskPage, PersonPage

KNOWN_ELSEWHERE = (
    "Somebody with this name and date of birth is known in a family you do not hold."
    " Go on with the request: the hub sees it too. To know more, ask the hub."
)
LIKELY = "likely matches for a request"
TOO_OFTEN = (
    "You looked for people a hundred times within ten minutes, so nobody was looked for this time."
    " Go on with the request: the hub looks."
)


class NamedPage(PersonPage):
    """One child, or one adult; staff are then asked whether it is one of those we know."""

    def after(self, form: StepForm) -> str:
        known = reverse("ask-known", args=[self.key, self.kind, self.number])
        if self.account is None or not self.account.has_role(*SEEKERS) or looked_too_often(self):
            return super().after(form)
        found, elsewhere = who_it_may_be(form)
        if found:
            self._forget_another(known, [str(match.member.person_id) for match in found])
            return f"{known}?from={CHECK}" if self.comes_from_check else known
        drafts.forget(holder=self.holder, path=known)
        if elsewhere:
            note_look(family_id=None, what=LIKELY, by=self.user, at=self.at)
            messages.info(self.request, KNOWN_ELSEWHERE)
        return super().after(form)

    def _forget_another(self, known: str, offered: Sequence[str]) -> None:
        """What was said of somebody by another name is not what was asked."""
        draft = drafts.kept(holder=self.holder, path=known)
        if draft is not None and draft.typed.get("same_as", [""])[0] not in offered:
            drafts.forget(holder=self.holder, path=known)


class KnownPage(AskPage):
    """Those somebody named may be, surest first, with why."""

    form_class = KnownForm

    def load(self) -> None:
        super().load()
        self.here, self.number = self.kwargs["kind"], self.kwargs["number"]
        named = self.answers.people(self.here).get(self.number) if self.here in PEOPLE else None
        if named is None or not named.is_valid():
            raise Http404
        self.matches, _ = who_it_may_be(named)
        self.title = f"Do we know {self.answers.name_of(self.here, self.number)} already?"

    def get(self) -> HttpResponse:
        return super().get() if self.matches else HttpResponseRedirect(self.next_url())

    def show(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        """The page counts by itself too: what was typed may have changed since, in a draft."""
        if looked_too_often(self):
            return HttpResponseRedirect(self.next_url())
        shown = (match.member.family_id for match in self.matches)
        note_looks(families=shown, what=LIKELY, by=self.user, at=self.at)
        return super().show(form, status, **more)

    def take_in(self) -> HttpResponse:
        form = self.form_class(self.request.POST, **self.form_kwargs())
        if not form.is_valid():
            return self.show(form, status=422)
        drafts.keep(holder=self.holder, path=self.request.path, posted=self.request.POST, at=self.at)
        return HttpResponseRedirect(self.next_url())

    def form_kwargs(self) -> dict[str, Any]:
        return {"label": self.title, "matches": matches_offered(self.matches)}

    def next_url(self) -> str:
        """The list of the children, or of the adults."""
        return self.change_url_of(self.here) if self.comes_from_check else self.url_of(self.here)

    def back_url(self) -> str:
        typed = self.change_url_of if self.comes_from_check else self.url_of
        return typed(self.here, self.number)


def looked_too_often(page: AskPage) -> bool:
    """Count one look of theirs more; whoever looked too often is told so, and goes on without."""
    is_over = SEARCHES.is_over(who=page.holder, at=page.at)
    if is_over:
        messages.info(page.request, TOO_OFTEN)
    return is_over


def who_it_may_be(named: StepForm) -> tuple[Sequence[LikelyMatch], bool]:
    """The likely matches for somebody named, and whether somebody is known whom one may not open. Three queries."""
    typed = {"part": FamilyMember.Part.CHILD} | named.cleaned_data
    return matches_for_told(Told(**{name: typed[name] for name in Told.__dataclass_fields__ if name in typed}))
