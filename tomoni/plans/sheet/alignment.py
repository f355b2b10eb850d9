"""Cells in a row against the fields they may belong to: every ordered reading weighed, not only the best one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

NEVER = -60.0
_START = -1


@dataclass(frozen=True, slots=True)
class Alignment:
    """``chances[cell][slot]``: the share of all readings that put the cell there; ``best``: the likeliest reading."""

    chances: list[list[float]]
    best: list[int | None]


@dataclass(frozen=True, slots=True)
class Block:
    """The slots of one year: log weight of leaving each empty, of leaving all empty, of using nothing but the first."""

    empty: tuple[float, ...]
    all_empty: float
    first_alone: float = 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Log weights of each cell in each slot: when it goes on with the year of the cell before, and when it begins one."""

    staying: Sequence[Sequence[float]]
    entering: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class _Step:
    """A way into a slot: from which slot (-1 is the start), at what price, and whether the year stays the same."""

    origin: int
    price: float
    stays: bool


def align(scores: Scores, cell_skip: Sequence[float], blocks: Sequence[Block]) -> Alignment:
    """Weigh all ways to place cells into slots, both kept in order, each cell in one slot or none.

    All arguments are log weights: of a cell in a slot, of leaving a cell out, of leaving slots empty. Time grows with
    cells x slots x slots, and the slots are those of one form.
    """
    steps = _steps(blocks)
    weights = [_weights(scores, j, steps) for j in range(len(cell_skip))]
    left_out = [exp(s) for s in cell_skip]
    ending = [(step.origin, exp(step.price)) for step in steps[-1]]
    forward = _forward(weights, left_out, len(steps))
    backward = _backward(weights, left_out, ending, len(steps))
    total = backward[0][0]
    chances = [
        [sum(forward[j][o + 1] * w for o, w in into) * backward[j + 1][p + 1] / total for p, into in enumerate(row)]
        for j, row in enumerate(weights)
    ]
    return Alignment(chances, _best(scores, cell_skip, steps))


def _weights(scores: Scores, cell: int, steps: Sequence[Sequence[_Step]]) -> list[list[tuple[int, float]]]:
    """For one cell and each slot: from which slots the cell can come there, and with what weight."""
    return [
        [
            (step.origin, exp(step.price + score))
            for step in into
            if (score := (scores.staying if step.stays else scores.entering)[cell][p]) > NEVER
        ]
        for p, into in enumerate(steps[:-1])
    ]


def _steps(blocks: Sequence[Block]) -> list[list[_Step]]:
    """The ways into each slot, and last the ways to the end."""
    starts = [sum(len(b.empty) for b in blocks[:i]) for i in range(len(blocks) + 1)]
    return [list(_into(i, k, blocks, starts)) for i, b in enumerate(blocks) for k in range(len(b.empty))] + [
        list(_into(len(blocks), 0, blocks, starts))
    ]


def _into(block: int, slot: int, blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[_Step]:
    entry = sum(blocks[block].empty[:slot]) if block < len(blocks) else 0.0
    for within in range(slot):
        yield _Step(starts[block] + within, sum(blocks[block].empty[within + 1 : slot]), stays=True)
    between = 0.0
    for i in range(block - 1, -1, -1):
        for k in range(len(blocks[i].empty)):
            leaving = sum(blocks[i].empty[k + 1 :]) + (blocks[i].first_alone if k == 0 else 0.0)
            yield _Step(starts[i] + k, leaving + between + entry, stays=False)
        between += blocks[i].all_empty
    yield _Step(_START, between + entry, stays=False)


Ways = Sequence[Sequence[Sequence[tuple[int, float]]]]


def _forward(weights: Ways, left_out: Sequence[float], places: int) -> list[list[float]]:
    """After j cells: the weight of all readings whose last used slot is p (0 stands for none used yet)."""
    states = [[1.0] + [0.0] * (places - 1)]
    for row, skip in zip(weights, left_out, strict=True):
        old = states[-1]
        new = [value * skip for value in old]
        for p, into in enumerate(row):
            for origin, w in into:
                new[p + 1] += w * old[origin + 1]
        states.append(new)
    return states


def _backward(
    weights: Ways, left_out: Sequence[float], ending: Sequence[tuple[int, float]], places: int
) -> list[list[float]]:
    """Before cell j: the weight of all ways to finish when p was the last slot used (0 stands for none)."""
    last = [0.0] * places
    for origin, w in ending:
        last[origin + 1] = w
    states = [last]
    for row, skip in zip(reversed(weights), reversed(left_out), strict=True):
        after = states[-1]
        new = [value * skip for value in after]
        for p, into in enumerate(row):
            for origin, w in into:
                new[origin + 1] += w * after[p + 1]
        states.append(new)
    return states[::-1]


def _best(scores: Scores, cell_skip: Sequence[float], steps: Sequence[Sequence[_Step]]) -> list[int | None]:
    """The single likeliest reading: for each cell its slot or None."""
    state = [0.0] + [NEVER * 100] * (len(steps) - 1)
    trail: list[list[int | None]] = []
    for cell, skip in enumerate(cell_skip):
        new, froms = [value + skip for value in state], list[int | None]([None] * len(state))
        for p, into in enumerate(steps[:-1]):
            for step in into:
                score = (scores.staying if step.stays else scores.entering)[cell][p]
                value = state[step.origin + 1] + step.price + score
                if score > NEVER and value > new[p + 1]:
                    new[p + 1], froms[p + 1] = value, step.origin + 1
        trail.append(froms)
        state = new
    place = max((state[step.origin + 1] + step.price, step.origin + 1) for step in steps[-1])[1]
    result: list[int | None] = []
    for froms in reversed(trail):
        origin_of = froms[place]
        result.append(None if origin_of is None else place - 1)
        place = place if origin_of is None else origin_of
    return result[::-1]
