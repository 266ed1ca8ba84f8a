"""What an extract can become in Baton: nine kinds of record, with the fields of each."""

from dataclasses import dataclass
from enum import StrEnum

from baton.practice.happenings import Happening


class Read(StrEnum):
    """How a value is read."""

    KEY = "key"  # an id of the other system
    NAME = "name"
    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    YES_NO = "yes or no"
    CODE = "code"
    CODES = "codes"  # several, with ; or | between
    NHS = "NHS number"
    UPN = "UPN"
    ULN = "ULN"
    POSTCODE = "postcode"
    UPRN = "UPRN"
    EMAIL = "e-mail address"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """A field of a kind: how it is read, the list its codes are of, how long it may be, whether a row is nothing
    without it."""

    name: str
    read: Read
    codes: str = ""
    most: int = 0
    required: bool = False
    may_be_to_come: bool = False


@dataclass(frozen=True)
class Target:
    """A kind of record that rows become."""

    kind: str
    title: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        return self.named[name]

    @property
    def named(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


def _key(name: str, *, required: bool = False) -> Field:
    return Field(name, Read.KEY, most=100, required=required)


def _text(name: str, most: int, *, required: bool = False) -> Field:
    return Field(name, Read.TEXT, most=most, required=required)


def _day(name: str, *, required: bool = False, may_be_to_come: bool = False) -> Field:
    return Field(name, Read.DATE, required=required, may_be_to_come=may_be_to_come)


def _code(name: str, codes: str, *, required: bool = False) -> Field:
    return Field(name, Read.CODE, codes=codes, required=required)


BELONGING = (
    _code("part", "part"),
    _text("relationship", 60),
    Field("lives_with_family", Read.YES_NO),
    _day("from_on"),
    _day("until_on"),
)
# Dates of an episode that become events. Requested, allocated and closed are told by other fields.
DATES = {
    "screened_on": Happening.REQUEST_SCREENED,
    "first_visit_on": Happening.VISIT_MADE,
    "consent_on": Happening.WRITTEN_CONSENT_RECORDED,
    "assessment_started_on": Happening.ASSESSMENT_STARTED,
    "assessment_completed_on": Happening.ASSESSMENT_AUTHORISED,
    "plan_agreed_on": Happening.PLAN_AGREED,
    "planning_meeting_on": Happening.PLANNING_MEETING_HELD,
    "last_review_on": Happening.REVIEW_HELD,
}
TARGETS = {
    target.kind: target
    for target in (
        Target("family", "families", (_key("id", required=True), _text("name", 120), _code("team", "team"))),
        Target(
            "person",
            "people",
            (
                _key("id", required=True),
                Field("given_name", Read.NAME, most=100),
                Field("family_name", Read.NAME, most=100),
                Field("known_as", Read.NAME, most=100),
                _day("date_of_birth"),
                _day("due_on", may_be_to_come=True),
                _day("died_on"),
                _code("sex", "sex"),
                _code("gender", "gender"),
                _code("ethnicity", "ethnicity"),
                _code("first_language", "language"),
                Field("nhs_number", Read.NHS),
                Field("upn", Read.UPN),
                _code("no_upn", "no_upn"),
                Field("uln", Read.ULN),
                Field("disabilities", Read.CODES, codes="disability"),
                _code("send", "send"),
                _text("phone", 30),
                Field("email", Read.EMAIL, most=254),
                Field("address", Read.LINES, most=1000),
                Field("postcode", Read.POSTCODE, most=8),
                _text("school", 200),
                _text("gp", 200),
                _key("family"),
                Field("is_mother", Read.YES_NO),
                *BELONGING,
            ),
        ),
        Target("membership", "memberships", (_key("family", required=True), _key("person", required=True), *BELONGING)),
        Target(
            "home",
            "homes",
            (
                _key("id", required=True),
                _key("person", required=True),
                Field("address", Read.LINES, most=1000),
                Field("postcode", Read.POSTCODE, most=8),
                Field("uprn", Read.UPRN),
                _code("kind", "home"),
                _day("from_on", may_be_to_come=True),
                _day("until_on", may_be_to_come=True),
            ),
        ),
        Target(
            "involvement",
            "involvements",
            (
                _key("id", required=True),
                _key("person", required=True),
                _code("agency", "agency"),
                _text("organisation", 200),
                _text("professional", 100),
                _text("role", 100),
                _text("phone", 30),
                Field("email", Read.EMAIL, most=254),
                _text("what_for", 300),
                _day("from_on"),
                _day("until_on", may_be_to_come=True),
            ),
        ),
        Target(
            "relationship",
            "relationships",
            (
                _key("person", required=True),
                _key("relative", required=True),
                _code("kind", "relationship", required=True),
                _day("from_on"),
                _day("until_on"),
                _text("note", 300),
            ),
        ),
        Target(
            "request",
            "requests",
            (
                _key("id", required=True),
                _key("person"),
                _key("family"),
                _day("received_on", required=True),
                _day("screened_on"),
                _code("source", "request_source"),
                _code("decision", "decision", required=True),
                _text("decision_reason", 5000),
                _text("concerns", 20_000),
                _text("enquirer_name", 200),
                _text("enquirer_organisation", 200),
                _code("team", "team"),
            ),
        ),
        Target(
            "episode",
            "episodes",
            (
                _key("id", required=True),
                _key("person"),
                _key("family"),
                _day("started_on", required=True),
                _day("ended_on"),
                _day("requested_on"),
                Field("reasons", Read.CODES, codes="reason"),
                _code("end_reason", "end_reason"),
                _text("organisation", 200),
                Field("level", Read.NUMBER),
                _code("team", "team"),
                Field("lead", Read.EMAIL, most=254),
                _text("lead_name", 200),
                *(_day(name) for name in DATES),
            ),
        ),
        Target(
            "event",
            "events",
            (
                _key("id", required=True),
                _key("episode", required=True),
                _code("kind", "happening", required=True),
                _day("on", required=True),
                _text("summary", 300),
            ),
        ),
    )
}
KINDS = {target.title: target for target in TARGETS.values()}
