"""People who fill in forms all day and press the button again until they are told it is done."""

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import uuid4

from baton.platform import clock
from tests.resilience.ground import Ground
from tests.visitor import NO_ANSWER, Answer, Fields, Visitor

PAUSE = 0.25
TWICE = 0.2  # how often somebody presses again although it was done
WITHDRAW = re.compile(r"/consents/(\d+)/withdraw/")
SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')
REQUEST: dict[str, Fields] = {
    "danger": {"child_in_danger": "no"},
    "who": {"source": "practitioner"},
    "you": {
        "enquirer_name": "Tess Teacher",
        "enquirer_job_title": "Teacher",
        "enquirer_organisation": "Larkhill Test School",
        "enquirer_organisation_kind": "school",
        "enquirer_email": "tess@example.org",
    },
    "children/1": {"given_name": "Fern", "family_name": "Oakenshaw", "sex": "U"},
    "children": {"another": "no"},
    "adults": {"another": "no"},
    "reasons": {"reasons": "family_conflict"},
    "strengths": {},
    "tried": {},
    "told": {},
    "consent": {"consent": "given", "consent_by": "Her mother", "consent_method": "verbal"},
    "where": {},
}


@dataclass(frozen=True)
class Sent:
    """One form: a word that is in it and in no other, its one-time key, and where its sender was led if they were."""

    kind: str
    word: str
    key: str
    location: str = ""


@dataclass
class Clerk(threading.Thread):
    """One person at work. `write` makes one record, or a few; it calls `post` for each."""

    visitor: Visitor
    ground: Ground
    email: str
    write: "Writing"
    random: Random
    stopping: threading.Event
    sent: list[Sent] = field(default_factory=list)
    tries: int = 0
    without_answer: int = 0
    apologies: int = 0
    failure: str = ""

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    @property
    def acknowledged(self) -> int:
        return len(self.sent) - (1 if self.sent and not self.sent[-1].location else 0)

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.write(self)
        except BaseException as failure:
            self.failure = repr(failure)[:2000]
        finally:
            self.visitor.close()

    def open(self, path: str) -> Answer:
        """Open a page, however often it takes."""
        return self._until(200, lambda: self.visitor.get(path))

    def post(self, kind: str, path: str, fields: Fields, word: str) -> str:
        """Send a form until told it is done, now and then once more. Returns where one is led."""
        key = str(fields["form_key"])
        self.sent.append(Sent(kind, word, key))
        location = self._until(302, lambda: self.visitor.post(path, fields)).location
        self.sent[-1] = Sent(kind, word, key, location)
        if self.random.random() < TWICE:
            again = self._until(302, lambda: self.visitor.post(path, fields)).location
            assert again == location, f"{kind}: led to {location}, and the second time to {again}"
        return location

    def step(self, path: str, fields: Fields) -> None:
        """Send a page of many that only keeps what was typed."""
        self._until(302, lambda: self.visitor.post(path, {**self.open(path).hidden, **fields}))

    def _until(self, wanted: int, ask: Callable[[], Answer]) -> Answer:
        while True:
            self.tries += 1
            try:
                answer = ask()
            except NO_ANSWER:
                self.without_answer += 1
            else:
                if answer.status == wanted and not answer.location.startswith("/sign-in"):
                    return answer
                assert answer.status == 500, f"{answer.status} {answer.location} {answer.text[-3000:]}"
                self.apologies += 1
            time.sleep(PAUSE)


Writing = Callable[[Clerk], None]


def record_consent(clerk: Clerk) -> None:
    """Somebody outside the family's record agrees in writing."""
    family_id = clerk.random.choice(clerk.ground.people.episodes[1:]).family_id
    _record_consent(clerk, family_id)


def record_and_withdraw_consent(clerk: Clerk) -> None:
    """In one family, whose consents nobody else writes, somebody agrees and then no longer does."""
    family_id = clerk.ground.people.episodes[0].family_id
    shown = _record_consent(clerk, family_id)
    newest = max(map(int, WITHDRAW.findall(clerk.open(shown).text)))
    path, word = f"/consents/{newest}/withdraw/", a_word(clerk)
    typed = {"reason": word, "everything": "this", **a_moment("withdrawn_at", "10:00am")}
    clerk.post("withdrawal", path, {**clerk.open(path).hidden, **typed}, word)


def record_visit(clerk: Clerk) -> None:
    """A visit to any of the families."""
    path = f"/episodes/{clerk.random.choice(clerk.ground.people.episodes).pk}/visits/record/"
    form, word = clerk.open(path), a_word(clerk)
    typed: Fields = {"outcome": "made", "seen": SEEN.findall(form.text)[:2], "place": "home", "purpose": word}
    written: Fields = dict.fromkeys(("action", "reflection", "analysis"), "Written at once.")
    clerk.post("visit", path, {**form.hidden, **typed, **written, **a_moment("happened_at")}, word)


def ask_for_help(clerk: Clerk) -> None:
    """A whole request, page by page."""
    under, word = f"/ask/{uuid4()}/", a_word(clerk)
    for step, typed in REQUEST.items():
        clerk.step(f"{under}{step}/", typed)
    clerk.step(f"{under}worries/", {"concerns": word})
    clerk.post("request", f"{under}check/", clerk.open(f"{under}check/").hidden, word)


def a_word(clerk: Clerk) -> str:
    """One that stands in no other record."""
    return f"{clerk.email}-{len(clerk.sent)}"


def a_moment(name: str, clock_time: str = "9:00am", days: int = -1) -> Fields:
    """Yesterday, or another day from today, in the boxes of a form."""
    day = clock.today() + timedelta(days=days)
    boxes = {"day": day.day, "month": day.month, "year": day.year, "time": clock_time}
    return {f"{name}-{box}": str(value) for box, value in boxes.items()}


def _record_consent(clerk: Clerk, family_id: int) -> str:
    path, word = f"/families/{family_id}/consent/", a_word(clerk)
    typed = {"person": "somebody_else", "given_by": "Aunt Jo", "method": "written", "scope": word}
    typed |= {"purposes": "help", "where": "visit"}
    return clerk.post("consent", path, {**clerk.open(path).hidden, **typed, **a_moment("given_at")}, word)
