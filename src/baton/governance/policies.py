"""What must be true before a family is closed or opened."""

from dataclasses import dataclass
from datetime import date, timedelta

ENOUGH_TO_READ = 10  # letters: less is no reason anybody could look at afterwards
LONGEST_WITHOUT_REVIEW = timedelta(days=366)


@dataclass(frozen=True)
class ClosingFacts:
    """What is known of a restriction about to be set, or looked at again."""

    reason: str
    named: int
    is_restricted_already: bool
    on: date
    review_on: date


@dataclass(frozen=True)
class NamingFacts:
    """What is known of somebody about to be named for a restricted family, or no longer."""

    is_lifted: bool
    is_named_already: bool = False
    named_beside_them: int = 1
    reason: str = ""


@dataclass(frozen=True)
class ReviewFacts:
    """What is known of an emergency about to be judged."""

    words: str
    is_reviewed_already: bool


@dataclass(frozen=True)
class JoiningFacts:
    """What is known of somebody about to join the team around a family."""

    has_account: bool
    name: str
    is_in_it_already: bool
    works_with_families: bool


@dataclass(frozen=True)
class SampleFacts:
    """What is known of a family about to be read by an auditor."""

    audit_is_open: bool
    there_is_such_a_family: bool
    is_sampled_already: bool


@dataclass(frozen=True)
class BringingFacts:
    """What is known of a family about to be brought to a panel."""

    question: str
    has_a_locality: bool
    is_before_it_already: bool


@dataclass(frozen=True)
class DecidingFacts:
    """What is known of a family on which a panel is about to decide."""

    words: str
    is_decided_already: bool


def a_reason_is_given(facts: ClosingFacts | NamingFacts) -> bool:
    """Say why, in a sentence that somebody else can understand later."""
    return len(facts.reason.strip()) >= ENOUGH_TO_READ


def somebody_may_see_it(facts: ClosingFacts) -> bool:
    """Name at least one person who may see the family, so that work with it goes on."""
    return facts.named > 0


def it_is_open_to_others_now(facts: ClosingFacts) -> bool:
    """This family is restricted already: change who is named."""
    return not facts.is_restricted_already


def it_is_looked_at_again_within_a_year(facts: ClosingFacts) -> bool:
    """Choose a day for the review that lies ahead, within a year."""
    return facts.on < facts.review_on <= facts.on + LONGEST_WITHOUT_REVIEW


def it_is_still_restricted(facts: NamingFacts) -> bool:
    """This restriction was lifted."""
    return not facts.is_lifted


def they_are_not_named_yet(facts: NamingFacts) -> bool:
    """They are named already."""
    return not facts.is_named_already


def somebody_stays_named(facts: NamingFacts) -> bool:
    """Name somebody else first: a family that nobody sees is a family nobody helps."""
    return facts.named_beside_them > 0


def the_review_says_something(facts: ReviewFacts) -> bool:
    """Write what you found out, in a sentence that somebody else can understand later."""
    return len(facts.words.strip()) >= ENOUGH_TO_READ


def it_was_not_reviewed_before(facts: ReviewFacts) -> bool:
    """Somebody has reviewed this already."""
    return not facts.is_reviewed_already


def they_have_an_account_or_a_name(facts: JoiningFacts) -> bool:
    """Say who joins."""
    return facts.has_account or bool(facts.name.strip())


def they_are_not_in_it_yet(facts: JoiningFacts) -> bool:
    """They are in the team around this family already."""
    return not facts.is_in_it_already


def their_role_lets_them_read(facts: JoiningFacts) -> bool:
    """This person's role does not work with families. An administrator can give them one that does."""
    return facts.works_with_families or not facts.has_account


def the_audit_is_open(facts: SampleFacts) -> bool:
    """This audit is closed."""
    return facts.audit_is_open


def there_is_such_a_family(facts: SampleFacts) -> bool:
    """No family that you see has this number."""
    return facts.there_is_such_a_family


def it_is_not_in_a_sample_of_theirs(facts: SampleFacts) -> bool:
    """This auditor reads this family already."""
    return not facts.is_sampled_already


def the_panel_is_asked_something(facts: BringingFacts) -> bool:
    """Write what the panel should consider, in a sentence."""
    return len(facts.question.strip()) >= ENOUGH_TO_READ


def its_team_has_a_locality(facts: BringingFacts) -> bool:
    """No locality holds this family, so it has no panel."""
    return facts.has_a_locality


def it_is_before_no_panel(facts: BringingFacts) -> bool:
    """This family is before the panel already."""
    return not facts.is_before_it_already


def the_decision_says_something(facts: DecidingFacts) -> bool:
    """Write what was decided and why, in a sentence that the family could read."""
    return len(facts.words.strip()) >= ENOUGH_TO_READ


def the_panel_has_not_decided(facts: DecidingFacts) -> bool:
    """The panel has decided on this family already."""
    return not facts.is_decided_already


TO_RESTRICT = (
    a_reason_is_given,
    somebody_may_see_it,
    it_is_open_to_others_now,
    it_is_looked_at_again_within_a_year,
)
TO_KEEP_RESTRICTED = (a_reason_is_given, it_is_looked_at_again_within_a_year)
TO_NAME = (it_is_still_restricted, they_are_not_named_yet)
TO_UNNAME = (it_is_still_restricted, somebody_stays_named)
TO_LIFT = (it_is_still_restricted, a_reason_is_given)
TO_JUDGE = (the_review_says_something, it_was_not_reviewed_before)
TO_JOIN = (they_have_an_account_or_a_name, they_are_not_in_it_yet, their_role_lets_them_read)
TO_SAMPLE = (the_audit_is_open, there_is_such_a_family, it_is_not_in_a_sample_of_theirs)
TO_BRING_TO_PANEL = (the_panel_is_asked_something, its_team_has_a_locality, it_is_before_no_panel)
TO_DECIDE_AT_PANEL = (the_decision_says_something, the_panel_has_not_decided)
