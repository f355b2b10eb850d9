"""Bars of how the promises of each year stand: pure geometry; lengths are units of the view box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LEFT, WIDTH, ROW, THICK = 60.0, 300.0, 44.0, 26.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: which kind, how many, where. A narrow one carries no number."""

    kind: str
    count: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def has_room(self) -> bool:
        return self.width >= 9 * len(str(self.count)) + 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A year's bar and where it stands."""

    label: str
    y: float
    pieces: tuple[Piece, ...]

    @property
    def text_y(self) -> float:
        return self.y + THICK / 2 + 5


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, on one scale."""

    width: float
    height: float
    rows: tuple[Bar, ...]


def bars(years: Iterable[tuple[str, dict[str, int]]]) -> Bars:
    """One bar a year, each as long as its number of promises; kinds with none leave no trace."""
    held = list(years)
    most = max((sum(counts.values()) for _label, counts in held), default=0) or 1
    rows = tuple(_bar(label, counts, n, most) for n, (label, counts) in enumerate(held))
    return Bars(LEFT + WIDTH, ROW * len(rows), rows)


def _bar(label: str, counts: dict[str, int], n: int, most: int) -> Bar:
    pieces, x = [], LEFT
    for kind, count in counts.items():
        if count:
            width = round(WIDTH * count / most, 1)
            pieces.append(Piece(kind, count, round(x, 1), width))
            x += width
    return Bar(label, ROW * n + (ROW - THICK) / 2, tuple(pieces))
