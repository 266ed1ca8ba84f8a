"""Pages: records that may be of one person, both sides of a pair, and records that were made one."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.matching.actions import ask_about, ask_again, merge_people, tell_apart, undo_merge
from baton.matching.forms import SAME, AskAgainForm, DecideForm, UndoForm, WhomForm
from baton.matching.jobs import sweep_for_duplicates
from baton.matching.models import PossibleDuplicate
from baton.matching.presenters.ledger import moved_in_words, taken_in_words
from baton.matching.presenters.sides import columns_taken, families_in_words, sides_of
from baton.matching.queries.duplicates import (
    facts_taken,
    get_merge,
    get_pair,
    get_person_to_compare,
    memberships_of,
    merges_made,
    pair_of,
    rows_moved,
    standing_merge_of,
    told_apart,
    waiting_pairs,
)
from baton.matching.queries.finding import find
from baton.people.models import FamilyMember
from baton.platform import clock
from baton.platform.access import note_look, note_looks
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.rate_limits import SEARCHED_TOO_OFTEN, SEARCHES
from baton.platform.routes import holder_of

A_PAGE = 20


def duplicates(request: HttpRequest) -> HttpResponse:
    """Records that may be of one person, surest first. A post looks through everybody anew."""
    if request.method == "POST":
        cast(Any, sweep_for_duplicates).defer(timestamp=int(clock.now().timestamp()))
        messages.success(request, "Baton is looking. What it finds appears here within some minutes.")
        return HttpResponseRedirect(reverse("duplicates"))
    note_look(family_id=None, what="possible duplicates", by=cast(User, request.user), at=clock.now())
    context = _pairs(request, waiting_pairs()) | {"title": "People who may be recorded twice", "part": "waiting"}
    return render(request, "matching/duplicates.html", context)


def told_apart_pairs(request: HttpRequest) -> HttpResponse:
    """Pairs of which somebody said that they are two people, the latest first."""
    note_look(family_id=None, what="pairs told apart", by=cast(User, request.user), at=clock.now())
    context = _pairs(request, told_apart()) | {"title": "Said to be two people", "part": "told-apart"}
    return render(request, "matching/told_apart.html", context)


def _pairs(request: HttpRequest, pairs: QuerySet[PossibleDuplicate]) -> dict[str, Any]:
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    people = [person for pair in page for person in (pair.one_id, pair.other_id)]
    families = {person: families_in_words(members) for person, members in memberships_of(people).items()}
    return {"page": page, "families": families}


class DecidePage(FormPage):
    """Both records field by field, and whether they are of one person."""

    form_class = DecideForm
    template = "matching/pair.html"
    title = "Two records, perhaps of one person"
    button = "Save"

    def find_pair(self) -> PossibleDuplicate:
        return get_pair(self.kwargs["pair_id"])

    def kept_pair(self) -> PossibleDuplicate:
        """The pair that is decided about, as it is kept."""
        return self.pair

    def load(self) -> None:
        self.pair = self.find_pair()
        self.sides = sides_of(self.pair)
        self.members = memberships_of([self.pair.one_id, self.pair.other_id])
        if self.request.method == "GET":
            _note_looks(self.members, "possible duplicate", self.user)

    def form_kwargs(self) -> dict[str, Any]:
        return {"sides": self.sides}

    def save(self, form: forms.Form) -> str:
        typed, form = form.cleaned_data, cast(DecideForm, form)
        self.pair = self.kept_pair()
        if typed["decision"] != SAME:
            tell_apart(pair=self.pair, reason=typed["reason"], by=self.user, at=self.at)
            messages.success(self.request, "They are two people. Baton does not suggest them again.")
            return reverse("duplicates")
        kept, gone = (self.pair.one, self.pair.other)[:: 1 if typed["keep"] == "one" else -1]
        taken = columns_taken(self.pair, keep=typed["keep"], chosen=form.chosen())
        merge = merge_people(survivor=kept, merged=gone, taken=taken, reason=typed["reason"], by=self.user, at=self.at)
        messages.success(self.request, "They are one record now.")
        return reverse("merge", args=[merge.pk])

    def context(self) -> dict[str, Any]:
        return {
            "pair": self.pair,
            "sides": self.sides,
            "families": {person: families_in_words(members) for person, members in self.members.items()},
            "is_decided": self.pair.state != PossibleDuplicate.State.WAITING,
            "merge": standing_merge_of(self.pair) if self.pair.state == PossibleDuplicate.State.JOINED else None,
            "back": {"href": reverse("duplicates"), "text": "People who may be recorded twice"},
        }


class ComparePage(DecidePage):
    """The same of two people whom somebody chose themselves. Nothing is kept before they decide."""

    title = "Two records side by side"

    def find_pair(self) -> PossibleDuplicate:
        return pair_of(self.kwargs["person_id"], self.kwargs["other_id"])

    def kept_pair(self) -> PossibleDuplicate:
        return ask_about(one=self.pair.one, other=self.pair.other, by=self.user, at=self.at)

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("whom-to-compare", args=[self.kwargs["person_id"]]), "text": "Compare with another"}
        return super().context() | {"back": back}


def whom_to_compare(request: HttpRequest, person_id: int) -> HttpResponse:
    """Look for the record that somebody's is to be compared with. What was typed never stands in an address."""
    person, user = get_person_to_compare(person_id), cast(User, request.user)
    form = WhomForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"title": "Compare with another record", "form": form, "compared": person}
    members = memberships_of([person_id])
    context["families"] = families_in_words(members[person_id])
    if request.method == "GET":
        _note_looks(members, "person to compare", user)
    if form.is_bound and form.is_valid() and SEARCHES.is_over(who=holder_of(request), at=clock.now()):
        form.add_error("name", SEARCHED_TOO_OFTEN)
        return render(request, "matching/whom.html", context, status=429)
    if form.is_bound and form.is_valid():
        note_look(family_id=None, what="search", by=user, at=clock.now())
        found = find(form.cleaned_data["name"], on=clock.today())
        others = {each.person.pk: each.person for each in found.people if each.person.pk != person_id}
        theirs = memberships_of(list(others))
        context["found"] = [(each, families_in_words(theirs[each.pk])) for each in others.values()]
        context["known_elsewhere"] = found.known_elsewhere
    return render(request, "matching/whom.html", context, status=422 if form.errors else 200)


