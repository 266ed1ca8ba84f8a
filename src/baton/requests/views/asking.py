"""The pages on which somebody asks for help, one question each, kept as they are typed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from baton.platform import clock, drafts
from baton.platform.models import User
from baton.platform.pages import FormPage
from baton.platform.rate_limits import caller_of, too_often
from baton.platform.security_log import Kind, tell
from baton.practice.frameworks import Framework
from baton.practice.loading import framework_in_force
from baton.requests.forms.answers import PEOPLE, Answers
from baton.requests.forms.review import people_rows
from baton.requests.forms.steps import FORMS, ORDER, TRAP, AnotherForm, NothingToType, StepForm
from baton.requests.policies import MOST_PEOPLE_NAMED, MOST_PUBLIC_PAGES_FROM_ONE_ADDRESS, PUBLIC_WINDOW
from baton.requests.presenters.wording import question
from baton.requests.queries import sending_of, started_by

CHECK = "check"
HEADINGS = {"consent": "agreement"}  # where the page asks more than one question


def under(key: UUID) -> str:
    """The path that all pages of one request begin with."""
    return f"{reverse('request-start')}{key}/"


def place_framework() -> Framework:
    """The framework a request made now is asked under."""
    return framework_in_force(settings.BATON_PLACE, on=clock.today())


def account_of(request: HttpRequest) -> User | None:
    """The person who signed in, or nobody."""
    return request.user if isinstance(request.user, User) else None


def too_many(request: HttpRequest) -> HttpResponse:
    """What somebody is told who sends too much at once: to telephone instead."""
    return render(request, "requests/too_many.html", {"title": "Please telephone us instead"}, status=429)


class AskPage(FormPage):
    """Any page of a request that is being made."""

    template = "requests/ask_page.html"
    here: str = ""  # which step of the order this is

    def load(self) -> None:
        self.key: UUID = self.kwargs["key"]
        self.account = account_of(self.request)
        self.framework = place_framework()
        kept = started_by(self.holder, under=under(self.key))
        self.answers = Answers(kept, under=under(self.key), user=self.account, framework=self.framework)

    def get(self) -> HttpResponse:
        return self.already_sent() or super().get()

    def post(self) -> HttpResponse:
        sent = self.already_sent()
        if sent:
            return sent
        if self.account is None and self.is_a_robot():
            tell(Kind.ROBOT, self.request)
            return too_many(self.request)
        if self.account is None and self.asks_too_much():
            return too_many(self.request)
        return self.take_in()

    def is_a_robot(self) -> bool:
        """Whether the box that nobody sees was filled in. A person it happened to is told to telephone all the same."""
        return bool(self.request.POST.get(TRAP, "").strip())

    def take_in(self) -> HttpResponse:
        """Take in what was posted."""
        return super().post()

    def asks_too_much(self) -> bool:
        return too_often(
            what="ask-page",
            who=caller_of(self.request),
            most=MOST_PUBLIC_PAGES_FROM_ONE_ADDRESS,
            within=PUBLIC_WINDOW,
            at=self.at,
        )

    def already_sent(self) -> HttpResponse | None:
        """The way to the confirmation, for a request that was sent."""
        location = sending_of(self.key, holder=self.holder)
        return HttpResponseRedirect(location) if location else None

    def url_of(self, step: str, number: int | None = None, doing: str = "") -> str:
        """Where a step, or one child or adult, is typed or removed."""
        if number is not None:
            return reverse("ask-remove" if doing else "ask-person", args=[self.key, step, number])
        return reverse("ask-step", args=[self.key, step])

    def change_url_of(self, step: str, number: int | None = None, doing: str = "") -> str:
        """The same, coming back to the list of answers afterwards."""
        return f"{self.url_of(step, number, doing)}?from={CHECK}"

    @property
    def comes_from_check(self) -> bool:
        return self.request.GET.get("from") == CHECK

    def next_url(self) -> str:
        """The question after this one, or the list of answers one came from."""
        if self.comes_from_check or self.here == ORDER[-1]:
            return reverse("ask-check", args=[self.key])
        return self.url_of(ORDER[ORDER.index(self.here) + 1])

    def back_url(self) -> str:
        """The question before this one."""
        if self.comes_from_check:
            return reverse("ask-check", args=[self.key])
        if self.here == ORDER[0]:
            return reverse("request-start")
        return self.url_of(ORDER[ORDER.index(self.here) - 1])

    def context(self) -> dict[str, Any]:
        return {
            "back": {"href": self.back_url()},
            "step": self.here,
            "key": self.key,
            "audience": self.answers.audience,
            "contact": self.framework.social_care_contact,
            "signed_in": self.account is not None,
            "trap": TRAP,
        }

    def show(self, form: Any, status: int = 200, **more: Any) -> HttpResponse:
        return super().show(form, status, **more | {"draft_saved_at": None})


class KeptPage(AskPage):
    """A page whose answers stay a draft until the whole request is sent, so that going back finds them."""

    def take_in(self) -> HttpResponse:
        form = self.form_class(self.request.POST, initial=self.initial(), **self.form_kwargs())
        drafts.keep(holder=self.holder, path=self.request.path, posted=self.request.POST, at=self.at)
        return HttpResponseRedirect(self.after(form)) if form.is_valid() else self.show(form, status=422)

    def form_kwargs(self) -> dict[str, Any]:
        return {"audience": self.answers.audience, "framework": self.framework}

    def after(self, form: Any) -> str:
        """Where a complete answer leads."""
        return self.next_url()


class StepPage(KeptPage):
    """One question of the request."""

    def load(self) -> None:
        super().load()
        self.here = self.kwargs["step"]
        if self.here not in FORMS:
            raise Http404
        self.form_class = FORMS[self.here]  # type: ignore[misc]
        self.title = question(HEADINGS.get(self.here, self.here), self.answers.audience).title

    def initial(self) -> dict[str, Any]:
        if self.here == "who" and self.account:
            return {"source": "practitioner"}
        if self.here == "you" and self.account and self.answers.audience == "practitioner":
            return enquirer_of(self.account)
        return {}

    def after(self, form: StepForm) -> str:
        if self.here == "danger" and form.cleaned_data["child_in_danger"]:
            return reverse("ask-emergency", args=[self.key])
        return self.next_url()


class PersonPage(KeptPage):
    """One child, or one adult."""

    def load(self) -> None:
        super().load()
        self.kind, self.number = self.kwargs["kind"], self.kwargs["number"]
        if self.kind not in PEOPLE or not 1 <= self.number <= MOST_PEOPLE_NAMED:
            raise Http404
        self.here, self.form_class = self.kind, PEOPLE[self.kind]  # type: ignore[misc]
        which = {"adults": "adult"}.get(self.kind, "child" if self.number == 1 else "next_child")
        self.title = question(which, self.answers.audience).title

    def initial(self) -> dict[str, Any]:
        you, first = self.answers.typed("you"), self.answers.people("children").get(1)
        if self.number == 1 and (self.kind, self.answers.audience) in (
            ("children", "young_person"),
            ("adults", "family"),
        ):
            given, _, family = you.get("enquirer_name", "").rpartition(" ")
            return {"given_name": given or family, "family_name": family if given else "", "part": "parent", "sex": "U"}
        named = first.cleaned_data.get("family_name", "") if first is not None and first.is_valid() else ""
        return {"family_name": named if self.kind == "children" else "", "sex": "U"}

    def after(self, form: StepForm) -> str:
        asked_next = reverse("ask-step", args=[self.key, self.kind])
        return self.change_url_of(self.kind) if self.comes_from_check else asked_next

    def back_url(self) -> str:
        beside = self.answers.people(self.kind) and not self.comes_from_check
        return self.url_of(self.kind) if beside else super().back_url()


class PeoplePage(AskPage):
    """The children, or the adults, and whether to add another."""

    template = "requests/ask_people.html"
    form_class = AnotherForm

    def load(self) -> None:
        super().load()
        self.title = question(self.here, self.answers.audience).title

    def form_kwargs(self) -> dict[str, Any]:
        any_yet = bool(self.answers.people(self.here))
        who = "child" if self.here == "children" else "adult, or somebody else who matters to the children"
        return {"label": f"Do you want to add another {who}?" if any_yet else f"Do you want to add an {who}?"}

    def save(self, form: Any) -> str:
        numbers = self.answers.people(self.here)
        if form.cleaned_data["another"] and len(numbers) < MOST_PEOPLE_NAMED:
            return self.url_of(self.here, max(numbers, default=0) + 1)
        return self.next_url()

    def context(self) -> dict[str, Any]:
        return {**super().context(), "rows": people_rows(self.answers, self.here, self.url_of)}


class ChildrenPage(PeoplePage):
    """The children: at least one, so the first is asked for at once."""

    here = "children"

    def get(self) -> HttpResponse:
        if not self.answers.people("children"):
            return self.already_sent() or HttpResponseRedirect(self.url_of("children", 1))
        return super().get()


class AdultsPage(PeoplePage):
    """The parents and carers, and others who matter; there may be none."""

    here = "adults"


class RemovePersonPage(AskPage):
    """Take somebody out of the request again."""

    form_class = NothingToType
    button = "Remove"

    def load(self) -> None:
        super().load()
        self.here, self.number = self.kwargs["kind"], self.kwargs["number"]
        if self.number not in self.answers.people(self.here):
            raise Http404
        self.title = f"Remove {self.answers.name_of(self.here, self.number) or 'this person'} from the request?"

    def save(self, form: Any) -> str:
        drafts.forget_under(holder=self.holder, path=self.url_of(self.here, self.number))
        return self.change_url_of(self.here) if self.comes_from_check else self.url_of(self.here)

    def back_url(self) -> str:
        return super().back_url() if self.comes_from_check else self.url_of(self.here)


def emergency(request: HttpRequest, key: UUID) -> HttpResponse:
    """A request is not the way to get help at once: who is, and the way on for those who have called them."""
    contact = place_framework().social_care_contact
    back = {"href": reverse("ask-step", args=[key, "danger"])}
    context = {"title": "Call now: do not wait for this request", "contact": contact, "key": key, "back": back}
    return render(request, "requests/emergency.html", context)


def enquirer_of(user: User) -> dict[str, str]:
    """What an account already says of a practitioner who asks."""
    return {
        "enquirer_name": user.name,
        "enquirer_job_title": user.job_title,
        "enquirer_organisation": user.organisation.name,
        "enquirer_organisation_kind": user.organisation.kind,
        "enquirer_phone": user.phone,
        "enquirer_email": user.email,
    }
