"""Sheets on paper: rows and merged cells become the grid a reader would yield."""

import re

from tomoni.imports.reading.grid import Cell, Grid, Sheet, place

_BOX = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def sheet(rows, *merged, name=""):
    """A sheet of text cells; None and "" are empty. ``merged``: boxes such as "A1:C2", spread over their cells."""
    cells = {(r, c): str(text) for r, row in enumerate(rows) for c, text in enumerate(row) if text not in (None, "")}
    spread = {}
    for box in merged:
        left, top, right, bottom = _BOX.fullmatch(box).groups()
        corner = (int(top) - 1, column(left))
        for r in range(int(top) - 1, int(bottom)):
            for c in range(column(left), column(right) + 1):
                if (r, c) != corner and corner in cells:
                    spread[r, c] = corner
    made = [
        tuple(
            Cell(r, c, cells[at], place(r, c, name), place(*spread[r, c], name) if (r, c) in spread else "")
            for c in range(60)
            if (at := spread.get((r, c), (r, c))) in cells
        )
        for r in range(len(rows))
    ]
    return Sheet(name, tuple(made))


def grid(*sheets, kind="xlsx"):
    return Grid("みほん.xlsx", "0" * 64, kind, tuple(sheets))


def column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def ratings(document):
    """number or title -> for each line: its leads and {year: status}."""
    return {
        m.number or m.title: [
            ("・".join(line.leads), {y: e.status for y, e in sorted(line.years.items())}) for line in m.lines
        ]
        for m in document.measures
    }


def texts(document, number, line=0):
    """(year, field) -> text of one line."""
    measure = next(m for m in document.measures if number in (m.number, m.title))
    return {(y, f): t.text for y, e in measure.lines[line].years.items() for f, t in e.texts.items()}


def headings(document):
    """Each heading with its level, number and the title of the one above it."""
    by_id = {node.id: node for node in document.nodes}
    return [(n.level, n.number, n.title, by_id[n.parent].title if n.parent else None) for n in document.nodes]


def parents(document):
    by_id = {node.id: node for node in document.nodes}
    return {m.number or m.title: by_id[m.parent].title if m.parent else None for m in document.measures}


def follow(document, pointer):
    value = document
    for part in pointer.strip("/").split("/"):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def assert_every_cell_is_told(document, of):
    told = document.as_json()
    assert set(document.cells) == {cell.at for cell in of.cells()}
    assert sorted(at for at, p in document.cells.items() if p == "unplaced") == sorted(u.at for u in document.unplaced)
    for pointers in document.cells.values():
        for pointer in [pointers] if isinstance(pointers, str) else pointers:
            if pointer.startswith("/"):
                follow(told, pointer)
