"""How wide the columns and how high the rows of a printed sheet are, so that every word is seen on paper. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from math import ceil

NARROW: Mapping[str, float] = {"number": 6, "leads": 12, "related": 12, "schedule": 9, "status": 10}
TITLE, DESCRIPTION, TEXT, REMARKS = 22.0, 24.0, 24.0, 14.0
LINE = 13.5  # points a line of 10 pt takes
HIGHEST = 409.0  # no row of a workbook is higher
WIDEST = 90.0


def columns_wide(text: str) -> int:
    """How many half-width places a line of text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text if not unicodedata.combining(c))


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width."""
    room = max(2.0, width - 1)
    return sum(max(1, ceil(columns_wide(line) / room)) for line in text.split("\n"))


def usual_width(name: str) -> float:
    """The width a column begins with."""
    if name in NARROW:
        return NARROW[name]
    return {"title": TITLE, "description": DESCRIPTION, "remarks": REMARKS}.get(name, TEXT)


def fitting_width(name: str, texts: Iterable[str]) -> float:
    """Wide enough that the longest text of the column fits into the highest row a workbook knows."""
    held = [text for text in texts if text]
    width = usual_width(name)
    if not held and name not in NARROW and name != "title":
        return 6.0  # a column with nothing in it takes no room from the others
    return wide_enough(width, held)


def wide_enough(width: float, texts: Iterable[str]) -> float:
    """At least that width, and wide enough that no text is higher than the highest row."""
    held, most = [text for text in texts if text], int(HIGHEST // LINE)
    while width < WIDEST and any(lines_in(text, width) > most for text in held):
        width += 4
    return width


def height(texts: Iterable[tuple[str, float]], *, rows: int = 1) -> float:
    """The height of one of ``rows`` rows that together hold these texts, each given with the width of its column."""
    lines = max((lines_in(text, width) for text, width in texts if text), default=1)
    return min(HIGHEST, ceil(lines / rows) * LINE + 5)
