"""One table of all faults: what was done, how often, and what it cost."""

from dataclasses import dataclass

HEAD = ("fault", "times", "acknowledged", "lost", "without audit entry", "deadlines differ", "served again after")
_noted: list["Fault"] = []


@dataclass(frozen=True)
class Fault:
    """`None` where a fault has nothing to count of a kind."""

    what: str
    times: int
    acknowledged: int | None = None
    lost: int | None = None
    unaudited: int | None = None
    deadlines_differ: int | None = None
    seconds_away: tuple[float, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        away = sorted(self.seconds_away)
        served = f"{away[len(away) // 2]:.1f} s, at most {away[-1]:.1f} s" if away else ""
        counted = (self.times, self.acknowledged, self.lost, self.unaudited, self.deadlines_differ)
        return (self.what, *("" if each is None else str(each) for each in counted), served)


def note(fault: Fault) -> None:
    _noted.append(fault)


def noted() -> list[Fault]:
    return list(_noted)


def table() -> str:
    rows = [HEAD, *(fault.cells for fault in _noted)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
