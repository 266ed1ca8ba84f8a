"""Keeps the lines over groups of siblings apart: each gets a height of its own where two would lie on each other."""

from collections import defaultdict
from dataclasses import dataclass

FIRST_CLEARANCE = 24.0


@dataclass
class Bar:
    """The line over siblings. `stem` is where the parents' line comes down, none where no parent is known."""

    union: int
    row: int  # of the children
    stem: float | None
    places: dict[int, float]
    style: str
    joins_row: int
    joints: dict[int, float]
    track: int = 0
    clearance: float = FIRST_CLEARANCE  # from the symbols to the lowest track

    @property
    def ends(self) -> tuple[float, float]:
        xs = [*self.joints.values(), *([] if self.stem is None else [self.stem])]
        return min(xs), max(xs)


def set_tracks(bars: list[Bar]) -> None:
    """Give each bar the height, counted from the symbols up, at which the fewest lines cross."""
    by_row: dict[int, list[Bar]] = defaultdict(list)
    for bar in bars:
        by_row[bar.row].append(bar)
    for group in by_row.values():
        lowest_first: list[Bar] = []
        waiting = sorted(group, key=lambda bar: (bar.ends, bar.union))
        while waiting:
            bar = min(waiting, key=lambda each: _crossed_if_below(each, waiting))
            waiting.remove(bar)
            beneath = [other.track for other in lowest_first if _overlap(bar, other)]
            bar.track = max(beneath) + 1 if beneath else 0
            lowest_first.append(bar)


def tracks_by_row(bars: list[Bar]) -> dict[int, int]:
    """How many heights each row of children needs."""
    counted: dict[int, int] = defaultdict(int)
    for bar in bars:
        counted[bar.row] = max(counted[bar.row], bar.track + 1)
    return counted


def _crossed_if_below(bar: Bar, others: list[Bar]) -> int:
    """How many more lines cross when this bar lies below the others than when it lies above them."""
    return sum(
        _stems_crossing(bar, other) - _stems_crossing(other, bar)
        for other in others
        if other is not bar and _overlap(bar, other)
    )


def _stems_crossing(low: Bar, high: Bar) -> int:
    """How often lines cross where one bar lies below another."""
    left, right = high.ends
    down = low.stem is not None and left < low.stem < right
    low_left, low_right = low.ends
    return down + sum(1 for x in high.joints.values() if low_left < x < low_right)


def _overlap(one: Bar, other: Bar) -> bool:
    (left, right), (from_x, to_x) = one.ends, other.ends
    return left - 6 < to_x and from_x - 6 < right
