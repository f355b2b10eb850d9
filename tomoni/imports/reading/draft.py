"""Where every reader puts what it finds: counts it, cleans it, spreads merged cells, and makes the Grid of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from tomoni.imports.reading.grid import Cell, Grid, Sheet, place
from tomoni.imports.reading.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    MAX_SPREAD,
    Unreadable,
)

# Characters no cell shows and no database keeps: controls other than tab and line end, halves of surrogate pairs.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Box = tuple[int, int, int, int]  # top, left, bottom, right; all counted from 0 and included


@dataclass
class Draft:
    """A file being read."""

    kind: str
    notes: list[str] = field(default_factory=list)
    sheets: list[DraftSheet] = field(default_factory=list)
    cells: int = 0
    characters: int = 0
    was_cleaned: bool = False

    def sheet(self, name: str = "") -> DraftSheet:
        """A new sheet after the others. Raises Unreadable beyond the limit."""
        refuse_many_sheets(len(self.sheets) + 1)
        sheet = DraftSheet(name, self)
        self.sheets.append(sheet)
        return sheet

    def note(self, sentence: str) -> None:
        """Something the reader chose or repaired, said once, for the person who sent the file."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def grid(self, *, name: str, sha256: str) -> Grid:
        """The finished grid: empty sheets left out, merged cells spread. Raises Unreadable when nothing is there."""
        filled = [sheet for sheet in self.sheets if sheet.cells]
        if not filled:
            raise Unreadable("何も書かれていません。表の入ったファイルか確かめてください。" + "".join(self.notes))
        prefixed = len(filled) > 1
        room = MAX_SPREAD
        sheets = []
        for sheet in filled:
            copies, dropped = sheet.spread(room)
            room -= len(copies)
            if dropped:
                self.note("結合セルが大きすぎるので、左上のセルの値だけを読みました。")
            sheets.append(Sheet(sheet.name, sheet.rows(copies, prefix=sheet.name if prefixed else "")))
        if self.was_cleaned:
            self.note("画面に出ない制御文字を取り除きました。")
        return Grid(name=name, sha256=sha256, kind=self.kind, sheets=tuple(sheets), notes=tuple(self.notes))


@dataclass
class DraftSheet:
    """A sheet being read: texts by row and column, counted from 0, and the boxes that were merged."""

    name: str
    draft: Draft
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Box] = field(default_factory=list)

    def put(self, row: int, column: int, text: str) -> None:
        """Keep the text of a cell. Blank texts are no cells. Raises Unreadable beyond the limits."""
        if not text or text.isspace():
            return None
        if UNPRINTABLE.search(text):
            self.draft.was_cleaned = True
            return self.put(row, column, UNPRINTABLE.sub("", text))
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        draft = self.draft
        draft.cells += 1
        draft.characters += len(text)
        if draft.cells > MAX_CELLS or draft.characters > MAX_CHARACTERS:
            message = f"セルが多すぎます（{MAX_CELLS:,}個まで読めます）。必要な部分だけのファイルにしてください。"
            raise Unreadable(message)
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise Unreadable(f"表が大きすぎます。{MAX_ROWS:,}行、{MAX_COLUMNS:,}列までにしてください。")
        self.cells[row, column] = text
        return None

    def spread(self, room: int) -> tuple[dict[tuple[int, int], tuple[int, int]], bool]:
        """Which empty places each merged cell also fills (place -> its origin), and whether `room` was too small.

        A box is cut to the part of the sheet that is in use, so a title merged over the whole width costs little.
        """
        bottom = max(row for row, _ in self.cells)
        right = max(column for _, column in self.cells)
        copies: dict[tuple[int, int], tuple[int, int]] = {}
        dropped = False
        for top, left, last_row, last_column in self.merged:
            if (top, left) not in self.cells:
                continue
            rows = range(top, min(last_row, bottom) + 1)
            columns = range(left, min(last_column, right) + 1)
            if len(copies) + len(rows) * len(columns) > room:
                dropped = True
                continue
            copies.update((at, (top, left)) for at in product(rows, columns) if at not in self.cells)
        return copies, dropped

    def rows(self, copies: dict[tuple[int, int], tuple[int, int]], *, prefix: str = "") -> tuple[tuple[Cell, ...], ...]:
        """All rows down to the last filled one; the row's place in the tuple is its number counted from 0."""
        rows: list[tuple[Cell, ...]] = []
        current: list[Cell] = []
        for row, column in sorted([*self.cells, *copies]):
            if row > len(rows):
                rows.append(tuple(current))
                rows.extend([()] * (row - len(rows)))
                current = []
            origin = copies.get((row, column))
            text = self.cells[origin or (row, column)]
            current.append(
                Cell(row, column, text, place(row, column, prefix), place(*origin, prefix) if origin else "")
            )
        rows.append(tuple(current))
        return tuple(rows)


def refuse_many_sheets(count: int) -> None:
    """Raise Unreadable when a workbook has more sheets than a person could review."""
    if count > MAX_SHEETS:
        raise Unreadable(f"シートが{MAX_SHEETS}枚を超えています。必要なシートだけのファイルにしてください。")


def note_formulas(draft: Draft, *, saved: int, unsaved: Iterable[str]) -> None:
    """Say how many cells were formulas: they are never computed, only the value kept in the file is read."""
    lost = list(unsaved)
    if saved:
        draft.note(f"式のセルが{saved:,}個あります。計算はせず、保存されていた値を読みました。")
    if lost:
        draft.note(
            f"値が空か、値が保存されていない式が{len(lost):,}個あり（{'、'.join(lost[:3])}など）、空として読みました。"
            "空のはずでなければ、表計算ソフトで開いて保存し直してください。"
        )