class AskAgainPage(FormPage):
    """Take back that two records are of two people, so that somebody looks at them again."""

    form_class = AskAgainForm
    title = "Look at these two records again?"
    button = "Look at them again"

    def load(self) -> None:
        self.pair = get_pair(self.kwargs["pair_id"])
        self.members = memberships_of([self.pair.one_id, self.pair.other_id])
        if self.request.method == "GET":
            _note_looks(self.members, "possible duplicate", self.user)

    def save(self, form: forms.Form) -> str:
        ask_again(pair=self.pair, by=self.user, at=self.at)
        return reverse("duplicate", args=[self.pair.pk])

    def context(self) -> dict[str, Any]:
        intro = f"{self.pair.one.name} and {self.pair.other.name}: {self.pair.reason}"
        return {"intro": intro, "back": {"href": reverse("told-apart"), "text": "Said to be two people"}}


def merges(request: HttpRequest) -> HttpResponse:
    """Records that were made one, newest first."""
    page = Paginator(merges_made(), A_PAGE).get_page(request.GET.get("page"))
    note_look(family_id=None, what="merges", by=cast(User, request.user), at=clock.now())
    return render(request, "matching/merges.html", {"title": "Records made one", "page": page, "part": "merges"})


class MergePage(FormPage):
    """What was made one, by whom and why; and the way to make it two again."""

    form_class = UndoForm
    template = "matching/merge.html"
    title = "One record of two"
    button = "Make them two records again"
    done = "They are two records again."

    def load(self) -> None:
        self.merge = get_merge(self.kwargs["merge_id"])
        people = [self.merge.survivor_id, self.merge.merged_id]
        self.members = memberships_of(people)
        if self.request.method == "GET":
            _note_looks(self.members, "merge", self.user)

    def save(self, form: forms.Form) -> str:
        undo_merge(merge=self.merge, reason=form.cleaned_data["reason"], by=self.user, at=self.at)
        return reverse("merges")

    def context(self) -> dict[str, Any]:
        return {
            "merge": self.merge,
            "families": families_in_words(self.members[self.merge.survivor_id]),
            "moved": moved_in_words(list(rows_moved(self.merge))),
            "taken": taken_in_words(list(facts_taken(self.merge)), self.merge.survivor),
            "back": {"href": reverse("merges"), "text": "Records made one"},
        }


def _note_looks(members: Mapping[int, list[FamilyMember]], what: str, by: User) -> None:
    """Opening somebody's record is a look at each family that they are in."""
    families = {member.family_id for found in members.values() for member in found}
    note_looks(families=families, what=what, by=by, at=clock.now())
