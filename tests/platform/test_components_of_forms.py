"""The components of forms: labelled, their errors tied to them, escaped, keeping what was typed."""

import pytest
from django import forms

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
from baton.platform.gallery import SampleForm, SmallForm
from tests.html import faults_of_part, parse, text_of
from tests.platform.rendered import HOSTILE, component, one_field


@pytest.fixture(autouse=True)
def only_the_platforms_routes(settings):
    settings.ROOT_URLCONF = "baton.platform.urls"


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
