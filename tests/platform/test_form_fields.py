"""Fields for words and choices: what they say when something is wrong, and how values are told."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict

from baton.platform import clock, dates_in_words
from baton.platform.dates_typed import NotRead, read_day
from baton.platform.form_fields import (
    BatonForm,
    ChoiceField,
    ChoicesField,
    DayField,
    EmailField,
    LongTextField,
    MomentField,
    PhoneField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
    value_in_words,
)
from tests.platform.filled_forms import NOON_ON_2_NOVEMBER, form_with, only_error


@pytest.fixture(autouse=True)
def clock_stopped():
    with clock.stopped_at(NOON_ON_2_NOVEMBER):
        yield


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (
            TextField(label="First name", required_message="Enter the child's first name"),
            "Enter the child's first name",
        ),
        (TextField(label="First name"), "Enter first name"),
        (TextField(label="NHS number"), "Enter NHS number"),
        (TextField(label="E-mail address"), "Enter e-mail address"),
        (LongTextField(label="What happened?"), "Enter an answer to “What happened?”"),
        (ChoiceField(label="Decision", choices=[("a", "A")]), "Select decision"),
        (SelectField(label="Team", choices=[("a", "A")]), "Select team"),
        (ChoicesField(label="Reasons", choices=[("a", "A")]), "Select reasons"),
        (YesNoField(label="Was the child seen?"), "Select an answer to “Was the child seen?”"),
        (TickField(label="I agree", required_message="Tick to say that you agree"), "Tick to say that you agree"),
        (forms.CharField(label="Plain field"), "Enter plain field"),
    ],
)
def test_an_empty_field_says_what_to_enter(field, sentence):
    assert only_error(form_with(field)) == sentence


def test_no_field_says_the_frameworks_own_words():
    for field in (
        TextField(),
        EmailField(),
        PhoneField(),
        LongTextField(),
        ChoiceField(),
        DayField(),
        MomentField(),
        TickField(),
    ):
        assert "This field is required" not in only_error(form_with(field))


def test_a_text_that_is_too_long_says_how_long_it_may_be():
    assert (
        only_error(form_with(LongTextField(label="Summary", limit=5), it="abcdef"))
        == "Summary must be 5 characters or fewer"
    )


def test_a_line_end_counts_as_one_character_as_in_the_browser():
    form = form_with(LongTextField(limit=3), it="a\r\nb")
    assert form.is_valid()
    assert form.cleaned_data["it"] == "a\nb"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann\x00e", "Anne"),
        ("a\x07b\x1bc\x7f", "abc"),
        ("tab\tstays", "tab\tstays"),
        ("line\r\nline\rline", "line\nline\nline"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Zoë Ó Súilleabháin 李", "Zoë Ó Súilleabháin 李"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
    ],
)
def test_characters_that_no_keyboard_makes_are_dropped(typed, kept):
    form = form_with(LongTextField(), it=typed)
    assert form.is_valid()
    assert form.cleaned_data["it"] == kept


def test_a_post_keeps_every_value_of_a_name():
    posted = QueryDict("it=a&it=b%00")
    form = type("OneField", (BatonForm,), {"it": ChoicesField(choices=[("a", "A"), ("b", "B")])})(posted)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == ["a", "b"]


def test_an_unbound_form_stays_unbound():
    assert not type("OneField", (BatonForm,), {"it": TextField()})().is_bound


def test_an_address_that_is_none_says_what_one_is_like():
    expected = "Enter an email address in the correct format, like name@example.com"
    assert only_error(form_with(EmailField(), it="nobody")) == expected


@pytest.mark.parametrize(
    ("typed", "fine"), [("01305 221 000", True), ("+44 (0)7700 900 982", True), ("1", False), ("call me", False)]
)
def test_a_telephone_number_needs_its_digits(typed, fine):
    assert form_with(PhoneField(), it=typed).is_valid() is fine


def test_none_of_these_stands_alone():
    field = ChoicesField(choices=[("a", "A"), ("none", "None of these")], exclusive="none")
    form = type("OneField", (BatonForm,), {"it": field})
    assert form(QueryDict("it=none")).is_valid()
    assert only_error(form(QueryDict("it=a&it=none"))) == "Select “None of these” alone, or the others"


def test_a_choice_nobody_offered_is_refused():
    assert (
        only_error(form_with(ChoiceField(label="Decision", choices=[("a", "A")]), it="z"))
        == "Select one of the answers offered"
    )


@pytest.mark.parametrize(("typed", "meant"), [("yes", True), ("no", False)])
def test_yes_and_no_are_true_and_false(typed, meant):
    form = form_with(YesNoField(), it=typed)
    assert form.is_valid()
    assert form.cleaned_data["it"] is meant


def test_yes_or_no_may_be_left_open():
    form = form_with(YesNoField(required=False))
    assert form.is_valid()
    assert form.cleaned_data["it"] is None


def test_a_list_that_opens_starts_with_nothing_chosen():
    assert next(iter(SelectField(choices=[("a", "A")]).choices)) == ("", "Select")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (TextField(), "Ann", "Ann"),
        (TextField(), None, ""),
        (ChoiceField(choices=[("a", "Apple")]), "a", "Apple"),
        (SelectField(choices=[("Fruit", [("a", "Apple")])]), "a", "Apple"),
        (ChoicesField(choices=[("a", "Apple"), ("b", "Bread")]), ["a", "b"], "Apple, Bread"),
        (DayField(), date(2026, 3, 7), "7 March 2026"),
        (MomentField(), datetime(2026, 7, 5, 13, 30, tzinfo=UTC), "5 July 2026 at 2:30pm"),
        (YesNoField(), True, "Yes"),
        (TickField(), False, "No"),
    ],
)
def test_a_value_is_told_as_a_sentence_would(field, value, words):
    assert value_in_words(form_with(field)["it"], value) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 12, 18, 14, 30, tzinfo=UTC), "18 December 2026 at 2:30pm"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026 at 12:30am"),
        (datetime(2026, 12, 18, 12, 0, tzinfo=UTC), "18 December 2026 at midday"),
        (datetime(2026, 12, 18, 0, 0, 30, tzinfo=UTC), "18 December 2026 at midnight"),
        (datetime(2026, 12, 18, 9, 0, tzinfo=UTC), "18 December 2026 at 9am"),
        (None, ""),
    ],
)
def test_a_moment_is_told_by_englands_clocks(at, words):
    assert dates_in_words.moment(at) == words


def test_days_are_told_long_and_short():
    on = date(2026, 12, 18)
    assert dates_in_words.day(on) == "Friday 18 December 2026"
    assert dates_in_words.long_day(on) == "18 December 2026"
    assert dates_in_words.short_day(on) == "18 Dec 2026"
    assert dates_in_words.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "Wednesday 1 July 2026"


def test_reading_a_day_names_the_date_it_is_about():
    with pytest.raises(NotRead) as unread:
        read_day({"day": "1", "month": "1", "year": "26"}, "date of birth")
    assert unread.value.sentence == "The year of the date of birth must have 4 numbers, like 2026"
