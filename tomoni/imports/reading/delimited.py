"""Plain text with separators (csv, tsv): which separator it is, which quotes are meant, one record per row."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from statistics import median

from tomoni.imports.reading.draft import Draft
from tomoni.imports.reading.limits import ADVICE, MAX_COLUMNS, Unreadable

SEPARATORS = "\t,;|"  # the first of equals wins
SAMPLE = 2_000  # lines looked at to tell the separator
LONGEST_QUOTE = 70_000  # a cell of a spreadsheet holds 32,767 characters
QUOTED = re.compile(r'"((?:[^"]+|"")*+)"')
QUOTED_IN_LINE = re.compile(r'"[^"]*"')
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how systems keep leading zeros from being dropped
NO_TABLE = f"文章だけで、表ではありません。{ADVICE}"


def read_delimited(text: str) -> Draft:
    """One sheet; every record is a row, empty ones too, and a quoted line end stays in its cell. Refuses prose."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable("ファイルに何も書かれていません。表の入ったファイルか確かめてください。")
    _refuse_other_notations(text)
    separator = _separator(text)
    draft = Draft("tsv" if separator == "\t" else "csv")
    sheet = draft.sheet()
    if not separator:
        draft.note("区切り文字がないので、1行を1つのセルとして読みました。")
    for row, record in enumerate(_records(text, separator, draft)):
        for column, cell in enumerate(record):
            kept = KEPT_AS_TEXT.fullmatch(cell)
            sheet.put(row, column, kept[1] if kept else cell)
    return draft


def _refuse_other_notations(text: str) -> None:
    bare = text.strip()
    if bare.startswith("<?xml"):
        raise Unreadable("XMLのファイルです。表計算ソフトで開き、xlsxで保存し直してください。")
    if bare[:1] + bare[-1:] in {"{}", "[]"}:
        try:
            json.loads(bare)
        except (ValueError, RecursionError):
            return
        raise Unreadable("JSONのデータで、表ではありません。CSVかxlsxで保存し直してください。")


@dataclass
class Candidate:
    """A separator, the share of lines that have it, and the share of lines that have it equally often."""

    sign: str
    coverage: float
    regularity: float

    @property
    def score(self) -> float:
        return self.coverage * (1 + self.regularity)


def _separator(text: str) -> str:
    """The separator, or "" for a list of one column. Raises Unreadable for prose."""
    lines = list(islice((line for line in _lines(text) if not line.isspace()), SAMPLE))
    best = max((_candidate(sign, lines) for sign in SEPARATORS), key=lambda candidate: candidate.score)
    is_irregular = best.sign != "\t" and len(lines) > 2 and best.regularity < 0.4
    separator = best.sign if best.coverage >= 0.2 else ""
    if _is_prose([line for line in lines if not separator or is_irregular or separator not in line], len(lines)):
        raise Unreadable(NO_TABLE)
    return separator


def _candidate(sign: str, lines: list[str]) -> Candidate:
    counts = [QUOTED_IN_LINE.sub("", line).count(sign) for line in lines]
    with_sign = Counter(count for count in counts if count)
    most = max(with_sign.values(), default=0)
    return Candidate(sign, with_sign.total() / len(lines), most / len(lines))


def _is_prose(unseparated: list[str], total: int) -> bool:
    """More than a third of all lines are sentences, and the lines do not repeat as the cells of a table do."""
    sentences = sum("。" in line for line in unseparated)
    repeated = sum(count for count in Counter(unseparated).values() if count > 1)
    return sentences > 0.35 * total and repeated < 0.3 * total


def _records(text: str, separator: str, draft: Draft) -> Iterator[list[str]]:
    text = text.removesuffix("\n")
    if not separator:
        return ([line.removesuffix("\n")] for line in _lines(text))
    _refuse_wide(text, separator)
    if '"' not in text:
        return (line.removesuffix("\n").split(separator) for line in _lines(text))
    if _is_well_formed(text, separator):
        return csv.reader(_lines(text), delimiter=separator, strict=True)
    return Tolerant(text, separator, draft).records()


def _lines(text: str) -> Iterator[str]:
    """Lines as spreadsheets count them: str.splitlines would also break at the old printers' control characters."""
    return StringIO(text, newline="\n")


def _refuse_wide(text: str, separator: str) -> None:
    if any(line.count(separator) >= MAX_COLUMNS for line in _lines(text)):
        raise Unreadable(f"列が多すぎます。{MAX_COLUMNS:,}列までのファイルにしてください。")


def _is_well_formed(text: str, separator: str) -> bool:
    """Whether every quote opens or closes a cell, all records are equally wide, and no cell holds parts of others."""
    widths = set()
    try:
        for record in csv.reader(_lines(text), delimiter=separator, strict=True):
            if separator == "\t" and any("\t" in cell and "\n" in cell for cell in record):
                return False
            widths.add(len(record) or None)
    except csv.Error:  # a quote that never closes, or text after a closing one
        return False
    return len(widths - {None}) == 1


class Tolerant:
    """Takes quotes at their word only where they open and close a cell; any other is a character like others."""

    def __init__(self, text: str, separator: str, draft: Draft) -> None:
        self._text = text
        self._separator = separator
        self._draft = draft
        self._plain = re.compile(f"[^{re.escape(separator)}\n]*")
        filled = islice((line for line in _lines(text) if not line.isspace()), SAMPLE)
        self._usual = median(line.count(separator) for line in filled)

    def records(self) -> Iterator[list[str]]:
        record: list[str] = []
        at = 0
        while True:
            cell, at = self._cell(at)
            record.append(cell)
            if at >= len(self._text):
                break
            if self._text[at] == "\n":
                yield record
                record = []
            at += 1
        yield record

    def _cell(self, at: int) -> tuple[str, int]:
        if self._text.startswith('"', at):
            found = QUOTED.match(self._text, at, at + LONGEST_QUOTE)
            if found and self._closes(found.end()) and not self._swallows_rows(found[1]):
                return found[1].replace('""', '"'), found.end()
            self._draft.note("対になっていない引用符は、ふつうの文字として読みました。")
        plain = self._plain.match(self._text, at)
        return (plain[0], plain.end()) if plain else ("", at)

    def _closes(self, at: int) -> bool:
        return at >= len(self._text) or self._text[at] in {self._separator, "\n"}

    def _swallows_rows(self, inside: str) -> bool:
        """Two stray quotes lines apart would make one cell of all the rows between them."""
        most = 1 if self._separator == "\t" else max(1, self._usual)
        return "\n" in inside and inside.count(self._separator) >= most
