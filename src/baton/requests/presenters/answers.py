"""The answers of a request as lines of a list, for checking them before sending and for reading them afterwards."""

from collections.abc import Iterable

from markupsafe import Markup

from baton.platform.dates_in_words import long_day
from baton.practice.frameworks import Framework
from baton.requests.models import HelpRequest, RequestPerson
from baton.requests.presenters.wording import question

Row = dict[str, object]


def lines(parts: Iterable[str]) -> Markup:
    """Parts below each other; what is empty is left out. Newlines within a part are kept."""
    written = "\n".join(part for part in parts if part)
    return Markup("<br>").join(written.split("\n"))


def request_rows(request: HelpRequest, framework: Framework) -> list[tuple[str, list[Row]]]:
    """What was asked, in three lists: about whom, why, and by whom."""
    return [
        ("Why help was asked for", _why(request, framework)),
        ("Who asked", _who(request)),
    ]


def person_line(person: RequestPerson) -> str:
    """ "Born 27 March 2016, Larkhill School": what is known of somebody beside their name."""
    known = [
        person.relationship,
        f"born {long_day(person.date_of_birth)}" if person.date_of_birth else "date of birth not given",
        person.get_sex_display().lower() if person.sex != "U" else "",
        person.school,
        person.phone,
    ]
    said = ", ".join(part for part in known if part)
    return said[:1].upper() + said[1:]


def reasons_in_words(request: HelpRequest, framework: Framework) -> list[str]:
    """The framework's words for the reasons given; one it no longer lists shows its own name."""
    titles = {reason.id: reason.title for reason in framework.reasons}
    return [titles.get(reason, reason.replace("_", " ").capitalize()) for reason in request.reasons]


def _why(request: HelpRequest, framework: Framework) -> list[Row]:
    rows = [
        ("Reasons", lines(reasons_in_words(request, framework)) or "None selected"),
        (question("worries", "practitioner").title, lines([request.concerns])),
        ("What is going well", lines([request.strengths]) or "Nothing written"),
        ("What has been tried", lines([request.tried]) or "Nothing written"),
        ("Who else was told", lines([request.others_told]) or "Nobody named"),
        ("Address", lines([request.address, request.postcode]) or "Not given"),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _who(request: HelpRequest) -> list[Row]:
    rows = [
        ("Name", request.enquirer_name),
        ("Asking as", request.get_source_display()),
        ("Work", lines([request.enquirer_job_title, request.enquirer_organisation])),
        ("Telephone", request.enquirer_phone),
        ("Email", request.enquirer_email),
        ("Safe to contact", lines([request.contact_notes])),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]
