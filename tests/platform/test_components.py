"""Every component writes valid, labelled, escaped HTML, and every page of the platform passes the linter."""

import ast
import re
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.template.loader import get_template
from django.test import RequestFactory
from jinja2 import UndefinedError

from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    EmailField,
    LongTextField,
    MomentField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from baton.platform.gallery import SampleForm, SmallForm, gallery_context
from baton.platform.statuses import STATUSES, status_of
from tests.html import faults_of_part, lint_page, parse, text_of

HOSTILE = """</title></textarea><script>alert("x")</script><img src=x onerror='alert(1)'>"""
TAG_COLOURS = {"grey", "green", "teal", "blue", "light-blue", "purple", "magenta", "red", "orange", "yellow"}
TEMPLATES = Path(__file__).parents[2] / "src/baton/platform/templates/platform"
PAGE = {
    "place": "dorset",
    "place_name": "Dorset",
    "demo": True,
    "person": {"name": "Asha Sample"},
    "navigation": [
        {"text": "Home", "href": "/", "current": True},
        {"text": "Search", "href": "/search/", "current": False},
    ],
    "messages": [],
}


class Message:
    """A message as Django gives it to a page."""

    def __init__(self, text: str, level_tag: str) -> None:
        self.text, self.level_tag = text, level_tag

    def __str__(self) -> str:
        return self.text


@pytest.fixture(autouse=True)
def only_the_platforms_routes(settings):
    settings.ROOT_URLCONF = "baton.platform.urls"


@pytest.fixture
def jinja():
    return engines["jinja2"].env


def page(template: str, **context: object) -> str:
    """A page without its context processors, so that nothing here needs a database."""
    request = RequestFactory().get("/")
    template_itself = get_template(template).template
    given = PAGE | {"request": request, "csrf_input": csrf_input_lazy(request), "csrf_token": csrf_token_lazy(request)}
    return template_itself.render(given | context)


def component(jinja, call: str, **context: object) -> str:
    """What a call of a macro writes."""
    names = ", ".join(sorted(_macros()))
    return jinja.from_string(f'{{% from "platform/components.html" import {names} %}}{{{{ {call} }}}}').render(
        **context
    )


def _macros() -> list[str]:
    text = (TEMPLATES / "components.html").read_text()
    return [name for name in re.findall(r"{% macro (\w+)", text) if not name.startswith("_")]


def one_field(field: forms.Field, typed: dict[str, str] | None = None, **options: object) -> BatonForm:
    return type("OneField", (BatonForm,), {"it": field})(typed, **options)


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_gallery_is_a_good_page():
    lint_page(page("platform/gallery.html", **gallery_context()))


def test_the_gallery_shows_every_component():
    shown = (TEMPLATES / "gallery.html").read_text()
    partly = {"control_id", "deadline_row", "why", "panel", "error_summary"}
    assert [name for name in _macros() if f"{name}(" not in shown and name not in partly] == []


@pytest.mark.parametrize("template", ["platform/base.html", "platform/narrow.html"])
def test_a_plain_page_is_a_good_page(template):
    markup = page(template, title="A title", back={"href": "/"})
    lint_page(markup)
    assert text_of(parse(markup).find("./head/title")) == "A title – Baton – Dorset"


def test_a_page_with_errors_says_so_in_its_title():
    markup = page("platform/form_page.html", title="A title", form=SmallForm({}))
    assert text_of(parse(markup).find("./head/title")) == "Error: A title – Baton – Dorset"


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_an_error_page_needs_nothing_but_itself(code):
    markup = get_template(f"platform/error_{code}.html").render({})
    lint_page(markup)
    assert "999" in markup or code != 403


def test_the_page_for_our_own_mistakes_gives_a_reference_and_nothing_else():
    markup = get_template("platform/error_500.html").render({"reference": "AB12CD34"})
    assert "AB12CD34" in markup
    lint_page(markup)


def test_a_form_that_was_open_too_long_is_told_so():
    assert "open too long" in get_template("platform/error_403.html").render({"reason": "expired"})


def test_the_sign_in_page_is_a_good_page():
    fields = {"username": EmailField(label="E-mail address"), "password": forms.CharField(widget=forms.PasswordInput)}
    form = type("SignIn", (BatonForm,), fields)({"username": "ann@example.org", "password": "secret"})
    people = [{"name": "Asha Sample", "role": "Practitioner", "email": "asha@example.org"}]
    markup = page(
        "platform/sign_in.html", form=form, person=None, navigation=[], demo_people=people, demo_password="look"
    )
    lint_page(markup)
    assert "secret" not in markup
    assert 'autocomplete="current-password"' in markup


