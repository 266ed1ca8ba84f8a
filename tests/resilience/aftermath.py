"""What people were told is done, and what is there after a day of faults."""

from collections import Counter, defaultdict

from tests.resilience.faults import Fault, note
from tests.resilience.ground import Ground
from tests.resilience.posting import Clerk, Sent
from tests.resilience.served import Killer

# Where each kind of form ends up: the word it carried and the record's id; and the action, with its table.
RECORDS = {
    "consent": "select scope, id from consent_consent",
    "withdrawal": "select withdrawal_reason, id from consent_consent where withdrawn_at is not null",
    "visit": "select purpose, id from visits_visit",
    "request": "select concerns, id from requests_helprequest",
}
ACTIONS = {
    "consent": "record_consent",
    "withdrawal": "withdraw_consent",
    "visit": "record_visit",
    "request": "send_request",
}


class Aftermath:
    """What the day left behind."""

    def __init__(self, ground: Ground, killer: Killer, clerks: list[Clerk]) -> None:
        self.ground, self.killer, self.clerks = ground, killer, clerks

    @property
    def sent(self) -> list[Sent]:
        return [each for clerk in self.clerks for each in clerk.sent]

    @property
    def acknowledged(self) -> list[Sent]:
        return [each for each in self.sent if each.location]

    def records(self, kind: str) -> dict[str, list[int]]:
        """The ids of the records of a kind, by the word in them."""
        found: dict[str, list[int]] = defaultdict(list)
        for word, number in self.ground.rows(RECORDS[kind]):
            found[word].append(number)
        return found

    @property
    def lost(self) -> list[str]:
        """Words of forms that somebody was told are done, and that are not there, or twice."""
        found = {kind: self.records(kind) for kind in RECORDS}
        return [each.word for each in self.acknowledged if len(found[each.kind][each.word]) != 1]

    @property
    def unaudited(self) -> list[int]:
        """Ids of records without an audit entry, and of entries without a record."""
        wrong: list[int] = []
        for kind in RECORDS:
            query = "select record_id from platform_auditentry where action = %s"
            audited = Counter(number for (number,) in self.ground.rows(query, ACTIONS[kind]))
            changed = Counter(number for numbers in self.records(kind).values() for number in numbers)
            wrong += [*(audited - changed), *(changed - audited)]
        return wrong

    @property
    def deadlines_differ(self) -> bool:
        return "Every kept deadline" not in self.ground.baton("deadlines", "verify")

    def note(self) -> None:
        """A line for each kind of fault, in the table at the end."""
        times = sorted(self.killer.kills.items())
        for kind, count in times:
            away = [each for killed, seconds in self.killer.seconds_away.items() if kind in killed for each in seconds]
            note(
                Fault(
                    f"killed: {kind}" if kind != "connections" else "connections cut", count, seconds_away=tuple(away)
                )
            )
        lost, unaudited = len(self.lost), len(self.unaudited)
        written = len(self.acknowledged)
        note(
            Fault(
                "all of these together",
                self.killer.kills.total(),
                written,
                lost,
                unaudited,
                int(self.deadlines_differ),
                tuple(self.seconds_away),
            )
        )

    @property
    def seconds_away(self) -> list[float]:
        return [each for times in self.killer.seconds_away.values() for each in times]

    def in_words(self) -> str:
        away, kinds = sorted(self.seconds_away), Counter(each.kind for each in self.acknowledged)
        return (
            f"\n{self.killer.kills.total()} kills: {dict(self.killer.kills)}; "
            f"served again after {away[len(away) // 2]:.1f} s, at most {away[-1]:.1f} s; "
            f"{len(self.acknowledged)} forms acknowledged of {len(self.sent)}: {dict(kinds)}; "
            f"{sum(each.tries for each in self.clerks)} requests, "
            f"{sum(each.without_answer for each in self.clerks)} without an answer, "
            f"{sum(each.apologies for each in self.clerks)} apologies"
        )
