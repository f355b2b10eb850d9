"""Cells in a row against the fields they may belong to: every ordered reading weighed, not only the best one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from operator import mul

NEVER = -60.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """``chances[cell][slot]``: the share of all readings that put the cell there; ``best``: the likeliest reading."""

    chances: list[list[float]]
    best: list[int | None]


def align(scores: Sequence[Sequence[float]], cell_skip: Sequence[float], slot_skip: Sequence[float]) -> Alignment:
    """Weigh all ways to place cells into slots, both kept in order, each cell in one slot or none.

    All arguments are log weights: of a cell in a slot, of leaving a cell out, of leaving a slot empty. Time grows with
    cells x slots.
    """
    weights = [[exp(s) if s > NEVER else 0.0 for s in row] for row in scores]
    left_out = [exp(s) for s in cell_skip]
    empty = list(accumulate((exp(s) for s in slot_skip), mul, initial=1.0))  # of leaving the first p slots empty
    forward = _forward(weights, left_out, empty)
    backward = _backward(weights, left_out, empty)
    total = sum(f * b for f, b in zip(forward[-1], backward[-1], strict=True))
    chances = []
    for j, row in enumerate(weights):
        before = _before(forward[j], empty)
        chances.append([w * before[p] * backward[j + 1][p + 1] / total for p, w in enumerate(row)])
    return Alignment(chances, _best(scores, cell_skip, slot_skip))


def _before(state: Sequence[float], empty: Sequence[float]) -> list[float]:
    """For each slot: the weight of having used only slots before it, those between left empty."""
    reached, result = 0.0, []
    for p in range(len(state) - 1):
        reached += state[p] / empty[p]
        result.append(reached * empty[p])
    return result


def _forward(
    weights: Sequence[Sequence[float]], left_out: Sequence[float], empty: Sequence[float]
) -> list[list[float]]:
    """After j cells: the weight of all readings whose last used slot is p (0 stands for none used yet)."""
    states = [[1.0] + [0.0] * (len(empty) - 1)]
    for row, skip in zip(weights, left_out, strict=True):
        before = _before(states[-1], empty)
        placed = [0.0] + [w * before[p] for p, w in enumerate(row)]
        states.append([old * skip + new for old, new in zip(states[-1], placed, strict=True)])
    return states


def _backward(
    weights: Sequence[Sequence[float]], left_out: Sequence[float], empty: Sequence[float]
) -> list[list[float]]:
    """Before cell j: the weight of all ways to finish when p was the last slot used."""
    states = [[empty[-1] / e for e in empty]]
    for row, skip in zip(reversed(weights), reversed(left_out), strict=True):
        after = states[0]
        reached, state = 0.0, [after[-1] * skip]
        for p in range(len(row) - 1, -1, -1):
            reached += row[p] * empty[p] * after[p + 1]
            state.append(reached / empty[p] + after[p] * skip)
        states.insert(0, state[::-1])
    return states


def _best(
    scores: Sequence[Sequence[float]], cell_skip: Sequence[float], slot_skip: Sequence[float]
) -> list[int | None]:
    """The single likeliest reading: for each cell its slot or None."""
    empty = list(accumulate(slot_skip, initial=0.0))
    state = [0.0] + [NEVER * 100] * (len(empty) - 1)
    steps: list[list[int | None]] = []
    for row, skip in zip(scores, cell_skip, strict=True):
        top, origin = NEVER * 100, 0
        new, came = [state[0] + skip], [None]
        froms: list[int | None] = list(came)
        for p, score in enumerate(row):
            if state[p] - empty[p] > top:
                top, origin = state[p] - empty[p], p
            placed, kept = (score + top + empty[p] if score > NEVER else NEVER * 200), state[p + 1] + skip
            new.append(max(placed, kept))
            froms.append(origin if placed > kept else None)
        steps.append(froms)
        state = new
    last = max(range(len(state)), key=lambda p: state[p] + empty[-1] - empty[p])
    result: list[int | None] = []
    for froms in reversed(steps):
        origin_of = froms[last]
        result.append(None if origin_of is None else last - 1)
        last = last if origin_of is None else origin_of
    return result[::-1]
