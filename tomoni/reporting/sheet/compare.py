"""A sheet that came back beside what is kept now: what was filled in, what others changed meanwhile, what does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tomoni.imports.reading.grid import Cell, Grid, Sheet, column_name
from tomoni.kernel.japanese import plain
from tomoni.reporting.sheet.layout import BASE, KEY, MARK, NUMBER_TOLD, TOLD, SheetForm, marked, print_of


class NotOurSheet(Exception):
    """The file is not one that was handed out here; the message says what to do."""


class Kind(StrEnum):
    """How a value of the sheet stands to what is kept."""

    FILLED = "filled"  # nothing stood there
    CHANGED = "changed"  # what stood there was rewritten in the sheet
    EMPTIED = "emptied"  # what stood there was deleted in the sheet
    CONFLICT = "conflict"  # somebody has rewritten it here since the sheet was handed out


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs. `indicator` is 0 for a text; `new` is what would be kept (a status, not its word)."""

    entry: int
    code: str
    indicator: int
    label: str
    kind: Kind
    now: str
    shown: str
    new: str
    at: str

    @property
    def name(self) -> str:
        """What the box of this change is called: 12-results, 12-value-3."""
        return f"{self.entry}-{self.code}" + (f"-{self.indicator}" if self.indicator else "")

    @property
    def is_safe(self) -> bool:
        """Is nothing lost by taking it?"""
        return self.kind in {Kind.FILLED, Kind.CHANGED}


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not fit: its place in the file and why."""

    at: str
    why: str


@dataclass(slots=True)
class Compared:
    """A sheet beside what is kept. `same` counts lines without a difference; `missing` are those the file lacks."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    missing: list[int] = field(default_factory=list)


Judge = Callable[[str, str], tuple[str, str]]  # code, text -> what would be kept, or why it cannot be


def compare(grid: Grid, form: SheetForm, *, judge: Judge) -> Compared:
    """Compare every marked row with the form as it would be handed out now. NotOurSheet when no row of codes is there."""
    comparing = _Comparing(form, judge)
    heads = [(sheet, head) for sheet in grid.sheets if (head := _head(sheet)) is not None]
    if not heads:
        raise NotOurSheet(
            "このページから取り出した表ではないようです。取り出したファイルに書き込み、行や列を足さずに送ってください。"
        )
    for sheet, head in heads:
        comparing.sheet(sheet, head)
    return comparing.finished()


