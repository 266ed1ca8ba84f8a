"""Where everybody stands: blocks built round one person, down through children and up through parents."""

from collections.abc import Iterable

from baton.relationships.presenters.genogram.blocks import LEFT, RIGHT, Block, in_a_row, room_needed
from baton.relationships.presenters.genogram.ordering import (
    Sides,
    brings_a_family,
    left_and_right,
    partners_by_side,
    siblings_in_order,
)
from baton.relationships.presenters.genogram.unions import Couples, Union

COUPLE_GAP = 26.0  # from the words of one partner to those of the other, where the children's line goes down
APART = 70.0  # between people who are not connected


class Placing:
    """Places everybody of a family once. Rows are given; this finds the places along them."""

    def __init__(
        self, couples: Couples, rows: dict[int, int], halves: dict[int, float], spans: dict[int, float]
    ) -> None:
        """`halves` is half of the width that each person's words take, `spans` what those on a couple's line take."""
        self.couples, self.rows, self.halves, self.spans = couples, rows, halves, spans
        self.placed: set[int] = set()
        self.done: set[int] = set()

    def everybody(self, roots: Iterable[int]) -> Block:
        """The whole picture, beginning with the first of `roots`; who is not connected stands to the right."""
        together = Block()
        for root in roots:
            if root in self.placed:
                continue
            part = self._around(root)
            at = 0.0
            if together.people:
                at = max(room_needed(together, part, RIGHT) + APART, self._beyond(together, part))
            together.take_in(part, at=at)
        return together

    def _beyond(self, together: Block, part: Block) -> float:
        """Whole parts never reach into each other, even in rows they do not share."""
        return max(together.reach[RIGHT].values()) + max(part.reach[LEFT].values()) + APART

    def _around(self, person: int, sides: Sides = Sides(), *, edge: int | None = None, up: bool = True) -> Block:  # noqa: B008
        """Everything that is reached from somebody, who stands at 0; what is on a side that is not free is left out."""
        self.placed.add(person)
        block = Block.of(person, row=self.rows[person], half=self.halves[person])
        unions = [union for union in self.couples.of.get(person, ()) if union.number not in self.done]
        by_side = partners_by_side(self.couples, person, unions, sides, edge)
        home = self.couples.home.get(person) if up else None
        if home is None or home.number in self.done:
            for side in (LEFT, RIGHT):
                self._join_partners(block, person, by_side, side)
            return block
        return self._amid_own_family(block, person, home, by_side, sides)

    def _amid_own_family(
        self, block: Block, person: int, home: Union, by_side: dict[int, list[Union]], sides: Sides
    ) -> Block:
        """Partners who bring nobody, the own parents and siblings, and then partners with their families."""
        rising = [side for side in (LEFT, RIGHT) if self._rises(person, by_side[side])]
        for side in (LEFT, RIGHT):
            if side not in rising:
                self._join_partners(block, person, by_side, side)
        edge = next((side for side in (LEFT, RIGHT) if not sides.is_free(side)), rising[0] if rising else None)
        apart = edge is not None and -edge in rising  # siblings beyond a partner who brings a family
        tight = [side for side in (LEFT, RIGHT) if side in rising or not sides.is_free(side)]
        block = self._hang_from_parents(block, person, home, edge, tight=tight, alone=apart)
        for side in rising:
            self._join_partners(block, person, by_side, side)
        if apart and edge is not None:
            self._set_siblings_beyond(block, home, -edge)
        return block

    def _rises(self, person: int, unions: list[Union]) -> bool:
        return any(brings_a_family(self.couples, person, union) for union in unions)

    def _join_partners(self, block: Block, person: int, by_side: dict[int, list[Union]], side: int) -> None:
        for place, union in enumerate(by_side[side]):
            if union.number not in self.done:
                self._join_partner(block, person, union, side, is_nearest=place == 0)

    def _join_partner(self, block: Block, person: int, union: Union, side: int, *, is_nearest: bool) -> None:
        self.done.add(union.number)
        partner = union.other_than(person)
        if partner is None or partner in self.placed:
            below = self._children(union)
            stem = self.halves[person] + COUPLE_GAP / 2
            stem = max(stem, room_needed(block, below, side))
            block.stems[union.number] = side * stem
            block.take_in(below, at=side * stem)
            return
        self.placed.add(partner)
        beside, below = self._around(partner, _away_from(side)), self._children(union)
        gap = self._gap(union)
        stem, at = _stem_and_place(block, beside, below, side, gap=gap if is_nearest else None, half=gap / 2)
        block.stems[union.number] = side * stem
        block.take_in(below, at=side * stem)
        block.take_in(beside, at=side * at)

    def _gap(self, union: Union) -> float:
        """The least between two partners: their words stay apart, and those on their line find room."""
        one, other = union.parents
        return max(self.halves[one] + self.halves[other] + COUPLE_GAP, self.spans.get(union.number, 0))

    def _children(self, union: Union) -> Block:
        """The children of a couple with all that hangs on them; the couple's line comes down at 0."""
        waiting = [child for child in union.children if child not in self.placed]
        self.placed.update(waiting)
        ordered = siblings_in_order(self.couples, waiting, {})
        return self._centred(union, [self._around(child, edge=edge, up=False) for child, edge in ordered], ordered)

    def _centred(self, union: Union, blocks: list[Block], ordered: list[tuple[int, int | None]]) -> Block:
        together, _ = in_a_row(blocks)
        if not ordered:
            return together
        first, last = together.people[ordered[0][0]], together.people[ordered[-1][0]]
        middle = (first + last) / 2
        together = together.moved(-middle)
        top = max((self.rows[parent] for parent in union.parents), default=0)
        for child, _ in ordered:
            for row in range(top + 1, self.rows[child]):
                together.fill(row=row, x=together.people[child])
        return together

    def _hang_from_parents(
        self, block: Block, person: int, home: Union, edge: int | None, *, tight: list[int], alone: bool
    ) -> Block:
        """Set somebody among their brothers and sisters, or alone, and their parents above; the person stays at 0."""
        self.done.add(home.number)
        siblings = [child for child in home.children if child == person or (child not in self.placed and not alone)]
        self.placed.update(siblings)
        ordered = siblings_in_order(self.couples, siblings, {person: edge} if edge else {})
        blocks = [block if each == person else self._around(each, edge=at, up=False) for each, at in ordered]
        family = self._centred(home, blocks, ordered)
        family.stems[home.number] = 0.0
        self._set_parents_above(family, home, tight)
        return family.moved(-family.people[person])

    def _set_siblings_beyond(self, block: Block, home: Union, side: int) -> None:
        siblings = [child for child in home.children if child not in self.placed]
        self.placed.update(siblings)
        for each, _ in siblings_in_order(self.couples, siblings, {})[::side]:
            beyond = self._around(each, edge=side, up=False)
            block.take_in(beyond, at=side * room_needed(block, beyond, side))

    def _set_parents_above(self, family: Block, home: Union, tight: list[int]) -> None:
        if len(home.parents) < 2:
            return
        left, right = self._kept_out_of(tight, *left_and_right(self.couples, home))
        free = [each for each in (left, right) if each not in self.placed]
        self.placed.update(free)
        above = {
            side: self._around(each, _away_from(side)) for side, each in ((LEFT, left), (RIGHT, right)) if each in free
        }
        gap = self._gap(home)
        if len(above) == 2:
            gap = max(gap, room_needed(above[LEFT], above[RIGHT], RIGHT))
        out = gap / 2
        for side, each in above.items():
            out = max(out, room_needed(family, each, side))
        for side, each in above.items():
            family.take_in(each, at=side * out)

    def _kept_out_of(self, tight: list[int], left: int, right: int) -> tuple[int, int]:
        """The couple the other way round, where nephews and nieces would come between their child and its partner."""
        spread = {LEFT: self._has_nephews(left), RIGHT: self._has_nephews(right)}
        if len(tight) == 1 and spread[tight[0]] and not spread[-tight[0]]:
            return right, left
        return left, right

    def _has_nephews(self, person: int) -> bool:
        home = self.couples.home.get(person)
        siblings = home.children if home else []
        return any(union.children for each in siblings if each != person for union in self.couples.of[each])


def _stem_and_place(
    block: Block, beside: Block, below: Block, side: int, *, gap: float | None, half: float
) -> tuple[float, float]:
    """How far out the children's line and the partner stand: the line in the middle, unless others stand between."""
    clear, clear_below = room_needed(block, beside, side), room_needed(block, below, side)
    apart = room_needed(below, beside, side)
    if gap is not None:
        at = max(gap, clear, 2 * clear_below, 2 * apart)
        return at / 2, at
    half = max(half, apart)
    at = max(clear, clear_below + half)
    return at - half, at


def _away_from(side: int) -> Sides:
    """The sides that are free for somebody who stands on a side of their partner."""
    return Sides(left=side == LEFT, right=side == RIGHT)
