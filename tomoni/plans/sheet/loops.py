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


def without_repeats(cells: Sequence[Cell], rated: Sequence[int], years: int) -> list[Cell]:
    """The row without the segments that only repeat the one before or hold nothing but a rating.

    Empty unless exactly one segment for each year remains and no two of them share a text: then the loops were told.
    """
    segments = [list(cells[a:b]) for a, b in zip(rated, [*rated[1:], len(cells)], strict=True)]
    kept: list[list[Cell]] = []
    for segment in segments:
        texts = {plain(cell.text) for cell in segment[1:]}
        if texts and not (kept and texts <= {plain(cell.text) for cell in kept[-1][1:]}):
            kept.append(segment)
    told = [plain(cell.text) for segment in kept for cell in segment[1:]]
    if len(kept) != years or len(set(told)) != len(told):
        return []
    return [*cells[: rated[0]], *(cell for segment in kept for cell in segment)]
