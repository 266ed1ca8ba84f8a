"""What the gallery page shows: every component once, with sentences about nobody."""

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator

from baton.platform.dates_in_words import LONDON
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
)
from baton.platform.statuses import STATUSES

KINDS = [("Indoors", [("hall", "Hall"), ("office", "Office")]), ("park", "Park")]
WRONG_ANSWERS = {
    "email": "nobody",
    "phone": "1",
    "next_at-day": "31",
    "next_at-month": "2",
    "next_at-year": "2026",
    "next_at-time": "2",
}


class SampleForm(BatonForm):
    """One of every field."""

    name = TextField(label="Name", help_text="As it is usually written", required_message="Enter a name")
    email = EmailField(label="Email address", required=False)
    phone = PhoneField(label="Telephone number", required=False)
    code = TextField(label="Postcode", width=10, limit=8, autocomplete="postal-code", required=False)
    account = LongTextField(label="What happened?", help_text="Facts first, then what you think", limit=500)
    method = ChoiceField(
        label="How did it take place?",
        choices=[("met", "A meeting"), ("collected", "Collected updates")],
        hints={"collected": "Each agency sends its update and nobody meets"},
    )
    agrees = YesNoField(label="Does everybody agree?", required_message="Select yes if everybody agrees")
    topics = ChoicesField(
        label="What was talked about?",
        choices=[("health", "Health"), ("school", "School"), ("home", "Home"), ("none", "None of these")],
        exclusive="none",
        required_message="Select what was talked about, or “None of these”",
    )
    kind = SelectField(label="Kind of place", choices=KINDS)
    held_on = DayField(label="Date it was held", help_text="For example, 27 3 2026", past=True)
    next_at = MomentField(label="Next time", help_text="For example, 27 3 2026 and 2:30pm")
    told = TickField(label="I have told everybody who needs to know", required_message="Tick to say so")


class SmallForm(BatonForm):
    """Three fields as they look before anybody typed."""

    title = TextField(label="Title", width="two-thirds")
    on = DayField(label="When?", help_text="For example, 27 3 2026")
    again = YesNoField(label="Will there be another?")


def gallery_context() -> dict[str, Any]:
    """The context of the gallery page."""
    return {
        "title": "Components",
        "form": SampleForm(WRONG_ANSWERS, auto_id="wrong_%s"),
        "small_form": SmallForm(auto_id="empty_%s"),
        "statuses": STATUSES,
        "deadlines": _deadlines(),
        "happenings": _happenings(),
        "page": Paginator(range(240), 20).page(5),
        "summary_rows": [
            {"key": "Reference", "value": "AB-1234", "actions": [{"text": "Change", "href": "#"}]},
            {"key": "Received", "value": "5 October 2026 at 9:30am"},
            ("Waiting for", "An answer"),
        ],
        "tasks": [
            {"text": "About the request", "href": "#", "status": "done"},
            {"text": "Who is in the family", "href": "#", "hint": "Everybody at home", "status": "under_way"},
            {"text": "Check your answers", "href": "", "status": "Cannot start yet"},
        ],
    }


def _deadlines() -> list[dict[str, Any]]:
    return [
        {
            "title": "First visit",
            "href": "#",
            "due": "Friday 20 November 2026",
            "status": "overdue",
            "for_whom": "the family",
            "explanation": "First visit due by Friday 20 November 2026: 5 working days after allocation.",
            "source": "Framework, paragraph 10.1",
            "rivals": [{"due": "Friday 27 November 2026", "source": "paragraph 2.4: 10 working days"}],
            "family": {"text": "Sample family", "href": "#"},
        },
        {
            "title": "Review",
            "due": "Friday 18 December 2026",
            "status": "due_soon",
            "explanation": "Review due by Friday 18 December 2026: six weeks after the planning meeting on 6 November.",
            "source": "Framework, paragraph 15.1",
            "directed": {
                "by": "The team manager",
                "reason": "to meet before the holidays.",
                "due": "Friday 15 January",
            },
            "family": {"text": "Another sample family", "href": "#"},
        },
        {"title": "Assessment authorised", "due": "Monday 9 November 2026", "status": "met"},
    ]


def _happenings() -> list[dict[str, Any]]:
    return [
        {
            "title": "Review held",
            "by": "the lead practitioner",
            "at": datetime(2026, 12, 14, 14, 30, tzinfo=LONDON),
            "text": "Everybody came. The plan goes on, with two new actions.",
            "href": "#",
            "link": "Read the review",
        },
        {"title": "Visit made", "by": "the lead practitioner", "at": datetime(2026, 11, 18, 16, 0, tzinfo=LONDON)},
        {"title": "Request received", "when": date(2026, 10, 5).strftime("%-d %B %Y"), "text": "From a school."},
    ]
