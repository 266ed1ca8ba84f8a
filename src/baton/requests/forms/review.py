"""Answers read back before they are sent, each with the way to change it."""

from collections.abc import Callable

from markupsafe import Markup

from baton.platform.dates_in_words import long_day
from baton.platform.form_fields import value_in_words
from baton.requests.forms.answers import Answers
from baton.requests.forms.steps import FORMS, StepForm
from baton.requests.presenters.answers import Row, lines
from baton.requests.presenters.wording import SHORT, question

NOT_FINISHED = Markup('<strong class="govuk-tag govuk-tag--red">Not finished</strong>')
NOTHING = "Nothing written"
FIRST, AFTER_PEOPLE = ("danger", "who", "you"), tuple(step for step in FORMS if step not in ("danger", "who", "you"))

UrlOf = Callable[..., str]


def review(answers: Answers, url_of: UrlOf) -> list[tuple[str, list[Row]]]:
    """Every answer in lists with headings. `url_of(step)` or `url_of(kind, number)` leads to where it is changed."""
    return [
        ("Who is asking", [_row(answers, step, url_of) for step in FIRST]),
        (question("children", answers.audience).title, people_rows(answers, "children", url_of)),
        (question("adults", answers.audience).title, people_rows(answers, "adults", url_of)),
        ("Why help is needed", [_row(answers, step, url_of) for step in AFTER_PEOPLE]),
    ]


def people_rows(answers: Answers, kind: str, url_of: UrlOf) -> list[Row]:
    """The children, or the adults, each with the ways to change and to remove them."""
    return [
        {
            "key": answers.name_of(kind, number) or "No name yet",
            "value": _about(form, is_known=answers.same_as(kind, number) is not None),
            "actions": [
                {"text": "Change", "href": url_of(kind, number), "hidden": answers.name_of(kind, number)},
                {"text": "Remove", "href": url_of(kind, number, "remove"), "hidden": answers.name_of(kind, number)},
            ],
        }
        for number, form in answers.people(kind).items()
    ]


def _row(answers: Answers, step: str, url_of: UrlOf) -> Row:
    value = _in_words(answers.form(step))
    change = {"text": "Change", "href": url_of(step), "hidden": SHORT[step].lower()}
    return {"key": SHORT[step], "value": value, "actions": [change]}


def _in_words(form: StepForm) -> Markup | str:
    if not form.is_valid():
        return NOT_FINISHED
    return lines(value_in_words(form[name], form.cleaned_data[name]) for name in form.fields) or NOTHING


def _about(form: StepForm, *, is_known: bool) -> Markup | str:
    """What was said of a child or an adult beside the name."""
    if not form.is_valid():
        return NOT_FINISHED
    said = dict(form.cleaned_data)
    born = said.pop("date_of_birth")
    unsaid = {"given_name", "family_name"} | ({"sex"} if said.get("sex") == "U" else set())
    others = (value_in_words(form[name], value) for name, value in said.items() if name not in unsaid)
    known = ["You said which of the people we know this is"] if is_known else []
    return lines([f"Born {long_day(born)}" if born else "Date of birth not given", *others, *known])
