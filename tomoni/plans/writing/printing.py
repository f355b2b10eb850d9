"""The table of a sheet as cells: two rows of heads, heading rows, measures with their sub-rows, ready for the printer. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tomoni.plans.sheet.margin import SHEET, TITLE, Code, Note
from tomoni.plans.writing import cells, looks, sizes
from tomoni.plans.writing.rows import Column, Row, Table

SHARED = ("number", "title", "description", "schedule")  # what all sub-rows of a measure have together
A3 = 8
TITLE_ROW, CODE_ROW, GROUPS, LABELS, FIRST = 1, 2, 3, 4, 5


def write_table(sheet: Worksheet, table: Table, told: Mapping[str, Any]) -> None:
    """Write title, heads and rows, and set the sheet up for A3. `told` is what the note of the title remembers."""
    last, margin = len(table.columns), len(table.columns) + 1
    sheet.cell(TITLE_ROW, margin, str(Note(TITLE, dict(told))))
    if table.title:
        put(sheet, (TITLE_ROW, 1), table.title, look=looks.TITLE)
        merge(sheet, (TITLE_ROW, 1), (TITLE_ROW, last))
        sheet.row_dimensions[TITLE_ROW].height = 24
    _heads(sheet, table.columns)
    sheet.cell(CODE_ROW, margin, SHEET)
    for number, row in enumerate(table.rows, start=FIRST):
        _row(sheet, number, row, table)
        sheet.cell(number, margin, cells.kept(cells.printable(str(row.note))))
    _sizes(sheet, table)
    hide_margin(sheet, margin, CODE_ROW)
    set_up(sheet, last_row=max(FIRST, FIRST + len(table.rows) - 1), last_column=last)


def put(sheet: Worksheet, at: tuple[int, int], text: str, *, look: str = looks.TEXT) -> None:
    """Write one text, never a formula. A text that is a whole number is written as that number."""
    cell = sheet.cell(*at)
    cell.style = look
    text = cells.printable(text)
    if not text:
        return
    number = cells.as_number(text)
    if number is not None:
        cell.value = number
        if look == looks.TEXT:
            cell.style = looks.NUMBER
        return
    cell.value = cells.kept(text)
    cell.data_type = "s"
    if cells.is_risky(text):
        cell.quotePrefix = True


def merge(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Merge cells that already have their look; openpyxl's own way would draw every border anew."""
    if first != last:
        ends = (f"{get_column_letter(column)}{row}" for row, column in (first, last))
        sheet.merged_cells.add(":".join(ends))


def _heads(sheet: Worksheet, columns: Sequence[Column]) -> None:
    place = 1
    for group, held in groupby(columns, key=lambda c: c.group or c):
        inside = list(held)
        end = place + len(inside) - 1
        for number, column in enumerate(inside, start=place):
            sheet.cell(CODE_ROW, number, str(column.code))
            put(sheet, (GROUPS, number), column.group or column.label, look=looks.HEAD)
            put(sheet, (LABELS, number), column.label if column.group else "", look=looks.HEAD)
            if number > place:
                sheet.cell(GROUPS, number).value = None
        if isinstance(group, str):
            merge(sheet, (GROUPS, place), (GROUPS, end))
        else:
            merge(sheet, (GROUPS, place), (LABELS, place))
        place = end + 1


def _row(sheet: Worksheet, number: int, row: Row, table: Table) -> None:
    last = len(table.columns)
    if row.kind == "node":
        for place in range(1, last + 1):
            text = row.cells[Code("title")] if place == 1 else ""
            put(sheet, (number, place), text, look=looks.heading(row.depth))
        merge(sheet, (number, 1), (number, last))
        return
    for place, column in enumerate(table.columns, start=1):
        put(sheet, (number, place), row.cells.get(column.code, ""))
        if row.span > 1 and column.code.name in SHARED:
            merge(sheet, (number, place), (number + row.span - 1, place))


def _sizes(sheet: Worksheet, table: Table) -> None:
    texts: dict[Code, list[str]] = {column.code: [] for column in table.columns}
    for row in table.rows:
        if row.kind != "node":
            for code, text in row.cells.items():
                texts[code].append(text)
    widths = {code: sizes.fitting_width(code.name, held) for code, held in texts.items()}
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = widths[column.code]
    _heights(sheet, table, widths)


def _heights(sheet: Worksheet, table: Table, widths: Mapping[Code, float]) -> None:
    whole = sum(widths.values())
    span, shared = 1, [("", 1.0)]
    for number, row in enumerate(table.rows, start=FIRST):
        if row.kind == "node":
            sheet.row_dimensions[number].height = sizes.height([(row.cells[Code("title")], whole)]) + 3
            continue
        held = [(code, text, widths[code]) for code, text in row.cells.items()]
        if row.kind == "measure":
            span = row.span
            shared = [(text, width) for code, text, width in held if code.name in SHARED]
        own = [(text, width) for code, text, width in held if code.name not in SHARED]
        sheet.row_dimensions[number].height = max(sizes.height(own), sizes.height(shared, rows=span))


def hide_margin(sheet: Worksheet, column: int, code_row: int) -> None:
    """Hide the column of notes and the row of codes: people need not see them, and they are outside the print area."""
    sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.row_dimensions[code_row].hidden = True


def set_up(sheet: Worksheet, *, last_row: int, last_column: int, heads: tuple[int, int] = (TITLE_ROW, LABELS)) -> None:
    """A3 landscape, as wide as the paper, the heads on every page, page numbers below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{heads[0]}:{heads[1]}"
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "&P / &N"
    sheet.freeze_panes = f"{'C' if last_column > 2 else 'A'}{heads[1] + 1}"
    sheet.sheet_view.zoomScale = 85
