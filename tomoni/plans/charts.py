"""The series of an indicator as points on a small picture: pure geometry, drawn by plans/_chart.html."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from tomoni.kernel.japanese import folded

LEFT, RIGHT, TOP, BOTTOM = 20, 300, 36, 132
NEAR = 0.3  # a series that varies less than this share of its top does not begin at zero
_DATED = re.compile(
    r"(?:令和|平成|昭和|[RHS])?\s*(?:元|\d{1,4})\s*[年./]\s*(?P<month>\d{1,2})\s*[月./]\s*(?P<day>\d{1,2})日?\s*現在"
)
_PART = re.compile(r"[①-⑳]$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One number of a series."""

    year: int
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A reading on the picture. `above` says where its number finds room."""

    reading: Reading
    x: float
    y: float
    above: bool

    @property
    def text_y(self) -> float:
        """Where the number is written."""
        return self.y - 10 if self.above else self.y + 20


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: columns of years, points, and the lines between years that follow each other."""

    label: str
    unit: str
    points: tuple[Point, ...]
    paths: tuple[str, ...]
    years: tuple[tuple[int, float], ...]
    low: float
    high: float
    target_y: float | None = None

    @property
    def begins_at_zero(self) -> bool:
        return self.low == 0


def undated(label: str) -> str:
    """A label without its year, so that "H29.4.1現在" and "R2.4.1現在" are one series: "4月1日現在"."""
    found = _DATED.fullmatch(folded(label))
    return f"{int(found['month'])}月{int(found['day'])}日現在" if found else label


def series(readings: Iterable[tuple[str, Reading]]) -> dict[tuple[str, str], list[Reading]]:
    """Readings by label and unit, where at least two years have one value each. The others are no series.

    Two different numbers for one year are never added or chosen from. Parts of a year (参加者数①) are no series either:
    the first meeting of one year is not that of the next.
    """
    found: dict[tuple[str, str], dict[int, Reading]] = defaultdict(dict)
    unclear = set()
    for label, one in readings:
        if _PART.search(label):
            continue
        key = (undated(label), one.unit)
        held = found[key].setdefault(one.year, one)
        if held.value != one.value:
            unclear.add(key)
    return {
        key: [by_year[year] for year in sorted(by_year)]
        for key, by_year in found.items()
        if len(by_year) > 1 and key not in unclear
    }


def chart(
    label: str, readings: Sequence[Reading], years: Iterable[int], *, target: float | None = None, by: int | None = None
) -> Chart:
    """Lay a series out over the years of the plan; a year without a number stays empty, and no line crosses it.

    A target is a line across the picture, and its year (`by`) a column more.
    """
    columns = sorted({*years, *(one.year for one in readings), *([by] if by else [])})
    step = (RIGHT - LEFT) / max(len(columns) - 1, 1)
    xs = {year: round(LEFT + n * step, 1) for n, year in enumerate(columns)}
    low, high = span([*(one.value for one in readings), *([] if target is None else [target])])
    ys = {one.year: _height(one.value, low, high) for one in readings}
    points = tuple(Point(one, xs[one.year], ys[one.year], _has_room_above(one.year, ys)) for one in readings)
    paths = tuple(
        f"M{one.x} {one.y} L{two.x} {two.y}"
        for one, two in pairwise(points)
        if columns.index(two.reading.year) == columns.index(one.reading.year) + 1
    )
    aim = None if target is None else _height(target, low, high)
    return Chart(label, readings[0].unit, points, paths, tuple(xs.items()), low, high, aim)


def span(values: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest value of the upright axis, on round numbers; from zero unless all values lie close together."""
    low, high = min(values), max(values)
    room = high - low
    if low >= 0 and (low == 0 or room > NEAR * high or room == 0):
        return 0, high or 1
    unit = 10 ** floor(log10(room)) if room else 1
    return floor(low / unit) * unit, high


def number(value: float) -> str:
    """1234.5 as 1,234.5; no trailing zeros."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")


def _height(value: float, low: float, high: float) -> float:
    return round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP), 1) if high > low else BOTTOM


def _has_room_above(year: int, ys: dict[int, float]) -> bool:
    """A number stands above its point, or below it where the line climbs away to a neighbour higher up."""
    beside = [ys[near] for near in (year - 1, year + 1) if near in ys]
    return all(ys[year] <= other for other in beside)
