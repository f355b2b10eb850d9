"""Small real files of every kind, made by other programs than ours."""

import io
import struct
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
def with_sheet(xlsx, repacked):
    """`with_sheet(xml)` -> a workbook whose only sheet is this XML; `with_sheet(function)` changes the one of `x`."""
    return lambda xml: repacked(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": xml})


@pytest.fixture
def texts():
    """`texts(grid)` -> {place: text} of every cell that is not a copy."""
    return lambda grid: {cell.at: cell.text for cell in grid.cells()}


@pytest.fixture
def compound_file():
    """`compound_file({name: stream})` -> a minimal compound file, the envelope of old Office."""
    return _compound_file


def _compound_file(streams):
    """A minimal compound file: FAT in sector 0, directory, mini FAT, mini stream, then the large streams."""
    names = list(streams)
    small = {n: s for n, s in streams.items() if len(s) < 4096}
    mini, mini_fat, starts = b"", [], {}
    for name, content in small.items():
        count = -(-len(content) // 64)
        starts[name] = len(mini_fat) if count else 0xFFFFFFFE
        mini_fat += [len(mini_fat) + n + 1 for n in range(count - 1)] + [0xFFFFFFFE] * bool(count)
        mini += content.ljust(count * 64, b"\x00")
    parts = {
        "directory": 128 * (len(names) + 1),
        "mini fat": 4 * max(1, len(mini_fat)),
        "mini": max(1, len(mini)),
    } | {name: len(content) for name, content in streams.items() if name not in small}
    fat, at = [0xFFFFFFFD], {}
    for part, size in parts.items():
        count = -(-size // 512)
        at[part] = len(fat)
        fat += [len(fat) + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
    body = struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat))))

    def entry(name, kind, start, size):
        raw = name.encode("utf-16-le")
        return raw.ljust(64, b"\x00") + struct.pack("<HB49xIIxxxx", len(raw) + 2, kind, start, size)

    directory = entry("Root Entry", 5, at["mini"], len(mini))
    for name, content in streams.items():
        directory += entry(name, 2, starts[name] if name in small else at[name], len(content))
    for content in (directory, struct.pack(f"<{len(mini_fat)}I", *mini_fat) or b"\xff", mini or b"\x00"):
        body += content.ljust(-(-len(content) // 512) * 512, b"\xff" if content == b"\xff" else b"\x00")
    for name in names:
        if name not in small:
            body += streams[name].ljust(-(-len(streams[name]) // 512) * 512, b"\x00")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, at["directory"], 0, 4096, at["mini fat"], 1, 0xFFFFFFFE, 0, 0)
    return header + struct.pack("<108I", *[0xFFFFFFFF] * 108) + body
