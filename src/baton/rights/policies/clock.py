"""How long there is to answer a request for what is held on somebody, and why. UK GDPR Articles 12(3) and 12A."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from baton.practice.calendar import add_months, is_working_day

ONE_MONTH = "UK GDPR Article 12(3); counted as the Information Commissioner counts"
IDENTITY = "UK GDPR Articles 12(6) and 12A: the month begins when what was asked for to know who they are has come"
CLARIFIED = "UK GDPR Article 12A: the days from asking until the answer came do not count"
TWO_MORE = "UK GDPR Article 12(3): two further months, for a request that is complex or one of many"
EXTENDED = "The person was told that it takes two months longer"
SAID = {
    True: ("The person was asked who they are", "Proof of who they are came"),
    False: ("The person was asked what they mean", "They said what they mean"),
}
MONTHS, MONTHS_EXTENDED = 1, 3
SOON = timedelta(days=7)  # Baton's own: a week in which to finish


@dataclass(frozen=True)
class Stop:
    """Something the person was asked for, and when it came. `of_identity`: to know who they are."""

    of_identity: bool
    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """When a request came, what stopped its clock, and when the person was told that it takes longer."""

    received_on: date
    stops: tuple[Stop, ...] = ()
    extended_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One event of the clock: when, what happened, when the answer was due from then on, and why."""

    on: date
    what: str
    due_on: date | None
    why: str
    source: str


def starts_on(asked: Asked) -> date | None:
    """The day the month begins; nothing while what shows who they are has not come."""
    proofs = [stop.answered_on for stop in asked.stops if stop.of_identity]
    came = [day for day in proofs if day is not None]
    return max([asked.received_on, *came]) if len(came) == len(proofs) else None


def days_stopped(asked: Asked) -> int:
    """Days that do not count because the person had been asked what they mean; the day of asking is the first."""
    start = starts_on(asked) or asked.received_on
    stopped: set[date] = set()
    for stop in asked.stops:
        if not stop.of_identity and stop.answered_on is not None:
            first = max(stop.asked_on, start)
            stopped |= {first + timedelta(days=n) for n in range((stop.answered_on - first).days + 1)}
    return len(stopped)


def due_on(asked: Asked) -> date | None:
    """The last day to answer; nothing while the clock stands."""
    start = starts_on(asked)
    if start is None or waits_for(asked) is not None:
        return None
    return next_working_day(_end(asked, start, MONTHS_EXTENDED if asked.extended_on else MONTHS))


def tell_of_extension_by(asked: Asked) -> date | None:
    """The last day to tell the person that it takes longer: within the first month, and the days that do not count."""
    start = starts_on(asked)
    return _end(asked, start, MONTHS) if start else None


def waits_for(asked: Asked) -> Stop | None:
    """What the clock waits for now."""
    return next((stop for stop in asked.stops if stop.answered_on is None), None)


def next_working_day(day: date) -> date:
    """The day itself, or the first after it that is neither a weekend nor a bank holiday."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def steps(asked: Asked) -> tuple[Step, ...]:
    """Every event of the clock in its order, each with when the answer was due from then on."""
    first = _step(Asked(asked.received_on), asked.received_on, "The request came", ONE_MONTH)
    return (first, *(_step(known, on, what, source) for on, what, source, known in _events(asked)))


def _events(asked: Asked) -> Iterator[tuple[date, str, str, Asked]]:
    """What happened after the request came, the earliest first, each with all that was known by then."""
    moments = [(stop.asked_on, 0, replace(stop, answered_on=None)) for stop in asked.stops]
    moments += [(stop.answered_on, 1, stop) for stop in asked.stops if stop.answered_on]
    so_far = Asked(asked.received_on)
    for on, is_answer, stop in sorted(moments, key=lambda moment: moment[:2]):
        if asked.extended_on and asked.extended_on < on and so_far.extended_on is None:
            so_far = replace(so_far, extended_on=asked.extended_on)
            yield asked.extended_on, EXTENDED, TWO_MORE, so_far
        others = tuple(each for each in so_far.stops if each != replace(stop, answered_on=None))
        so_far = replace(so_far, stops=(*others, stop))
        yield on, SAID[stop.of_identity][is_answer], IDENTITY if stop.of_identity else CLARIFIED, so_far
    if asked.extended_on and so_far.extended_on is None:
        yield asked.extended_on, EXTENDED, TWO_MORE, asked


def _step(asked: Asked, on: date, what: str, source: str) -> Step:
    due = due_on(asked)
    return Step(on, what, due, _because(asked, due), source)


def _because(asked: Asked, due: date | None) -> str:
    start = starts_on(asked)
    if due is None or start is None:
        return "The clock stands until they answer."
    months = MONTHS_EXTENDED if asked.extended_on else MONTHS
    end, days = _end(asked, start, months), days_stopped(asked)
    said = f"{'Three months' if months > 1 else 'One month'} from {_day(start)}"
    said += f", and {days} {'day' if days == 1 else 'days'} that do not count" if days else ""
    if end == due:
        return f"{said}: {_day(due)}."
    return f"{said}, is {_day(end)}, no working day: the next one is {_day(due)}."


def _end(asked: Asked, start: date, months: int) -> date:
    return add_months(start, months) + timedelta(days=days_stopped(asked))


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
