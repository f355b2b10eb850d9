"""The sheet of figures: which measure, which year, what was counted, how many. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tomoni.kernel.fiscal import FiscalYear
from tomoni.plans.sheet import figures
from tomoni.plans.sheet.build import Build
from tomoni.plans.sheet.document import TEXT_FIELDS, Document, Line, Measure, Number, Text, Year
from tomoni.plans.sheet.margin import NUMBERS, Note
from tomoni.plans.writing import cells, looks
from tomoni.plans.writing.printing import CODE_ROW, FIRST, GROUPS, LABELS, hide_margin, merge, put, set_up

COLUMNS = (
    ("measure", "No", 8),
    ("year", "年度", 16),
    ("label", "何の数か", 44),
    ("value", "値", 16),
    ("unit", "単位", 12),
)


ALL, MORE = "all", "more"


def listed(document: Document) -> tuple[str, list[tuple[int, Number]]]:
    """The figures that need a row of their own, each with its place among all of them.

    What the texts tell is found in them again when the sheet is read (MORE), so that a text people mend brings its new
    figure. Where the document holds fewer or others than its texts tell, the sheet of figures names them all (ALL).
    """
    told = iter([_said(number) for number in _told(document)])
    wanted = next(told, None)
    more: list[tuple[int, Number]] = []
    for place, number in enumerate(document.numbers):
        if _said(number) == wanted:
            wanted = next(told, None)
        else:
            more.append((place, number))
    return (MORE, more) if wanted is None else (ALL, list(enumerate(document.numbers)))


def _said(number: Number) -> tuple[object, ...]:
    return number.measure, number.year, number.label, number.value, number.unit


def _told(document: Document) -> list[Number]:
    """What the texts of the written sheet will tell, each text in a cell of its own."""
    build = Build(Document("", "", ""))
    places = iter(range(10**9))
    for measure in document.measures:
        lines = [
            Line(
                years={
                    y: Year(texts={n: Text(e.texts[n].text, str(next(places))) for n in TEXT_FIELDS if n in e.texts})
                    for y, e in line.years.items()
                }
            )
            for line in measure.lines
        ]
        build.add(Measure(measure.number, measure.title, None, "", lines=lines))
    figures.add_told(build)
    return build.document.numbers


def write_figures(sheet: Worksheet, numbers: Sequence[tuple[int, Number]]) -> None:
    """One row for each figure, under one head."""
    put(sheet, (1, 1), "文中の数値", look=looks.TITLE)
    merge(sheet, (1, 1), (1, len(COLUMNS)))
    for place, (code, label, width) in enumerate(COLUMNS, start=1):
        sheet.cell(CODE_ROW, place, code)
        put(sheet, (LABELS, place), label, look=looks.HEAD)
        sheet.column_dimensions[get_column_letter(place)].width = width
    margin = len(COLUMNS) + 1
    sheet.cell(CODE_ROW, margin, NUMBERS)
    for row, (place, number) in enumerate(numbers, start=FIRST):
        texts = (number.measure or "", str(FiscalYear(number.year)), number.label, "", number.unit)
        for column, text in enumerate(texts, start=1):
            put(sheet, (row, column), text)
        _value(sheet, row, number.value)
        sheet.cell(row, margin, str(Note("number", {"place": place})))
    hide_margin(sheet, margin, CODE_ROW)
    sheet.row_dimensions[GROUPS].hidden = True
    set_up(sheet, last_row=FIRST + len(numbers) - 1, last_column=len(COLUMNS))


def _value(sheet: Worksheet, row: int, value: float) -> None:
    if cells.exact(value):
        sheet.cell(row, 4).value = value
    else:
        put(sheet, (row, 4), repr(value))
