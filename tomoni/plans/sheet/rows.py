"""Rows of a drifting sheet: the fixed part read backwards from the schedule words, and what remains for the years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tomoni.imports.reading.grid import Cell
from tomoni.kernel.japanese import folded, plain
from tomoni.plans.sheet.departments import are_departments
from tomoni.plans.sheet.statuses import Scale

_NUMBER = re.compile(
    r"^(?:No\.?\s*)?[(]?(?:\d{1,3}(?:[-.]\d{1,3}){0,3}[①-⑳]?|[①-⑳]|[A-Z]-?\d{1,3})[).]?$", re.IGNORECASE
)
_SCHEDULED = re.compile(
    "^(?:継続|検討|実施|準備|調査|研究|試行|発行|作成|策定|改定|改訂|見直し?|拡充|充実|推進|運用|開始|完了|整備|開催|設置|とりまとめ|取りまとめ|"
    "まとめ|結果|対応|方針|計画|事業|一部|本格|新規|随時|毎年|年\\d回|廃止|終了|協議|調整|周知|募集|導入|構築|更新|拡大|強化|・|に|の|を|中|済|へ|"
    "[→⇒○◎△●◯〇\\-ー―~、,])+$"
)
_LONGEST_SCHEDULED = 16


@dataclass(slots=True)
class Cut:
    """A row cut into its parts; ``start`` is the column from which the years are counted."""

    number: Cell | None = None
    title: Cell | None = None
    departments: list[Cell] = field(default_factory=list)
    description: Cell | None = None
    stray: list[Cell] = field(default_factory=list)
    schedule: list[Cell] = field(default_factory=list)
    rest: list[Cell] = field(default_factory=list)
    start: int = 0

    @property
    def is_measure(self) -> bool:
        return self.title is not None and bool(self.schedule or self.rest)


def is_scheduled(text: str) -> bool:
    """Whether a short cell says what is planned for a year (継続実施, 検討, →)."""
    key = plain(text)
    return len(key) <= _LONGEST_SCHEDULED and bool(_SCHEDULED.match(key))


def is_number(text: str) -> bool:
    return bool(_NUMBER.match(folded(text).strip()))


def cut(cells: Sequence[Cell], planned: int, scale: Scale) -> Cut:
    """Cut a row: schedule words or, where there are none, the first rating end the fixed part.

    ``planned`` is the number of years the schedule has in this form (0 when it has none).
    """
    first, after = _schedule(cells, planned, scale)
    parts = _fixed(cells[:first])
    parts.schedule, parts.rest = list(cells[first:after]), list(cells[after:])
    if parts.schedule:
        parts.start = parts.schedule[-1].column + 1
        if parts.rest and scale.knows(parts.rest[0].text):
            parts.start = parts.rest[0].column
    elif parts.rest:
        parts.start = parts.rest[0].column
    return parts


def _schedule(cells: Sequence[Cell], planned: int, scale: Scale) -> tuple[int, int]:
    """Where the run of schedule cells begins and ends; an empty run before the first rating when there is none."""
    rated = next(
        (i for i, c in enumerate(cells) if i > 0 and scale.knows(c.text) and not is_scheduled(c.text)), len(cells)
    )
    for first in range(len(cells) if planned else 0):
        length = 0
        while length < planned and first + length < len(cells) and _may_follow(cells, first, first + length):
            length += 1
        if length >= min(2, planned) and first <= rated:
            return first, first + length
    if rated == len(cells) and not any(scale.knows(c.text) for c in cells):
        return len(cells), len(cells)
    start = 0 if cells and scale.knows(cells[0].text) else rated
    return start, start


def _may_follow(cells: Sequence[Cell], first: int, index: int) -> bool:
    cell = cells[index]
    if first == 0 or are_departments(cell.text):
        return False
    if index > first and cell.column - cells[index - 1].column > 2:
        return False
    same = index + 1 < len(cells) and len(cell.text) <= _LONGEST_SCHEDULED and cell.text == cells[index + 1].text
    return is_scheduled(cell.text) or (same and not is_number(cell.text) and index > 1)


def _fixed(cells: Sequence[Cell]) -> Cut:
    """Number, title, departments and description, told by their look; the order is that of the form."""
    parts = Cut()
    words = list(cells)
    if words and is_number(words[0].text):
        parts.number = words.pop(0)
    if words and (parts.number is not None or not are_departments(words[0].text)):
        parts.title = words.pop(0)
    parts.departments = [c for c in words if are_departments(c.text)]
    others = [c for c in words if not are_departments(c.text)]
    if others:
        parts.description = max(others, key=lambda c: len(c.text))
        parts.stray = [c for c in others if c is not parts.description]
    return parts
