"""Workbooks of Excel (xlsx, xlsm), read sheet by sheet in one pass over the XML.

Ready-made readers hide what the person must be told (formulas, formats, hidden sheets) and lay out the whole rectangle
up to the last cell before one can object; here only filled cells take room, and dates are left to openpyxl.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.utils.escape import unescape

from tomoni.imports.reading.displayed import BUILT_IN, PLAIN, shown, truth
from tomoni.imports.reading.draft import Draft, DraftSheet, note_formulas, refuse_many_sheets
from tomoni.imports.reading.grid import column_index, place
from tomoni.imports.reading.limits import MAX_CELLS, Unreadable, broken
from tomoni.imports.reading.packages import Listener, Package, listen

WHAT = "Excelブック"
BOOK = "xl/workbook.xml"
PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


@dataclass
class Book:
    """What the sheets of a workbook share."""

    entries: list[tuple[str, str, str]] = field(default_factory=list)  # name, state, relation
    epoch: datetime = CALENDAR_WINDOWS_1900
    targets: dict[str, tuple[str, str]] = field(default_factory=dict)  # relation -> kind, member
    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # by style number


def read_openxml(package: Package) -> Draft:
    """All visible sheets of cells. Hidden sheets (mostly lists for drop-downs) are left out, and named in a note."""
    book = Book()
    _workbook(package, book)
    _relations(package, book)
    _strings(package, book)
    _styles(package, book)
    draft = Draft("xlsx")
    _notes(package, draft)
    saved, unsaved, hidden_rows = 0, [], 0
    for name, state, relation in book.entries:
        kind, member = book.targets.get(relation, ("", ""))
        if kind != "worksheet":
            continue
        if state != "visible":
            draft.note(f"表示されていないシート「{name}」は読みませんでした。")
            continue
        passing = SheetPass(book, draft.sheet(name))
        listen(package, member, Listener(passing.start, passing.end, passing.text))
        saved += passing.saved
        unsaved += [f"{name}!{at}" for at in passing.unsaved]
        hidden_rows += passing.hidden_rows
    note_formulas(draft, saved=saved, unsaved=unsaved)
    if hidden_rows:
        draft.note(f"表示されていない行が{hidden_rows:,}行あります。その行も読みました。")
    return draft


class SheetPass:
    """One pass over the XML of one sheet."""

    def __init__(self, book: Book, sheet: DraftSheet) -> None:
        self.book = book
        self.sheet = sheet
        self.saved = 0
        self.hidden_rows = 0
        self.unsaved: list[str] = []
        self._row = -1
        self._column = -1
        self._cell: dict[str, str] = {}
        self._has_formula = False
        self._listening = False
        self._aloud = 0  # depth inside furigana, which is not part of the text
        self._parts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin(attributes)
        elif tag in {"v", "t"}:
            self._listening = not self._aloud
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self._row + 1
            self._column = -1
            self.hidden_rows += attributes.get("hidden") in {"1", "true"}
        elif tag == "rPh":
            self._aloud += 1
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._listening = False
        elif tag == "rPh":
            self._aloud -= 1
        elif tag == "c":
            self._finish()

    def text(self, text: str) -> None:
        if self._listening:
            self._parts.append(text)

    def _begin(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._parts = []
        self._has_formula = False
        where = PLACE.fullmatch(attributes.get("r", ""))
        if where:
            self._row, self._column = int(where[2]) - 1, column_index(where[1])
        else:
            self._column += 1

    def _finish(self) -> None:
        raw = "".join(self._parts)
        kind = self._cell.get("t", "n")
        if self._has_formula and not raw and kind != "str":
            self.unsaved.append(place(self._row, self._column))
            return
        self.saved += self._has_formula
        if raw:
            self.sheet.put(self._row, self._column, self._displayed(kind, raw))

    def _displayed(self, kind: str, raw: str) -> str:
        try:
            if kind == "s":
                return self.book.strings[int(raw)]
            if kind == "b":
                return truth(raw not in {"0", "false"})
            if kind != "n":
                return unescape(raw) if "_x" in raw else raw
            style = int(self._cell.get("s", 0))
            return shown(float(raw), self.book.formats[style] if style else PLAIN, self.book.epoch)
        except (ValueError, IndexError) as problem:
            raise broken(WHAT) from problem

    def _merge(self, ref: str) -> None:
        try:
            left, top, right, bottom = range_boundaries(ref)
        except ValueError as problem:
            raise broken(WHAT) from problem
        if left and top and right and bottom:
            self.sheet.merged.append((top - 1, left - 1, bottom - 1, right - 1))


def _workbook(package: Package, book: Book) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            book.entries.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))
            refuse_many_sheets(len(book.entries))
        elif tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            book.epoch = CALENDAR_MAC_1904

    listen(package, BOOK, Listener(start))


def _relations(package: Package, book: Book) -> None:
    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            member = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            book.targets[attributes.get("Id", "")] = (kind, member)

    listen(package, "xl/_rels/workbook.xml.rels", Listener(start))


def _strings(package: Package, book: Book) -> None:
    members = [member for kind, member in book.targets.values() if kind == "sharedStrings"]
    if not members or members[0].lower() not in package.names:
        return
    parts: list[str] = []
    state = {"t": False, "rPh": False}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag in state:
            state[tag] = True

    def end(tag: str) -> None:
        if tag in state:
            state[tag] = False
        elif tag == "si":
            text = "".join(parts)
            book.strings.append(unescape(text) if "_x" in text else text)
            parts.clear()
            if len(book.strings) > MAX_CELLS:
                raise Unreadable(
                    f"文字列が多すぎます（{MAX_CELLS:,}個まで読めます）。必要な部分だけのファイルにしてください。"
                )

    def text(piece: str) -> None:
        if state["t"] and not state["rPh"]:
            parts.append(piece)

    listen(package, members[0], Listener(start, end, text))


def _styles(package: Package, book: Book) -> None:
    members = [member for kind, member in book.targets.values() if kind == "styles"]
    own: dict[int, str] = {}
    styles: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag in inside:
            inside[tag] = True
        elif tag == "numFmt":
            own[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(int(attributes.get("numFmtId", 0)))

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False

    if members and members[0].lower() in package.names:
        try:
            listen(package, members[0], Listener(start, end))
        except ValueError as problem:
            raise broken(WHAT) from problem
    book.formats = [own.get(number, BUILT_IN.get(number, PLAIN)) for number in styles] or [PLAIN]


def _notes(package: Package, draft: Draft) -> None:
    if any(name.endswith("vbaproject.bin") for name in package.names):
        draft.note("マクロが入っていますが、実行していません。")
    if any(name.startswith("xl/externallinks/") for name in package.names):
        draft.note("ほかのファイルを参照する式があります。参照先は開かず、保存されていた値を読みました。")
