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


def align(scores: Sequence[Sequence[float]], cell_skip: Sequence[float], blocks: Sequence[Block]) -> Alignment:
    """Weigh all ways to place cells into slots, both kept in order, each cell in one slot or none.

    All arguments are log weights: of a cell in a slot, of leaving a cell out, of leaving slots empty. Time grows with
    cells x slots x slots, and the slots are those of one form.
    """
    steps = _steps(blocks)
    weights = [[exp(s) if s > NEVER else 0.0 for s in row] for row in scores]
    moves = [[(origin, exp(w)) for origin, w in into] for into in steps]
    left_out = [exp(s) for s in cell_skip]
    forward = _forward(weights, left_out, moves)
    backward = _backward(weights, left_out, moves)
    total = backward[0][0]
    chances = [
        [
            w * sum(forward[j][origin + 1] * m for origin, m in moves[p]) * backward[j + 1][p + 1] / total if w else 0.0
            for p, w in enumerate(row)
        ]
        for j, row in enumerate(weights)
    ]
    return Alignment(chances, _best(scores, cell_skip, steps))


def _steps(blocks: Sequence[Block]) -> list[list[tuple[int, float]]]:
    """For each slot, and last for the end: from which slot one can come (-1 is the start), and at what price."""
    starts = [sum(len(b.empty) for b in blocks[:i]) for i in range(len(blocks) + 1)]
    return [list(_into(i, k, blocks, starts)) for i, b in enumerate(blocks) for k in range(len(b.empty))] + [
        list(_into(len(blocks), 0, blocks, starts))
    ]


def _into(block: int, slot: int, blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[tuple[int, float]]:
    entry = sum(blocks[block].empty[:slot]) if block < len(blocks) else 0.0
    for within in range(slot):
        yield starts[block] + within, sum(blocks[block].empty[within + 1 : slot])
    between = 0.0
    for i in range(block - 1, -1, -1):
        for k in range(len(blocks[i].empty)):
            leaving = sum(blocks[i].empty[k + 1 :]) + (blocks[i].first_alone if k == 0 else 0.0)
            yield starts[i] + k, leaving + between + entry
        between += blocks[i].all_empty
    yield _START, between + entry


Moves = Sequence[Sequence[tuple[int, float]]]


def _forward(weights: Sequence[Sequence[float]], left_out: Sequence[float], moves: Moves) -> list[list[float]]:
    """After j cells: the weight of all readings whose last used slot is p (0 stands for none used yet)."""
    states = [[1.0] + [0.0] * (len(moves) - 1)]
    for row, skip in zip(weights, left_out, strict=True):
        old = states[-1]
        new = [value * skip for value in old]
        for p, w in enumerate(row):
            if w:
                new[p + 1] += w * sum(old[origin + 1] * m for origin, m in moves[p])
        states.append(new)
    return states


def _backward(weights: Sequence[Sequence[float]], left_out: Sequence[float], moves: Moves) -> list[list[float]]:
    """Before cell j: the weight of all ways to finish when p was the last slot used (0 stands for none)."""
    last = [0.0] * len(moves)
    for origin, m in moves[-1]:
        last[origin + 1] = m
    states = [last]
    for row, skip in zip(reversed(weights), reversed(left_out), strict=True):
        after = states[-1]
        new = [value * skip for value in after]
        for p, w in enumerate(row):
            if w:
                ahead = w * after[p + 1]
                for origin, m in moves[p]:
                    new[origin + 1] += ahead * m
        states.append(new)
    return states[::-1]


def _best(scores: Sequence[Sequence[float]], cell_skip: Sequence[float], moves: Moves) -> list[int | None]:
    """The single likeliest reading: for each cell its slot or None."""
    state = [0.0] + [NEVER * 100] * (len(moves) - 1)
    trail: list[list[int | None]] = []
    for row, skip in zip(scores, cell_skip, strict=True):
        new, came = [value + skip for value in state], [None] * len(state)
        froms: list[int | None] = list(came)
        for p, score in enumerate(row):
            if score <= NEVER:
                continue
            value, origin = max((state[o + 1] + m, o) for o, m in moves[p])
            if value + score > new[p + 1]:
                new[p + 1], froms[p + 1] = value + score, origin + 1
        trail.append(froms)
        state = new
    place = max(((state[o + 1] + m, o + 1) for o, m in moves[-1]), default=(0.0, 0))[1]
    result: list[int | None] = []
    for froms in reversed(trail):
        origin_of = froms[place]
        result.append(None if origin_of is None else place - 1)
        place = place if origin_of is None else origin_of
    return result[::-1]
