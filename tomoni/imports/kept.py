"""The grid of a file in the small form a batch keeps it in, and the text of a cell by its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tomoni.imports.reading.grid import Grid, place

Kept = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One row of a kept sheet: its row counted from 1, and its cells as (column counted from 0, place, text)."""

    number: int
    cells: tuple[tuple[int, str, str], ...]


def kept_grid(grid: Grid) -> Kept:
    """Sheets with name and rows; a row is [row counted from 0, [[column counted from 0, text], …]]. Own cells only."""
    return [
        {
            "name": sheet.name,
            "rows": [
                [row[0].row, [[cell.column, cell.text] for cell in row if cell.is_own]] for row in sheet.rows if row
            ],
        }
        for sheet in grid.sheets
    ]


def rows_of(kept: Kept | None) -> Iterable[tuple[str, KeptRow]]:
    """Every row of a kept grid with the name of its sheet; cells know their place as the document names it."""
    sheets = kept or []
    for sheet in sheets:
        prefix = sheet["name"] if len(sheets) > 1 else ""
        for row, cells in sheet["rows"]:
            yield (
                sheet["name"],
                KeptRow(row + 1, tuple((column, place(row, column, prefix), text) for column, text in cells)),
            )


def texts_of(kept: Kept | None) -> Mapping[str, str]:
    """The text of every cell by its place (I10, or 進行管理!I10 where the file has several sheets)."""
    return {at: text for _sheet, row in rows_of(kept) for _column, at, text in row.cells}
