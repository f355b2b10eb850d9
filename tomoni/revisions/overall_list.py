"""The list of a city's overall plan as it arrives in a file: its columns, its entries, and what is wrong row by row. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tomoni.imports.reading.grid import Grid
from tomoni.imports.reading.limits import Unreadable
from tomoni.imports.recognise import Column, NoHeadings, Row, Target, recognise
from tomoni.kernel.japanese import folded, one_line, plain

MOST_ROWS = 2_000
LONGEST_TITLE, LONGEST_NUMBER, LONGEST_DEPARTMENT = 300, 20, 200
FIELD, POLICY, MEASURE = 0, 1, 2
LEVELS = ("field", "policy", "measure")
TARGET = Target(
    (
        Column("field", "分野", ("分野名", "基本目標", "柱", "まちづくりの目標", "政策分野", "章"), required=True),
        Column("field_number", "分野番号", ("分野の番号", "基本目標番号", "柱番号")),
        Column("policy", "政策", ("政策名", "基本施策", "基本施策名", "政策の名前", "節")),
        Column("policy_number", "政策番号", ("政策の番号", "基本施策番号")),
        Column("measure", "施策", ("施策名", "主要施策", "施策の名前", "取組", "個別施策")),
        Column("measure_number", "施策番号", ("施策の番号", "番号", "No.", "No")),
        Column("department", "担当課", ("主管課", "所管課", "担当", "担当部署", "所管部署")),
    )
)
LABELS = {column.key: column.label for column in TARGET.columns}
_LEADING = re.compile(
    r"^\s*(?P<number>(?:第\s*)?[0-9IVX]+(?:\s*[-.．‐－]\s*[0-9]+)*(?:\s*[章節編])?|\([0-9]+\)|[①-⑳])(?:\s*[.．、:：)）]\s*|\s+)(?P<title>\D.*)$"
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A field, policy or measure; `key` are the numbers (or names) from the top down."""

    key: str
    above: str
    depth: int
    number: str
    title: str
    department: str
    at: str

    def as_json(self) -> Json:
        """How it is kept until somebody has looked at it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be taken."""

    at: str
    why: str


def document_of(grid: Grid) -> Json:
    """What a file says, to be kept until it is put in force. Raises Unreadable when it is no such list."""
    try:
        table = recognise(grid, TARGET)
    except NoHeadings as problem:
        raise Unreadable(str(problem)) from problem
    if table.missing:
        raise Unreadable("「分野」の列が見つかりません。見出しの行に「分野」を入れてください。")
    if not table.rows:
        raise Unreadable("見出しの行の下に、読み取れる行がありません。")
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(f"行が多すぎます（{len(table.rows):,}行）。{MOST_ROWS:,}行までにしてください。")
    entries, wrong = entries_of(table.rows)
    return {
        "entries": [entry.as_json() for entry in entries],
        "wrong": [[one.at, one.why] for one in wrong],
        "aside": [[cell.at, cell.text, cell.why] for cell in table.aside],
        "notes": list(grid.notes),
    }


def entries_of(rows: Iterable[Row]) -> tuple[list[Entry], list[Wrong]]:
    """Every entry once, in the order of the file, and the rows that contradict themselves or each other."""
    found: dict[str, Entry] = {}
    wrong: list[Wrong] = []
    for row in rows:
        texts = {key: one_line(text) for key, text in row.texts(LABELS).items()}
        if why := _why_wrong(texts):
            wrong.append(Wrong(row.at, why))
            continue
        for entry in _of_row(texts, row.at):
            held = found.setdefault(entry.key, entry)
            if plain(held.title) != plain(entry.title):
                told = {"number": entry.number, "one": held.title, "two": entry.title, "at": held.at}
                wrong.append(Wrong(row.at, _TWICE % told))
    return list(found.values()), wrong


_TWICE = "番号「%(number)s」の名前が、%(at)s では「%(one)s」、ここでは「%(two)s」です。どちらかに直してください。"


def _why_wrong(texts: Mapping[str, str]) -> str:
    if not texts["field"]:
        return "分野が空です。"
    if texts["measure_number"] and not texts["measure"]:
        return "施策の番号がありますが、施策の名前が空です。"
    for level in LEVELS:
        number, title = number_and_title(texts[level], texts[f"{level}_number"])
        if len(title) > LONGEST_TITLE:
            return f"{LABELS[level]}の名前が長すぎます（{len(title)}字）。{LONGEST_TITLE}字までにしてください。"
        if len(number) > LONGEST_NUMBER:
            return f"{LABELS[level]}の番号が長すぎます。{LONGEST_NUMBER}字までにしてください。"
    if len(texts["department"]) > LONGEST_DEPARTMENT:
        return f"担当課が長すぎます。{LONGEST_DEPARTMENT}字までにしてください。"
    return ""


def _of_row(texts: Mapping[str, str], at: str) -> list[Entry]:
    found: list[Entry] = []
    above = ""
    told = [level for level in LEVELS if texts[level]]
    for depth, level in enumerate(LEVELS):
        if not texts[level]:
            continue
        number, title = number_and_title(texts[level], texts[f"{level}_number"])
        key = f"{above}>{plain(number or title)[:30]}".removeprefix(">")
        department = texts["department"] if level == told[-1] else ""
        found.append(Entry(key, above, depth, number, title, department, at))
        above = key
    return found


def number_and_title(text: str, number: str = "") -> tuple[str, str]:
    """「1-2 地域福祉」 is number 1-2 and title 地域福祉; a column of its own for the number wins."""
    if number:
        return number, text
    split = _LEADING.match(folded(text))
    return (split["number"].strip(), split["title"].strip()) if split else ("", text)


def entries_in(document: Json) -> list[Entry]:
    """The entries as they were kept."""
    return [Entry(**one) for one in document["entries"]]
