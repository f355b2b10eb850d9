"""Legends: what the marks of a file mean, found where the file itself explains them (A：計画どおり, ◎達成 ○順調)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tomoni.imports.reading.grid import Cell
from tomoni.kernel.japanese import folded, plain
from tomoni.plans.sheet.statuses import mark, meaning

_SYMBOL = "[◎○〇◯●◇◆△▲▽×✕☓☆★]{1,5}"
_LETTER = (
    "(?<![A-Za-z0-9])[A-Z][+]?(?![A-Za-z])|(?<![0-9.\\-])[0-9](?![0-9.,\\-])|"
    "(?<![A-Za-z])[IVX]{1,3}(?![A-Za-z])|[Ⅰ-Ⅹ]|(?<!\\S)-(?=\\s*[:=…])"
)
_ITEM = re.compile(
    f"(?:(?P<symbol>{_SYMBOL})[\\s:=…‥→.、-]*|(?P<letter>{_LETTER})(?:\\s*[:=…‥→]+\\s*|\\s+|[.、]\\s*))"
    "(?P<label>[^\\s:=◎○〇◯●◇◆△▲▽×✕☓☆★、,;/|\\]】」()]{2,30}(?:\\([^()]{1,15}\\))?)"
)
# A（順調）, 「A」順調 and 【A】順調 are brought to the one form A:順調 first.
_BRACKETED = re.compile(f"({_SYMBOL}|{_LETTER})\\(([^()]{{2,30}})\\)")
_QUOTED = re.compile(f"[「『\\[【<(]\\s*({_SYMBOL}|{_LETTER})\\s*[」』\\]】>)]\\s*:?")
_SCHEDULED = re.compile("検討|着手|準備|継続|充実|拡充|拡大|調査|試行|実施")
_OF_SCHEDULE = re.compile("計画の?(?:欄|記号|凡例|年次)|年次計画|スケジュール|実施時期|工程|年度計画")


@dataclass(slots=True)
class Legend:
    """Marks and their words, and the cells that said so."""

    marks: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Entry:
    mark: str
    words: str
    at: str
    of_schedule: bool = False


def rating_legend(rows: Sequence[Sequence[Cell]]) -> Legend:
    """The legend of the ratings in these rows. A mark explained in two different ways is left out.

    A legend whose words are steps of a schedule (△検討 ○実施) explains the plan columns and is not taken.
    """
    legend, told = Legend(), defaultdict(set)
    for group in _groups(rows):
        if not _is_about_ratings(group):
            legend.places |= {entry.at for entry in group if _is_about_schedule(group)}
            continue
        for entry in group:
            told[entry.mark].add(entry.words)
            legend.places.add(entry.at)
    for key, words in told.items():
        senses = {meaning(w) for w in words}
        if len(senses) == 1:
            legend.marks[key] = min(words, key=len)
    return legend


def _is_about_ratings(group: list[_Entry]) -> bool:
    if len({entry.mark for entry in group}) < 2 or any(entry.of_schedule for entry in group):
        return False
    rated = sum(meaning(entry.words) is not None for entry in group)
    if all(entry.mark.isdigit() for entry in group) and (rated < 2 or rated * 2 < len(group)):
        return False  # numbered lines, of which one happens to say 計画どおり
    planned = sum(meaning(entry.words) is None and bool(_SCHEDULED.search(entry.words)) for entry in group)
    return rated >= max(1, planned)


def _is_about_schedule(group: list[_Entry]) -> bool:
    if any(entry.mark.isalnum() or len(entry.words) > 12 for entry in group):
        return False
    planned = sum(bool(_SCHEDULED.search(entry.words)) for entry in group)
    return len({entry.mark for entry in group}) > 1 and planned * 2 >= len(group)


def _groups(rows: Sequence[Sequence[Cell]]) -> Iterator[list[_Entry]]:
    """Explanations that stand together: in one cell, along one row, or down one column."""
    down: list[_Entry] = []
    for row in rows:
        own = [cell for cell in row if cell.is_own]
        single: list[_Entry] = []
        for cell in own:
            found = _in_cell(cell)
            if len(found) > 1:
                yield found
            else:
                single += found
        if len(single) > 1:
            yield single
            single = []
        pair = _pair(own)
        if entry := (single[:1] or pair):
            down += entry
        elif own:
            yield from ([down] if down else ())
            down = []
    yield from ([down] if down else ())
    yield from _columns(rows)


def _columns(rows: Sequence[Sequence[Cell]]) -> Iterator[list[_Entry]]:
    """A small table beside or under the sheet: marks in one row, their words in the row below."""
    for above, below in pairwise(rows):
        words = {cell.column: cell for cell in below if cell.is_own}
        both = [
            _Entry(mark(c.text), _clean(words[c.column].text), c.at)
            for c in above
            if c.is_own and mark(c.text) and c.column in words and meaning(words[c.column].text)
        ]
        if len(both) > 2 and len(both) == sum(c.is_own for c in above):
            yield both


def _pair(own: Iterable[Cell]) -> list[_Entry]:
    """A row of a legend table: a mark in one cell, its words in the next."""
    cells = list(own)
    for left, right in pairwise(cells):
        if len(cells) <= 4 and (key := mark(left.text)) and 2 <= len(right.text.strip()) <= 40:
            if key.isdigit() and meaning(right.text) is None:
                continue
            return [_Entry(key, _clean(right.text), left.at), _Entry(key, _clean(right.text), right.at)]
    return []


def _in_cell(cell: Cell) -> list[_Entry]:
    text = _QUOTED.sub(r"\1:", _BRACKETED.sub(r"\1:\2、", folded(cell.text)))
    if len(text) > 400:
        return []
    of_schedule = bool(_OF_SCHEDULE.search(plain(text)[:14]))
    found = [
        _Entry(mark(m["symbol"] or m["letter"]), _clean(m["label"]), cell.at, of_schedule)
        for m in _ITEM.finditer(text)
        if mark(m["symbol"] or m["letter"])
    ]
    covered = sum(len(e.words) + len(e.mark) for e in found)
    return found if covered * 3 >= len(plain(text)) else []


def _clean(words: str) -> str:
    return folded(words).strip().strip("…‥。．.・「」")
