"""PDF with text: each page is a sheet (p1, p2, …), its tables and the lines between them from top to bottom.

Runs in a process of its own (see apart.py): a PDF can ask for any amount of time and memory.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.clustering import cluster_objects

from tomoni.imports.reading.draft import Draft, DraftSheet
from tomoni.imports.reading.limits import MAX_PAGES, Unreadable, broken
from tomoni.imports.reading.packages import locked

UNMAPPED = re.compile(r"\(cid:\d+\)")  # a glyph whose font does not say which character it is
GAP = 1.2  # in heights of the letters: a wider gap in a line outside tables begins another cell


def read_pdf(data: bytes) -> Draft:
    """All pages with text. Raises Unreadable for locked and damaged files and for those that are only pictures."""
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            _refuse_many(len(document.pages))
            return _read_pages(document.pages)
    except Unreadable:
        raise
    except Exception as problem:  # pdfminer raises whatever its insides raise
        if any(isinstance(argument, PDFPasswordIncorrect) for argument in (problem, *problem.args)):
            raise locked() from problem
        raise broken("PDF") from problem


def _refuse_many(pages: int) -> None:
    if pages > MAX_PAGES:
        raise Unreadable(f"ページが{MAX_PAGES}を超えています。表のあるページだけのPDFにしてください。")


def _read_pages(pages: list[Page]) -> Draft:
    draft = Draft("pdf")
    # Pages beyond the limit of sheets are no danger: there is one limit for pages, checked before.
    silent = []
    for number, page in enumerate(pages, 1):
        sheet = DraftSheet(f"p{number}", draft)
        draft.sheets.append(sheet)
        _read_page(page, sheet)
        if not sheet.cells:
            silent.append(number)
        page.close()
    if len(silent) == len(pages):
        raise Unreadable("文字のないPDF（紙を読み取った画像）です。元の表計算ファイルを送ってください。")
    _refuse_unmapped(draft)
    if silent:
        draft.note(f"{'、'.join(f'p{n}' for n in silent)}には文字がありません（画像か白紙のページ）。")
    return draft


def _refuse_unmapped(draft: Draft) -> None:
    texts = [text for sheet in draft.sheets for text in sheet.cells.values()]
    unmapped = sum(len(match) for text in texts for match in UNMAPPED.findall(text))
    if unmapped * 2 > draft.characters:
        raise Unreadable(
            "文字を取り出せないPDFです（字体に文字の対応がありません）。元の表計算ファイルを送ってください。"
        )
    if unmapped:
        draft.note("取り出せない文字が(cid:…)として残っています。")


def _read_page(page: Page, sheet: DraftSheet) -> None:
    tables = page.find_tables()
    blocks: list[tuple[float, list[dict[str, Any]] | Table]] = [
        (line[0]["top"], line) for line in _lines_outside(page, tables)
    ]
    blocks += [(table.bbox[1], table) for table in tables]
    row = 0
    for _, block in sorted(blocks, key=lambda block: block[0]):
        if isinstance(block, Table):
            row += _write_table(block, sheet, row)
        else:
            for column, text in enumerate(_cells_of_line(block)):
                sheet.put(row, column, text)
            row += 1


def _lines_outside(page: Page, tables: list[Table]) -> list[list[dict[str, Any]]]:
    words = [word for word in page.extract_words() if not any(_is_within(word, table.bbox) for table in tables)]
    return [sorted(line, key=lambda word: float(word["x0"])) for line in cluster_objects(words, "top", tolerance=3)]


def _is_within(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _cells_of_line(words: list[dict[str, Any]]) -> Iterator[str]:
    text = ""
    end = 0.0
    for word in words:
        gap = word["x0"] - end
        if text and gap > GAP * (word["bottom"] - word["top"]):
            yield text
            text = ""
        text += (" " if text else "") + word["text"]
        end = word["x1"]
    yield text


def _write_table(table: Table, sheet: DraftSheet, top: int) -> int:
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    for row, (texts, boxes) in enumerate(zip(table.extract(), table.rows, strict=True)):
        for column, (text, box) in enumerate(zip(texts, boxes.cells, strict=True)):
            if box is None:
                continue
            sheet.put(top + row, column, _unstack(text or ""))
            last_row, last_column = bisect_left(tops, box[3] - 1) - 1, bisect_left(lefts, box[2] - 1) - 1
            if last_row > row or last_column > column:
                sheet.merged.append((top + row, column, top + last_row, last_column))
    return len(table.rows)


def _unstack(text: str) -> str:
    """Letters set one below the other (as in tall merged cells) are one word."""
    lines = text.split("\n")
    return "".join(lines) if len(lines) > 1 and all(len(line) == 1 for line in lines) else text
