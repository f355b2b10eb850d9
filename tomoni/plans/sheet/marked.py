"""Reads a sheet that says itself what its columns and rows are (margin.py): nothing is recognised, nothing guessed.

People may have worked in it since: rows they added have no note and are read by their cells, and what a note remembers
of a cell is believed only while the cell says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tomoni.imports.reading.grid import Cell, Grid, Sheet
from tomoni.kernel import fiscal
from tomoni.kernel.japanese import number_as_printed
from tomoni.plans.sheet import figures
from tomoni.plans.sheet.build import FURNITURE, HEADER, Build
from tomoni.plans.sheet.departments import names_in
from tomoni.plans.sheet.document import TEXT_FIELDS, Line, Measure, Node, Number, Text
from tomoni.plans.sheet.heads import own_cells
from tomoni.plans.sheet.hierarchy import Heading, parse
from tomoni.plans.sheet.margin import JOINED, NUMBERS, SHEET, TITLE, Code, Note, before_title
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.statuses import Scale

LAST = 10**9
HEAD_ROWS = 2  # groups and labels, right below the codes


@dataclass(slots=True)
class Margin:
    """Where the margin of a sheet stands: the row of codes and the column of notes."""

    kind: str
    row: int
    column: int
    codes: dict[int, Code] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the sheet of figures: the figure, its place among all figures, and the cells that tell it."""

    place: int
    number: Number
    cells: Mapping[str, Cell]


def margin_of(sheet: Sheet) -> Margin | None:
    """The margin of a sheet we wrote, wherever people have moved it; None for every other sheet."""
    for number, row in enumerate(sheet.rows[:60]):
        for cell in own_cells(row):
            if cell.text in (SHEET, NUMBERS):
                codes = {c.column: code for c in own_cells(row) if c is not cell and (code := Code.parse(c.text))}
                return Margin(cell.text, number, cell.column, codes)
    return None


def is_marked(grid: Grid) -> bool:
    """Whether a file carries our margin."""
    return any(margin is not None and margin.kind == SHEET for margin in map(margin_of, grid.sheets))


def read_marked(build: Build, grid: Grid, reading: Reading) -> None:
    """Read every sheet of a marked file into the document."""
    listed: list[Listed] = []
    tells_all = False
    for sheet in grid.sheets:
        margin = margin_of(sheet)
        if margin is None:
            continue
        if margin.kind == NUMBERS:
            listed += _figures(build, sheet, margin)
        else:
            tells_all |= MarkedReader(build, reading, margin).read(sheet)
    if not tells_all:
        figures.add_told(build)
    for each in listed:
        build.document.numbers.insert(min(each.place, len(build.document.numbers)), each.number)
    _point_to_figures(build, listed)


