"""How fast the engine is: python bench/engine.py [episodes]. Budgets: 100,000 episodes in 60 s, one in 5 ms."""

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from baton.practice.deadlines import deadlines
from baton.practice.facts import Child, EpisodeFacts, Happened
from baton.practice.loading import load_framework

LONDON = ZoneInfo("Europe/London")
PLACES = ("dorset", "doncaster", "derby")
BUDGET_FOR_ALL = 0.0006
BUDGET_FOR_ONE = 0.005
ROAD = (
    (0, "request_received"), (1, "request_screened"), (2, "lead_practitioner_allocated"), (6, "visit_made"),
    (6, "written_consent_recorded"), (7, "visit_recorded"), (8, "assessment_started"), (18, "assessment_authorised"),
    (25, "planning_meeting_held"), (25, "plan_agreed"), (28, "supervision_held"), (33, "visit_made"),
    (34, "visit_recorded"), (47, "visit_made"), (48, "visit_recorded"), (56, "supervision_held"), (61, "visit_made"),
    (62, "visit_recorded"), (66, "review_held"), (67, "oversight_recorded"), (75, "visit_made"), (76, "visit_recorded"),
    (84, "supervision_held"), (89, "visit_made"), (90, "visit_recorded"), (107, "review_held"),
    (108, "oversight_recorded"), (112, "supervision_held"), (118, "closure_decided"), (120, "closed"),
)  # fmt: skip


def an_episode(number: int) -> tuple[EpisodeFacts, list[Happened]]:
    """One invented episode of thirty events; each number begins at another hour."""
    start = datetime(2025, 1, 6, 9, 0, tzinfo=LONDON) + timedelta(hours=7 * (number % 2000))
    events = [
        Happened(kind, start + timedelta(days=day, hours=number % 5), point="review" if "oversight" in kind else None)
        for day, kind in ROAD
    ]
    child = Child("c1", datetime(2012, 5, 1, tzinfo=LONDON).date())
    return EpisodeFacts(level=2 + number % 2, children=(child,)), events


def measure(place: str, episodes: int) -> bool:
    """Print a place's figures, and say whether they are within the budgets."""
    framework, now = load_framework(place), datetime(2026, 11, 22, 12, 0, tzinfo=LONDON)
    deadlines(framework, *an_episode(0), at=now)
    spent, slowest, made = 0.0, 0.0, 0
    for number in range(episodes):
        episode, events = an_episode(number)
        began = time.perf_counter()
        made += len(deadlines(framework, episode, events, at=now))
        took = time.perf_counter() - began
        spent, slowest = spent + took, max(slowest, took)
    each = spent / episodes
    print(
        f"{place}: {episodes} episodes, {made} deadlines in {spent:.1f} s;"
        f" {each * 1000:.3f} ms each, slowest {slowest * 1000:.1f} ms; 100,000 would take {each * 100_000:.0f} s"
    )
    return each <= BUDGET_FOR_ALL and each <= BUDGET_FOR_ONE


def main() -> int:
    """Measure each place; the exit code is 1 when a budget is passed."""
    episodes = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    within = [measure(place, episodes) for place in PLACES]
    return 0 if all(within) else 1


if __name__ == "__main__":
    raise SystemExit(main())
