"""Rows of text as an Excel workbook that looks like an office's own: borders, wrapped text, merged cells."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tomoni.portal.demo.messy import Leaf

Rectangle = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0
THIN = Side(style="thin", color="808080")
WIDE = 28


def messy_workbook(leaf: Leaf) -> bytes:
    """The workbook of a sheet that was scanned and read back."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook always has one sheet
    sheet.title = "進行管理シート"
    styled(sheet, leaf.rows, leaf.merges)
    return saved(book)


def styled(sheet: Worksheet, rows: Sequence[Sequence[str]], merges: Sequence[Rectangle]) -> None:
    """Write the rows as text, merge the rectangles, and set the page for A3 in landscape."""
    for down, row in enumerate(rows, start=1):
        for across, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(down, across, text)
                cell.data_type = "s"  # a leading = is text here, never a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
    for top, left, bottom, right in merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for column in range(1, sheet.max_column + 1):
        longest = max((len(str(cell.value or "")) for cell in next(sheet.iter_cols(column, column))), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(WIDE, max(6, longest))
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8


def saved(book: Workbook) -> bytes:
    """The bytes of the workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
