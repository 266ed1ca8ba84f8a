"""The dotted line round those who live together."""

from collections import defaultdict

Box = tuple[float, float, float, float]  # left, top, right, bottom
Corner = tuple[float, float]


def outlines(boxes: list[Box]) -> list[list[Corner]]:
    """The closed lines round boxes that touch or overlap."""
    xs = sorted({x for left, _, right, _ in boxes for x in (left, right)})
    ys = sorted({y for _, top, _, bottom in boxes for y in (top, bottom)})
    inside = {
        (column, row)
        for column in range(len(xs) - 1)
        for row in range(len(ys) - 1)
        for left, top, right, bottom in boxes
        if left <= xs[column] < right and top <= ys[row] < bottom
    }
    return [[(xs[column], ys[row]) for column, row in loop] for loop in _loops(_edges(inside))]


def boxes_round(runs: dict[int, list[Box]]) -> list[Box]:
    """The boxes of runs of people row by row, and what joins each run to one in the next row."""
    boxes = [box for row in sorted(runs) for box in runs[row]]
    for row in sorted(runs):
        for upper in runs[row]:
            for lower in runs.get(row + 1, []):
                boxes.append(_joined(upper, lower))
    return boxes


def _joined(upper: Box, lower: Box) -> Box:
    left, right = max(upper[0], lower[0]), min(upper[2], lower[2])
    if right - left < 16:
        left, right = min(right, left) - 8, max(right, left) + 8
    return left, upper[3], right, lower[1]


def _edges(inside: set[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """The sides between inside and outside, walked with the inside to the right."""
    edges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for column, row in sorted(inside):
        if (column, row - 1) not in inside:
            edges[(column, row)].append((column + 1, row))
        if (column + 1, row) not in inside:
            edges[(column + 1, row)].append((column + 1, row + 1))
        if (column, row + 1) not in inside:
            edges[(column + 1, row + 1)].append((column, row + 1))
        if (column - 1, row) not in inside:
            edges[(column, row + 1)].append((column, row))
    return edges


def _loops(edges: dict[tuple[int, int], list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    loops = []
    while any(edges.values()):
        start = here = min(corner for corner, ways in edges.items() if ways)
        loop = []
        while edges[here]:
            loop.append(here)
            here = edges[here].pop()
            if here == start:
                break
        loops.append(_corners(loop))
    return loops


def _corners(loop: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Only where the line turns."""
    size = len(loop)
    return [
        here
        for place, here in enumerate(loop)
        if not (loop[place - 1][0] == here[0] == loop[(place + 1) % size][0])
        and not (loop[place - 1][1] == here[1] == loop[(place + 1) % size][1])
    ]
