"""Writing an assessment: starting it, its plan, one question at a time, the outcomes."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baton.assessments import presenters
from baton.assessments.actions import change_assessment_plan, mark_outcomes, save_answer, start_assessment
from baton.assessments.forms import NOT_MARKED, AnswerForm, ChangePlanForm, OutcomesForm, PlanForm
from baton.assessments.models import Assessment
from baton.assessments.queries import Asked, current_assessment
from baton.assessments.views.of_an_assessment import OfAnAssessment
from baton.episodes.models import Episode
from baton.episodes.queries.episodes import get_episode
from baton.episodes.queries.stories import framework_of
from baton.platform.access import note_look
from baton.platform.pages import FormPage
from baton.platform.refusals import EditedMeanwhile

PLAN = ("focus", "when_and_where", "who_to_speak_to", "aids")


class StartPage(FormPage):
    """Start an assessment with its plan. Where there is one, this leads to it."""

    form_class = PlanForm
    template = "assessments/start.html"
    title = "Plan the assessment"
    button = "Start the assessment"
    episode: Episode
    current: Assessment | None

    def load(self) -> None:
        self.episode = get_episode(self.kwargs["episode_id"])
        self.current = current_assessment(self.episode)
        if self.request.method != "POST":
            note_look(family_id=self.episode.family_id, what="start of an assessment", by=self.user, at=self.at)

    def get(self) -> HttpResponse:
        if self.current is not None:
            return HttpResponseRedirect(reverse("assessment", args=[self.current.pk]))
        return super().get()

    def save(self, form: forms.Form) -> str:
        plan = {name: form.cleaned_data[name] for name in PLAN}
        started = start_assessment(episode=self.episode, **plan, by=self.user, at=self.at)
        return reverse("assessment", args=[started.pk])

    def context(self) -> dict[str, Any]:
        template = framework_of(self.episode).assessment
        return {
            "caption": f"{self.episode.family.name} family",
            "family": self.episode.family,
            "template_title": template.title,
            "stepped_down": self.episode.route == Episode.Route.STEP_DOWN,
            "level": self.episode.level,
        }


class ChangePlanPage(OfAnAssessment):
    """Change the plan for an assessment."""

    form_class = ChangePlanForm
    title = "Plan the assessment"
    button = "Save"

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.assessment, name) for name in (*PLAN, "version")}

    def save(self, form: forms.Form) -> str:
        plan = {name: form.cleaned_data[name] for name in PLAN}
        version = form.cleaned_data["version"] or 0
        change_assessment_plan(assessment=self.assessment, **plan, version=version, by=self.user, at=self.at)
        return self.home


class QuestionPage(OfAnAssessment):
    """One question about one person, or about the family as a whole."""

    form_class = AnswerForm
    template = "assessments/question.html"
    looked_at = "question of an assessment"
    button = "Save and go on"
    asked: Asked

    def load(self) -> None:
        super().load()
        question, person_id = self.kwargs["question"], self.kwargs.get("person_id")
        found = self.full.asked_about(question, person_id)
        if found is None and person_id is None:
            found = next((each for each in self.full.asked if each.question.id == question), None)
        if found is None:
            raise Http404("This is not asked in this assessment.")
        self.asked = found
        self.title = found.question.title

    def get(self) -> HttpResponse:
        own = presenters.address_of(self.assessment, self.asked)
        return super().get() if own == self.request.path else HttpResponseRedirect(own)

    def initial(self) -> dict[str, Any]:
        answer = self.asked.answer
        texts: dict[str, Any] = {box: getattr(answer, box, "") for box in self.asked.question.boxes}
        return {**texts, "version": answer.version if answer else 0}

    def form_kwargs(self) -> dict[str, Any]:
        return {"question": self.asked.question}

    def save(self, form: forms.Form) -> str:
        assert isinstance(form, AnswerForm)  # noqa: S101 - for the type checker
        if form.texts != {box: getattr(self.asked.answer, box, "") for box in form.texts}:
            save_answer(
                assessment=self.assessment,
                question=self.asked.question.id,
                person=self.asked.person,
                texts=form.texts,
                version=form.cleaned_data["version"] or 0,
                by=self.user,
                at=self.at,
            )
        return self._next()

    def _next(self) -> str:
        following = self.full.after(self.asked)
        if following is None or self.request.POST.get("then") == "back":
            return self.home
        return presenters.address_of(self.assessment, following)

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "caption": presenters.caption(self.assessment, self.asked),
            "intro": self.asked.question.hint,
            "beside": presenters.beside(self.full, self.asked),
        }


class OutcomesPage(OfAnAssessment):
    """Which outcomes of the framework the family reaches, and which need help."""

    form_class = OutcomesForm
    template = "assessments/outcomes.html"
    title = "Which outcomes does the family reach, and which need help?"
    button = "Save"

    def initial(self) -> dict[str, Any]:
        marked = {each.id: self.full.outcomes.get(each.id, NOT_MARKED) for each in self.full.framework.outcomes}
        return {**marked, "version": self.assessment.outcomes_version}

    def form_kwargs(self) -> dict[str, Any]:
        return {"outcomes": self.full.framework.outcomes}

    def save(self, form: forms.Form) -> str:
        assert isinstance(form, OutcomesForm)  # noqa: S101 - for the type checker
        version = form.cleaned_data["version"] or 0
        try:
            mark_outcomes(assessment=self.assessment, views=form.views, version=version, by=self.user, at=self.at)
        except EditedMeanwhile as meanwhile:
            theirs = {outcome: view or NOT_MARKED for outcome, view in meanwhile.theirs.items()}
            raise EditedMeanwhile(theirs, version=meanwhile.version, by=meanwhile.by) from meanwhile
        return self.home
