"""Workbooks of Excel 97 to 2003 (xls): values by calamine, and from the records beside it what calamine does not tell.

Runs in a process of its own (see apart.py): on damaged files calamine may panic or never return, and it lays out the
values of all sheets at once, whatever their size.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900
from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, load_workbook

from tomoni.imports.reading.compound import CompoundFile
from tomoni.imports.reading.displayed import BUILT_IN, PLAIN, is_moment, moment_under, shown, truth
from tomoni.imports.reading.draft import Draft, note_formulas, refuse_many_sheets
from tomoni.imports.reading.grid import place
from tomoni.imports.reading.limits import Unreadable, broken
from tomoni.imports.reading.packages import locked

WHAT = "古い形式のExcelブック"
MAX_AREA = 20_000_000  # places in the rectangles of all sheets together, empty ones counted
STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")
BOF, EOF, BOUND_SHEET, FILE_PASS, XF, FORMAT = 0x0809, 0x000A, 0x0085, 0x002F, 0x00E0, 0x041E
FORMULAS = {0x0006, 0x0206, 0x0406}
MUL_RK, BOOL_ERR = 0x00BD, 0x0205
VALUES = {0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, BOOL_ERR, MUL_RK, *FORMULAS}
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}

At = tuple[int, int]


@dataclass
class Marks:
    """What the records say of one sheet, by row and column counted from 0."""

    is_hidden: bool = False
    styles: dict[At, int] = field(default_factory=dict)  # of cells that hold numbers
    errors: dict[At, str] = field(default_factory=dict)
    saved: int = 0
    unsaved: list[At] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


@dataclass
class Records:
    """What the records say of the workbook."""

    sheets: list[Marks] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def code(self, style: int) -> str:
        """The format code of a style number."""
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number, BUILT_IN.get(number, PLAIN))


def read_biff(data: bytes) -> Draft:
    """All visible sheets of cells. Raises Unreadable for locked, damaged and oversized workbooks."""
    compound = CompoundFile(data)
    name = next((name for name in STREAMS if name in compound.names), None)
    if name is None:
        raise broken(WHAT)
    try:
        records = _survey(compound.stream(name))
        book = load_workbook(BytesIO(data))
        draft = Draft("xls")
        unsaved = []
        marks_of = dict(enumerate(records.sheets))
        for index, entry in enumerate(book.sheets_metadata):
            marks = marks_of.get(index, Marks())
            if marks.is_hidden:
                draft.note(f"表示されていないシート「{entry.name}」は読みませんでした。")
            elif entry.typ == SheetTypeEnum.WorkSheet:
                _put(draft, book.get_sheet_by_index(index), records, marks)
                unsaved += [f"{entry.name}!{place(*at)}" for at in marks.unsaved]
    except (CalamineError, struct.error, IndexError, ValueError) as problem:
        raise broken(WHAT) from problem
    note_formulas(draft, saved=sum(marks.saved for marks in records.sheets if not marks.is_hidden), unsaved=unsaved)
    if "_VBA_PROJECT_CUR" in compound.names:
        draft.note("マクロが入っていますが、実行していません。")
    return draft


def _put(draft: Draft, source: CalamineSheet, records: Records, marks: Marks) -> None:
    sheet = draft.sheet(source.name)
    unsaved = set(marks.unsaved)
    for row, values in enumerate(source.iter_rows()):
        for column, value in enumerate(values):
            if value == "" or (row, column) in unsaved:
                continue
            sheet.put(row, column, _displayed(value, records.code(marks.styles.get((row, column), 0))))
    for (row, column), text in marks.errors.items():
        sheet.put(row, column, text)
    for (top, left), (bottom, right) in source.merged_cell_ranges or []:
        sheet.merged.append((top, left, bottom, right))


def _displayed(value: str | float | bool | date | datetime | time | timedelta, code: str) -> str:  # noqa: FBT001 (calamine's own type of a value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return truth(value)
    if isinstance(value, (int, float)):
        return shown(value, PLAIN if is_moment(code) else code, CALENDAR_WINDOWS_1900)
    return moment_under(value, code)


def _survey(stream: bytes) -> Records:
    records = Records()
    sheet_at: dict[int, Marks] = {}
    current: Marks | None = None
    depth = 0
    for at, kind, body in _records(stream):
        if kind == BOF:
            depth += 1
            current = sheet_at.get(at, current) if depth == 1 else current
        elif kind == EOF:
            depth -= 1
        elif kind == FILE_PASS:
            raise locked()
        elif kind == BOUND_SHEET:
            sheet_at[struct.unpack_from("<I", body)[0]] = marks = Marks(is_hidden=bool(body[4] & 3))
            records.sheets.append(marks)
            refuse_many_sheets(len(records.sheets))
        elif kind == XF:
            records.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == FORMAT:
            _keep_format(records, body)
        elif kind in VALUES and current is not None and depth == 1:
            _keep_cell(current, kind, body)
    if sum(marks.rows * marks.columns for marks in records.sheets) > MAX_AREA:
        raise Unreadable("表から遠く離れた場所にもセルがあり、大きすぎて開けません。xlsxで保存し直してください。")
    return records


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _keep_format(records: Records, body: bytes) -> None:
    number, length, flags = struct.unpack_from("<HHB", body)
    text = body[5 : 5 + 2 * length].decode("utf-16-le") if flags & 1 else body[5 : 5 + length].decode("latin-1")
    records.formats[number] = text


def _keep_cell(marks: Marks, kind: int, body: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    at = (row, column)
    last = column
    if kind == MUL_RK:
        last = struct.unpack_from("<H", body, len(body) - 2)[0]
        for offset in range(last - column + 1):
            marks.styles[row, column + offset] = struct.unpack_from("<H", body, 4 + 6 * offset)[0]
    else:
        marks.styles[at] = style
    if kind in FORMULAS:
        _keep_formula(marks, at, body[6:14])
    elif kind == BOOL_ERR and body[7]:
        marks.errors[at] = ERRORS.get(body[6], "#ERROR!")
    marks.rows = max(marks.rows, row + 1)
    marks.columns = max(marks.columns, last + 1)


def _keep_formula(marks: Marks, at: At, value: bytes) -> None:
    is_special = value[6:8] == b"\xff\xff"
    if is_special and value[0] == 3:  # no value was kept
        marks.unsaved.append(at)
        return
    marks.saved += 1
    if is_special and value[0] == 2:
        marks.errors[at] = ERRORS.get(value[2], "#ERROR!")
