"""Pages about a family's agreement to help."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.consent.actions import consider_withdrawal, record_consent, withdraw_consent
from baton.consent.forms import SOMEBODY_ELSE, ConsentForm, ConsiderationForm, WithdrawalForm
from baton.consent.permissions import may_record_consent
from baton.consent.presenters import about, consent_cards
from baton.consent.queries import consents_of, get_consent, get_held_family, open_episode_of, who_can_agree
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.roles import MANAGERS


def consents(request: HttpRequest, family_id: int) -> HttpResponse:
    """What a family agreed to, and what it withdrew."""
    family, at = get_held_family(family_id), clock.now()
    user = cast(User, request.user)
    note_look(family_id=family.pk, what="consents", by=user, at=at)
    may_change = may_record_consent(user, family)
    cards = consent_cards(consents_of(family.pk), may_change=may_change, may_consider=user.has_role(*MANAGERS))
    context = {"title": "Agreement to help", "cards": cards, "may_record": may_change}
    return render(request, "consent/consents.html", context | about(family, open_episode_of(family.pk)))


class RecordConsentPage(FormPage):
    """Write down that somebody in the family agrees to help."""

    form_class = ConsentForm
    template = "consent/record.html"
    title = "Record who agrees to help"
    button = "Record agreement"
    done = "The agreement is recorded."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        self.members = list(who_can_agree(self.family.pk))
        note_look(family_id=self.family.pk, what="record consent", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"given_at": self.at, "method": "written"}

    def form_kwargs(self) -> dict[str, Any]:
        return {"members": self.members}

    def save(self, form: Any) -> str:
        typed = dict(form.cleaned_data)
        chosen = typed.pop("person")
        person = next((member.person for member in self.members if str(member.person_id) == chosen), None)
        typed["given_by"] = typed["given_by"] if chosen == SOMEBODY_ELSE else ""
        record_consent(family=self.family, person=person, **typed, by=self.user, at=self.at)
        return reverse("consents", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        return {"caption": f"{self.family.name} family", "back": {"href": reverse("consents", args=[self.family.pk])}}


class ConsentPage(FormPage):
    """Something that happens to one agreement."""

    def load(self) -> None:
        self.consent = get_consent(self.kwargs["consent_id"])
        note_look(family_id=self.consent.family_id, what="consent", by=self.user, at=self.at)

    def url(self) -> str:
        return reverse("consents", args=[self.consent.family_id])

    def context(self) -> dict[str, Any]:
        caption = f"{self.consent.family.name} family: {self.consent.given_by}"
        return {"caption": caption, "back": {"href": self.url()}, "consent": self.consent}


class WithdrawPage(ConsentPage):
    """Write down that somebody no longer agrees."""

    form_class = WithdrawalForm
    template = "consent/withdraw.html"
    title = "Somebody no longer agrees"
    button = "Record the withdrawal"
    done = "The withdrawal is recorded. It refers the family to nobody: a manager considers what it means."

    def initial(self) -> dict[str, Any]:
        return {"withdrawn_at": self.at}

    def save(self, form: Any) -> str:
        withdraw_consent(consent=self.consent, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class ConsiderPage(ConsentPage):
    """A manager writes what they considered after a withdrawal."""

    form_class = ConsiderationForm
    template = "consent/consider.html"
    title = "Consider the withdrawal"
    button = "Save"
    done = "What you considered is recorded."

    def save(self, form: Any) -> str:
        consider_withdrawal(consent=self.consent, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()
