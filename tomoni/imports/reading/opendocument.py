"""OpenDocument spreadsheets (ods), read in one pass: the texts as shown, merged cells, and repeats laid out with care.

A row may say "repeat me a million times"; ready-made readers do so before one can object.
"""

from __future__ import annotations

import re

from tomoni.imports.reading.displayed import number, truth
from tomoni.imports.reading.draft import Draft, DraftSheet, note_formulas
from tomoni.imports.reading.grid import place
from tomoni.imports.reading.limits import broken
from tomoni.imports.reading.packages import Listener, Package, listen, locked

WHAT = "OpenDocument表計算ファイル"
CELLS = {"table-cell", "covered-table-cell"}
# Texts inside a cell or sheet that are not the cell's own: comments, drawings, readings of kanji, kept old versions.
ASIDE = {"annotation", "shapes", "ruby-text", "tracked-changes", "frame", "custom-shape", "forms"}
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def read_opendocument(package: Package) -> Draft:
    """All visible sheets; hidden ones are left out, and named in a note."""
    if "meta-inf/manifest.xml" in package.names and b"encryption-data" in package.whole("META-INF/manifest.xml"):
        raise locked()
    draft = Draft("ods")
    passing = ContentPass(draft)
    try:
        listen(package, "content.xml", Listener(passing.start, passing.end, passing.text))
    except ValueError as problem:
        raise broken(WHAT) from problem
    note_formulas(draft, saved=passing.saved, unsaved=passing.unsaved)
    if any(name.startswith(("basic/", "scripts/")) for name in package.names):
        draft.note("マクロが入っている場合でも、実行していません。")
    return draft


class ContentPass:
    """One pass over content.xml."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.saved = 0
        self.unsaved: list[str] = []
        self._sheet: DraftSheet | None = None
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row = self._column = 0
        self._row_texts: dict[int, str] = {}
        self._row_repeats = 1
        self._cell: dict[str, str] = {}
        self._parts: list[str] = []
        self._aside = 0
        self._listening = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._aside or tag in ASIDE:
            self._aside += 1
        elif tag in CELLS:
            self._cell, self._parts = attributes, []
        elif tag == "p":
            self._parts += ["\n"] if self._parts else []
            self._listening += 1
        elif tag in {"s", "tab", "line-break"}:
            blanks = {"tab": "\t", "line-break": "\n"}.get(tag) or " " * min(int(attributes.get("text:c", 1)), 1_000)
            self._parts.append(blanks)
        else:
            self._frame(tag, attributes)

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag in CELLS:
            self._finish_cell()
        elif tag == "p":
            self._listening -= 1
        elif tag == "table-row":
            self._finish_row()
        elif tag == "table":
            self._sheet = None

    def text(self, text: str) -> None:
        if self._listening and not self._aside:
            self._parts.append(text)

    def _frame(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("style:name", "")
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table":
            self._open_sheet(attributes)
        elif tag == "table-row":
            self._row_repeats = int(attributes.get("table:number-rows-repeated", 1))
            self._row_texts = {}
            self._column = 0

    def _open_sheet(self, attributes: dict[str, str]) -> None:
        name = attributes.get("table:name", "")
        self._row = 0
        if attributes.get("table:style-name") in self._hidden_styles:
            self.draft.note(f"表示されていないシート「{name}」は読みませんでした。")
        else:
            self._sheet = self.draft.sheet(name)

    def _finish_cell(self) -> None:
        cell, column = self._cell, self._column
        repeats = int(cell.get("table:number-columns-repeated", 1))
        self._column += repeats
        text = _displayed(cell, "".join(self._parts))
        if self._sheet is None:
            return
        if "table:formula" in cell:
            self._count_formula(self._sheet.name, column, has_value=bool(text) or "office:value-type" in cell)
        if text and not text.isspace():
            # A sheet ends at 16,384 columns; one more is enough for the draft to refuse what claims to go beyond.
            self._row_texts.update(dict.fromkeys(range(column, column + min(repeats, 16_385)), text))
        wide, high = int(cell.get("table:number-columns-spanned", 1)), int(cell.get("table:number-rows-spanned", 1))
        if wide > 1 or high > 1:
            self._sheet.merged.append((self._row, column, self._row + high - 1, column + wide - 1))

    def _count_formula(self, sheet: str, column: int, *, has_value: bool) -> None:
        if has_value:
            self.saved += 1
        else:
            self.unsaved.append(f"{sheet}!{place(self._row, column)}")

    def _finish_row(self) -> None:
        if self._sheet is not None and self._row_texts:
            for row in range(self._row, self._row + self._row_repeats):
                for column, text in self._row_texts.items():
                    self._sheet.put(row, column, text)
        self._row += self._row_repeats


def _displayed(cell: dict[str, str], text: str) -> str:
    """The text as shown, but numbers without thousands separators and whole dates as ISO dates."""
    kind = cell.get("office:value-type", cell.get("calcext:value-type", "string"))
    if kind in {"float", "currency", "percentage"}:
        value = float(cell.get("office:value", 0))
        fallback = f"{number(value * 100)}%" if kind == "percentage" else number(value)
        return THOUSANDS.sub("", text) or fallback
    if kind == "date":
        is_partial = "年" in text and "日" not in text
        return text if is_partial else cell.get("office:date-value", text).removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return truth(cell.get("office:boolean-value") == "true")
    return text or cell.get("office:string-value", "")
