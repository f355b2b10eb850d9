"""Whether a series grows or shrinks, and whether it met its target: the arithmetic behind a sentence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tomoni.plans.charts import Reading

LEVEL = 0.05  # a change of less than this share of the first value is none


class Way(StrEnum):
    """Where a series goes from its first to its last year."""

    UP = "up"
    LEVEL = "level"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Trend:
    """From the first to the last: the difference, how many times as much, and how far the target is."""

    first: Reading
    last: Reading
    way: Way
    difference: float
    ratio: float | None  # None where one of them is nothing, or for shares in percent
    missing: float | None  # how much to the target; 0 when it is met; None without one

    @property
    def is_met(self) -> bool:
        return self.missing == 0


def trend(readings: Sequence[Reading], *, target: float | None = None, less_is_better: bool = False) -> Trend | None:
    """What two years or more say; None for fewer, or where the unit changed on the way."""
    held = sorted(readings, key=lambda one: one.year)
    if len({one.year for one in held}) < 2 or len({one.unit for one in held}) > 1:
        return None
    first, last = held[0], held[-1]
    difference = round(last.value - first.value, 3)
    is_share = "%" in first.unit or "％" in first.unit
    return Trend(
        first=first,
        last=last,
        way=_way(first.value, difference),
        difference=difference,
        ratio=None if is_share or first.value <= 0 or last.value <= 0 else round(last.value / first.value, 2),
        missing=missing(last.value, target, less_is_better=less_is_better),
    )


def missing(value: float, target: float | None, *, less_is_better: bool = False) -> float | None:
    """How much a value still has to go to its target; 0 when it is met."""
    if target is None:
        return None
    return round(max(value - target if less_is_better else target - value, 0), 3)


def _way(first: float, difference: float) -> Way:
    if abs(difference) <= abs(first) * LEVEL:
        return Way.LEVEL
    return Way.UP if difference > 0 else Way.DOWN
