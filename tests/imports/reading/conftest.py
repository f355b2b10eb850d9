"""Small real files of every kind, made by other programs than ours."""

import io
import zipfile

import openpyxl
import pylopdf_fonts_cjk
import pytest
import typst
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P


@pytest.fixture
def xlsx():
    """`xlsx(rows)` or `xlsx({name: rows}, edit=…)` -> bytes; `edit` gets the workbook before it is saved."""

    def make(sheets, edit=None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in (sheets if isinstance(sheets, dict) else {"表": sheets}).items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        if edit:
            edit(book)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return make


@pytest.fixture
def xls():
    """`xls({name: rows}, edit=…)` -> bytes."""

    def make(sheets, edit=None):
        book = xlwt.Workbook()
        for name, rows in sheets.items():
            sheet = book.add_sheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    sheet.write(r, c, *(value if isinstance(value, tuple) else (value,)))
        if edit:
            edit(book)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return make


@pytest.fixture
def ods():
    """`ods({name: rows}, hidden=names)` -> bytes. A cell is a text, or a dict of odfpy attributes with "text"."""

    def make(sheets, hidden=()):
        document = OpenDocumentSpreadsheet()
        style = Style(name="gone", family="table")
        style.addElement(TableProperties(display="false"))
        document.automaticstyles.addElement(style)
        for name, rows in sheets.items():
            table = Table(name=name, stylename="gone") if name in hidden else Table(name=name)
            for row in rows:
                line = TableRow()
                for cell in row:
                    line.addElement(_ods_cell(cell))
                table.addElement(line)
            document.spreadsheet.addElement(table)
        target = io.BytesIO()
        document.write(target)
        return target.getvalue()

    return make


def _ods_cell(cell):
    if cell is None:
        return CoveredTableCell()
    attributes = dict(cell) if isinstance(cell, dict) else {"text": cell}
    text = attributes.pop("text", "")
    made = TableCell(**({"valuetype": "string"} | attributes if text and "valuetype" not in attributes else attributes))
    for line in text.split("\n") if text else ():
        made.addElement(P(text=line))
    return made


@pytest.fixture(scope="session")
def pdf():
    """`pdf(typst_source)` -> bytes."""

    def make(source):
        text = f'#set page(paper: "a4", margin: 1.5cm)\n#set text(font: "Noto Sans JP", size: 9pt)\n{source}'
        return typst.compile(text.encode(), font_paths=[str(pylopdf_fonts_cjk.sans_path().parent)])

    return make


@pytest.fixture
def repacked():
    """`repacked(data, {member: new bytes, or a function of the old ones})` -> the zip with members changed or added."""

    def make(data, changes):
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name in source.namelist():
                change = changes.get(name, source.read(name))
                made.writestr(name, change(source.read(name)) if callable(change) else change)
            for name in set(changes) - set(source.namelist()):
                made.writestr(name, changes[name])
        return target.getvalue()

    return make


@pytest.fixture
def texts():
    """`texts(grid)` -> {place: text} of every cell that is not a copy."""
    return lambda grid: {cell.at: cell.text for cell in grid.cells()}