@dataclass(slots=True)
class MarkedReader:
    """Reads the rows of one marked sheet."""

    build: Build
    reading: Reading
    margin: Margin
    _scale: Scale = field(init=False)
    _nodes: dict[str, Node] = field(default_factory=dict)
    _held: dict[int, int] = field(default_factory=dict)  # number of a measure in the notes -> in the document
    _lines: set[tuple[int, int]] = field(default_factory=set)
    _here: str | None = None
    _measure: int | None = None

    def __post_init__(self) -> None:
        self._scale = Scale.of(self.reading, {})

    def read(self, sheet: Sheet) -> bool:
        """Read all rows. Says whether the sheet of figures names every figure, also those told in texts."""
        tells_all = False
        self._nodes = {node.id: node for node in self.build.path.nodes}
        self.build.document.years += [
            code.year
            for code in self.margin.codes.values()
            if code.name == "status" and code.year is not None and code.year not in self.build.document.years
        ]
        for number, row in enumerate(sheet.rows):
            own = own_cells(row)
            note = next((n for c in own if c.column == self.margin.column and (n := Note.parse(c.text))), None)
            if note is not None:
                self._mark_margin(own)
            if note is not None and note.kind == TITLE:
                tells_all = note.told.get("figures") == "all"
                self._title([c for c in own if c.column != self.margin.column])
            elif number <= self.margin.row + HEAD_ROWS:
                for cell in own:
                    self.build.mark(cell, HEADER)
            elif own:
                self._row(note, {c.column: c for c in own if c.column != self.margin.column})
        return tells_all

    def _mark_margin(self, own: Sequence[Cell]) -> None:
        for cell in own:
            if cell.column == self.margin.column:
                self.build.mark(cell, HEADER)

    def _title(self, own: Sequence[Cell]) -> None:
        if own and self.build.document.title is None:
            self.build.document.title = own[0].text
            self.build.put(own[0], "/plan/title")

    def _row(self, note: Note | None, cells: Mapping[int, Cell]) -> None:
        if note is not None and note.kind == "node":
            self._heading(note, cells)
        elif note is not None and note.kind == "line":
            self._line(note, cells)
        else:
            self._added(cells)

    # Headings

    def _heading(self, note: Note, cells: Mapping[int, Cell]) -> None:
        told = note.told
        cell = next(iter(cells.values()), None)
        text = cell.text if cell is not None else ""
        identity, level, number = str(told.get("id")), str(told.get("level") or ""), told.get("number")
        before = before_title(level, number)
        title = text.removeprefix(before) if text.startswith(before) else None
        if title is None and text.strip() == before.strip():
            title = ""
        if title is None:  # rewritten by hand
            found = parse(text, is_wide=True) or Heading("", None, text)
            level, number, title = found.level or level, found.number or number, found.title
        node = self._nodes.get(identity)
        if node is None:
            parent = told.get("parent") if told.get("parent") in self._nodes else None
            node = Node(identity, level, number, title, parent, cell.at if cell is not None else "")
            self._nodes[identity] = node
            self.build.path.nodes.append(node)
            self._point(cell, f"/nodes/{len(self.build.path.nodes) - 1}/title")
        elif cell is not None:
            self.build.mark(cell, FURNITURE)
        self._here = node.id

    def _point(self, cell: Cell | None, pointer: str) -> None:
        if cell is not None:
            self.build.put(cell, pointer)

    # Measures and their lines

    def _line(self, note: Note, cells: Mapping[int, Cell]) -> None:
        told = note.told
        key, place = told.get("m"), told.get("l")
        known = self._held.get(key) if isinstance(key, int) else None
        if known is None or (place in (None, 0)):
            if (key, 0) in self._lines:  # the row was copied, with its note
                self._added(cells)
                return
            self._begin(told, cells)
            if isinstance(key, int):
                self._held[key] = self._measure or 0
                self._lines.add((key, 0))
        else:
            self._measure = known
        if isinstance(place, int) or self._says_something(cells):
            self._add_line(told, cells)
        self._left_over(cells)

    def _begin(self, told: Mapping[str, Any], cells: Mapping[int, Cell]) -> None:
        title = self._cell("title", cells)
        text, relisted = title.text if title is not None else "", None
        words = told.get("relisted")
        if isinstance(words, list) and len(words) == 2 and text.endswith(str(words[0])):
            text, relisted = text.removesuffix(str(words[0])), str(words[1])
        number, description = self._cell("number", cells), self._cell("description", cells)
        measure = Measure(
            number.text if number is not None else None,
            text,
            None if told.get("top") is True else self._here,
            title.at if title is not None else "",
            number_inferred=told.get("inferred") is True and number is not None,
            relisted_of=relisted,
            description=Text(description.text, description.at) if description is not None else None,
        )
        self._measure = self.build.add(measure)
        where = f"/measures/{self._measure}"
        for name, cell in (("title", title), ("number", number), ("description", description)):
            self._point(cell, f"{where}/{name}")
        if relisted is not None:
            self._point(title, f"{where}/relisted_of")
        for code, cell in self._yearly("schedule", cells):
            measure.schedule[code] = cell.text
            self._point(cell, f"{where}/schedule/{code}")

    def _add_line(self, told: Mapping[str, Any], cells: Mapping[int, Cell]) -> None:
        measure = self.build.measures[self._measure or 0]
        line = Line()
        measure.lines.append(line)
        where = f"/measures/{self._measure}/lines/{len(measure.lines) - 1}"
        for name in ("leads", "related"):
            if (cell := self._cell(name, cells)) is not None:
                setattr(line, name, self._names(cell.text, told.get(name)))
                self._point(cell, f"{where}/{name}")
        for year in self.build.document.years:
            line.year(year)
        remembered = told.get("status")
        for year, cell in self._yearly("status", cells):
            place = (self._measure or 0, len(measure.lines) - 1, year)
            self._rate(cell, place, remembered.get(str(year)) if isinstance(remembered, Mapping) else None)
        for name in TEXT_FIELDS:
            for year, cell in self._yearly(name, cells):
                line.year(year).texts[name] = Text(cell.text, cell.at)
                self._point(cell, f"{where}/years/{year}/{name}")

    def _rate(self, cell: Cell, place: tuple[int, int, int], remembered: object) -> None:
        if not (isinstance(remembered, list) and len(remembered) == 3 and remembered[0] == cell.text):
            self.build.rate(cell, place, self._scale)
            return
        index, line, year = place
        entry = self.build.measures[index].lines[line].year(year)
        _, entry.status, entry.status_text = remembered
        entry.status_at, entry.confidence = cell.at, 0.98 if entry.status else 0.0
        if entry.status is None:
            entry.why_open = f"「{cell.text.strip()}」は、書き出したときから判断していません。"
        name = "status" if entry.status else "status_text"
        self._point(cell, f"/measures/{index}/lines/{line}/years/{year}/{name}")

    def _names(self, text: str, remembered: object) -> list[str]:
        if isinstance(remembered, list) and JOINED.join(map(str, remembered)) == text:
            return [str(name) for name in remembered]
        return names_in(text, self.reading)

    # Cells

    def _cell(self, name: str, cells: Mapping[int, Cell]) -> Cell | None:
        return next((cells[i] for i, code in self.margin.codes.items() if code.name == name and i in cells), None)

    def _yearly(self, name: str, cells: Mapping[int, Cell]) -> Iterator[tuple[int, Cell]]:
        for index, code in self.margin.codes.items():
            if code.name == name and code.year is not None and index in cells:
                yield code.year, cells[index]

    def _says_something(self, cells: Mapping[int, Cell]) -> bool:
        """Whether a row without a line of its own was filled in: its department, or something of a year."""
        names = {"leads", "related", "status", *TEXT_FIELDS}
        return any(code.name in names and index in cells for index, code in self.margin.codes.items())

    def _added(self, cells: Mapping[int, Cell]) -> None:
        """A row people added: a measure when it names one, a heading when that is all it holds, else a further line."""
        title = self._cell("title", cells)
        number = self._cell("number", cells)
        alone = next(iter(cells.values())) if len(cells) == 1 else None
        if alone is not None and (found := parse(alone.text, is_wide=True)) is not None and found.level:
            node = self.build.heading(found, alone)
            self._nodes[node.id] = node
            self._here = node.id
        elif title is not None:
            self._begin({}, cells)
            if number is not None:
                self.build.measures[self._measure or 0].number = number_as_printed(number.text)
            self._add_line({}, cells)
        elif self._measure is not None and self._says_something(cells):
            self._add_line({}, cells)
        self._left_over(cells)

    def _left_over(self, cells: Mapping[int, Cell]) -> None:
        for cell in cells.values():
            self.build.set_aside(cell, "この欄が何の値か、見出しに印がありません。")