@dataclass(frozen=True, slots=True)
class _Head:
    """The row of codes: where it stands, and what each column holds."""

    row: int
    codes: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with a sound mark."""

    request: int
    entry: int
    indicator: int
    cells: dict[str, Cell]
    columns: frozenset[str]
    at: str

    def text(self, code: str) -> str:
        """What stands under a code; "" for nothing."""
        return self.cells[code].text if code in self.cells else ""


def _head(sheet: Sheet) -> _Head | None:
    for row in sheet.rows:
        codes = {cell.column: cell.text.removeprefix(MARK) for cell in row if cell.text.startswith(MARK)}
        if KEY in codes.values() and len(codes) > 1:
            return _Head(row[0].row, codes)
    return None


class _Comparing:
    """One file on its way through: what was found so far."""

    def __init__(self, form: SheetForm, judge: Judge) -> None:
        self.form, self.judge = form, judge
        self.held = {row.entry: row for row in form.rows}
        self.found = Compared()
        self.seen: set[int] = set()

    def sheet(self, sheet: Sheet, head: _Head) -> None:
        """Compare the rows of one sheet: texts on the first, numbers on the second."""
        below = [row for row in sheet.rows if row and row[0].row != head.row and not self._is_head(row)]
        fields = NUMBER_TOLD if "value" in head.codes.values() else TOLD
        self._columns(sheet, head, below, fields)
        rows = [row for each in below if (row := self._marked(sheet, head, each)) is not None]
        times = Counter((row.entry, row.indicator) for row in rows)
        for row in rows:
            if why := self._refusal(row, is_twice=times[row.entry, row.indicator] > 1):
                self._refuse(row.at, why)
            else:
                self.seen.add(row.entry)
                self._row(row, fields)

    def finished(self) -> Compared:
        """What was found, with the lines the file does not speak of."""
        touched = {change.entry for change in self.found.changes}
        self.found.same = len(self.seen - touched)
        self.found.missing = [row.entry for row in self.form.rows if row.entry not in self.seen and not row.closed]
        return self.found

    def _is_head(self, row: tuple[Cell, ...]) -> bool:
        return all(cell.text in self.form.furniture for cell in row)

    def _refuse(self, at: str, why: str) -> None:
        self.found.problems.append(Problem(at, why))

    def _columns(self, sheet: Sheet, head: _Head, below: list[tuple[Cell, ...]], fields: tuple[str, ...]) -> None:
        """Columns somebody added, and columns somebody took out."""
        added = sorted({cell.column for row in below for cell in row} - set(head.codes))
        for column in added:
            self._refuse(f"{sheet.name} {column_name(column)}列", "足した列です。書かれたことは受け取れません。")
        for code in fields:
            if code not in head.codes.values():
                why = f"「{self.form.labels[code]}」の列がありません。その欄は、いまのままにします。"
                self._refuse(sheet.name, why)

    def _marked(self, sheet: Sheet, head: _Head, row: tuple[Cell, ...]) -> _Row | None:
        cells = {head.codes[cell.column]: cell for cell in row if cell.column in head.codes}
        at = f"{sheet.name} {row[0].row + 1}行目"
        if KEY not in cells:
            self._refuse(at, "行の印がありません。足した行や、写した行は受け取れません。")
            return None
        told = marked(cells[KEY].text, secret=self.form.secret)
        if told is None:
            self._refuse(at, "行の印が書き換えられています。この行は受け取れません。")
            return None
        request, entry, _version, indicator = told
        return _Row(request, entry, indicator, cells, frozenset(head.codes.values()), at)

    def _refusal(self, row: _Row, *, is_twice: bool) -> str:
        now = self.held.get(row.entry)
        if row.request != self.form.request:
            return "ほかの計画か、ほかの年度の表の行です。その年度のページから送ってください。"
        if is_twice:
            return "同じ行が2つ以上あります。どれを使うか決められないので、どれも受け取りません。"
        if now is None:
            return "あなたの課が担当する行ではありません。担当の課に渡してください。"
        if row.indicator and all(number.indicator != row.indicator for number in now.numbers):
            return "いまはたずねていない数値です。"
        return now.closed

    def _row(self, row: _Row, fields: tuple[str, ...]) -> None:
        now = self.held[row.entry]
        number = next((each for each in now.numbers if each.indicator == row.indicator), None)
        held = {"value": number.value, "why": number.why} if number else now.told
        base = row.text(BASE).split()
        for place, code in enumerate(fields):
            if code not in row.columns:
                continue
            handed_out = base[place] if len(base) == len(fields) else ""
            found = self._field(row, code, held[code], handed_out)
            if found is not None:
                label = f"{number.label} {self.form.labels[code]}" if number else self.form.labels[code]
                self.found.changes.append(Change(label=label, **found))

    def _field(self, row: _Row, code: str, kept_here: str, handed_out: str) -> dict[str, Any] | None:
        """One value beside what is kept; None when nothing is to be done."""
        text = row.text(code)
        if same(text, kept_here) or handed_out == print_of(text):
            return None  # the same, or the sheet still says what was handed out: what was written here since stays
        at = row.cells[code].at if code in row.cells else row.at
        new, why = self.judge(code, text)
        if why:
            self._refuse(at, f"{self.form.labels[code]}: {why}")
            return None
        if code == "value" and new == kept_here:
            return None
        kind = _kind(text, kept_here, is_moved=handed_out != print_of(kept_here))
        return {
            "entry": row.entry,
            "code": code,
            "indicator": row.indicator,
            "kind": kind,
            "now": kept_here,
            "shown": text,
            "new": new,
            "at": at,
        }


def _kind(text: str, kept_here: str, *, is_moved: bool) -> Kind:
    if is_moved and kept_here.strip():
        return Kind.CONFLICT
    if not text.strip():
        return Kind.EMPTIED
    return Kind.CHANGED if kept_here.strip() else Kind.FILLED


def same(one: str, other: str) -> bool:
    """Letter for letter the same; nothing and blanks are the same, no cell can tell them apart."""
    return one == other or not (one.strip() or other.strip())


def status_of(word: str, form: SheetForm) -> str | None:
    """The status of a word of the city's list; None for a word that is not on it."""
    return {plain(label): status for label, status in form.statuses.items()}.get(plain(word))
