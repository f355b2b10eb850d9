"""A grid becomes a table: which row holds the headings, which column is which, which rows are set aside and why.

For tidy tables, whose headings stand over their columns. Nothing is guessed: a heading is known by its spelling, and
every filled cell ends as a heading, as a value, or set aside with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from tomoni.imports.reading.grid import Cell, Grid, Sheet
from tomoni.kernel.japanese import folded, one_line, plain

DEEPEST = 60  # rows looked at for headings
SIMILAR = 75  # how alike (0 to 100) an unknown heading must be to a known one to be offered to the person
TOTALS = frozenset({"計", "合計", "小計", "総計", "総数"})
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
MARKS = re.compile(r"^[*※★☆●○■□◆◇・\s]+|[*※★☆:\s]+$")


class NoHeadings(Exception):
    """No row of the file holds the headings we look for. The message is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column we hope for: its key in the program, its name for people, and other ways in which people write it."""

    key: str
    label: str
    spellings: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The columns of a table we want to fill."""

    columns: tuple[Column, ...]

    def knowing(self, aliases: Mapping[str, Iterable[str]]) -> Target:
        """The same target with more spellings by key, such as a municipality's own or those people chose last year."""
        return Target(
            tuple(replace(c, spellings=(*c.spellings, *aliases.get(c.key, ()))) for c in self.columns),
        )


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column of the file: its heading as printed, its key if we know it, else the key it might be."""

    sheet: str
    index: int
    heading: str
    key: str = ""
    maybe: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A text and the place of its cell; for a merged cell, the place of the cell that holds the text."""

    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: values by key, and those of columns we do not know, by heading."""

    at: str  # the first cell of the row
    values: Mapping[str, Value]
    others: tuple[tuple[str, Value], ...] = ()

    def texts(self, keys: Iterable[str]) -> dict[str, str]:
        """The texts by key, empty where the cell is."""
        return {key: self.values[key].text if key in self.values else "" for key in keys}


@dataclass(frozen=True, slots=True)
class SetAside:
    """A filled cell that is neither heading nor value, and why."""

    at: str
    text: str
    why: str


@dataclass
class Table:
    """What was recognised in all sheets of a file."""

    columns: list[FoundColumn] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)  # places
    missing: tuple[Column, ...] = ()  # required columns that no sheet has

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns that were found, in the order of the target."""
        return tuple(dict.fromkeys(column.key for column in self.columns if column.key))

    def accounts(self) -> dict[str, str]:
        """Every filled cell's place once, and what became of it: heading, value or aside."""
        values = [v for row in self.rows for v in (*row.values.values(), *(other for _, other in row.others))]
        return (
            dict.fromkeys(self.headings, "heading")
            | dict.fromkeys((value.at for value in values), "value")
            | dict.fromkeys((cell.at for cell in self.aside), "aside")
        )


def recognise(grid: Grid, target: Target) -> Table:
    """The table in a grid; sheets with the same headings are one after the other. Raises NoHeadings when none has them."""
    table = Table()
    for sheet in grid.sheets:
        head = _find_head(sheet, target)
        if head is None:
            table.aside += _set_aside(_own(sheet.rows), "このシートには見出しの行がありません")
        else:
            _read_sheet(table, sheet, head)
    if not table.columns:
        labels = "、".join(f"「{column.label}」" for column in target.columns[:4])
        raise NoHeadings(f"見出しの行が見つかりません。{labels}などの見出しが並ぶ行を入れてください。")
    table.missing = tuple(column for column in target.columns if column.required and column.key not in table.keys)
    return table


@dataclass(frozen=True)
class Head:
    """One or two rows of headings: where they are, and for each column its heading and key."""

    first: int
    last: int
    columns: tuple[FoundColumn, ...]
    required: frozenset[str]
    score: float


def _find_head(sheet: Sheet, target: Target) -> Head | None:
    """The row, or two rows together, in which most of the columns we hope for are named."""
    known = {spelling: column for column in target.columns for spelling in _spellings(column)}
    best: Head | None = None
    for row in range(min(DEEPEST, len(sheet.rows))):
        for last in (row, row + 1):
            head = _head(sheet, (row, last), target, known)
            if head and (best is None or head.score > best.score):
                best = head
    return best


def _spellings(column: Column) -> set[str]:
    return {plain(spelling) for spelling in (column.label, *column.spellings)}


