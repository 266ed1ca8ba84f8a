"""Who stands left and who right: siblings by age, partners beside each other, each beside their own family."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from baton.relationships.presenters.genogram.blocks import LEFT, RIGHT
from baton.relationships.presenters.genogram.unions import Couples, Union


@dataclass(frozen=True)
class Sides:
    """Which sides of somebody are free for what hangs on them."""

    left: bool = True
    right: bool = True

    def is_free(self, side: int) -> bool:
        return self.left if side == LEFT else self.right


def brings_a_family(couples: Couples, person: int, union: Union) -> bool:
    """Whether the partner, or whoever else the partner is or was with, has parents or siblings in the picture."""
    seen, ahead = {person}, [union.other_than(person)]
    while ahead:
        here = ahead.pop()
        if here is None or here in seen:
            continue
        if here in couples.home:
            return True
        seen.add(here)
        ahead += [each.other_than(here) for each in couples.of[here]]
    return False


def partners_by_side(
    couples: Couples, person: int, unions: list[Union], sides: Sides, edge: int | None
) -> dict[int, list[Union]]:
    """The unions on each side of somebody, the nearest first. `edge` is where the person's own family leaves room."""
    if not (sides.left and sides.right):
        side = LEFT if sides.left else RIGHT
        return {side: _nearest_first(couples, person, unions), -side: []}
    if len(unions) == 1:
        side = edge or _usual_side(couples, person, unions[0])
        return {side: unions, -side: []}
    half = len(unions) // 2
    left, right = list(reversed(unions[:half])), unions[half:]
    with_family = [union for union in unions if brings_a_family(couples, person, union)]
    if edge and len(with_family) == 1 and with_family[0] not in (right if edge == RIGHT else left):
        left, right = list(reversed(right)), list(reversed(left))
    return {LEFT: _nearest_first(couples, person, left), RIGHT: _nearest_first(couples, person, right)}


def siblings_in_order(couples: Couples, siblings: Iterable[int], fixed: dict[int, int]) -> list[tuple[int, int | None]]:
    """Brothers and sisters by age, each with the edge they stand at for a partner who brings a family of their own.

    `fixed` says of one or more at which edge they must stand.
    """
    aged = sorted(siblings, key=couples.age_of)
    edges = dict(fixed)
    joined = [each for each in aged if each not in fixed and _partner_brings_family(couples, each)]
    taken = set(fixed.values())
    if len(joined) > 1 and LEFT not in taken:
        edges[joined[0]] = LEFT
        taken.add(LEFT)
        joined = joined[1:]
    for each in reversed(joined):
        for side in _edges_for(couples, aged, each):
            if side not in taken:
                edges[each] = side
                taken.add(side)
                break
    lefts, rights = ([p for p in aged if edges.get(p) == side] for side in (LEFT, RIGHT))
    between = [each for each in aged if each not in edges]
    return [(each, edges.get(each)) for each in (*lefts, *between, *rights)]


def left_and_right(couples: Couples, union: Union) -> tuple[int, int]:
    """The couple as they stand: a man to the left of a woman."""
    one, other = union.parents
    if _usual_side(couples, one, union) == LEFT:
        return other, one
    return one, other


def _usual_side(couples: Couples, person: int, union: Union) -> int:
    """On which side of somebody the partner stands."""
    partner = union.other_than(person)
    mine, theirs = couples.people[person].sex, couples.people[partner].sex if partner is not None else "U"
    if mine != theirs and ("M" in (mine, theirs) or "F" in (mine, theirs)):
        return RIGHT if mine == "M" or theirs == "F" else LEFT
    return RIGHT if person == union.parents[0] else LEFT


def _nearest_first(couples: Couples, person: int, unions: Collection[Union]) -> list[Union]:
    """Those without children nearest, so that no line of a child is crossed; who brings a family outermost."""
    return sorted(
        unions,
        key=lambda union: (brings_a_family(couples, person, union), len(unions) > 1 and bool(union.children)),
    )


def _partner_brings_family(couples: Couples, person: int) -> bool:
    return any(brings_a_family(couples, person, union) for union in couples.of.get(person, ()))


def _edges_for(couples: Couples, aged: list[int], person: int) -> tuple[int, int]:
    """The edge that keeps the order of age, if there is one; else the one beside which the partner usually stands."""
    if len(aged) > 1 and person in (aged[0], aged[-1]):
        side = LEFT if person == aged[0] else RIGHT
    else:
        unions = [u for u in couples.of[person] if brings_a_family(couples, person, u)]
        side = _usual_side(couples, person, unions[0])
    return side, -side
