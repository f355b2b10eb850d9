"""The evaluation table as a workbook: the same rows as in print, ready for A3."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tomoni.papers.content import Content
from tomoni.papers.making import evaluation
from tomoni.plans.writing import looks, sizes
from tomoni.plans.writing.looks import add_looks
from tomoni.plans.writing.packing import packed
from tomoni.plans.writing.printing import merge, put, set_up

WIDTHS = (8.0, 30.0, 14.0, 22.0, 46.0, 34.0, 14.0, 42.0)
HEAD, FIRST = 2, 3
SAID = 6  # so many columns stand before what the committee says


def evaluation_workbook(content: Content, _note: str = "") -> bytes:
    """The evaluation table of a year as xlsx."""
    book = Workbook()
    add_looks(book)
    sheet = book.active
    if sheet is None:  # a new workbook has one
        raise RuntimeError("no sheet")
    sheet.title = evaluation.NAME
    put(sheet, (1, 1), evaluation.title(content), look=looks.TITLE)
    merge(sheet, (1, 1), (1, len(WIDTHS)))
    sheet.row_dimensions[1].height = 24
    rows = evaluation.rows_of(content)
    told = [_texts(row) for row in rows]
    widths = [sizes.wide_enough(width, (texts[place] for texts in told)) for place, width in enumerate(WIDTHS)]
    for place, (label, width) in enumerate(zip(evaluation.heads(content), widths, strict=True), start=1):
        put(sheet, (HEAD, place), label, look=looks.HEAD)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[HEAD].height = sizes.LINE * 2 + 5
    for number, (row, texts) in enumerate(zip(rows, told, strict=True), start=FIRST):
        is_heading = row.kind == "heading"
        for place, text in enumerate(texts, start=1):
            put(sheet, (number, place), text, look=looks.heading(row.depth) if is_heading else looks.TEXT)
        if is_heading:
            merge(sheet, (number, 1), (number, SAID))
        own = slice(SAID if is_heading else 0, None)
        sheet.row_dimensions[number].height = sizes.height(zip(texts[own], widths[own], strict=True))
    set_up(sheet, last_row=max(FIRST, FIRST + len(rows) - 1), last_column=len(WIDTHS), heads=(1, HEAD))
    book.properties.title = evaluation.title(content)[:200]
    book.properties.creator, book.properties.language = content["city"], "ja"
    return packed(book)


def _texts(row: evaluation.Row) -> list[str]:
    if row.kind == "measure":
        return evaluation.cells(row)
    return [f"{row.number} {row.title}", *[""] * (SAID - 1), row.committee_rating, row.committee_opinion]
