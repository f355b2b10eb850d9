"""Web pages, and the many ".xls" files that are web pages inside: text and tables in reading order, as Excel does.

Text outside tables becomes rows of one cell, so that headings between tables keep their place.
"""

from __future__ import annotations

import re
from contextlib import suppress

from lxml import etree, html

from tomoni.imports.reading.draft import Draft, DraftSheet
from tomoni.imports.reading.limits import MAX_COLUMNS, MAX_MARKUP, MAX_ROWS, MAX_SPREAD, Unreadable, broken
from tomoni.imports.reading.text import decode

BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
SILENT = frozenset(
    {
        "head",
        "iframe",
        "nav",
        "noscript",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    }
)
PROLOGUE = re.compile(r"(?:\s|<\?[^>]*+>|<!--(?:(?!-->).)*+-->)*+", re.DOTALL)
FIRST_TAG = re.compile(r"<(?:!doctype html|html|head|body|table|div|meta)\b", re.IGNORECASE)
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]+)""", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n\f]+")


def is_markup(text: str) -> bool:
    """Whether the text is a web page, judged by its first tag."""
    prologue = PROLOGUE.match(text)
    return bool(prologue and FIRST_TAG.match(text, prologue.end()))


def decode_markup(data: bytes) -> tuple[str, str]:
    """The text in the encoding that the page names, if it holds; otherwise as any other text."""
    named = CHARSET.search(data[:5_000])
    name = named[1].decode("ascii", "replace").lower() if named else ""
    if name and not name.startswith("utf-16"):  # a page that could be searched for its name is not in UTF-16
        with suppress(LookupError, UnicodeDecodeError):
            return data.decode("cp932" if "jis" in name and "2022" not in name else name), ""
    return decode(data)


def read_markup(text: str) -> Draft:
    """One sheet in reading order. Raises Unreadable when the page has no table."""
    if len(text) > MAX_MARKUP:
        raise Unreadable("HTMLとしては大きすぎます。表計算ソフトで開き、xlsxで保存し直してください。")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, AssertionError) as problem:
        raise broken("HTML") from problem
    if len(parser.error_log.filter_from_fatals()):  # nested too deeply: the rest was not parsed
        raise broken("HTML")
    if page.find(".//table") is None:
        raise Unreadable("このHTMLには表がありません。表のあるページかファイルを送ってください。")
    draft = Draft("html")
    Flow(draft.sheet()).read(page)
    return draft


class Flow:
    """Walks through a page and writes row after row."""

    def __init__(self, sheet: DraftSheet) -> None:
        self._sheet = sheet
        self._row = 0
        self._line: list[str] = []

    def read(self, page: html.HtmlElement) -> None:
        self._walk(page)
        self._break()

    def _walk(self, element: html.HtmlElement) -> None:
        if is_silent(element):
            return
        # A table that holds tables is there for the layout of the page; its cells are read as running text.
        if element.tag == "table" and element.find(".//table") is None:
            self._break()
            self._row += write_table(element, self._sheet, self._row)
            return
        is_block = element.tag in BLOCKS or element.tag in {"br", "table"}
        if is_block:
            self._break()
        self._line.append(own_words(element))
        for child in element:
            self._walk(child)
            self._line.append(child.tail or "")
        if is_block:
            self._break()

    def _break(self) -> None:
        text = BLANKS.sub(" ", "".join(self._line)).strip()
        self._line = []
        if text:
            self._sheet.put(self._row, 0, text)
            self._row += 1


def write_table(table: html.HtmlElement, sheet: DraftSheet, top: int) -> int:
    """Write the cells of a table below `top`, leaving out places that spanning cells cover; returns how many rows."""
    caption = table.find("caption")
    if caption is not None and (title := cell_text(caption)):
        sheet.put(top, 0, title)
        return 1 + write_table_rows(table, sheet, top + 1)
    return write_table_rows(table, sheet, top)


def write_table_rows(table: html.HtmlElement, sheet: DraftSheet, top: int) -> int:
    covered: dict[int, int] = {}  # column -> rows still covered from above
    rows = list(table.iter("tr"))
    for offset, row in enumerate(rows):
        column = 0
        fresh: dict[int, int] = {}
        for cell in row.iterchildren("td", "th"):
            while covered.get(column, 0):
                column += 1
            high, wide = span(cell, "rowspan", len(rows) - offset), span(cell, "colspan", MAX_COLUMNS)
            sheet.put(top + offset, column, cell_text(cell))
            if high > 1 or wide > 1:
                sheet.merged.append((top + offset, column, top + offset + high - 1, column + wide - 1))
            fresh.update(dict.fromkeys(range(column, column + wide), high))
            column += wide
            if column > MAX_COLUMNS or top + offset > MAX_ROWS or len(sheet.merged) > MAX_SPREAD:
                raise Unreadable("表が大きすぎます。必要な部分だけのファイルにしてください。")
        covered = {at: left - 1 for at, left in (covered | fresh).items() if left > 1}
    return len(rows)


def span(cell: html.HtmlElement, name: str, most: int) -> int:
    """A rowspan or colspan: 1 where it is missing or senseless, 0 meaning "to the end" for rows."""
    raw = (cell.get(name) or "1").strip()
    wanted = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 1
    if name == "rowspan" and wanted == 0:
        return most
    return max(1, min(wanted, most))


def cell_text(cell: html.HtmlElement) -> str:
    """The text of a cell as a browser shows it: blanks run together, blocks and <br> begin a new line."""
    parts: list[str] = []

    def walk(element: html.HtmlElement) -> None:
        if is_silent(element):
            return
        begins_line = element is not cell and (element.tag in BLOCKS or element.tag == "br")
        parts.append("\n" if begins_line else "")
        parts.append(BLANKS.sub(" ", own_words(element)))
        for child in element:
            walk(child)
            parts.append(BLANKS.sub(" ", child.tail or ""))
        parts.append("\n" if begins_line and element.tag != "br" else "")

    walk(cell)
    lines = (line.strip(" \xa0") for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def own_words(element: html.HtmlElement) -> str:
    """Text directly inside an element; a picture speaks by its alternative text (marks like ◎ are often pictures)."""
    return str(element.get("alt") or "") if element.tag == "img" else str(element.text or "")


def is_silent(element: html.HtmlElement) -> bool:
    """Whether nothing of an element is shown as text."""
    return not isinstance(element.tag, str) or element.tag in SILENT or bool(HIDDEN.search(element.get("style", "")))
