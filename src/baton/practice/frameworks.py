"""A place's framework in one version: everything its documents say, with the paragraph that says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from baton.practice.citations import Document, Source
from baton.practice.happenings import Happening
from baton.practice.timescales import Rival, Scope, Timescale

DecisionKind = Literal["opens_episode", "supports_lead", "signpost", "advice", "social_care"]
GoalResult = Literal["met", "partly_met", "not_met", "no_longer_wanted"]
About = Literal["child", "parents", "family"]
Box = Literal["known", "strengths", "worries", "childs_voice", "others_say", "analysis", "views"]
RetentionBegins = Literal["help_ended", "request_answered"]
RetentionBirthday = Literal["nobody", "youngest_child"]
PICTURE: tuple[Box, ...] = ("strengths", "worries", "childs_voice", "others_say")


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a plain list: a reason, a decision to close, an outcome."""

    id: str
    title: str
    source: Source | None
    note: str = ""
    plain: str = ""

    @property
    def for_families(self) -> str:
        """The words for somebody who does not speak the field's language."""
        return self.plain or self.title


@dataclass(frozen=True, slots=True)
class Processing:
    """A purpose for which personal data are held, and its lawful basis as the council set it; empty where it has not.

    `source` is where a document speaks of the purpose. `note` says what is not known.
    """

    id: str
    title: str
    basis: str
    condition: str
    set_by: str
    in_force_from: date | None
    in_force_until: date | None
    source: Source | None
    note: str


@dataclass(frozen=True, slots=True)
class Unset:
    """Something for which the place gives no timescale; shown as such, never filled from another place."""

    id: str
    title: str
    source: Source
    reason: str


@dataclass(frozen=True, slots=True)
class OversightPrompt:
    """A point at which a manager's oversight is asked for. `timescale` is the clock the prompt keeps."""

    id: str
    title: str
    events: tuple[Happening, ...]
    source: Source
    timescale: Timescale


@dataclass(frozen=True, slots=True)
class RequiredRecord:
    """A record every case file holds. Any event of `proved_by` shows that it is there."""

    id: str
    title: str
    proved_by: tuple[Happening, ...]
    owed_by: str
    source: Source


@dataclass(frozen=True, slots=True)
class Decision:
    """A way to answer a request, and what follows from it."""

    id: str
    title: str
    kind: DecisionKind
    source: Source


@dataclass(frozen=True, slots=True)
class Level:
    """A level of need on the place's continuum. `is_early_help` says whether early help holds it."""

    id: str
    number: int
    title: str
    means: str
    indicators: tuple[str, ...]
    is_early_help: bool
    source: Source


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long one kind of record is kept: until `years` after what begins it, and until a birthday if that is later.

    A proposal is Baton's own: no document of the place gives a period, and the council must confirm it.
    """

    id: str
    title: str
    begins: RetentionBegins
    years: int
    whose_birthday: RetentionBirthday
    years_from_birth: int
    is_proposal: bool
    source: Source | None
    practice: str
    note: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Role:
    """Someone who owes something, by the place's own title."""

    id: str
    title: str
    source: Source | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the assessment: whom it is about, at which levels it is asked, in which boxes it is answered."""

    id: str
    title: str
    hint: str
    about: About
    levels: frozenset[int]
    source: Source | None
    boxes: tuple[Box, ...] = PICTURE


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the assessment."""

    id: str
    title: str
    source: Source | None
    questions: tuple[Question, ...]

    def asked_at(self, level: int | None) -> tuple[Question, ...]:
        """The questions asked at a level of need; all of them while the level is not decided."""
        return tuple(question for question in self.questions if level is None or level in question.levels)


@dataclass(frozen=True, slots=True)
class AssessmentTemplate:
    """The place's Early Help Assessment. `note` says what in it no document gives."""

    title: str
    source: Source
    note: str
    sections: tuple[Section, ...]

    def asked_at(self, level: int | None) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """Each section with the questions asked at a level of need, without the sections that ask nothing."""
        asked = ((section, section.asked_at(level)) for section in self.sections)
        return tuple((section, questions) for section, questions in asked if questions)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with scores. `known_as` are other ids by which it may arrive."""

    id: str
    title: str
    source: Source
    known_as: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class GoalOutcome:
    """How a goal of the plan ended."""

    id: str
    title: str
    kind: GoalResult


@dataclass(frozen=True, slots=True)
class NamedException:
    """A named reason for which a limit does not hold; `id` is the flag an episode carries."""

    id: str
    title: str
    source: Source


@dataclass(frozen=True, slots=True)
class SocialCareContact:
    """Whom to call when a child may be harmed. A phone of None is for the place to fill in."""

    title: str
    phone: str | None
    hours: str | None
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A timescale on which the documents disagree: the adopted reading and its rivals."""

    timescale: Timescale
    rivals: tuple[Rival, ...]

    @property
    def id(self) -> str:
        """The timescale's id."""
        return self.timescale.id

    @property
    def title(self) -> str:
        """The timescale's title."""
        return self.timescale.title

    @property
    def source(self) -> Source:
        """The source of the adopted reading."""
        return self.timescale.source


@dataclass(frozen=True)
class Framework:
    """One version of one place's framework."""

    place: str
    name: str
    version: str
    in_force_from: date
    in_force_until: date | None
    documents: Mapping[str, Document]
    terms: Mapping[str, str]
    social_care_contact: SocialCareContact
    timescales: tuple[Timescale, ...]
    unset: tuple[Unset, ...]
    oversight: tuple[OversightPrompt, ...]
    records: tuple[RequiredRecord, ...]
    reasons: tuple[Listed, ...]
    decisions: tuple[Decision, ...]
    levels: tuple[Level, ...]
    roles: tuple[Role, ...]
    tools: tuple[Tool, ...]
    exceptions: tuple[NamedException, ...]
    assessment: AssessmentTemplate
    outcomes: tuple[Listed, ...]
    closure_reasons: tuple[Listed, ...]
    goal_outcomes: tuple[GoalOutcome, ...]
    agreement: tuple[Listed, ...]  # what the documents say about a family's agreement
    leaflet: str  # what a family is given with it, by name; empty where the documents name none
    lawful_bases: tuple[Processing, ...]
    lawful_bases_checked_on: date
    retention: tuple[RetentionRule, ...] = ()

    @cached_property
    def clocks(self) -> tuple[Timescale, ...]:
        """The timescales and oversight prompts that give an episode deadlines."""
        of_episodes = tuple(rule for rule in self.timescales if rule.scope is Scope.EPISODE)
        return of_episodes + tuple(prompt.timescale for prompt in self.oversight)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The timescales on which the documents disagree."""
        return tuple(Contradiction(rule, rule.rivals) for rule in self.timescales if rule.rivals)

    def timescale(self, timescale_id: str) -> Timescale:
        """The timescale or oversight prompt with this id. Raises KeyError."""
        return self._by_id[timescale_id]

    def role(self, role_id: str) -> Role:
        """The role with this id. Raises KeyError."""
        return {role.id: role for role in self.roles}[role_id]

    def level(self, number: int) -> Level:
        """The level of need with this number. Raises KeyError."""
        return {level.number: level for level in self.levels}[number]

    @cached_property
    def _by_id(self) -> dict[str, Timescale]:
        prompts = (prompt.timescale for prompt in self.oversight)
        return {rule.id: rule for rule in (*self.timescales, *prompts)}

    def __hash__(self) -> int:
        return hash((self.place, self.version))
