"""The answers typed so far to a request for help: one draft for each page of it, read back as forms."""

from collections.abc import Iterable
from typing import Any

from baton.people.models import FamilyMember
from baton.platform import drafts
from baton.platform.models import Draft, User
from baton.practice.frameworks import Framework
from baton.requests.actions import Asked, Named
from baton.requests.forms.steps import FORMS, NOT_SURE, ORDER, AdultForm, ChildForm, StepForm
from baton.requests.models import HelpRequest
from baton.requests.presenters.wording import FAMILY, PRACTITIONER

PEOPLE: dict[str, type[StepForm]] = {"children": ChildForm, "adults": AdultForm}


class Answers:
    """What one holder has typed of one request. `under` is the path its pages have in common."""

    def __init__(self, kept: Iterable[Draft], *, under: str, user: User | None, framework: Framework) -> None:
        self.drafts = {draft.path.removeprefix(under).strip("/"): draft for draft in kept}
        self.user, self.framework = user, framework

    @property
    def audience(self) -> str:
        """What kind of enquirer is asked: as they said, else by whether they signed in."""
        draft = self.drafts.get("who")
        said = draft.typed.get("source", [""])[0] if draft else ""
        return said if said in HelpRequest.Source.values else (PRACTITIONER if self.user else FAMILY)

    def form(self, step: str) -> StepForm:
        """The form of a step with what was typed; unbound, so without answers, where nothing was."""
        return self._bound(FORMS[step], step)

    def people(self, kind: str) -> dict[int, StepForm]:
        """The forms of the children, or of the adults, by their number."""
        numbers = sorted(
            int(n) for k, _, n in (path.partition("/") for path in self.drafts) if k == kind and n.isdecimal()
        )
        return {number: self._bound(PEOPLE[kind], f"{kind}/{number}") for number in numbers}

    def is_answered(self, step: str) -> bool:
        """Whether a step is complete. There must be a child; there need be no adult."""
        if step in PEOPLE:
            people = self.people(step)
            return all(form.is_valid() for form in people.values()) and (bool(people) or step == "adults")
        return self.form(step).is_valid()

    def missing(self) -> list[str]:
        """The steps that are not complete, in their order."""
        return [step for step in ORDER if not self.is_answered(step)]

    def typed(self, step: str) -> dict[str, Any]:
        """The cleaned answers of a step; of an incomplete one those that are right."""
        form = self.form(step)
        form.is_valid()
        return getattr(form, "cleaned_data", {})

    def asked(self) -> Asked:
        """All answers as the request they make. Call it when nothing is missing."""
        told: dict[str, Any] = {}
        for step in FORMS:
            told |= self.typed(step)
        told["reasons"] = tuple(reason for reason in told["reasons"] if reason != NOT_SURE)
        if told["consent"] == HelpRequest.ConsentState.GIVEN:
            told["consent_by"] = told.get("consent_by") or told["enquirer_name"]
            told["consent_method"] = told.get("consent_method") or "verbal"
        people = [self._named(kind, number, form) for kind in PEOPLE for number, form in self.people(kind).items()]
        return Asked(**told, people=tuple(people))

    def name_of(self, kind: str, number: int) -> str:
        """What a list calls somebody whose form may be half-typed."""
        typed = self.drafts[f"{kind}/{number}"].typed
        return " ".join(part for name in ("given_name", "family_name") for part in typed.get(name, [])).strip()

    def same_as(self, kind: str, number: int) -> int | None:
        """The known person that staff said somebody is, if they did."""
        draft = self.drafts.get(f"{kind}/{number}/known")
        said = draft.typed.get("same_as", [""])[0] if draft and self.user else ""
        return int(said) if said.isdecimal() else None

    def _named(self, kind: str, number: int, form: StepForm) -> Named:
        form.is_valid()
        told = {"part": FamilyMember.Part.CHILD} | form.cleaned_data
        return Named(**told, same_as=self.same_as(kind, number))

    def _bound(self, form_class: type[StepForm], path: str) -> StepForm:
        draft = self.drafts.get(path)
        posted = drafts.as_posted(draft) if draft else None
        return form_class(posted, audience=self.audience, framework=self.framework)