def _figures(build: Build, sheet: Sheet, margin: Margin) -> list[Listed]:
    """The rows of the sheet of figures, each with its place among all figures."""
    columns = {code.name: index for index, code in margin.codes.items()}
    found: list[Listed] = []
    for number, row in enumerate(sheet.rows):
        own = own_cells(row)
        cells = {c.column: c for c in own}
        note = Note.parse(cells[margin.column].text) if margin.column in cells else None
        if number <= margin.row or (note is None and not found):
            for cell in own:
                build.mark(cell, HEADER)
            continue
        if margin.column in cells:
            build.mark(cells.pop(margin.column), HEADER)
        told = {name: cells[i] for name, i in columns.items() if i in cells}
        figure = _figure(told)
        if figure is None:
            for cell in own:
                build.set_aside(cell, "数値の行として読めませんでした。年度、何の数か、値を書いてください。")
            continue
        place = note.told.get("place") if note is not None else None
        found.append(Listed(place if isinstance(place, int) else LAST, figure, told))
    return found


def _figure(cells: Mapping[str, Cell]) -> Number | None:
    year = fiscal.fiscal_year(cells["year"].text) if "year" in cells else None
    value = _number(cells["value"].text) if "value" in cells else None
    if year is None or value is None:
        return None
    text = {name: cells[name].text if name in cells else "" for name in ("measure", "label", "unit")}
    return Number(text["measure"] or None, year.year, text["label"], value, text["unit"], cells["value"].at)


def _number(text: str) -> int | float | None:
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        found = figures.number_of(text)
        return found[0] if found else None


def _point_to_figures(build: Build, listed: Sequence[Listed]) -> None:
    """Say of the cells of the sheet of figures what they became."""
    order = {id(number): index for index, number in enumerate(build.document.numbers)}
    for each in listed:
        for name, cell in each.cells.items():
            build.put(cell, f"/numbers/{order[id(each.number)]}/{name}")
