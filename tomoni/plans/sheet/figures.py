"""Figures with a label: in columns of their own (指標, 実績値, 単位) and inside texts (【参加者数】 116人, 参加45名)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tomoni.imports.reading.grid import Cell
from tomoni.kernel.japanese import folded, one_line
from tomoni.plans.sheet.build import Build
from tomoni.plans.sheet.columns import Column, Columns
from tomoni.plans.sheet.document import Measure, Number, Text
from tomoni.plans.sheet.told import VALUE, told, value_of
from tomoni.plans.sheet.vocabulary import Role

TELLING = frozenset({"results", "remarks"})  # fields whose figures are of the year of their column
_WHOLE = re.compile(rf"^\s*(?:約|延べ|のべ|計|合計)?\s*{VALUE}\s*(?P<unit>[^\d\s()、。,]{{0,6}})\s*$")


def number_of(text: str) -> tuple[int | float, str] | None:
    """A cell that is one figure: its value and the unit printed behind it. None when it is anything else, or rounded (約1万人)."""
    found = _WHOLE.match(folded(text))
    if not found or re.match("[万千億兆]|.*(?:ほど|程度|以上|以下|未満|余)", found["unit"]):
        return None
    return value_of(found), found["unit"].strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table whose figures are to be taken: which measure, which year where the column names none."""

    measure: int
    year: int | None
    cells: Mapping[int, Cell]


def add_indicators(build: Build, columns: Columns, row: Row) -> None:
    """Take the figures of a row's value columns; their label is the row's indicator or the column's heading."""
    words = _text(columns, row, Role.LABEL), _text(columns, row, Role.UNIT)
    taken = [_take(build, column, row, words) for column in columns.of(Role.VALUE) if column.index in row.cells]
    for role, name in ((Role.LABEL, "label"), (Role.UNIT, "unit")):
        for column in columns.of(role):
            cell = row.cells.get(column.index)
            if cell is None or not cell.is_own:
                continue
            for number in taken:
                if number is not None:
                    build.put(cell, f"/numbers/{number}/{name}")
            build.set_aside(cell, f"「{column.label}」の欄に対応する数値が読めませんでした。")


def _take(build: Build, column: Column, row: Row, words: tuple[str, str]) -> int | None:
    cell, year = row.cells[column.index], column.year if column.year is not None else row.year
    found = number_of(cell.text)
    if not cell.is_own or found is None or year is None:
        build.set_aside(cell, "数値として読めませんでした。")
        return None
    label, unit = words[0] or column.label, found[1] or words[1]
    build.document.numbers.append(Number(build.measures[row.measure].number, year, label, found[0], unit, cell.at))
    number = len(build.document.numbers) - 1
    build.put(cell, f"/numbers/{number}/value")
    return number


def _text(columns: Columns, row: Row, role: Role) -> str:
    return next((one_line(row.cells[c.index].text).strip() for c in columns.of(role) if c.index in row.cells), "")


def add_told(build: Build) -> None:
    """Figures told in texts, with their labels. A year named in the label beats the column.

    In a text that stays open, or that is no result, only figures whose label names their year are believed.
    """
    loose: dict[int, list[Text]] = {}
    for index, text in build.loose:
        loose.setdefault(index, []).append(text)
    for index, measure in enumerate(build.measures):
        found: dict[tuple[int, str, str], Number] = {}
        for text, year, name in [*_texts(measure), *((text, None, "") for text in loose.get(index, ()))]:
            for number in told(text, measure.number, year, in_passing=name == "results"):
                found.setdefault((number.year, number.label, number.at), number)
        build.document.numbers += found.values()


def _texts(measure: Measure) -> Iterator[tuple[Text, int | None, str]]:
    for line in measure.lines:
        for year, entry in sorted(line.years.items()):
            for name, text in entry.texts.items():
                yield text, year if name in TELLING else None, name