def _head(sheet: Sheet, span: tuple[int, int], target: Target, known: Mapping[str, Column]) -> Head | None:
    first, last = span
    if last >= len(sheet.rows):
        return None
    names = _names(sheet.rows[first], sheet.rows[last] if last > first else ())
    columns: list[FoundColumn] = []
    taken: dict[str, Column] = {}
    for index, variants in sorted(names.items()):
        column = next((known[key] for variant in variants for key in _keys(variant) if key in known), None)
        if column is None or column.key in taken:
            columns.append(FoundColumn(sheet.name, index, variants[0], maybe=_maybe(variants[0], known, taken)))
        else:
            taken[column.key] = column
            columns.append(FoundColumn(sheet.name, index, variants[0], column.key))
    enough = min(2, len(target.columns))
    if len(taken) < enough:
        return None
    score = sum(2 if column.required else 1 for column in taken.values()) - 0.1 * (last - first)
    required = frozenset(key for key, column in taken.items() if column.required)
    return Head(first, last, tuple(columns), required, score)


def _names(upper: tuple[Cell, ...], lower: tuple[Cell, ...]) -> dict[int, tuple[str, ...]]:
    """For each column its heading as printed, then the other ways to read it.

    In two rows, 代表者 over 氏名 and 住所 reads 代表者氏名 and 代表者住所, whether 代表者 was merged or only stands first.
    """
    tops = {cell.column: one_line(cell.text) for cell in upper}
    if not lower:
        return {column: (text,) for column, text in tops.items()}
    names: dict[int, tuple[str, ...]] = {}
    bottoms = {cell.column: one_line(cell.text) for cell in lower}
    for column in sorted({*tops, *bottoms}):
        top, bottom = tops.get(column, ""), bottoms.get(column, "")
        if not top:  # under the nearest group heading to the left
            top = next((tops[c] for c in range(column - 1, -1, -1) if c in tops and c in bottoms), "")
        if not bottom or top == bottom:
            names[column] = (top or bottom,)
        else:
            names[column] = (f"{top} {bottom}".strip(), bottom)
    return names


def _keys(heading: str) -> tuple[str, ...]:
    """The keys a heading may be known by: as it is, and without remarks in brackets and marks at its ends."""
    bare = MARKS.sub("", BRACKETED.sub("", folded(heading)))
    return plain(heading), plain(bare)


def _maybe(heading: str, known: Mapping[str, Column], taken: Mapping[str, Column]) -> str:
    free = {spelling: column for spelling, column in known.items() if column.key not in taken}
    near = process.extractOne(plain(heading), list(free), scorer=fuzz.ratio, score_cutoff=SIMILAR)
    return free[near[0]].key if near else ""


def _read_sheet(table: Table, sheet: Sheet, head: Head) -> None:
    table.columns += head.columns
    table.aside += _set_aside(_own(sheet.rows[: head.first]), "表の前にあります")
    table.headings += [cell.at for cell in _own(sheet.rows[head.first : head.last + 1])]
    by_index = {column.index: column for column in head.columns}
    for cells in sheet.rows[head.last + 1 :]:
        own = [cell for cell in cells if cell.is_own]
        if not own:
            continue
        row = _row(cells, by_index)
        if why := _why_aside(own, cells, row, head):
            table.aside += _set_aside(own, why)
        else:
            table.rows.append(row)


def _row(cells: tuple[Cell, ...], by_index: Mapping[int, FoundColumn]) -> Row:
    values: dict[str, Value] = {}
    others: list[tuple[str, Value]] = []
    for cell in cells:
        column = by_index.get(cell.column)
        value = Value(cell.text, cell.spread_from or cell.at)
        if column and column.key:
            values[column.key] = value
        elif cell.is_own:
            others.append((column.heading if column else "", value))
    return Row(next(cell.at for cell in cells if cell.is_own), values, tuple(others))


def _why_aside(own: list[Cell], cells: tuple[Cell, ...], row: Row, head: Head) -> str:
    """Why a row below the headings is no row of the table; "" when it is one."""
    headings = {column.index: plain(column.heading) for column in head.columns}
    if len(own) == 1 and (why := _why_alone(own[0], cells, head)):
        return why
    if len(own) > 1 and 2 * sum(_repeats(cell, headings) for cell in own) > len(own):
        return "見出しの繰り返しです"
    if plain(own[0].text) in TOTALS:
        return "合計の行です"
    if not row.values:
        return "知っている列に何もありません"
    return "必要な列が空です" if head.required - row.values.keys() else ""


def _why_alone(cell: Cell, cells: tuple[Cell, ...], head: Head) -> str:
    if cell.text.lstrip().startswith(("※", "注", "(注", "（注")):
        return "注記です"
    is_spread = any(copy.spread_from == cell.at for copy in cells)
    return "行全体にわたる見出しです" if is_spread and len(head.columns) > 2 else ""


def _repeats(cell: Cell, headings: Mapping[int, str]) -> bool:
    heading, text = headings.get(cell.column, ""), plain(cell.text)
    return heading.startswith(text) or heading.endswith(text)


def _own(rows: Iterable[tuple[Cell, ...]]) -> list[Cell]:
    return [cell for row in rows for cell in row if cell.is_own]


def _set_aside(cells: Iterable[Cell], why: str) -> list[SetAside]:
    return [SetAside(cell.at, cell.text, why) for cell in cells]
