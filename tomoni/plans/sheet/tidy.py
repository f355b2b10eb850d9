"""The recogniser for tidy sheets: headers stand over their columns, so a cell is what its column says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tomoni.imports.reading.grid import Cell
from tomoni.kernel import fiscal
from tomoni.kernel.japanese import number_as_printed, one_line, plain
from tomoni.plans.sheet.build import FURNITURE, HEADER, Build, is_furniture
from tomoni.plans.sheet.columns import Column, Columns, field_of
from tomoni.plans.sheet.departments import names_in
from tomoni.plans.sheet.document import Line, Measure, Text
from tomoni.plans.sheet.figures import Row as FigureRow
from tomoni.plans.sheet.figures import add_indicators
from tomoni.plans.sheet.heads import Row, own_cells
from tomoni.plans.sheet.hierarchy import Heading, parse, split_number
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.relisting import reference, without_reference
from tomoni.plans.sheet.statuses import Scale
from tomoni.plans.sheet.vocabulary import TEXTS, YEARLY, Role

_TOTAL = re.compile(r"^(?:小|合|総|累)?計$|^(?:合計|平均|総合計|全体)(?:数|値|点)?$")
_NOTE = re.compile(r"^[(（]?(?:※|＊|\*|注[\d)）:：]|凡例)")
BLANK_STATUS = "進捗状況の欄が空です。"
NO_YEAR = "何年度の記入か、シートのどこにも書かれていません。"


@dataclass(slots=True)
class Table:
    """One table of a sheet: its columns, the rows below the head, and the year its columns leave unsaid."""

    columns: Columns
    rows: Sequence[Row]
    scale: Scale
    year: int | None = None
    titles: frozenset[str] = frozenset()
    legend: frozenset[str] = frozenset()


@dataclass(slots=True)
class TidyReader:
    """Reads the rows of tidy tables one after the other into one document."""

    build: Build
    reading: Reading
    sheet_index: int = 0
    _known: dict[tuple[str, str, str | None], tuple[int, int]] = field(default_factory=dict)
    _measure: int | None = None
    _line: int = 0
    _lead_cell: Cell | None = None
    _table: Table | None = None
    _title_styles: set[str] = field(default_factory=set)

    @property
    def table(self) -> Table:
        if self._table is None:
            raise RuntimeError("no table is being read")
        return self._table

    def read(self, table: Table) -> None:
        """Read one table. Headings and the last measure carry over from the table before."""
        self._table = table
        title = self._title_column()
        cells = [c for row in table.rows for c in row if c.column == title and c.is_own and len(own_cells(row)) > 2]
        styles = Counter(h.style for c in cells if (h := parse(c.text)) and h.number)
        self._title_styles = {style for style, n in styles.items() if n * 3 >= len(cells)}
        for row in table.rows:
            own = own_cells(row)
            if own and not self._is_told_apart(row, own):
                self._data_row(row, own)

    def start_sheet(self, index: int) -> None:
        self.sheet_index, self._measure, self._lead_cell = index, None, None

    # Rows that are no data

    def _is_told_apart(self, row: Row, own: list[Cell]) -> bool:
        if all(cell.at in self.table.legend for cell in own):
            for cell in own:
                self.build.mark(cell, HEADER)
            return True
        return (len(own) == 1 and self._lone(own[0], row)) or self._numbered_heading(row, own)

    def _lone(self, cell: Cell, row: Row) -> bool:
        """A row with one filled cell: furniture, a note, a heading; or else the last words of a row above."""
        text = cell.text.strip()
        if is_furniture(text) or plain(text) in self.table.titles:
            self.build.mark(cell, FURNITURE)
            return True
        if _NOTE.match(text):
            self.build.set_aside(cell, "表の外の注記です。")
            return True
        if self._is_below_title(row):
            return False
        width = sum(c.spread_from == cell.at and c.row == cell.row for c in row) + 1
        is_wide = width * 2 >= len(self.table.columns.all)
        heading = parse(text, is_wide=is_wide)
        if heading is None or (not is_wide and self._is_numbered_title(cell, heading)):
            return False
        if cell.column > self._title_column() and not (heading.level and heading.number):
            return False
        self.build.heading(heading, cell)
        self._measure = None
        return True

    def _is_numbered_title(self, cell: Cell, heading: Heading) -> bool:
        """Whether a lone cell is numbered as the titles of this table are: then it is one of them, left blank."""
        if heading.level or cell.column != self._title_column():
            return False
        return reference(cell.text) is not None or heading.style in self._title_styles

    def _numbered_heading(self, row: Row, own: list[Cell]) -> bool:
        """A heading whose number stands in a cell of its own, its words merged over the table."""
        if len(own) != 2 or own[1].column > self._title_column() or self._is_below_title(row):
            return False
        width = sum(c.spread_from == own[1].at and c.row == own[1].row for c in row)
        if width < 3 or width * 2 < len(self.table.columns.all):
            return False
        named = parse(one_line(own[0].text) + " " + one_line(own[1].text))
        heading = named or Heading("", number_as_printed(own[0].text), one_line(own[1].text))
        node = self.build.heading(heading, own[1])
        self.build.number_of_node(node, own[0])
        self._measure = None
        return True

    def _is_below_title(self, row: Row) -> bool:
        title = self.table.columns.title
        return title is not None and any(c.column == title.index and _is_from_above(c) for c in row)

    def _title_column(self) -> int:
        return self.table.columns.title.index if self.table.columns.title else 0

    # Rows of data

    def _data_row(self, row: Row, own: list[Cell]) -> None:
        cells = {cell.column: cell for cell in row}
        title = cells.get(self._title_column())
        if any(_TOTAL.match(plain(cell.text)) for cell in own[:2] if cell.column <= self._title_column()):
            for cell in own:
                self.build.set_aside(cell, "集計の行です。")
            return
        self._levels(cells)
        if title is not None and title.is_own:
            self._begin(cells, title)
        elif self._measure is None:
            for cell in own:
                self.build.set_aside(cell, "どの施策の行か判断できませんでした。")
            return
        else:
            self._sub_row(cells)
        self._fill(cells)

    def _levels(self, cells: dict[int, Cell]) -> None:
        number: Cell | None = None
        for depth, column in enumerate(self.table.columns.all):
            cell = cells.get(column.index)
            if column.role is Role.NUMBER and column.level == "#":
                number = cell
            if column.role is not Role.LEVEL or cell is None or _is_from_above(cell):
                continue
            heading = self._level_heading(column, cell, number)
            node = self.build.heading_in_column(depth, heading, cell)
            if number is not None and number.is_own:
                self.build.number_of_node(node, number)
            number = None

    def _level_heading(self, column: Column, cell: Cell, number: Cell | None) -> Heading:
        level = column.level or one_line(column.label)
        found = parse(cell.text)
        if found and (found.level or found.number) and found.title:
            return Heading(found.level or level, found.number, found.title)
        printed = number_as_printed(number.text) if number is not None else None
        return Heading(level, printed, one_line(cell.text).strip())

    def _begin(self, cells: dict[int, Cell], title: Cell) -> None:
        """A row with a title of its own: a new measure, or one known from another year's sheet or row."""
        number_cell = self._number_cell(cells)
        number, words = split_number(title.text)
        if number_cell is not None:
            number, words = number_as_printed(number_cell.text), one_line(title.text).strip()
        name = without_reference(words)
        key = (plain(number or ""), plain(name), self.build.path.here)
        known = self._known.get(key)
        if known is not None and (known[1] != self.sheet_index or self._has_year_rows() or known[0] == self._measure):
            self._measure = known[0]
            self._line = self._line_for(cells, is_new_row=True)
        else:
            at = title.spread_from or title.at
            self._measure = self.build.add(Measure(number, name, self.build.path.here, at, lines=[Line()]))
            self._known[key] = (self._measure, self.sheet_index)
            self._line, self._lead_cell = 0, None
        self._put_names(title, number_cell, number)
        self._relist(words, cells)

    def _number_cell(self, cells: dict[int, Cell]) -> Cell | None:
        column = next((c for c in self.table.columns.of(Role.NUMBER) if c.level != "#"), None)
        return cells.get(column.index) if column else None

    def _put_names(self, title: Cell, number_cell: Cell | None, number: str | None) -> None:
        where = f"/measures/{self._measure}"
        self.build.put(title, f"{where}/title")
        if number_cell is not None and not _is_from_above(number_cell):
            self.build.put(number_cell, f"{where}/number")
        elif number_cell is None and number:
            self.build.put(title, f"{where}/number")

    def _relist(self, words: str, cells: dict[int, Cell]) -> None:
        measure = self.build.measures[self._measure or 0]
        found = reference(words)
        for column in self.table.columns.of(Role.RELISTED, Role.DESCRIPTION, Role.REMARKS):
            cell = cells.get(column.index)
            if cell is None or not cell.is_own:
                continue
            told = cell.text.strip() if column.role is Role.RELISTED else reference(cell.text)
            if told is not None and (found is None or not found):
                found = told
            if told is not None and column.role is Role.RELISTED:
                self.build.put(cell, f"/measures/{self._measure}/relisted_of")
        if found is not None:
            measure.relisted_of = found

    def _has_year_rows(self) -> bool:
        return bool(self.table.columns.of(Role.YEAR))

    def _sub_row(self, cells: dict[int, Cell]) -> None:
        self._line = self._line_for(cells, is_new_row=False)

    def _line_for(self, cells: dict[int, Cell], *, is_new_row: bool) -> int:
        """The line of the measure this row belongs to: by its department, else the one it goes on with."""
        index = self._measure or 0
        lines = self.build.measures[index].lines
        lead = self._cell_of(cells, Role.LEAD)
        if lead is not None and not _is_from_above(lead):
            names = names_in(lead.text, self.reading)
            for number, line in enumerate(lines):
                if not line.leads or {plain(n) for n in line.leads} == {plain(n) for n in names}:
                    return number
            lines.append(Line())
            return len(lines) - 1
        if not is_new_row and not self._has_year_rows() and self._is_taken(cells):
            if len(lines[-1].leads) > 1:
                self.build.split_leads(index, self._lead_cell)
            else:
                lines.append(Line(leads=list(lines[-1].leads), related=list(lines[-1].related)))
            return len(lines) - 1
        return min(self._line, len(lines) - 1)

    def _is_taken(self, cells: dict[int, Cell]) -> bool:
        """Whether this row rates a year that the line before it has rated already."""
        entries = self.build.measures[self._measure or 0].lines[-1].years
        for column in self.table.columns.of(Role.STATUS):
            year = self._year(column, cells)
            cell = cells.get(column.index)
            if cell is not None and cell.is_own and year in entries and entries[year].status_at:
                return True
        return False

    def _cell_of(self, cells: dict[int, Cell], role: Role) -> Cell | None:
        return next((cells[c.index] for c in self.table.columns.of(role) if c.index in cells), None)

    # The cells of a row

    def _fill(self, cells: dict[int, Cell]) -> None:
        label = self._cell_of(cells, Role.FIELD)
        for column in self.table.columns.all:
            cell = cells.get(column.index)
            if cell is None or not cell.text.strip():
                continue
            if column.role is Role.BY_ROW:
                column = replace(column, role=field_of(label.text) if label is not None else None)
            if column.role in YEARLY and column.role is not Role.VALUE:
                self._yearly(column, cell, cells)
            elif cell.is_own:
                self._single(column, cell, cells)
        add_indicators(self.build, self.table.columns, FigureRow(self._measure or 0, self._row_year(cells), cells))
        self._say_blank(cells)

    def _single(self, column: Column, cell: Cell, cells: dict[int, Cell]) -> None:
        index = self._measure or 0
        measure, where = self.build.measures[index], f"/measures/{index}"
        if column.role is Role.LEAD:
            self._lead(column, cell)
        elif column.role is Role.RELATED:
            line = measure.lines[self._line]
            line.related = line.related or names_in(cell.text, self.reading)
            self.build.put(cell, f"{where}/lines/{self._line}/related")
        elif column.role is Role.DESCRIPTION:
            self._description(cell, measure, where)
        elif column.role is Role.NUMBER and column.level != "#" and measure.number == number_as_printed(cell.text):
            self.build.put(cell, f"{where}/number")
        elif column.role is Role.YEAR and (year := self._row_year(cells)) is not None:
            measure.lines[self._line].year(year)
            self.build.put(cell, f"{where}/lines/{self._line}/years/{year}")
        elif column.role is Role.FIELD:
            self.build.mark(cell, HEADER)
        elif column.role is Role.IGNORE:
            self.build.set_aside(cell, column.why or f"「{column.label}」の欄は、この様式に入れる場所がありません。")
        elif column.role is None:
            self.build.set_aside(cell, "見出しの言葉から、何の欄か判断できませんでした。")

    def _lead(self, column: Column, cell: Cell) -> None:
        line = self.build.measures[self._measure or 0].lines[self._line]
        names = names_in(cell.text, self.reading)
        where = f"/measures/{self._measure}/lines/{self._line}"
        if column.also is Role.RELATED and len(names) > 1:
            line.related = line.related or names[1:]
            self.build.put(cell, f"{where}/related")
            names = names[:1]
        line.leads = line.leads or names
        self.build.put(cell, f"{where}/leads")
        self._lead_cell = cell

    def _description(self, cell: Cell, measure: Measure, where: str) -> None:
        if measure.description is None:
            measure.description = Text(cell.text.strip(), cell.at)
        if plain(measure.description.text) == plain(cell.text):
            self.build.put(cell, f"{where}/description")
        else:
            self.build.set_aside(cell, "この施策の事業内容は、別の行に書かれています。")

    def _yearly(self, column: Column, cell: Cell, cells: dict[int, Cell]) -> None:
        if _is_from_above(cell) and (self._has_year_rows() or column.role is Role.SCHEDULE):
            return
        year = self._year(column, cells)
        if year is None:
            self.build.set_aside(cell, NO_YEAR)
            return
        index = self._measure or 0
        if column.role is Role.SCHEDULE:
            self._schedule(cell, self.build.measures[index], year)
            return
        where = (index, self._line, year)
        for role in (column.role, column.also):
            if role is Role.STATUS:
                self._rate(cell, where)
            elif role in TEXTS and not self.build.write(cell, where, role.value):
                self.build.set_aside(cell, "同じ年度の同じ欄に、すでに別の記入があります。")

    def _rate(self, cell: Cell, where: tuple[int, int, int]) -> None:
        entry = self.build.measures[where[0]].lines[where[1]].year(where[2])
        at = cell.spread_from or cell.at
        if entry.status_at not in (None, at):
            self.build.set_aside(cell, "同じ年度の進捗状況が2つあり、初めのものを読みました。")
        else:
            self.build.rate(cell, where, self.table.scale)

    def _schedule(self, cell: Cell, measure: Measure, year: int) -> None:
        text = one_line(cell.text).strip()
        if measure.schedule.setdefault(year, text) == text:
            self.build.put(cell, f"/measures/{self._measure}/schedule/{year}")
        else:
            self.build.set_aside(cell, "同じ年度の計画に、別の記入があります。")

    def _say_blank(self, cells: dict[int, Cell]) -> None:
        """A rating column left empty: the year is there, and open."""
        for column in self.table.columns.of(Role.STATUS):
            year = self._year(column, cells)
            if year is not None and column.index not in cells:
                entry = self.build.measures[self._measure or 0].lines[self._line].year(year)
                if entry.status_at is None:
                    entry.why_open = BLANK_STATUS

    def _year(self, column: Column, cells: dict[int, Cell]) -> int | None:
        if column.year is not None:
            return column.year
        return self._row_year(cells)

    def _row_year(self, cells: dict[int, Cell]) -> int | None:
        """The year of what the columns leave without one: the row's own, else the only one there is."""
        cell = self._cell_of(cells, Role.YEAR)
        if cell is None:
            named = self.table.columns.years
            return self.table.year if not named else next(iter(named)) if len(named) == 1 else None
        near = fiscal.FiscalYear(self.table.year) if self.table.year else None
        found = fiscal.fiscal_year(cell.text, near=near)
        return found.year if found else None


def _is_from_above(cell: Cell) -> bool:
    """Filled by a merge that began in a row above."""
    if cell.is_own:
        return False
    digits = re.search(r"(\d+)$", cell.spread_from)
    return digits is not None and int(digits[1]) != cell.row + 1
