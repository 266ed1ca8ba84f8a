"""The page every form is served by: it keeps drafts, does a thing once, and shows both versions when two edited."""

from collections.abc import Callable
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from baton.platform import clock, drafts
from baton.platform.actions import held_as_one
from baton.platform.form_fields import BatonForm
from baton.platform.models import Submission, User
from baton.platform.refusals import EditedMeanwhile, Refused
from baton.platform.routes import holder_of
from baton.platform.security_log import Kind, tell


class FormPage:
    """One question or one task.

    A subclass gives `form_class`, `title`, `save()` and, where needed, `load()`, `initial()`, `form_kwargs()` and
    `context()`.
    `save()` calls one action and returns where to go next. `self.request`, `kwargs`, `user` and `at` are set.
    A form with a hidden `version` field is guarded against two people editing: the action raises `EditedMeanwhile`.
    """

    form_class: ClassVar[type[BatonForm]]
    template: ClassVar[str] = "platform/form_page.html"
    title: str = ""
    button: str = "Continue"
    done: str = ""  # what the green banner says afterwards

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        self.kwargs = kwargs
        self.at = clock.now()
        self.holder = holder_of(request)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @classmethod
    def as_view(cls) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            page = cls(request, **kwargs)
            if request.method == "POST" and not page._is_first_sending():
                # Before any record is read: the first sending may have changed what the page now allows.
                return HttpResponseRedirect(page._where_the_first_went())
            page.load()
            if request.method == "POST":
                return page.post()
            if request.method in ("GET", "HEAD"):
                return page.get()
            return HttpResponseNotAllowed(["GET", "POST"])

        view.__name__ = cls.__name__
        view.__doc__ = cls.__doc__
        view.page = cls  # type: ignore[attr-defined]
        return view

    # What a page says of itself

    def load(self) -> None:
        """Find the records the page is about; raise `Http404` when they are not there or not for this person."""

    def initial(self) -> dict[str, Any]:
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def save(self, form: forms.Form) -> str:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {}

    # How it is served

    def get(self) -> HttpResponse:
        draft = drafts.kept(holder=self.holder, path=self.request.path)
        form = self.form_class(initial=self.initial(), **self.form_kwargs())
        if draft is None:
            return self.show(form)
        typed = self.form_class(drafts.as_posted(draft), initial=self.initial(), **self.form_kwargs())
        typed.forgive()  # shown as typed, without telling off half-typed answers
        return self.show(typed, draft_saved_at=draft.saved_at)

    def post(self) -> HttpResponse:
        return self.answer(self.form_class(self.request.POST, initial=self.initial(), **self.form_kwargs()))

    def answer(self, form: forms.Form) -> HttpResponse:
        """What comes of a form that was sent: it is saved, once, or shown again with what is wrong."""
        if not form.is_valid():
            self._tell_of_answers_not_offered(form)
            self._give_back()
            return self.show(form, status=422)
        return self._save_once(form)

    def show(self, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
        return render(
            self.request,
            self.template,
            {
                "title": self.title,
                "button": self.button,
                "form": form,
                "form_key": uuid4(),
                "draft_token": drafts.token_for(self.holder, self.request.path),
                "autosave_url": reverse("save-draft"),
                **self.context(),
                **more,
            },
            status=status,
        )

    def _save_once(self, form: forms.Form) -> HttpResponse:
        try:
            with held_as_one():
                location = self.save(form)
        except Refused as refusal:
            self._give_back()
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.show(form, status=422)
        except EditedMeanwhile as meanwhile:
            self._give_back()
            return self.show_both(form, meanwhile)
        drafts.became_a_record(key=self._key, location=location, holder=self.holder, path=self.request.path)
        if self.done:
            messages.success(self.request, self.done)
        return HttpResponseRedirect(location)

    def show_both(self, form: forms.Form, meanwhile: EditedMeanwhile) -> HttpResponse:
        """Both versions, and the form with one's own. The draft stays as posted: who comes back sees both again."""
        rows = [
            {"field": form[name], "theirs": theirs, "yours": form.cleaned_data.get(name)}
            for name, theirs in meanwhile.theirs.items()
            if name in form.fields and theirs != form.cleaned_data.get(name)
        ]
        posted = self.request.POST.copy()
        posted["version"] = str(meanwhile.version)
        for name, theirs in meanwhile.theirs.items():
            if isinstance(theirs, str) and not posted.get(name):
                posted[name] = theirs  # there is nothing of one's own to weigh against it
        again = self.form_class(posted, initial=self.initial(), **self.form_kwargs())
        again.forgive()
        return self.show(again, status=409, conflict={"rows": rows, "by": meanwhile.by})

    def _tell_of_answers_not_offered(self, form: forms.Form) -> None:
        """A browser sends what the page offers; another answer was made by hand, or is one no longer offered."""
        fields = [
            name for name, wrong in form.errors.as_data().items() if any(e.code == "invalid_choice" for e in wrong)
        ]
        if fields:
            tell(Kind.NOT_OFFERED, self.request, fields=",".join(fields))

    def _give_back(self) -> None:
        Submission.objects.filter(key=self._key).delete()
        drafts.keep(holder=self.holder, path=self.request.path, posted=self.request.POST, at=self.at)

    @cached_property
    def _key(self) -> UUID:
        try:
            return UUID(self.request.POST.get("form_key", ""))
        except ValueError:
            return uuid4()

    def _is_first_sending(self) -> bool:
        return drafts.claim_key(key=self._key, holder=self.holder, at=self.at)

    def _where_the_first_went(self) -> str:
        location = Submission.objects.filter(key=self._key).values_list("location", flat=True).first()
        return location or self.request.path
