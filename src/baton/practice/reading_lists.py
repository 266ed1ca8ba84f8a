"""Reads the lists of a framework: records, reasons, decisions, levels, roles, tools, outcomes, closure, assessment."""

from collections.abc import Callable
from typing import TypeVar, cast, get_args

from baton.practice import reading
from baton.practice.entries import Entry
from baton.practice.frameworks import (
    PICTURE,
    About,
    AssessmentTemplate,
    Box,
    Decision,
    DecisionKind,
    GoalOutcome,
    GoalResult,
    Level,
    Listed,
    NamedException,
    Processing,
    Question,
    RequiredRecord,
    RetentionBegins,
    RetentionBirthday,
    RetentionRule,
    Role,
    Section,
    SocialCareContact,
    Tool,
)
from baton.practice.reading import Vocabulary

Item = TypeVar("Item")


def read_list(file: Entry, key: str, read: Callable[[Entry, Vocabulary], Item], known: Vocabulary) -> tuple[Item, ...]:
    """Each item of a list, whose ids must differ and whose keys must all be known."""
    entries = file.entries(key)
    reading.unlike(entries)
    return tuple(_closed(entry, read, known) for entry in entries)


def listed(entry: Entry, known: Vocabulary) -> Listed:
    """A plain item; the citation may be missing where no document gives the list."""
    source = reading.optional_source(entry, known)
    note, plain = entry.optional_text("note") or "", entry.optional_text("plain") or ""
    return Listed(entry.text("id"), entry.text("title"), source, note, plain)


def role(entry: Entry, known: Vocabulary) -> Role:
    """A role by the place's own title."""
    source = reading.optional_source(entry, known)
    return Role(entry.text("id"), entry.text("title"), source, entry.optional_text("note") or "")


def record(entry: Entry, known: Vocabulary) -> RequiredRecord:
    """A required record and the events that prove it."""
    return RequiredRecord(
        entry.text("id"),
        entry.text("title"),
        reading.happenings(entry, "proved_by"),
        reading.named(entry, "owed_by", known.roles, "role"),
        reading.source(entry, known),
    )


def decision(entry: Entry, known: Vocabulary) -> Decision:
    """A way to answer a request."""
    kind = cast("DecisionKind", reading.literal(entry, "kind", DecisionKind))
    return Decision(entry.text("id"), entry.text("title"), kind, reading.source(entry, known))


def level(entry: Entry, known: Vocabulary) -> Level:
    """A level of the continuum of need."""
    return Level(
        entry.text("id"),
        entry.number("number"),
        entry.text("title"),
        entry.text("means"),
        entry.texts("indicators"),
        entry.flag("is_early_help"),
        reading.source(entry, known),
    )


def tool(entry: Entry, known: Vocabulary) -> Tool:
    """A tool with scores."""
    note = entry.optional_text("note") or ""
    return Tool(entry.text("id"), entry.text("title"), reading.source(entry, known), entry.texts("known_as"), note)


def goal_outcome(entry: Entry, known: Vocabulary) -> GoalOutcome:
    """How a goal of the plan ended."""
    return GoalOutcome(
        entry.text("id"), entry.text("title"), cast("GoalResult", reading.literal(entry, "kind", GoalResult))
    )


def retention_rule(entry: Entry, known: Vocabulary) -> RetentionRule:
    """How long one kind of record is kept. Without a source it must say that it is Baton's proposal."""
    birthday = reading.literal(entry, "whose_birthday", RetentionBirthday, otherwise="nobody")
    source, is_proposal = reading.optional_source(entry, known), entry.flag("is_proposal")
    years_from_birth = entry.optional_number("years_from_birth") or 0
    if (source is None) != is_proposal:
        entry.complain("A period has a source, or is a proposal", "Cite the paragraph, or write is_proposal: yes")
    if (birthday == "nobody") != (years_from_birth == 0):
        entry.complain("A birthday and its years go together", "Write both, or neither", key="whose_birthday")
    return RetentionRule(
        entry.text("id"),
        entry.text("title"),
        cast("RetentionBegins", reading.literal(entry, "begins", RetentionBegins)),
        entry.number("years"),
        cast("RetentionBirthday", birthday),
        years_from_birth,
        is_proposal,
        source,
        entry.optional_text("practice") or "",
        entry.optional_text("note") or "",
        entry.day("checked_on"),
    )


def named_exception(entry: Entry, known: Vocabulary) -> NamedException:
    """A named reason for which a limit does not hold."""
    return NamedException(entry.text("id"), entry.text("title"), reading.source(entry, known))


def processing(entry: Entry, known: Vocabulary) -> Processing:
    """A purpose of processing: a basis says who set it and since when; where there is none, a note says so."""
    basis, note = entry.optional_text("basis") or "", entry.optional_text("note") or ""
    made = Processing(
        entry.text("id"),
        entry.text("title"),
        basis,
        entry.optional_text("condition") or "",
        entry.text("set_by") if basis else entry.optional_text("set_by") or "",
        entry.day("in_force_from") if basis else entry.optional_day("in_force_from"),
        entry.optional_day("in_force_until"),
        reading.optional_source(entry, known),
        note,
    )
    if not basis and not note:
        entry.complain("No basis is set, and nothing says so", 'Add a "note" that says who is to set it')
    return made


def social_care_contact(entry: Entry, known: Vocabulary) -> SocialCareContact:
    """Whom to call when a child may be harmed."""
    made = SocialCareContact(
        entry.text("title"),
        entry.optional_text("phone"),
        entry.optional_text("hours"),
        entry.optional_text("note") or "",
        reading.source(entry, known),
    )
    entry.close()
    return made


def read_assessment(file: Entry, known: Vocabulary) -> AssessmentTemplate:
    """The assessment's sections with their questions, whose ids must differ across the whole template."""
    sections = file.entries("sections")
    questions = tuple(each.entries("questions") for each in sections)
    reading.unlike(sections)
    reading.unlike(question for asked in questions for question in asked)
    made = AssessmentTemplate(
        file.text("title"),
        reading.source(file, known),
        file.optional_text("note") or "",
        tuple(_section(each, asked, known) for each, asked in zip(sections, questions, strict=True)),
    )
    file.close()
    return made


def _section(entry: Entry, asked: tuple[Entry, ...], known: Vocabulary) -> Section:
    questions = tuple(_closed(each, _question, known) for each in asked)
    made = Section(entry.text("id"), entry.text("title"), reading.optional_source(entry, known), questions)
    entry.close()
    return made


def _question(entry: Entry, known: Vocabulary) -> Question:
    return Question(
        entry.text("id"),
        entry.text("title"),
        entry.optional_text("hint") or "",
        cast("About", reading.literal(entry, "about", About)),
        reading.levels(entry, "levels", known) or known.levels,
        reading.optional_source(entry, known),
        _boxes(entry),
    )


def _boxes(entry: Entry) -> tuple[Box, ...]:
    """The boxes a question is answered in, in the order written; the four of the whole picture when it does not say."""
    written = entry.texts("boxes")
    named = reading.several_named(entry, "boxes", get_args(Box), "box")
    return tuple(cast("Box", box) for box in written if box in named & set(get_args(Box))) or PICTURE


def _closed(entry: Entry, read: Callable[[Entry, Vocabulary], Item], known: Vocabulary) -> Item:
    made = read(entry, known)
    entry.close()
    return made
