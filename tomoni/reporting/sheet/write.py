"""A workbook of one's lines: last year's words beside this year's boxes, a list of statuses, numbers on a second sheet."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tomoni.plans.writing.cells import is_risky, kept
from tomoni.reporting.sheet.layout import (
    BASE,
    KEY,
    LAST,
    MARK,
    NUMBER_TOLD,
    TOLD,
    SheetForm,
    SheetRow,
    mark_of,
    prints_of,
)

COLUMNS = (KEY, "number", "title", "department", "schedule", *LAST, *TOLD, BASE)
NUMBER_COLUMNS = (KEY, "number", "title", "label", "unit", "last", *NUMBER_TOLD, BASE)
HIDDEN = (KEY, BASE)
WIDTHS = {
    "number": 8,
    "title": 26,
    "department": 14,
    "schedule": 12,
    "status": 18,
    "last_status": 18,
    "unit": 8,
    "value": 12,
}
CODES, TITLE, HINT, YEARS, WORDS = 1, 2, 3, 4, 5  # the rows of the head; the first is hidden
FIRST = WORDS + 1
GREY, EDGE = PatternFill("solid", fgColor="EEEEEE"), Side(style="thin", color="999999")
BOX = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
LISTS = "選択肢"


def workbook(form: SheetForm) -> bytes:
    """The bytes of the workbook. Texts are texts: a leading = computes nothing."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook always has one sheet
    sheet.title = "報告"
    _head(sheet, form, COLUMNS)
    for down, row in enumerate(form.rows, start=FIRST):
        _line(sheet, down, row, form)
    _statuses(book, sheet, form)
    if any(row.numbers for row in form.rows):
        _numbers(book, form)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Worksheet, form: SheetForm, columns: tuple[str, ...]) -> None:
    _put(sheet, TITLE, 2, form.title, is_head=True)
    _put(sheet, HINT, 2, form.hint, is_head=True)
    for across, code in enumerate(columns, start=1):
        year = form.last_year if code in LAST or code == "last" else form.this_year if code in TOLD else ""
        _put(sheet, YEARS, across, "" if code in HIDDEN else year, is_head=True)
        _put(sheet, WORDS, across, "" if code in HIDDEN else form.labels[code], is_head=True)
        _put(sheet, CODES, across, MARK + code, is_head=True)
        letter = get_column_letter(across)
        sheet.column_dimensions[letter].width = WIDTHS.get(code, 36)
        sheet.column_dimensions[letter].hidden = code in HIDDEN
    sheet.row_dimensions[CODES].hidden = True
    sheet.freeze_panes = f"D{FIRST}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.print_title_rows = f"{YEARS}:{WORDS}"
    sheet.protection.sheet = True  # without a password: against slips, not against people
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _line(sheet: Worksheet, down: int, row: SheetRow, form: SheetForm) -> None:
    fixed: dict[str, str] = {
        KEY: mark_of(form.request, row.entry, row.version, secret=form.secret),
        "number": row.number,
        "title": row.title,
        "department": row.department,
        "schedule": row.schedule,
        BASE: prints_of([row.told[code] for code in TOLD]),
        **row.last,
    }
    for across, code in enumerate(COLUMNS, start=1):
        is_open = code in TOLD and not row.closed
        _put(sheet, down, across, row.told[code] if code in TOLD else fixed[code], is_open=is_open)


def _put(sheet: Worksheet, down: int, across: int, text: str, *, is_open: bool = False, is_head: bool = False) -> None:
    cell = sheet.cell(down, across)
    if text:
        cell.value = kept(text)
        cell.data_type = "s"  # a leading = is text here, never a formula
        cell.quotePrefix = is_risky(text)
    cell.alignment = Alignment(wrap_text=down > HINT, vertical="top")
    if is_head:
        cell.font = Font(bold=down != HINT)
        return
    cell.border = BOX
    cell.protection = Protection(locked=not is_open)
    if not is_open:
        cell.fill = GREY


def _statuses(book: Workbook, sheet: Worksheet, form: SheetForm) -> None:
    """The city's words for a status as a list to choose from."""
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for down, word in enumerate(form.statuses, start=1):
        lists.cell(down, 1, word)
    choice = DataValidation(type="list", formula1=f"{LISTS}!$A$1:$A${len(form.statuses)}", allow_blank=True)
    choice.error, choice.errorTitle = "一覧から選んでください。", form.labels["status"]
    sheet.add_data_validation(choice)
    letter = get_column_letter(COLUMNS.index("status") + 1)
    choice.add(f"{letter}{FIRST}:{letter}{FIRST - 1 + max(1, len(form.rows))}")


def _numbers(book: Workbook, form: SheetForm) -> None:
    sheet = book.create_sheet("数値")
    _head(sheet, form, NUMBER_COLUMNS)
    down = FIRST
    for row in form.rows:
        for number in row.numbers:
            told = {
                KEY: mark_of(form.request, row.entry, row.version, secret=form.secret, number=number.indicator),
                "number": row.number,
                "title": row.title,
                "label": number.label,
                "unit": number.unit,
                "last": number.last,
                "value": number.value,
                "why": number.why,
                BASE: prints_of([number.value, number.why]),
            }
            for across, code in enumerate(NUMBER_COLUMNS, start=1):
                _put(sheet, down, across, told[code], is_open=code in NUMBER_TOLD and not row.closed)
            down += 1
