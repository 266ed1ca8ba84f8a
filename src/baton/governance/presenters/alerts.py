"""Alerts of the misuse watch, each in a sentence with its facts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from baton.governance.models import Alert
from baton.governance.presenters.circles import Row
from baton.platform.dates_in_words import clock_time, long_day, moment

Facts = Mapping[str, Any]


def alerts_in_words(alerts: Iterable[Alert]) -> list[Row]:
    """Each alert by its rule, with what it says."""
    return [
        Row(
            name=f"{each.get_rule_display()}: {each.user.name}",
            under=sentence_of(each),
            when=_when(each),
            is_over=each.closed_at is not None,
            href=reverse("alert", args=[each.pk]),
        )
        for each in alerts
    ]


def sentence_of(alert: Alert) -> str:
    """What was seen, with the numbers that made it worth a look; of the family only its number."""
    return SENTENCES[Alert.Rule(alert.rule)](alert.user.name, alert, alert.facts)


def facts_of(alert: Alert) -> list[tuple[str, str]]:
    """Who it is about, and what came of it."""
    user = alert.user
    rows = [
        ("Who", ", ".join(filter(None, (user.name, user.job_title, user.organisation.name)))),
        ("Day", long_day(alert.looked_on)),
        ("Found", moment(alert.made_at)),
    ]
    if alert.closed_by:
        rows += [
            ("What came of it", alert.get_outcome_display()),
            ("Why", alert.words),
            ("Closed by", f"{alert.closed_by.name}, {moment(alert.closed_at)}"),
        ]
    return rows


def _own_record(name: str, alert: Alert, facts: Facts) -> str:
    same = "the same name" if facts["name"] else "the same telephone number or e-mail address"
    also = " and the same birthday or way to be reached" if facts["name"] and facts["certain"] else ""
    return f"{_opened(name, alert, facts)} Somebody in it has {same}{also} as {name}."


def _same_surname(name: str, alert: Alert, facts: Facts) -> str:
    return f"{_opened(name, alert, facts)} Somebody in it has the same last name as {name}."


def _same_address(name: str, alert: Alert, facts: Facts) -> str:
    surname = " and the same last name" if facts["surname"] else ""
    return f"{_opened(name, alert, facts)} Somebody in it has the postcode that {name} told us is theirs{surname}."


def _no_relation(name: str, alert: Alert, facts: Facts) -> str:
    how = "It was opened in an emergency. " if facts["emergency"] else ""
    why = "never led it, was in no team around it, and held no role in its team then"
    return f"{_opened(name, alert, facts)} {how}{name} {why}."


def _unusual_number(name: str, alert: Alert, facts: Facts) -> str:
    usual = f"{facts['usual']} a day, over the {facts['days']} days they worked in the four weeks before"
    role = f"Nineteen of twenty days of people in the same role show {facts['most_of_role']} or fewer."
    return f"{name} opened {facts['families']} families on {long_day(alert.looked_on)}. Their usual is {usual}. {role}"


def _unusual_hours(name: str, alert: Alert, facts: Facts) -> str:
    begins, ends = (clock_time(datetime.fromisoformat(facts[each])) for each in ("from", "until"))
    before = f"In the four weeks before they opened {facts['usual']} at such hours"
    role = f"people in the same role open {facts['share_of_role']} in 100 then"
    when = f"on {long_day(alert.looked_on)} between {begins} and {ends}"
    return f"{name} opened {facts['families']} families {when}. {before}; {role}."


def _leavers_week(name: str, alert: Alert, facts: Facts) -> str:
    ends = long_day(date.fromisoformat(facts["leaves_on"]))
    copies = "1 copy" if facts["taken"] == 1 else f"{facts['taken']} copies"
    did = f"{facts['families']} families, {facts['not_led']} of which they never led, and made {copies}"
    on = long_day(alert.looked_on)
    return (
        f"{name}’s last role ends on {ends}. On {on} they opened {did}. Their usual is {facts['usual']} families a day."
    )


def _opened(name: str, alert: Alert, facts: Facts) -> str:
    times = "once" if facts["times"] == 1 else f"{facts['times']} times"
    at = clock_time(datetime.fromisoformat(facts["at"]))
    return f"{name} opened family number {alert.family_id} {times} on {long_day(alert.looked_on)}, first at {at}."


def _when(alert: Alert) -> str:
    return f"Closed on {long_day(alert.closed_at)}" if alert.closed_at else long_day(alert.looked_on)


SENTENCES: dict[Alert.Rule, Callable[[str, Alert, Facts], str]] = {
    Alert.Rule.OWN_RECORD: _own_record,
    Alert.Rule.SAME_SURNAME: _same_surname,
    Alert.Rule.SAME_ADDRESS: _same_address,
    Alert.Rule.NO_RELATION: _no_relation,
    Alert.Rule.UNUSUAL_NUMBER: _unusual_number,
    Alert.Rule.UNUSUAL_HOURS: _unusual_hours,
    Alert.Rule.LEAVERS_WEEK: _leavers_week,
}
