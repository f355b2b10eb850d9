"""The grid every reader yields: text cells that know their place in the file, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


def column_name(index: int) -> str:
    """Spreadsheet letters of a column counted from 0: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Column counted from 0 of its spreadsheet letters, small or capital: A is 0, Z is 25, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell: its text as it stands, and where it stands (row and column counted from 0)."""

    row: int
    column: int
    text: str
    at: str
    spread_from: str = ""  # the `at` of the merged cell this text was spread from; "" for a cell of its own

    @property
    def is_own(self) -> bool:
        return not self.spread_from


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file: its rows, each a tuple of its non-empty cells from left to right."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole file. `kind` is xlsx, xls, ods, csv, tsv, html or pdf, told from the content, not from the name."""

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = field(default=())  # what the reader repaired, in Japanese, for the person who uploaded

    def cells(self) -> Iterator[Cell]:
        """Every non-empty cell of its own, sheet by sheet, row by row, without copies spread from a merged cell."""
        for sheet in self.sheets:
            for row in sheet.rows:
                yield from (cell for cell in row if cell.is_own)


def place(row: int, column: int, sheet: str = "") -> str:
    """The place of a cell as people write it: I10, and 進行管理!I10 where the file has several sheets."""
    at = f"{column_name(column)}{row + 1}"
    return f"{sheet}!{at}" if sheet else at


def where(at: str) -> tuple[str, int, int]:
    """Sheet ("" for the only one), row and column, counted from 0, of a place. Raises ValueError when it is none."""
    sheet, _, cell = at.rpartition("!")
    found = re.fullmatch(r"([A-Z]+)([1-9]\d*)", cell)
    if found is None:
        raise ValueError(f"not a place: {at}")
    return sheet, int(found[2]) - 1, column_index(found[1])
