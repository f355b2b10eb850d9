"""Figures with a label: in columns of their own (指標, 実績値, 単位) and inside texts (【参加者数】 116人, 参加45名)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tomoni.imports.reading.grid import Cell
from tomoni.kernel import fiscal
from tomoni.kernel.japanese import folded, one_line
from tomoni.plans.sheet.build import Build
from tomoni.plans.sheet.columns import Column, Columns
from tomoni.plans.sheet.document import Measure, Number, Text
from tomoni.plans.sheet.passing import passing
from tomoni.plans.sheet.vocabulary import Role

_VALUE = r"(?P<value>[▲△+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[▲△+-]?\d+(?:\.\d+)?)"
_UNITS = "人日|人|名|回|件|団体|事業|校|か所|カ所|箇所|ヶ所|地区|世帯|組|社|冊|部|枚|台|本|店|日|時間|分|点|歳|億円|万円|千円|円|ポイント|pt|%|㎡|ha|km|kg|t|科目|講座|コース|自治会|クラブ|グループ|チーム|種類|項目|万件|万人|人/日"
_WHOLE = re.compile(rf"^\s*(?:約|延べ|のべ|計|合計)?\s*{_VALUE}\s*(?P<unit>[^\d\s()、。,]{{0,6}})\s*$")
_LABEL = r"【(?P<label>[^】]{1,30})】\s*[:：]?\s*"
_UNIT = rf"(?P<unit>{_UNITS})(?![一-龥]{{2}})"
_PAIR = re.compile(rf"{_LABEL}(?:約|延べ|のべ|計|合計)?\s*{_VALUE}\s*{_UNIT}")
_LIST = re.compile(
    rf"{_LABEL}(?P<items>(?:[①-⑳]\s*[\d,.]+\s*[^\d①-⑳\s、。【]{{1,4}}[、,\s]*){{2,}}(?:[①-⑳]\s*)?)(?:(?:合計|計)\s*{_VALUE}\s*{_UNIT})?"
)
_ITEM = re.compile(rf"(?P<mark>[①-⑳])\s*{_VALUE}\s*(?P<unit>[^\d①-⑳\s、。【,]{{1,4}})")
# 公募委員のいる会議は、H29.4.1現在46.3%: what it counts stands before は and ends as nouns do; 現在 only says when.
_WHAT = r"(?:(?:^|(?<=[\s。、・]))(?P<what>[^\s。、・:【】()\dはがを]{1,20}[一-龥々ァ-ヶーA-Za-z])は[、,]?\s*)?"
_DATED = re.compile(
    rf"{_WHAT}(?P<label>[^\s。、【】]{{0,3}}[RHS令平]?[^\s。、]{{0,10}}現在)\s*(?:で|:)?\s*{_VALUE}\s*{_UNIT}"
)
_COLON = re.compile(
    rf"(?:^|[\s、。・○])(?P<label>[^\s、。・○:：【】()（）\d]{{2,16}}(?:数|者|率|回数|件数|額|人数|割合|延べ人数|度))\s*(?:[:：]|は|が)\s*(?:約|延べ|のべ|計)?\s*{_VALUE}\s*{_UNIT}"
)


def number_of(text: str) -> tuple[int | float, str] | None:
    """A cell that is one figure: its value and the unit printed behind it. None when it is anything else, or rounded (約1万人)."""
    found = _WHOLE.match(folded(text))
    if not found or re.match("[万千億兆]|.*(?:ほど|程度|以上|以下|未満|余)", found["unit"]):
        return None
    return _value(found), found["unit"].strip()


def _value(found: re.Match[str]) -> int | float:
    digits = found["value"].replace(",", "").replace("▲", "-").replace("△", "-").lstrip("+")
    return float(digits) if "." in digits else int(digits)


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
        for text, year in [*_texts(measure), *((text, None) for text in loose.get(index, ()))]:
            for number in told(text, measure.number, year):
                found.setdefault((number.year, number.label, number.at), number)
        build.document.numbers += found.values()


def _texts(measure: Measure) -> Iterator[tuple[Text, int | None]]:
    for line in measure.lines:
        for year, entry in sorted(line.years.items()):
            for name, text in entry.texts.items():
                yield text, year if name == "results" else None


def told(text: Text, measure: str | None, year: int | None) -> Iterator[Number]:
    """The labelled figures of one text; glued numbers and figures without a label are refused.

    Without a year, those whose label names one.
    """
    line = folded(text.text)
    spans: list[tuple[int, int]] = []
    found: list[Number | None] = []
    for some in _LIST.finditer(line):
        spans.append(some.span())
        found += _of_list(some, (measure, year, text.at))
    for pattern in (_PAIR, _DATED, _COLON):
        for one in pattern.finditer(line):
            if not any(a < one.end() and one.start() < b for a, b in spans):
                spans.append(one.span())
                found.append(_one(one["label"], one, (measure, year, text.at)))
    for said in passing(line, year) if year is not None else ():
        if not any(a < said.end and said.start < b for a, b in spans):
            found.append(_one(said.label, said.found, (measure, year, text.at)))
    return (number for number in found if number is not None)


Place = tuple[str | None, int | None, str]


def _of_list(found: re.Match[str], place: Place) -> Iterator[Number | None]:
    """①33人②41人 計74人: each part by its mark, and the total where one is printed."""
    for item in _ITEM.finditer(found["items"]):
        yield _one(f"{found['label']}{item['mark']}", item, place)
    if found["value"]:
        yield _one(found["label"], found, place)


def _one(label: str, found: re.Match[str], place: Place) -> Number | None:
    measure, year, at = place
    named = next(iter(fiscal.mentions(label)), None)
    if named is not None:
        year = named.year.year
        label = folded(label)[named.end :].strip() if named.start == 0 and not named.is_dated else label
        label = found.groupdict().get("what") or label
    return None if year is None else Number(measure, year, label, _value(found), found["unit"], at)
