"""Pages of the register: a place's framework, where documents disagree, and the calculator."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from baton.platform import clock
from baton.practice.frameworks import Framework
from baton.register import presenters, queries
from baton.register.forms import CalculatorForm


def own_place(request: HttpRequest) -> HttpResponse:
    """The rules of the place that uses this Baton."""
    return rules_of(request, settings.BATON_PLACE)


def rules_of(request: HttpRequest, place: str) -> HttpResponse:
    """Everything one place's framework says, with its sources."""
    frameworks = _frameworks()
    shown = next((each for each in frameworks if each.place == place), None)
    if shown is None:
        raise Http404("No framework of this place is in force.")
    context = {
        "title": f"The rules in {shown.name}",
        "shown": shown,
        "frameworks": frameworks,
        "cited": queries.documents_cited(shown),
        "themes": presenters.themes_in_words(shown),
        "oversight": [presenters.rule_in_words(shown, prompt.timescale) for prompt in shown.oversight],
    }
    return render(request, "register/place.html", context)


def contradictions(request: HttpRequest) -> HttpResponse:
    """Where a place's documents disagree, and which reading Baton counts by."""
    frameworks = _frameworks()
    found = [(each, presenters.contradictions_in_words(each, queries.contradictions_of(each))) for each in frameworks]
    context = {"title": "Where the documents disagree", "frameworks": frameworks, "found": found}
    return render(request, "register/contradictions.html", context)


def lawful_basis(request: HttpRequest) -> HttpResponse:
    """The lawful basis of each purpose of processing, as the own place has set it. Agreement stands elsewhere."""
    frameworks = _frameworks()
    own = frameworks[0]
    context = {
        "title": "The lawful basis of what we hold",
        "frameworks": frameworks,
        "own": own,
        "purposes": presenters.processing_in_words(own),
    }
    return render(request, "register/lawful_basis.html", context)


def calculator(request: HttpRequest) -> HttpResponse:
    """When something is due, and why, for a start that somebody types. Nothing is kept."""
    frameworks, at = _frameworks(), clock.now()
    asked = "start-day" in request.GET
    initial = {"start": at, "rule": request.GET.get("rule", "")}
    form = CalculatorForm(request.GET if asked else None, frameworks=frameworks, initial=initial)
    worked = _work_out(form) if asked and form.is_valid() else None
    context = {"title": "When is it due?", "frameworks": frameworks, "form": form, "worked": worked}
    return render(request, "register/calculator.html", context, status=422 if form.errors else 200)


def _work_out(form: CalculatorForm) -> presenters.WorkedInWords | None:
    framework, rule = form.chosen()
    worked = queries.work_out(framework, rule, start=form.cleaned_data["start"])
    if worked is None:
        form.add_error("start", "This rule was not in force on that day. Enter a later date.")
        return None
    return presenters.worked_in_words(worked)


def _frameworks() -> list[Framework]:
    return queries.frameworks_in_force(settings.BATON_PLACE, on=clock.today())
