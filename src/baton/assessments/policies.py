"""What must be true before an assessment moves on. Each sentence is what people read."""

from dataclasses import dataclass

from baton.assessments.states import AUTHORISED, BEING_WRITTEN, RETURNED, SUBMITTED, may_move


@dataclass(frozen=True)
class StartFacts:
    """What is known when somebody starts an assessment."""

    episode_is_open: bool
    one_is_being_written: bool


def episode_is_open(facts: StartFacts) -> bool:
    """Help for this family has ended. An assessment is written while help is open."""
    return facts.episode_is_open


def none_is_being_written(facts: StartFacts) -> bool:
    """An assessment of this family is being written already. Carry on with that one."""
    return not facts.one_is_being_written


TO_START = (episode_is_open, none_is_being_written)


@dataclass(frozen=True)
class WriteFacts:
    """What is known when somebody writes in an assessment."""

    state: str


def is_being_written(facts: WriteFacts) -> bool:
    """This assessment is with the manager or authorised, so it cannot be changed now."""
    return facts.state in BEING_WRITTEN


TO_WRITE = (is_being_written,)


@dataclass(frozen=True)
class SubmitFacts:
    """What is known when somebody submits an assessment to the manager.

    `unheard` are the children with nothing in their own voice; `unwritten` the sections about children in which
    nothing is written of some child, each as "The child's health: Ashby".
    """

    state: str
    analysis_is_written: bool
    strengths_are_written: bool
    outcomes_marked: int
    unheard: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()


def is_not_submitted_yet(facts: SubmitFacts) -> bool:
    """This assessment has been submitted already."""
    return may_move(facts.state, SUBMITTED)


def children_are_in_every_section(facts: SubmitFacts) -> bool:
    """Write something about each child in each section that asks about children at this level."""
    return not facts.unwritten  # DLP Level 2 and 3: every aspect of life, each member; fewer questions at level 2


def every_child_is_heard(facts: SubmitFacts) -> bool:
    """Write what each child says, does or shows, in the child's voice, under at least one question."""
    return not facts.unheard  # DLP Every assessment should be child centred; DOR practice standards, voice of the child


def strengths_are_written(facts: SubmitFacts) -> bool:
    """Write at least one strength of the family, for the plan to build on."""
    return facts.strengths_are_written  # DOR 12.3; DLP Be strengths based


def analysis_is_written(facts: SubmitFacts) -> bool:
    """Write the analysis: what everything you have heard and seen adds up to."""
    return facts.analysis_is_written  # DLP Level 2 and Level 3; DOR practice standards, enough information


def outcomes_are_marked(facts: SubmitFacts) -> bool:
    """Mark at least one outcome, as already there or as one to help with."""
    return facts.outcomes_marked > 0  # DLP Early Help Outcomes Framework and Plan


TO_SUBMIT = (
    is_not_submitted_yet,
    children_are_in_every_section,
    every_child_is_heard,
    strengths_are_written,
    analysis_is_written,
    outcomes_are_marked,
)


@dataclass(frozen=True)
class JudgeFacts:
    """What is known when a manager authorises or returns an assessment."""

    state: str
    judges_own_work: bool = False
    comment: str = ""


def waits_for_the_manager(facts: JudgeFacts) -> bool:
    """This assessment is not waiting for a manager. Somebody may have answered it just now."""
    return may_move(facts.state, AUTHORISED) and may_move(facts.state, RETURNED)


def somebody_else_wrote_it(facts: JudgeFacts) -> bool:
    """You submitted this assessment yourself, so another manager has to authorise it."""
    return not facts.judges_own_work


def comment_is_written(facts: JudgeFacts) -> bool:
    """Write what should change, so that the person who wrote it knows what to do."""
    return bool(facts.comment.strip())


TO_AUTHORISE = (waits_for_the_manager, somebody_else_wrote_it)
TO_RETURN = (waits_for_the_manager, comment_is_written)


@dataclass(frozen=True)
class RevisionFacts:
    """What is known when somebody starts a new version of an authorised assessment."""

    episode_is_open: bool
    state: str
    is_the_newest: bool


def help_is_still_open(facts: RevisionFacts) -> bool:
    """Help for this family has ended, so its assessment stays as it is."""
    return facts.episode_is_open


def is_authorised(facts: RevisionFacts) -> bool:
    """This version is not authorised yet. Carry on writing in it."""
    return facts.state == AUTHORISED


def is_the_newest(facts: RevisionFacts) -> bool:
    """There is a newer version of this assessment. Carry on with that one."""
    return facts.is_the_newest


TO_REVISE = (help_is_still_open, is_authorised, is_the_newest)


@dataclass(frozen=True)
class ScoreFacts:
    """What is known when somebody records the score of a tool."""

    tool_is_listed: bool
    is_for_each_child: bool
    is_about_a_child: bool
    within_the_episode: bool


def tool_is_listed(facts: ScoreFacts) -> bool:
    """Choose one of the tools of this place's framework."""
    return facts.tool_is_listed


def child_is_named(facts: ScoreFacts) -> bool:
    """Choose the child this was about: it is asked for of each child."""
    return facts.is_about_a_child or not facts.is_for_each_child


def was_scored_within_the_episode(facts: ScoreFacts) -> bool:
    """Choose a moment before help for this family ended."""
    return facts.within_the_episode


TO_SCORE = (tool_is_listed, child_is_named, was_scored_within_the_episode)
