"""The gap picture: both sides' marks on one scale for each question. Pure geometry; lengths are units of the view box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, WIDTH = 20.0, 340.0, 360.0
TOP, LINE, TRACK, PAD = 34.0, 20.0, 14.0, 18.0
RING, LETTERS = 8.0, 22


@dataclass(frozen=True, slots=True)
class Mark:
    """One question and the two marks given to it."""

    label: str
    civic: float
    city: float
    talk: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question as lines of words, a track with two places, and the thickness of the gap between them."""

    lines: tuple[tuple[float, str], ...]
    y: float
    civic: float
    city: float
    start: float
    end: float
    thick: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All questions from top to bottom, and the places of the marks of the scale."""

    width: float
    height: float
    bottom: float
    ticks: tuple[tuple[float, int], ...]
    rows: tuple[Drawn, ...]


def picture(marks: Sequence[Mark], *, lowest: int, highest: int) -> Picture:
    """Draw the questions in the order given, on the scale from lowest to highest."""

    def place(mark: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (mark - lowest) / (highest - lowest), 1)

    rows: list[Drawn] = []
    y = TOP
    for mark in marks:
        words = [mark.label[start : start + LETTERS] for start in range(0, len(mark.label), LETTERS)]
        lines = tuple((y + LINE * (n + 1) - 4, line) for n, line in enumerate(words))
        y += LINE * len(words) + TRACK
        rows.append(_drawn(mark, lines, y, (place(mark.civic), place(mark.city))))
        y += PAD
    ticks = tuple((place(each), each) for each in range(lowest, highest + 1))
    return Picture(WIDTH, y + PAD, y, ticks, tuple(rows))


def _drawn(mark: Mark, lines: tuple[tuple[float, str], ...], y: float, places: tuple[float, float]) -> Drawn:
    # The line of the gap ends at the rim of the city's ring, so that the ring stays open.
    civic, city = places
    end = city - RING if civic < city else city + RING
    return Drawn(lines, y, civic, city, civic, civic if civic == city else end, 4 if mark.talk else 2)