def test_messages_stand_above_the_page():
    messages = [Message("Visit saved", "success"), Message(HOSTILE, "info")]
    markup = page("platform/narrow.html", title="A title", messages=messages)
    lint_page(markup)
    assert 'role="alert"' in markup
    assert HOSTILE not in markup


def test_a_signed_in_person_can_sign_out_by_a_guarded_post():
    form = parse(page("platform/base.html", title="A title")).find(".//form")
    assert form.get("method") == "post"
    assert form.find("./input[@name='csrfmiddlewaretoken']") is not None


def test_nobody_signed_in_sees_no_way_to_sign_out():
    assert "Sign out" not in page("platform/base.html", title="A title", person=None, navigation=[])


def test_the_page_one_is_on_is_marked_in_the_navigation():
    marked = [
        a for a in parse(page("platform/base.html", title="A title")).iter("a") if a.get("aria-current") == "page"
    ]
    assert [text_of(a) for a in marked] == ["Home"]


def test_a_place_gives_the_page_its_theme():
    assert "theme_derby" in page("platform/base.html", title="A title", place="derby")


def test_a_title_from_outside_is_escaped():
    markup = page("platform/narrow.html", title=HOSTILE, place_name=HOSTILE, person={"name": HOSTILE})
    lint_page(markup)
    assert "<script>alert" not in markup


# --- form pages ------------------------------------------------------------------------------------------------------


def form_page(form: forms.Form, **more: object) -> str:
    given = {"form_key": "k-1", "draft_token": "t-1", "autosave_url": "/drafts/", "button": "Continue"}
    return page("platform/form_page.html", form=form, **({"title": "A title"} | given | more))


def test_a_form_page_is_a_good_page():
    lint_page(form_page(SampleForm()))
    lint_page(form_page(SampleForm({})))


def test_a_form_page_carries_its_key_its_token_and_where_drafts_go():
    form = next(f for f in parse(form_page(SmallForm())).iter("form") if f.get("data-autosave"))
    hidden = {e.get("name"): e.get("value") for e in form.iter("input") if e.get("type") == "hidden"}
    assert form.get("data-autosave") == "/drafts/"
    assert hidden["form_key"] == "k-1"
    assert hidden["draft_token"] == "t-1"


@pytest.mark.parametrize(
    "field",
    [
        TextField(label="The question"),
        LongTextField(label="The question"),
        SelectField(label="The question", choices=[("a", "A")]),
        ChoiceField(label="The question", choices=[("a", "A")]),
        DayField(label="The question"),
        MomentField(label="The question"),
    ],
)
def test_the_question_of_a_page_with_one_field_is_its_heading(field):
    for typed in (None, {}):
        markup = form_page(one_field(field, typed), title="The question")
        lint_page(markup)
        assert markup.count("The question</") == 1


def test_a_page_whose_title_is_not_the_question_has_both():
    markup = form_page(one_field(TextField(label="First name")), title="About the child")
    lint_page(markup)
    assert "About the child</h1>" in markup


def test_a_hidden_field_is_carried_along():
    fields = {"it": TextField(label="It"), "version": forms.IntegerField(widget=forms.HiddenInput)}
    markup = form_page(type("Versioned", (BatonForm,), fields)(initial={"version": 7}), title="It")
    lint_page(markup)
    assert 'name="version" value="7"' in markup


def test_a_draft_says_when_it_was_kept():
    markup = form_page(SmallForm(), draft_saved_at=datetime(2026, 11, 2, 14, 30, tzinfo=UTC))
    assert "We kept what you typed on 2 November 2026 at 2:30pm." in markup


def test_a_form_with_a_file_is_sent_in_parts():
    assert 'enctype="multipart/form-data"' in form_page(one_field(forms.FileField()))


