"""Recording and putting right what holds of a person over time."""

from typing import Any

from django import forms
from django.http import Http404

from baton.people.actions import (
    correct_over_time,
    end_responsibility,
    move_home,
    record_over_time,
    record_responsibility,
)
from baton.people.actions.homes import Home, Written, correct_home
from baton.people.forms.over_time import (
    NEW_ADDRESS,
    TIME_FORMS,
    EndResponsibilityForm,
    MoveForm,
    ResponsibilityForm,
)
from baton.people.models import ContactPoint, Residence
from baton.people.presenters.over_time import holds
from baton.people.presenters.record import SUBJECTS
from baton.people.queries.record import (
    THINGS,
    addresses_known_in,
    get_responsibility,
    get_row,
    others_in,
)
from baton.people.views.record import OfAPerson
from baton.platform import clock

PAGE_OF = {subject.thing: subject.slug for subject in SUBJECTS.values() if subject.thing}
ADDRESS = ("lines", "postcode", "uprn", "no_uprn")
ADDED = {
    "name": "Record another name",
    "contact": "Add a way to reach them",
    "setting": "Record a school, setting or GP",
    "agency": "Add an agency",
}
CORRECTED = {
    "name": "Change or end a name",
    "home": "Change or end a home",
    "contact": "Change or end a way to reach them",
    "setting": "Change or end a school, setting or GP",
    "agency": "Change or end an agency’s involvement",
}


class RecordOverTimePage(OfAPerson):
    """Record a name, a way to reach somebody, a school or GP, an agency."""

    def load(self) -> None:
        self.thing = self.kwargs["thing"]
        if self.thing not in ADDED:
            raise Http404
        self.title, self.subject = ADDED[self.thing], PAGE_OF[self.thing]
        self.form_class = TIME_FORMS[self.thing]  # type: ignore[misc]
        super().load()

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today()}

    def initial(self) -> dict[str, Any]:
        return {"safety": ContactPoint.Safety.SAFE}

    def save(self, form: forms.Form) -> str:
        row = THINGS[self.thing](**{name: typed for name, typed in form.cleaned_data.items() if name != "version"})
        record_over_time(member=self.member, row=row, by=self.user, at=self.at)
        return self.back()


class CorrectOverTimePage(OfAPerson):
    """Put right what is recorded, or say until when it was so."""

    def load(self) -> None:
        self.thing = self.kwargs["thing"]
        if self.thing not in CORRECTED:
            raise Http404
        self.title, self.subject = CORRECTED[self.thing], PAGE_OF[self.thing]
        self.form_class = TIME_FORMS[self.thing]  # type: ignore[misc]
        super().load()
        self.row = get_row(self.thing, self.kwargs["row_id"], self.member.person)

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today()}

    def initial(self) -> dict[str, Any]:
        written = vars(_written(self.row)) if isinstance(self.row, Residence) else {}
        return written | {n: getattr(self.row, n) for n in self.form_class.base_fields if n not in written}

    def save(self, form: forms.Form) -> str:
        typed = dict(form.cleaned_data)
        version = typed.pop("version")
        if isinstance(self.row, Residence):
            written = Written(**{name: typed.pop(name) for name in ADDRESS})
            told: dict[str, Any] = {"values": typed, "written": written, "version": version}
            correct_home(member=self.member, row=self.row, **told, by=self.user, at=self.at)
            return self.back()
        correct_over_time(member=self.member, row=self.row, values=typed, version=version, by=self.user, at=self.at)
        return self.back()


def _written(home: Residence) -> Written:
    return Written(**{name: getattr(home.address, name) for name in ADDRESS})


class MoveHomePage(OfAPerson):
    """Where somebody lives, and who moves there with them."""

    form_class = MoveForm
    title = "Record a home or a move"
    subject = "homes"

    def load(self) -> None:
        super().load()
        self.others = list(others_in(self.member))
        self.addresses = addresses_known_in(self.member.family_id)

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today(), "addresses": self.addresses, "others": self.others}

    def initial(self) -> dict[str, Any]:
        return {"kind": Residence.Kind.MAIN}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        known = {str(each.pk): each for each in self.addresses}.get(typed.get("known", NEW_ADDRESS))
        fields = ("kind", *ADDRESS, "is_shared_care", "keep_from", "from_on", "until_on")
        home = Home(known=known, **{name: typed[name] for name in fields})
        moved = [each for each in self.others if str(each.pk) in typed.get("with_them", ())]
        move_home(member=self.member, home=home, with_them=moved, by=self.user, at=self.at)
        return self.back()


class RecordResponsibilityPage(OfAPerson):
    """Who has parental responsibility for a child."""

    form_class = ResponsibilityForm
    title = "Record parental responsibility"
    subject = "family"

    def load(self) -> None:
        super().load()
        self.others = list(others_in(self.member))

    def form_kwargs(self) -> dict[str, Any]:
        return {"today": clock.today(), "others": self.others}

    def save(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        holder = next(each.person for each in self.others if str(each.person_id) == typed["holder"])
        record_responsibility(
            member=self.member,
            holder=holder,
            source=typed["source"],
            evidence=typed["evidence"],
            from_on=typed["from_on"],
            by=self.user,
            at=self.at,
        )
        return self.back()


class EndResponsibilityPage(OfAPerson):
    """From when somebody has no parental responsibility any more."""

    form_class = EndResponsibilityForm
    title = "End parental responsibility"
    subject = "family"

    def load(self) -> None:
        super().load()
        self.held = get_responsibility(self.kwargs["responsibility_id"], self.member.person)
        if not holds(self.held, clock.today()):
            raise Http404

    def save(self, form: forms.Form) -> str:
        end_responsibility(
            member=self.member,
            responsibility=self.held,
            ended_on=form.cleaned_data["ended_on"],
            by=self.user,
            at=self.at,
        )
        return self.back()

    def context(self) -> dict[str, Any]:
        return super().context() | {"intro": f"{self.held.holder.name}, for {self.member.person.name}"}
