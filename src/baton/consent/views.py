"""Pages about what a family agreed to."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from baton.consent.actions import (
    consider_refusal,
    consider_withdrawal,
    record_consent,
    record_refusal,
    renew_consents,
    withdraw_consent,
)
from baton.consent.forms import SOMEBODY_ELSE, ConsentForm, ConsiderationForm, RefusalForm, RenewalForm, WithdrawalForm
from baton.consent.models import Consent
from baton.consent.permissions import may_record_consent, may_record_refusal
from baton.consent.presenters import about, cards_by_giver, refusals_in_words, who_is_left
from baton.consent.queries import (
    agencies_known,
    consents_of,
    due_for_renewal,
    get_consent,
    get_held_family,
    get_refusal,
    has_not_agreed,
    last_review_at,
    open_episode_of,
    refusals_of,
    standing_consents,
    who_can_agree,
)
from baton.platform import clock
from baton.platform.access import note_look
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.roles import MANAGERS
from baton.practice.loading import framework_in_force


def consents(request: HttpRequest, family_id: int) -> HttpResponse:
    """What each person of a family agreed to, and withdrew; what to ask about again."""
    family, at = get_held_family(family_id), clock.now()
    user = cast(User, request.user)
    note_look(family_id=family.pk, what="consents", by=user, at=at)
    may_change, reviewed_at = may_record_consent(user, family), last_review_at(family.pk)
    standing = list(standing_consents(family.pk))
    due = due_for_renewal(standing, reviewed_at=reviewed_at)
    may_consider = user.has_role(*MANAGERS)
    refusals = list(refusals_of(family.pk))
    able, young = who_is_left(has_not_agreed(who_can_agree(family.pk), standing, refusals), on=clock.today())
    context = {
        "title": "Agreement to help",
        "givers": cards_by_giver(consents_of(family.pk), due=due, may_change=may_change, may_consider=may_consider),
        "refusals": refusals_in_words(refusals, may_consider=may_consider),
        "may_record_refusal": may_record_refusal(user, family),
        "reviewed_at": reviewed_at,
        "due": due,
        "able": able,
        "young": young,
        "may_record": may_change,
        **about(family, open_episode_of(family.pk)),
    }
    return render(request, "consent/consents.html", context)


class RecordConsentPage(FormPage):
    """Write down what somebody in the family agrees to."""

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
        return {"given_at": self.at, "method": "written", "where": "visit", "purposes": ["help"]}

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "members": self.members,
            "agencies": agencies_known(self.family.pk, self.members),
            "leaflet": framework_in_force(settings.BATON_PLACE, on=clock.today()).leaflet,
            "on": clock.today(),
        }

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        chosen = typed["person"]
        person = next((member.person for member in self.members if str(member.person_id) == chosen), None)
        for told in form.told():
            record_consent(
                family=self.family,
                given_by=typed["given_by"] if chosen == SOMEBODY_ELSE else "",
                person=person,
                method=typed["method"],
                given_at=typed["given_at"],
                told=told,
                by=self.user,
                at=self.at,
            )
        return reverse("consents", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("consents", args=[self.family.pk])}
        return {"caption": f"{self.family.name} family", "back": back, "family": self.family}


class RecordRefusalPage(FormPage):
    """Write down that somebody was asked and does not agree."""

    form_class = RefusalForm
    template = "consent/refusal.html"
    title = "Record who was asked and does not agree"
    button = "Record their answer"
    done = "It is recorded that they do not agree. It refers the family to nobody."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        self.members = list(who_can_agree(self.family.pk))
        note_look(family_id=self.family.pk, what="record refusal", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"asked_at": self.at, "asked_by": self.user.name, "where": "visit", "purposes": ["help"]}

    def form_kwargs(self) -> dict[str, Any]:
        agencies = agencies_known(self.family.pk, self.members)
        return {"members": self.members, "agencies": agencies, "on": clock.today()}

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        chosen = typed["person"]
        person = next((member.person for member in self.members if str(member.person_id) == chosen), None)
        name = typed["said_by"] if chosen == SOMEBODY_ELSE else ""
        for asked in form.asked():
            record_refusal(family=self.family, said_by=name, person=person, asked=asked, by=self.user, at=self.at)
        return reverse("consents", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("consents", args=[self.family.pk])}
        return {"caption": f"{self.family.name} family", "back": back, "family": self.family}


class RenewPage(FormPage):
    """Write down who was asked again and still agrees."""

    form_class = RenewalForm
    template = "consent/renew.html"
    title = "Ask again who agrees"
    button = "They still agree"
    done = "It is recorded that they were asked again."

    def load(self) -> None:
        self.family = get_held_family(self.kwargs["family_id"])
        self.standing = list(standing_consents(self.family.pk))
        self.reviewed_at = last_review_at(self.family.pk)
        note_look(family_id=self.family.pk, what="renew consents", by=self.user, at=self.at)

    def initial(self) -> dict[str, Any]:
        return {"asked_at": self.at}

    def form_kwargs(self) -> dict[str, Any]:
        return {"standing": self.standing, "due": due_for_renewal(self.standing, reviewed_at=self.reviewed_at)}

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        renew_consents(
            family=self.family,
            consents=form.consents(),
            asked_at=typed["asked_at"],
            note=typed["note"],
            by=self.user,
            at=self.at,
        )
        return reverse("consents", args=[self.family.pk])

    def context(self) -> dict[str, Any]:
        back = {"href": reverse("consents", args=[self.family.pk])}
        return {
            "caption": f"{self.family.name} family",
            "back": back,
            "family": self.family,
            "reviewed_at": self.reviewed_at,
            "standing": self.standing,
        }


class ConsentPage(FormPage):
    """Something that happens to one agreement."""

    def load(self) -> None:
        self.consent = get_consent(self.kwargs["consent_id"])
        note_look(family_id=self.consent.family_id, what="consent", by=self.user, at=self.at)

    def url(self) -> str:
        return reverse("consents", args=[self.consent.family_id])

    def context(self) -> dict[str, Any]:
        caption = f"{self.consent.family.name} family: {self.consent.given_by}"
        back = {"href": self.url()}
        return {"caption": caption, "back": back, "consent": self.consent, "family": self.consent.family}


class WithdrawPage(ConsentPage):
    """Write down that somebody no longer agrees."""

    form_class = WithdrawalForm
    template = "consent/withdraw.html"
    title = "Somebody no longer agrees"
    button = "Record the withdrawal"
    done = "The withdrawal is recorded. It refers the family to nobody: a manager considers what it means."

    def initial(self) -> dict[str, Any]:
        return {"withdrawn_at": self.at, "everything": "this"}

    def form_kwargs(self) -> dict[str, Any]:
        return {"consent": self.consent}

    def save(self, form: Any) -> str:
        withdraw_consent(consent=self.consent, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class ConsiderPage(ConsentPage):
    """A manager writes what they considered after a withdrawal."""

    form_class = ConsiderationForm
    template = "consent/consider.html"
    title = "Consider the withdrawal"
    button = "Save"

    def save(self, form: Any) -> str:
        self.done = _considered(form.cleaned_data["outcome"])
        consider_withdrawal(consent=self.consent, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()


class ConsiderRefusalPage(FormPage):
    """A manager writes what they considered after somebody said no."""

    form_class = ConsiderationForm
    template = "consent/consider_refusal.html"
    title = "Consider that somebody does not agree"
    button = "Save"

    def load(self) -> None:
        self.refusal = get_refusal(self.kwargs["refusal_id"])
        note_look(family_id=self.refusal.family_id, what="refusal", by=self.user, at=self.at)

    def save(self, form: Any) -> str:
        self.done = _considered(form.cleaned_data["outcome"])
        consider_refusal(refusal=self.refusal, **form.cleaned_data, by=self.user, at=self.at)
        return self.url()

    def url(self) -> str:
        return reverse("consents", args=[self.refusal.family_id])

    def context(self) -> dict[str, Any]:
        caption = f"{self.refusal.family.name} family: {self.refusal.said_by}"
        return {
            "caption": caption,
            "back": {"href": self.url()},
            "refusal": self.refusal,
            "family": self.refusal.family,
        }


def _considered(outcome: str) -> str:
    said = "What you considered is recorded."
    if outcome == Consent.Considered.REFER:
        said += " Nothing was sent to anybody. To tell social care, step up from the family’s page."
    return said
