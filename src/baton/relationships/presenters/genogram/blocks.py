"""Parts of a picture that move as one: where each person stands in it, and how far it reaches in each row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

LEFT, RIGHT = -1, 1
BETWEEN = 30.0  # from one person's words to the next person's


@dataclass
class Block:
    """People and the stems of couples by their place on the line, and the reach to both sides by row."""

    people: dict[int, float] = field(default_factory=dict)
    stems: dict[int, float] = field(default_factory=dict)
    reach: dict[int, dict[int, float]] = field(default_factory=lambda: {LEFT: {}, RIGHT: {}})

    @classmethod
    def of(cls, person: int, *, row: int, half: float) -> "Block":
        """One person, standing at 0."""
        return cls({person: 0.0}, {}, {LEFT: {row: half}, RIGHT: {row: half}})

    def take_in(self, other: "Block", *, at: float) -> None:
        """Set another block into this one, moved to the right by `at`."""
        self.people.update((person, x + at) for person, x in other.people.items())
        self.stems.update((union, x + at) for union, x in other.stems.items())
        for side in (LEFT, RIGHT):
            mine = self.reach[side]
            for row, far in other.reach[side].items():
                moved = far + side * at
                mine[row] = max(mine.get(row, moved), moved)

    def moved(self, by: float) -> "Block":
        """This block, moved to the right."""
        block = Block()
        block.take_in(self, at=by)
        return block

    def fill(self, *, row: int, x: float) -> None:
        """Keep a place in a row free for a line that passes."""
        for side in (LEFT, RIGHT):
            far = side * x + 2
            self.reach[side][row] = max(self.reach[side].get(row, far), far)


def room_needed(inner: Block, outer: Block, side: int) -> float:
    """How far `outer` must be moved towards a side, from where it stands, to be clear of `inner`."""
    far, near = inner.reach[side], outer.reach[-side]
    shared = far.keys() & near.keys()
    return max((far[row] + near[row] + BETWEEN for row in shared), default=0.0)


def in_a_row(blocks: Iterable[Block]) -> tuple[Block, list[float]]:
    """Blocks side by side, as near as they may be; and how far each was moved. The first is not."""
    together = Block()
    moves: list[float] = []
    for block in blocks:
        at = max(room_needed(together, block, RIGHT), moves[-1] if moves else 0.0) if together.people else 0.0
        together.take_in(block, at=at)
        moves.append(at)
    return together, moves
