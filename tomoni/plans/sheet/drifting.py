"""The recogniser for drifting sheets: what a cell is, is told by what it says and by where it stands, in that order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tomoni.imports.reading.grid import Cell
from tomoni.kernel.japanese import number_as_printed, one_line, plain
from tomoni.plans.sheet.build import FURNITURE, HEADER, Build, is_furniture
from tomoni.plans.sheet.departments import names_in
from tomoni.plans.sheet.document import Line, Measure, Text
from tomoni.plans.sheet.forms import Form, Place
from tomoni.plans.sheet.heads import Row, own_cells
from tomoni.plans.sheet.hierarchy import parse
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.relisting import reference, without_reference
from tomoni.plans.sheet.rows import Cut, cut
from tomoni.plans.sheet.statuses import Scale
from tomoni.plans.sheet.titles import title_key
from tomoni.plans.sheet.years import Placing, place


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows under one head; ``head`` counts the heads of the form."""

    head: int
    rows: Sequence[Row]
    titles: frozenset[str]
    legend: frozenset[str] = frozenset()


@dataclass(slots=True)
class DriftingReader:
    """Reads the pages of a drifting sheet one after the other; headings and measures carry over page breaks."""

    build: Build
    reading: Reading
    form: Form
    scale: Scale
    _titles: dict[str, str] = field(default_factory=dict)
    _measure: int | None = None
    _lead_cell: Cell | None = None
    _start: int = 0

    def read(self, page: PageRows) -> None:
        for row in page.rows:
            own = own_cells(row)
            if len(own) == 1:
                self._lone(own[0], page)
            elif own:
                self._row(own, page)

    def _lone(self, cell: Cell, page: PageRows) -> None:
        """One filled cell: a repeated title, furniture, a heading, or a line that strayed here."""
        text = cell.text.strip()
        if cell.at in page.legend:
            self.build.mark(cell, HEADER)
        elif is_furniture(text) or title_key(text) in page.titles:
            self.build.mark(cell, FURNITURE)
        elif plain(text) in self._titles:
            self.build.set_aside(cell, self._repeats(text))
        elif (heading := parse(text)) and heading.title:
            self.build.heading(heading, cell)
            self._measure = None
        else:
            self.build.set_aside(cell, "1つだけのセルで、見出しとも施策とも判断できませんでした。")

    def _repeats(self, text: str) -> str:
        return f"施策「{self._titles[plain(text)]}」の名前がここにもありますが、内容がありません。"

    def _row(self, own: list[Cell], page: PageRows) -> None:
        parts = cut(own, len(self.form.schedule_years), self.scale)
        if parts.is_measure:
            self._begin(parts)
        elif not parts.rest and not parts.schedule:
            self._stray(own, parts)
            return
        elif not self._goes_on(parts):
            for cell in own:
                self.build.set_aside(cell, "前の施策の続きか、読み取りの繰り返しか判断できませんでした。")
            return
        self._fixed(parts)
        self._schedule(parts)
        self._years(parts, page)

    def _stray(self, own: Sequence[Cell], parts: Cut) -> None:
        known = parts.title is not None and plain(parts.title.text) in self._titles
        for cell in own:
            why = "計画も進捗もない行で、どの施策のものか判断できませんでした。"
            self.build.set_aside(cell, self._repeats(parts.title.text) if known and parts.title else why)

    def _begin(self, parts: Cut) -> None:
        if parts.title is None:
            raise ValueError("a measure has a title")
        words = one_line(parts.title.text).strip()
        number = number_as_printed(parts.number.text) if parts.number else None
        measure = Measure(number, without_reference(words), self.build.path.here, parts.title.at, lines=[Line()])
        measure.relisted_of = reference(words)
        self._measure = self.build.add(measure)
        self._titles[plain(measure.title)] = measure.title
        self._lead_cell, self._start = None, parts.start
        self.build.put(parts.title, f"/measures/{self._measure}/title")
        if parts.number:
            self.build.put(parts.number, f"/measures/{self._measure}/number")

    def _goes_on(self, parts: Cut) -> bool:
        """Whether a row without a title is another department of the measure above; it gets a line of its own."""
        if self._measure is None or parts.title is not None or parts.number is not None:
            return False
        lines = self.build.measures[self._measure].lines
        if parts.departments:
            lines.append(Line())
            return True
        if len(lines[-1].leads) > 1:
            self.build.split_leads(self._measure, self._lead_cell)
            parts.start = self._start
            return True
        return False

    @property
    def _here(self) -> tuple[Measure, str, int]:
        index = self._measure or 0
        measure = self.build.measures[index]
        return measure, f"/measures/{index}", len(measure.lines) - 1

    def _fixed(self, parts: Cut) -> None:
        measure, where, number = self._here
        line = measure.lines[number]
        for cell, name in zip(parts.departments, ("leads", "related"), strict=False):
            setattr(line, name, names_in(cell.text, self.reading))
            self.build.put(cell, f"{where}/lines/{number}/{name}")
        if parts.departments:
            self._lead_cell = parts.departments[0]
        for cell in parts.departments[2:]:
            self.build.set_aside(cell, "担当課と関係課のほかに、もう1つ課の名前があります。")
        if parts.description is not None and measure.description is None:
            measure.description = Text(parts.description.text.strip(), parts.description.at)
            self.build.put(parts.description, f"{where}/description")
        elif parts.description is not None:
            self.build.set_aside(parts.description, "この施策の事業内容は、前の行に書かれています。")
        for cell in parts.stray:
            self.build.set_aside(cell, "施策名と事業内容のほかの文で、何の欄か判断できませんでした。")

    def _schedule(self, parts: Cut) -> None:
        """Schedule words to their years: all of them in order, fewer by the place they keep before the year blocks."""
        measure, where, _ = self._here
        years = self.form.schedule_years
        for index, cell in enumerate(parts.schedule):
            if len(parts.schedule) < len(years):
                index = cell.column - (parts.start - len(years))
            text = cell.text.strip()
            if not 0 <= index < len(years):
                self.build.set_aside(cell, "何年度の計画か判断できませんでした。")
            elif measure.schedule.setdefault(years[index], text) == text:
                self.build.put(cell, f"{where}/schedule/{years[index]}")
            else:
                self.build.set_aside(cell, "同じ年度の計画に、前の行と違う記入があります。")

    def _years(self, parts: Cut, page: PageRows) -> None:
        measure, _, number = self._here
        line = measure.lines[number]
        shift = self.form.shift(page.head, parts.title.column) if parts.title is not None else 0
        is_anchored = bool(parts.schedule) or parts.title is None
        start = parts.start if is_anchored else self.form.first_column(page.head) + shift
        placing = place(parts.rest, self.form, Place(page.head, start, shift, is_anchored), self.scale)
        line.is_looped = placing.is_looped
        for year in self.form.years:
            line.year(year).why_open = placing.why.get(year, "")
        self._put(placing, number)

    def _put(self, placing: Placing, number: int) -> None:
        index = self._measure or 0
        for found in placing.statuses:
            self.build.rate(found.cell, (index, number, found.year), self.scale, found.sure)
        for told in placing.texts:
            self.build.write(told.cell, (index, number, told.year), told.name)
        for cell, why in placing.open:
            self.build.set_aside(cell, why)
            if self.scale.knows(cell.text):
                self.build.correct(cell, self.scale)
            else:
                self.build.loose.append((index, Text(cell.text, cell.at)))
