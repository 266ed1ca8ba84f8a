"""The chronology of a family: read, filtered, printed, added to, copied."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.caseload.queries.family import episodes_of, lead_of
from baton.caseload.queries.timeline import members_ever
from baton.chronology import presenters
from baton.chronology.actions import Told, add_entry, correct_entry, make_copy, theirs_of, withdraw_entry
from baton.chronology.forms import CopyForm, EntryForm, FilterForm, WithdrawForm
from baton.chronology.permissions import may_write
from baton.chronology.queries import Item, Wanted, chronology_of, copies_of, get_copy, get_entry
from baton.people.models import Family
from baton.people.queries import get_held_family
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.rights.presenters.corrections import Beside

A_PAGE = 100


def chronology(request: HttpRequest, family_id: int) -> HttpResponse:
    """What happened to a family, the earliest first: what the work recorded and what was added by hand."""
    family, form, items = _filtered(request, family_id, "chronology")
    writes = may_write(cast(User, request.user), family)
    page = Paginator(items, A_PAGE).get_page(request.GET.get("page"))
    episode = next(iter(episodes_of(family_id)), None)
    context = {
        "title": "Chronology",
        "family": family,
        "episode": episode,
        "lead": lead_of(episode),
        "form": form,
        "page": page,
        "rows": presenters.rows_in_words(page, beside=Beside(family_id), may_write=writes),
        "copies": list(copies_of(family_id)[:20]),
        "may_write": writes,
        "query": _query(request),
    }
    return render(request, "chronology/chronology.html", context)


def chronology_to_print(request: HttpRequest, family_id: int) -> HttpResponse:
    """The same on paper, whole, with what was chosen to be left out."""
    family, _, items = _filtered(request, family_id, "chronology on paper")
    context = {
        "title": "Chronology",
        "family": family,
        "rows": presenters.rows_in_words(items, beside=Beside(family_id), may_write=False),
        "purpose": "",
        "is_filtered": bool(_query(request)),
        "printed_on": clock.today(),
        "with_warnings": True,
        "copy": None,
    }
    return render(request, "chronology/on_paper.html", context)


def copy(request: HttpRequest, copy_id: int) -> HttpResponse:
    """A copy as it was made, in the words of that day."""
    found = get_copy(copy_id)
    note_look(family_id=found.family_id, what="chronology copy", by=cast(User, request.user), at=clock.now())
    context = {
        "title": found.title,
        "family": found.family,
        "copy": found,
        "rows": presenters.copied_in_words(found.entries.all()),
        "purpose": found.purpose,
        "is_filtered": False,
        "printed_on": clock.today(),
        "with_warnings": False,
    }
    return render(request, "chronology/on_paper.html", context)


def _filtered(request: HttpRequest, family_id: int, what: str) -> tuple[Family, FilterForm, list[Item]]:
    """The family, the filter and what it lets through. Whoever filters looks at the whole once."""
    family = get_held_family(family_id)
    note_look(family_id=family_id, what=what, by=cast(User, request.user), at=clock.now())
    everything = chronology_of(family_id, Wanted())
    form = FilterForm(
        request.GET if _query(request) else None,
        kinds=sorted({item.event.kind for item in everything if item.event}),
        members=members_ever(family_id),
        agencies=presenters.agencies_of(everything),
    )
    wanted = form.wanted() if form.is_bound else Wanted()
    return family, form, everything if wanted == Wanted() else chronology_of(family_id, wanted)


def _query(request: HttpRequest) -> str:
    chosen = {name: value for name, value in request.GET.items() if value and name != "page"}
    return f"{urlencode(chosen)}&" if chosen else ""


class OfAFamily(FormPage):
    """A form about a family's chronology, with its warnings in sight."""

    template = "people/warned_form.html"
    family: Family

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        note_look(family_id=self.family.pk, what="form of the chronology", by=self.user, at=self.at)

    def context(self) -> dict[str, Any]:
        back = {"href": self.back(), "text": "Chronology"}
        return {"caption": f"{self.family.name} family", "back": back, "family": self.family}

    def back(self) -> str:
        return reverse("chronology", args=[self.family.pk])


class AddEntryPage(OfAFamily):
    """Add something that happened."""

    form_class = EntryForm
    title = "Add to the chronology"
    button = "Add it"
    done = "It stands in the chronology."

    def form_kwargs(self) -> dict[str, Any]:
        return {"members": members_ever(self.family.pk), "today": clock.today()}

    def save(self, form: forms.Form) -> str:
        add_entry(family=self.family, told=_told(form.cleaned_data), by=self.user, at=self.at)
        return self.back()


class OfAnEntry(OfAFamily):
    """A form about one entry."""

    done = "Saved."

    def load(self) -> None:
        self.entry = get_entry(self.kwargs["entry_id"])
        self.family = get_held_family(self.entry.family_id)
        note_look(family_id=self.family.pk, what="entry of the chronology", by=self.user, at=self.at)


class EditEntryPage(OfAnEntry):
    """Put an entry right; how it stood is kept."""

    form_class = EntryForm
    template = "chronology/entry.html"
    title = "Change an entry"
    button = "Save"

    def form_kwargs(self) -> dict[str, Any]:
        return {"members": members_ever(self.family.pk), "today": clock.today()}

    def initial(self) -> dict[str, Any]:
        return {"version": self.entry.version, **theirs_of(self.entry)}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        correct_entry(entry=self.entry, told=_told(typed), version=typed["version"], by=self.user, at=self.at)
        return self.back()

    def context(self) -> dict[str, Any]:
        beside = Beside(self.family.pk, may_ask=True)
        return super().context() | {
            "withdraw": reverse("withdraw-entry", args=[self.entry.pk]),
            "entry": self.entry,
            "beside": beside,
            "ask": beside.ask(f"{self.entry._meta.db_table}-{self.entry.pk}"),
        }


class WithdrawEntryPage(OfAnEntry):
    """Take an entry back that should not be there."""

    form_class = WithdrawForm
    title = "Take an entry back"
    button = "Take it back"

    def initial(self) -> dict[str, Any]:
        return {"version": self.entry.version}

    def save(self, form: forms.Form) -> str:
        withdraw_entry(entry=self.entry, **form.cleaned_data, by=self.user, at=self.at)
        return self.back()

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": self.entry.what}


class MakeCopyPage(OfAFamily):
    """Choose entries and copy them, in the words they have now, for a meeting."""

    form_class = CopyForm
    title = "Copy the chronology for a meeting"
    button = "Make the copy"
    done = "The copy is made. It keeps these words, whatever is changed later."

    def load(self) -> None:
        super().load()
        items = chronology_of(self.family.pk, Wanted())
        self.rows = presenters.rows_in_words(items, beside=Beside(self.family.pk), may_write=False)

    def form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.rows}

    def initial(self) -> dict[str, Any]:
        return {"chosen": [row.key for row in self.rows if row.is_significant]}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        made = make_copy(
            family=self.family,
            title=typed["title"],
            purpose=typed["purpose"],
            chosen=presenters.chosen_of(self.rows, frozenset(typed["chosen"])),
            by=self.user,
            at=self.at,
        )
        return reverse("chronology-copy", args=[made.pk])


def _told(typed: dict[str, Any]) -> Told:
    person = int(typed["person"]) if typed["person"] else None
    names = [name for name in Told.__dataclass_fields__ if name != "person_id"]
    return Told(person_id=person, **{name: typed[name] for name in names})