def test_two_who_edited_the_same_are_shown_both_versions():
    form = type("Edited", (BatonForm,), {"notes": LongTextField(label="Notes"), "on": DayField(label="Date")})(
        {"notes": "Mine", "on-day": "1", "on-month": "2", "on-year": "2026"}
    )
    rows = [
        {"field": form["notes"], "theirs": "Theirs " + HOSTILE, "yours": "Mine"},
        {"field": form["on"], "theirs": date(2026, 2, 3), "yours": date(2026, 2, 1)},
    ]
    markup = form_page(form, conflict={"by": "Bea Sample", "rows": rows})
    lint_page(markup)
    words = text_of(parse(markup).find(".//main"))
    for expected in (
        "Bea Sample saved this while you were typing",
        "Theirs",
        "Mine",
        "3 February 2026",
        "1 February 2026",
    ):
        assert expected in words
    assert "<script>alert" not in markup
    assert "Mine</textarea>" in markup


# --- fields ----------------------------------------------------------------------------------------------------------

EVERY_FIELD = {
    "text": TextField,
    "long text": LongTextField,
    "email": EmailField,
    "number": forms.IntegerField,
    "password": lambda **k: forms.CharField(widget=forms.PasswordInput, **k),
    "file": forms.FileField,
    "select": lambda **k: SelectField(choices=[("a", "A"), ("More", [("b", "B")])], **k),
    "several of a list": lambda **k: forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], **k),
    "radios": lambda **k: ChoiceField(choices=[("a", "A"), ("b", "B")], hints={"a": "First"}, **k),
    "yes or no": YesNoField,
    "checkboxes": lambda **k: ChoicesField(choices=[("a", "A"), ("b", "B")], exclusive="b", **k),
    "tick": TickField,
    "day": DayField,
    "moment": MomentField,
}


@pytest.mark.parametrize("typed", [None, {}], ids=["empty", "in error"])
@pytest.mark.parametrize("name", EVERY_FIELD)
def test_every_field_is_labelled_and_its_hint_and_error_are_tied_to_it(jinja, name, typed):
    form = one_field(EVERY_FIELD[name](label="The label", help_text="The hint"), typed)
    markup = component(jinja, "field(form['it'])", form=form)
    assert faults_of_part(markup) == []
    tree = parse(markup)
    described = {id for e in tree.iter() for id in (e.get("aria-describedby") or "").split()}
    assert "id_it-hint" in described
    assert ("id_it-error" in described) is (typed is not None)
    assert "The label" in text_of(tree)


@pytest.mark.parametrize("name", [name for name in EVERY_FIELD if name not in ("file", "password")])
def test_the_error_summary_leads_to_a_control(jinja, name):
    form = one_field(EVERY_FIELD[name](label="The label"), {})
    tree = parse(component(jinja, "error_summary(form)", form=form) + component(jinja, "field(form['it'])", form=form))
    links = [a.get("href") for a in tree.iter("a")]
    controls = {"#" + e.get("id") for e in tree.iter() if e.tag in ("input", "select", "textarea")}
    assert len(links) == 1
    assert set(links) <= controls


def test_the_summary_leads_to_the_wrong_box_of_a_date(jinja):
    form = one_field(DayField(), {"it-day": "1", "it-month": "13", "it-year": "2026"})
    assert 'href="#id_it-month"' in component(jinja, "error_summary(form)", form=form)


def test_errors_of_the_whole_form_stand_in_the_summary(jinja):
    form = SmallForm({})
    form.is_valid()
    form.add_error(None, "Record the family's consent before you allocate the request.")
    assert "Record the family" in component(jinja, "error_summary(form)", form=form)


def test_a_form_without_errors_has_no_summary(jinja):
    assert component(jinja, "error_summary(form)", form=SmallForm()).strip() == ""


@pytest.mark.parametrize("name", ["text", "long text", "email", "number", "day", "moment"])
def test_what_was_typed_comes_back_escaped(jinja, name):
    typed = dict.fromkeys(("it", "it-day", "it-month", "it-year", "it-time"), HOSTILE)
    markup = component(
        jinja, "field(form['it'])", form=one_field(EVERY_FIELD[name](label=HOSTILE, help_text=HOSTILE), typed)
    )
    assert faults_of_part(markup) == []
    assert "<script>" not in markup
    assert "<img" not in markup


def test_a_hostile_choice_is_escaped(jinja):
    for field in (ChoiceField, SelectField, ChoicesField):
        form = one_field(field(label="It", choices=[(HOSTILE, HOSTILE)]))
        markup = component(jinja, "field(form['it'])", form=form)
        assert "<script>" not in markup
        assert faults_of_part(markup) == []


