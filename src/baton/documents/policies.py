"""What must be true of a document. Each sentence is what people read."""

from dataclasses import dataclass
from datetime import date

from baton.practice.happenings import Happening

MOST_OF_A_FAMILY = 500 * 1024 * 1024
ENOUGH_TO_READ = 10

# By the group of a document's kind: what it shows has happened (Dorset 18.1). Any other is a document added.
SHOWS = {"correspondence": Happening.CORRESPONDENCE_FILED, "direct_work": Happening.DIRECT_WORK_RECORDED}


@dataclass(frozen=True)
class DocumentFacts:
    """What is known of a document when it is added. `bytes_kept` are those of the family's documents with this one."""

    kind_is_known: bool
    title: str
    dated_on: date
    today: date
    is_of_the_family: bool = True
    bytes_kept: int = 0
    is_infected: bool = False


def kind_is_known(facts: DocumentFacts) -> bool:
    """Select what kind of document it is."""
    return facts.kind_is_known


def it_is_called_something(facts: DocumentFacts) -> bool:
    """Enter what the document is."""
    return bool(facts.title.strip())


def it_has_been_written(facts: DocumentFacts) -> bool:
    """Enter a date of the document that has come."""
    return facts.dated_on <= facts.today


def it_is_about_the_family(facts: DocumentFacts) -> bool:
    """Choose somebody who is or was in this family."""
    return facts.is_of_the_family


def there_is_room(facts: DocumentFacts) -> bool:
    """This family’s documents have reached 500 MB, the most that is kept. Ask whoever runs Baton for you."""
    return facts.bytes_kept <= MOST_OF_A_FAMILY


def nothing_was_found_in_it(facts: DocumentFacts) -> bool:
    """A virus was found in this file. It was not kept."""
    return not facts.is_infected


TO_ADD = (
    kind_is_known,
    it_is_called_something,
    it_has_been_written,
    it_is_about_the_family,
    there_is_room,
    nothing_was_found_in_it,
)


@dataclass(frozen=True)
class WithdrawalFacts:
    """What is known of a document when it is withdrawn."""

    stands: bool
    because: str


def it_stands(facts: WithdrawalFacts) -> bool:
    """This document was withdrawn already."""
    return facts.stands


def the_reason_is_written(facts: WithdrawalFacts) -> bool:
    """Enter why it should not be in the record."""
    return bool(facts.because.strip())


TO_WITHDRAW = (it_stands, the_reason_is_written)


@dataclass(frozen=True)
class VirusFacts:
    """What is known of a virus when somebody says what was done about it."""

    is_open: bool
    done: str


def nobody_dealt_with_it_before(facts: VirusFacts) -> bool:
    """Somebody has said already what was done about this virus."""
    return facts.is_open


def it_says_what_was_done(facts: VirusFacts) -> bool:
    """Write what was done, in a sentence that somebody can follow."""
    return len(facts.done.strip()) >= ENOUGH_TO_READ


TO_CLOSE_VIRUS = (nobody_dealt_with_it_before, it_says_what_was_done)


def happening_of(group: str) -> Happening:
    """What a document of a kind of this group shows has happened."""
    return SHOWS.get(group, Happening.DOCUMENT_ADDED)
