"""From a clean plan to the sheet a city would really hand over: printed in pages, scanned, and read back with slips.

Pure and deterministic: the slips are listed in demo/fuchu/mess.yaml, nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tomoni.portal.demo.clean import CleanHeading, CleanLine, CleanMeasure, CleanPlan, YearEntry
from tomoni.portal.demo.messy_heads import HEADS, Row

FIXED = 8  # number, title, leads, related, description and three years of the schedule


class _Slips(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageSlips(_Slips):
    """What is wrong with one printed page."""

    last: str
    """Number of the last measure on the page."""
    width: int
    head: str
    """Which of HEADS stands on top."""
    drift: bool = False
    """Empty cells inside the years are dropped, so that what follows moves to the left."""
    merged: bool = False
    spaced: bool = False
    """A blank stands between 目標(1) and its title."""
    wave: str = "～"
    misread: dict[str, str] = Field(default_factory=dict)
    again: str = ""
    """A heading printed once more at the foot of the page."""


class MeasureSlips(_Slips):
    """What is wrong with the rows of one measure."""

    number_lost: bool = False
    shifted: bool = False
    """The whole row stands one cell to the right."""
    lost_cell: bool = False
    """The empty cell of the related departments is missing, so that the row moves to the left."""
    departments_together: bool = False
    """Both departments in one cell; the second row has nothing but its years."""
    department_below: bool = False
    """The second row names its department, but in the column of the schedule, and repeats the description."""
    loops: int = 0
    """How often the last year is read again."""
    misread: dict[str, str] = Field(default_factory=dict)
    stray: tuple[str, ...] = ()
    """A row that belongs elsewhere and follows this measure."""


class Mess(_Slips):
    """Everything that is wrong with the sheet."""

    pages: tuple[PageSlips, ...]
    measures: dict[str, MeasureSlips] = Field(default_factory=dict)
    heading_columns: dict[str, int] = Field(default_factory=dict)
    """Headings that stand elsewhere than in the first column."""


@dataclass(slots=True)
class Leaf:
    """The rows of the sheet, and the rectangles that are merged (first row, first column, last row, last column)."""

    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def load_mess(path: Path) -> Mess:
    """The slips listed in that file."""
    return Mess.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def mess_up(plan: CleanPlan, mess: Mess) -> Leaf:
    """The sheet of this plan with these slips. KeyError when a page ends with a measure the plan does not have."""
    leaf = Leaf()
    entries = list(_in_order(plan.headings, depth=0))
    ends = {entry.number: place for place, entry in enumerate(entries) if isinstance(entry, CleanMeasure)}
    start = 0
    for page in mess.pages:
        stop = ends[page.last] + 1
        _print_page(leaf, plan, mess, page=page, entries=entries[start:stop])
        start = stop
    return leaf


@dataclass(frozen=True, slots=True)
class _Title:
    level: int
    heading: CleanHeading


def _in_order(headings: tuple[CleanHeading, ...], *, depth: int) -> Iterator[_Title | CleanMeasure]:
    for heading in headings:
        yield _Title(depth, heading)
        yield from heading.measures
        yield from _in_order(heading.children, depth=depth + 1)


def _print_page(
    leaf: Leaf, plan: CleanPlan, mess: Mess, *, page: PageSlips, entries: list[_Title | CleanMeasure]
) -> None:
    top = len(leaf.rows)
    rows: list[Row] = [[""], [plan.sheet_title.replace("～", page.wave)], [""], *HEADS[page.head]()]
    for entry in entries:
        if isinstance(entry, CleanMeasure):
            rows.extend(_measure_rows(entry, plan, page, mess.measures.get(entry.number, MeasureSlips())))
        else:
            title = _heading_text(plan.levels[entry.level], entry.heading, page)
            rows.append([""] * mess.heading_columns.get(title, 0) + [title])
    if page.again:
        rows.append([""] * mess.heading_columns.get(page.again, 0) + [page.again])
    leaf.rows.extend([_misread(cell, page.misread) for cell in _padded(row, page.width)] for row in rows)
    if page.merged:
        leaf.merges.extend(_merges_of_head(top, page.width))


def _heading_text(level: str, heading: CleanHeading, page: PageSlips) -> str:
    if level == "目標":
        return f"目標({heading.number}){' ' if page.spaced else ''}{heading.title}"
    return f"{level}{heading.number} {heading.title}"


def _measure_rows(measure: CleanMeasure, plan: CleanPlan, page: PageSlips, slips: MeasureSlips) -> Iterator[Row]:
    for place, line in enumerate(measure.lines):
        row = _fixed(measure, line, place, slips) + _years(line, plan, page, slips)
        if slips.shifted:
            row = ["", *row]
        yield [_misread(cell, slips.misread) for cell in row]
    if slips.stray:
        yield list(slips.stray)


def _fixed(measure: CleanMeasure, line: CleanLine, place: int, slips: MeasureSlips) -> Row:
    """Number, title, departments, description and schedule of a row, as far as they were printed."""
    leads, related = "、".join(line.leads), "、".join(line.related)
    if slips.departments_together:
        leads = " ".join(lead for each in measure.lines for lead in each.leads)
        if place > 0:
            return [""] * FIXED
    if place > 0:
        return ["", "", "", "", "", leads, measure.description, *measure.schedule]
    number = "" if slips.number_lost else measure.number
    row = [number, measure.title, leads, related, measure.description, *measure.schedule]
    if slips.lost_cell:
        row.remove("")
    return row


def _years(line: CleanLine, plan: CleanPlan, page: PageSlips, slips: MeasureSlips) -> Row:
    cells: Row = []
    for year in plan.years:
        block = _block(line.years.get(year, YearEntry()), plan, short=year >= 2019 and page.head == "short")
        cells += [cell for cell in block if cell] if page.drift or slips.loops else block
    last = [cell for cell in _block(line.years.get(plan.years[-1], YearEntry()), plan, short=True) if cell]
    if slips.loops:
        cells += last * slips.loops + last[:1]
    return cells


def _block(entry: YearEntry, plan: CleanPlan, *, short: bool) -> Row:
    status = plan.statuses[entry.status] if entry.status else ""
    issues = [] if short else [entry.issues]
    return [status, entry.results, *issues, entry.next, entry.remarks]


def _misread(text: str, words: dict[str, str]) -> str:
    for printed, read in words.items():
        text = text.replace(printed, read)
    return text


def _padded(row: Row, width: int) -> Row:
    return row + [""] * (width - len(row))


def _merges_of_head(top: int, width: int) -> Iterator[tuple[int, int, int, int]]:
    """On the first page the title and the head are still merged; on the later ones scanning has lost that."""
    title, first, last = top + 1, top + 3, top + 5
    yield (title, 0, title, width - 1)
    for column in range(5):
        yield (first, column, last, column)
    yield (first, 5, first, 8)