def test_a_text_that_starts_with_an_empty_line_keeps_it(jinja):
    markup = component(jinja, "field(form['it'])", form=one_field(LongTextField(), {"it": "\n\nlater"}))
    assert parse(markup).find(".//textarea").text == "\n\nlater"


def test_the_chosen_stay_chosen(jinja):
    for field, typed in ((ChoiceField, "b"), (SelectField, "b"), (YesNoField, "no")):
        choices = {} if field is YesNoField else {"choices": [("a", "A"), ("b", "B")]}
        tree = parse(component(jinja, "field(form['it'])", form=one_field(field(**choices), {"it": typed})))
        chosen = [e.get("value") for e in tree.iter() if e.get("checked") is not None or e.get("selected") is not None]
        assert chosen == [typed]


def test_nothing_is_chosen_before_anybody_chose(jinja):
    tree = parse(component(jinja, "field(form['it'])", form=one_field(YesNoField())))
    assert [e for e in tree.iter("input") if e.get("checked") is not None] == []


def test_an_initial_false_is_a_no_and_not_nothing(jinja):
    tree = parse(component(jinja, "field(form['it'])", form=one_field(YesNoField(), initial={"it": False})))
    assert [e.get("value") for e in tree.iter("input") if e.get("checked") is not None] == ["no"]


def test_a_choice_may_uncover_a_field(jinja):
    form = type("Two", (BatonForm,), {"it": YesNoField(label="It"), "why": TextField(label="Why?")})()
    markup = component(jinja, "field(form['it'], reveals={'no': field(form['why'])})", form=form)
    assert faults_of_part(markup) == []
    assert 'id="conditional-id_it-1"' in markup
    assert 'data-aria-controls="conditional-id_it-1"' in markup


def test_a_password_is_never_shown_again(jinja):
    form = one_field(EVERY_FIELD["password"](label="Password"), {"it": "a-secret"})
    assert "a-secret" not in component(jinja, "field(form['it'])", form=form)


def test_autocomplete_and_width_reach_the_control(jinja):
    form = one_field(TextField(label="Postcode", width=10, autocomplete="postal-code"))
    markup = component(jinja, "field(form['it'])", form=form)
    assert 'autocomplete="postal-code"' in markup
    assert "govuk-input--width-10" in markup
    birthday = component(jinja, "field(form['it'])", form=one_field(DayField(label="Born", autocomplete="bday")))
    assert 'autocomplete="bday-year"' in birthday


def test_two_forms_on_a_page_do_not_share_ids(jinja):
    markup = component(jinja, "fields(one) ~ fields(two)", one=SampleForm(prefix="one"), two=SampleForm(prefix="two"))
    assert faults_of_part(markup) == []


# --- other components ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        "button(x)",
        "button(x, 'secondary', href='/?a=1&b=' ~ x)",
        "summary_list([(x, x), {'key': x, 'value': x, 'actions': [{'text': x, 'href': x, 'hidden': x}]}])",
        "table(x, [x, x], [(x, x)], numeric=(1,))",
        "table(x, [x], [], none_text=x)",
        "tag(x, 'red')",
        "status_tag(x)",
        "inset(x)",
        "warning(x)",
        "details(x, x)",
        "empty(x)",
        "panel(x, x)",
        "card(x, x, '/', x)",
        "sub_navigation([{'text': x, 'href': x, 'current': true, 'count': x}])",
        "tabs(x, [{'id': 'one', 'text': x, 'content': x}])",
        "task_list([{'text': x, 'href': '/', 'hint': x, 'status': x}, {'text': x, 'href': '', 'status': 'done'}])",
        "timeline([{'title': x, 'by': x, 'when': x, 'text': x, 'href': x, 'link': x}])",
        "deadlines_table([d], caption=x, families=true)",
    ],
)
def test_a_component_is_valid_and_escapes_what_it_is_given(jinja, call):
    deadline = dict.fromkeys(("title", "due", "explanation", "source", "for_whom", "href"), HOSTILE) | {
        "status": "overdue",
        "rivals": [{"due": HOSTILE, "source": HOSTILE}],
        "directed": {"by": HOSTILE, "reason": HOSTILE, "due": HOSTILE},
        "family": {"text": HOSTILE, "href": "/"},
    }
    markup = component(jinja, call, x=HOSTILE, d=deadline)
    assert faults_of_part(markup) == []
    assert "<script>" not in markup
    assert "<img" not in markup


