"""A document as a workbook in the city's layout: one sheet of progress, one of figures where there are any. Pure."""

from __future__ import annotations

from openpyxl import Workbook

from tomoni.plans.sheet.document import Document
from tomoni.plans.writing import checking
from tomoni.plans.writing.cells import printable
from tomoni.plans.writing.figures import listed, write_figures
from tomoni.plans.writing.layout import Layout
from tomoni.plans.writing.looks import add_looks
from tomoni.plans.writing.packing import packed
from tomoni.plans.writing.printing import write_table
from tomoni.plans.writing.rows import table_of


def write(document: Document, layout: Layout | None = None) -> bytes:
    """The document as xlsx, from which `read` and `recognise` give it back. Raises CannotWrite when it cannot be held."""
    checking.refuse(document)
    layout = layout or Layout()
    book = Workbook()
    sheet = book.active
    if sheet is None:  # a new workbook has one
        raise RuntimeError("no sheet")
    add_looks(book)
    sheet.title = layout.name
    tells, numbers = listed(document)
    write_table(sheet, table_of(document, layout), {"figures": tells})
    if numbers:
        write_figures(book.create_sheet("数値"), numbers)
    book.properties.title = printable(document.title or layout.name)[:200]
    book.properties.creator = "tomoni"
    book.properties.language = "ja"
    return packed(book)
