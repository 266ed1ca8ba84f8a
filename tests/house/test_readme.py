"""The README's table of the places says what the frameworks say."""

from pathlib import Path

from baton.practice.frameworks import Framework
from baton.practice.happenings import Happening
from baton.practice.loading import load_framework, places

README = Path(__file__).resolve().parents[2] / "README.md"
NOTHING = "no timescale set"
ORDER = ("dorset", "doncaster", "derby")
ROWS = {
    "who leads": lambda framework: framework.terms["lead_practitioner"],
    "the request reaches": lambda framework: framework.terms["hub"],
    "the assessment asks about": lambda framework: "; ".join(each.title for each in framework.assessment.sections),
    "a request is answered": lambda framework: said_of(framework, Happening.REQUEST_SCREENED),
    "a review": lambda framework: said_of(framework, Happening.REVIEW_HELD),
    "help is meant to end": lambda framework: said_of(framework, Happening.CLOSED),
}


def said_of(framework: Framework, stop: Happening) -> str:
    """The first sentences of the rules whose interval ends with this."""
    rules = [rule for rule in framework.clocks if rule.within and any(each.event == stop for each in rule.stops_with)]
    return " ".join(rule.says for rule in rules) or NOTHING


def table() -> str:
    """The table as the README is to have it."""
    frameworks = sorted((load_framework(place) for place in places()), key=lambda each: ORDER.index(each.place))
    head = ["| | " + " | ".join(each.name for each in frameworks) + " |", "|" + "---|" * (len(frameworks) + 1)]
    rows = [[title, *(says(each) for each in frameworks)] for title, says in ROWS.items()]
    return "\n".join([*head, *("| " + " | ".join(row) + " |" for row in rows)])


def test_the_table_of_the_places_says_what_the_frameworks_say() -> None:
    assert table() in README.read_text(), f"put this into the README:\n{table()}"