def test_a_table_can_be_reached_and_scrolled_by_keyboard(jinja):
    region = parse(component(jinja, "table('Visits', ['When'], [('Today',)])")).find(".//div")
    assert region.get("tabindex") == "0"
    assert region.get("aria-labelledby") == region.find(".//caption").get("id")


def test_an_empty_table_says_so(jinja):
    assert "Nobody came." in component(jinja, "table('Visits', ['When'], [], none_text='Nobody came.')")


def test_a_deadline_says_why_and_how_else_it_could_be_read(jinja):
    words = text_of(parse(component(jinja, "deadlines_table(deadlines)", deadlines=gallery_context()["deadlines"])))
    for expected in (
        "First visit",
        "Overdue",
        "5 working days",
        "paragraph 10.1",
        "Friday 27 November 2026",
        "own date is",
    ):
        assert expected in words


@pytest.mark.parametrize(("number", "has_previous", "has_next"), [(1, False, True), (6, True, True), (12, True, False)])
def test_pages_lead_on_and_back(jinja, number, has_previous, has_next):
    markup = component(jinja, "pagination(page, 'state=open&')", page=Paginator(range(240), 20).page(number))
    assert faults_of_part(markup) == []
    assert ('rel="prev"' in markup, 'rel="next"' in markup) == (has_previous, has_next)
    assert "?state=open&amp;page=" in markup


def test_a_single_page_has_no_pagination(jinja):
    assert component(jinja, "pagination(page)", page=Paginator(range(3), 20).page(1)).strip() == ""


def test_a_button_is_sent_once():
    markup = page("platform/form_page.html", title="A title", form=SmallForm())
    assert 'data-prevent-double-click="true"' in markup


@pytest.mark.parametrize("kind", STATUSES)
def test_every_status_has_a_label_and_a_colour_of_the_design_system(kind):
    for status in STATUSES[kind].values():
        assert status.label
        assert status.colour in TAG_COLOURS


def test_every_deadline_status_of_the_engine_is_in_the_table():
    names = {"not_started", "upcoming", "due_soon", "overdue", "met", "met_late", "ended_unmet", "not_needed"}
    assert set(STATUSES["deadline"]) == names


def test_a_status_nobody_listed_shows_its_name():
    assert status_of("visit", "moved_away") == ("Moved away", "grey")


# --- the environment -------------------------------------------------------------------------------------------------


def test_a_value_nobody_gave_is_told(jinja):
    for text in ("{{ missing }}", "{% for x in missing %}{% endfor %}", "{{ missing.name }}", "{{ missing == 1 }}"):
        with pytest.raises(UndefinedError):
            jinja.from_string(text).render()


def test_whether_a_value_was_given_may_be_asked(jinja):
    assert jinja.from_string("{{ 1 if missing else 2 }}{{ missing | default('3') }}").render() == "23"


def test_macros_of_the_govuk_package_can_be_used(jinja):
    call = '{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}{{ govukTag({"text": text}) }}'
    markup = jinja.from_string(call).render(text=HOSTILE)
    assert "govuk-tag" in markup
    assert "<script>" not in markup


def test_filters_tell_dates(jinja):
    on = date(2026, 12, 18)
    assert (
        jinja.from_string("{{ on | day }}, {{ on | short_day }}").render(on=on)
        == "Friday 18 December 2026, 18 Dec 2026"
    )


def test_an_address_is_found_by_name(jinja):
    assert jinja.from_string('{{ url("sign-out") }}').render().startswith("/")


def test_no_template_marks_text_safe_but_its_own():
    for path in TEMPLATES.glob("*.html"):
        for line in path.read_text().splitlines():
            for marked in re.findall(r"(\S+)\s*\|\s*safe", line):
                assert marked.endswith("'"), f"{path.name}: {line}"


def test_every_template_is_known_to_the_environment(jinja):
    for path in TEMPLATES.glob("*.html"):
        jinja.get_template(f"platform/{path.name}")


def test_a_form_page_is_quick():
    form_page(SmallForm())
    fastest = min(_seconds_of(lambda: form_page(SmallForm())) for _ in range(20))
    assert fastest < 0.02  # 1.6 ms where it was written; slow machines are forgiven


def _seconds_of(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_the_gallery_names_nobody():
    source = (TEMPLATES.parents[1] / "gallery.py").read_text()
    assert ast.get_docstring(ast.parse(source))
    assert "date_of_birth" not in source
