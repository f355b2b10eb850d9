"""Loops of the extraction: cells of a row that repeat an earlier cell of the same row word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tomoni.imports.reading.grid import Cell
from tomoni.kernel.japanese import plain

SHORTEST = 12  # shorter texts are often rightly the same (引き続き実施する。)


def words(cell: Cell) -> str:
    """The words of a cell without its numbers: what a text has in common with its copy from the year before."""
    return re.sub(r"[0-9]+", "", plain(cell.text))


def repeated(cells: Sequence[Cell]) -> set[str]:
    """The places whose text stands a second time in the row, first occurrences included."""
    by_text: dict[str, list[str]] = {}
    for cell in cells:
        if len(key := plain(cell.text)) >= SHORTEST:
            by_text.setdefault(key, []).append(cell.at)
    return {at for places in by_text.values() if len(places) > 1 for at in places}
