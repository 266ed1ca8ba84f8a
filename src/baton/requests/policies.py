"""What must be true before a request is sent, taken or answered. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import timedelta

# How often the public form may be sent, so that nobody can drown the hub. Staff who signed in are not counted.
PUBLIC_WINDOW = timedelta(hours=1)
MOST_PUBLIC_FROM_ONE_ADDRESS = 10
MOST_PUBLIC_IN_ALL = 200
MOST_PUBLIC_PAGES_FROM_ONE_ADDRESS = 600

MONTHS_LOOKED_BACK = 12  # for earlier requests about the same people (F3)
MOST_PEOPLE_NAMED = 20

OPENS_EPISODE, SIGNPOST, SOCIAL_CARE = "opens_episode", "signpost", "social_care"


@dataclass(frozen=True)
class SendingFacts:
    """What is known when somebody sends a request."""

    enquirer_is_named: bool
    enquirer_can_be_reached: bool
    worries_are_written: bool
    children: int
    consent_is_given: bool
    consent_giver_is_named: bool


def enquirer_is_named(facts: SendingFacts) -> bool:
    """Give your name, so that the hub knows who asks."""
    return facts.enquirer_is_named


def enquirer_can_be_reached(facts: SendingFacts) -> bool:
    """Give a telephone number or an email address: everybody who asks is answered."""
    return facts.enquirer_can_be_reached


def worries_are_written(facts: SendingFacts) -> bool:
    """Write what worries you, in your own words."""
    return facts.worries_are_written


def a_child_is_named(facts: SendingFacts) -> bool:
    """Name at least one child, or an unborn baby by the family's name."""
    return facts.children > 0


def consent_giver_is_named(facts: SendingFacts) -> bool:
    """Write who gave the family's agreement."""
    return facts.consent_giver_is_named or not facts.consent_is_given


TO_SEND = (enquirer_is_named, enquirer_can_be_reached, worries_are_written, a_child_is_named, consent_giver_is_named)


@dataclass(frozen=True)
class HoldingFacts:
    """What is known when a hub adviser takes a request or gives it back."""

    is_answered: bool
    held_by_me: bool
    held_by_colleague: bool
    from_colleague: bool = False


def request_is_not_answered(facts: HoldingFacts) -> bool:
    """This request has been answered already."""
    return not facts.is_answered


def nobody_else_has_it(facts: HoldingFacts) -> bool:
    """A colleague took this request first. Take it over from them if they cannot answer it."""
    return facts.from_colleague or not facts.held_by_colleague


def i_have_it(facts: HoldingFacts) -> bool:
    """You do not have this request, so you cannot give it back."""
    return facts.held_by_me


TO_TAKE = (request_is_not_answered, nobody_else_has_it)
TO_GIVE_BACK = (request_is_not_answered, i_have_it)


@dataclass(frozen=True)
class ScreeningFacts:
    """What is known when a request is answered. `decision` is the kind of the decision, empty when none was chosen."""

    is_answered: bool
    decision: str
    reason_is_written: bool
    answer_is_written: bool
    answered_how_is_said: bool
    signpost_is_named: bool
    team_is_named: bool
    level_is_early_help: bool
    consent_is_given: bool
    children: int
    family_has_open_episode: bool
    family_is_chosen: bool

    @property
    def opens(self) -> bool:
        return self.decision == OPENS_EPISODE

    @property
    def is_safeguarding(self) -> bool:
        return self.decision == SOCIAL_CARE


def not_answered_before(facts: ScreeningFacts) -> bool:
    """This request has been answered already."""
    return not facts.is_answered


def outcome_is_chosen(facts: ScreeningFacts) -> bool:
    """Choose what this request leads to."""
    return bool(facts.decision)


def reason_is_written(facts: ScreeningFacts) -> bool:
    """Write the reason for the decision, so that the next person who reads it understands."""
    return facts.reason_is_written or facts.is_safeguarding


def enquirer_is_answered(facts: ScreeningFacts) -> bool:
    """Write what the person who asked was told: nobody is left without an answer."""
    return facts.answer_is_written or facts.is_safeguarding


def way_of_answering_is_said(facts: ScreeningFacts) -> bool:
    """Say how the person who asked was told."""
    return facts.answered_how_is_said or facts.is_safeguarding


def signpost_is_named(facts: ScreeningFacts) -> bool:
    """Name the service or place you signposted to."""
    return facts.signpost_is_named or facts.decision != SIGNPOST


def team_is_named(facts: ScreeningFacts) -> bool:
    """Choose the team that will hold the family."""
    return facts.team_is_named or not facts.opens


def level_is_early_help(facts: ScreeningFacts) -> bool:
    """Choose a level of need that early help works at."""
    return facts.level_is_early_help or not facts.opens


def consent_is_given(facts: ScreeningFacts) -> bool:
    """Record that the family agrees before you open early help. Advice, signposts and social care need no agreement."""
    return facts.consent_is_given or not facts.opens


def a_child_is_known(facts: ScreeningFacts) -> bool:
    """Name at least one child before you open early help."""
    return facts.children > 0 or not facts.opens


def which_family_is_said(facts: ScreeningFacts) -> bool:
    """The people in this request belong to more than one family we know. Choose which family it is about."""
    return facts.family_is_chosen or not facts.opens


def family_has_no_open_episode(facts: ScreeningFacts) -> bool:
    """This family already has help under way. Choose support to their lead practitioner instead."""
    return not (facts.opens and facts.family_has_open_episode)


# Passing to social care needs none of the others: what was missing is recorded after.
TO_SCREEN = (
    not_answered_before,
    outcome_is_chosen,
    reason_is_written,
    enquirer_is_answered,
    way_of_answering_is_said,
    signpost_is_named,
    team_is_named,
    level_is_early_help,
    consent_is_given,
    a_child_is_known,
    which_family_is_said,
    family_has_no_open_episode,
)


@dataclass(frozen=True)
class TellingFacts:
    """What is known when somebody writes down that the enquirer was told after all."""

    is_answered: bool
    still_to_tell: bool
    answer_is_written: bool


def a_decision_was_made(facts: TellingFacts) -> bool:
    """Screen the request first: there is nothing to tell yet."""
    return facts.is_answered


def nobody_told_them_yet(facts: TellingFacts) -> bool:
    """The person who asked was told already."""
    return facts.still_to_tell or not facts.is_answered


def answer_is_written(facts: TellingFacts) -> bool:
    """Write what the person who asked was told."""
    return facts.answer_is_written


TO_TELL = (a_decision_was_made, nobody_told_them_yet, answer_is_written)
