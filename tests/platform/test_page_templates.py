"""Pages and form pages: valid, escaped, with their drafts, keys and both versions."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template.loader import get_template

from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    DayField,
    LongTextField,
    MomentField,
    SelectField,
    TextField,
)
from baton.platform.gallery import SampleForm, SmallForm, gallery_context
from tests.html import lint_page, parse, text_of
from tests.platform.rendered import HOSTILE, TEMPLATES, Message, _macros, form_page, one_field, page


@pytest.fixture(autouse=True)
def only_the_platforms_routes(settings):
    settings.ROOT_URLCONF = "baton.platform.urls"


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
