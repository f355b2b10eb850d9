"""From a document to the rows of its sheet: columns with their codes, heading rows, measures and their sub-rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tomoni.kernel.fiscal import FiscalYear
from tomoni.plans.sheet.document import TEXT_FIELDS, Document, Line, Measure, Node, Year
from tomoni.plans.sheet.margin import JOINED, Code, Note, before_title
from tomoni.plans.writing.layout import LABELS, PLANNED, YEARLY, Layout

ALWAYS = ("title", "leads", "status")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as printed: its code, its own label, and the label of the group of years it stands in."""

    code: Code
    label: str
    group: str = ""


@dataclass(slots=True)
class Row:
    """One row of the table: texts by column, and the note for the margin. `span` sub-rows share its first cells."""

    kind: str  # node, measure or line
    note: Note
    cells: dict[Code, str] = field(default_factory=dict)
    depth: int = 0
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table below the title."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def table_of(document: Document, layout: Layout) -> Table:
    """The document laid out: fixed columns, the schedule's years, then each year with its fields."""
    columns = tuple(_columns(document, layout))
    return Table(document.title or "", columns, tuple(_rows(document, layout)))


def _columns(document: Document, layout: Layout) -> Iterator[Column]:
    used = _used(document) | set(layout.labels) | set(ALWAYS)
    planned = sorted({year for m in document.measures for year in m.schedule})
    for name in layout.ordered(tuple(name for name in LABELS if name in used)):
        if name == PLANNED:
            yield from (Column(Code(name, y), str(FiscalYear(y)), layout.label(name)) for y in planned)
        elif name not in YEARLY:
            yield Column(Code(name), layout.label(name))
    yearly = layout.ordered(tuple(name for name in LABELS if name in used))
    for year in document.years:
        for name in (each for each in yearly if each in YEARLY):
            yield Column(Code(name, year), layout.label(name), str(FiscalYear(year)))


def _used(document: Document) -> set[str]:
    """The columns that hold something."""
    used = {"number"} if any(m.number for m in document.measures) else set()
    used |= {"description"} if any(m.description for m in document.measures) else set()
    used |= {"schedule"} if any(m.schedule for m in document.measures) else set()
    for line in (line for m in document.measures for line in m.lines):
        used |= {"related"} if line.related else set()
        used |= {name for entry in line.years.values() for name in entry.texts}
    return used


def _rows(document: Document, layout: Layout) -> Iterator[Row]:
    order = {node.id: place for place, node in enumerate(document.nodes)}
    by_id = {node.id: node for node in document.nodes}
    printed = 0
    here: str | None = None
    for place, measure in enumerate(document.measures):
        upto = order[measure.parent] + 1 if measure.parent is not None else printed
        while printed < upto:
            here = document.nodes[printed].id
            yield _heading(document.nodes[printed], by_id)
            printed += 1
        if measure.parent not in (None, here):
            here = measure.parent
            yield _heading(by_id[str(measure.parent)], by_id)
        yield from _measure(place, measure, layout)
    yield from (_heading(node, by_id) for node in document.nodes[printed:])


def _heading(node: Node, by_id: dict[str, Node]) -> Row:
    depth, above = 0, node.parent
    while above is not None:
        depth, above = depth + 1, by_id[above].parent
    told: dict[str, Any] = {"id": node.id, "level": node.level, "number": node.number, "parent": node.parent}
    text = before_title(node.level, node.number) + node.title
    return Row("node", Note("node", told), {Code("title"): text}, depth)


def _measure(place: int, measure: Measure, layout: Layout) -> Iterator[Row]:
    lines: Sequence[Line | None] = measure.lines or [None]
    for number, line in enumerate(lines):
        told: dict[str, Any] = {"m": place}
        cells: dict[Code, str] = {}
        if number == 0:
            cells |= _of_measure(measure, told, layout)
        if line is not None:
            told["l"] = number
            cells |= _of_line(line, told, layout)
        yield Row("line" if number else "measure", Note("line", told), cells, span=1 if number else len(lines))


def _of_measure(measure: Measure, told: dict[str, Any], layout: Layout) -> dict[Code, str]:
    title = measure.title
    if measure.relisted_of is not None:
        note = f"（{layout.relisted} {measure.relisted_of}）"
        told |= {"relisted": [note, measure.relisted_of]}
        title += note
    if measure.number_inferred:
        told["inferred"] = True
    if measure.parent is None:
        told["top"] = True
    cells = {Code("title"): title, Code("number"): measure.number or ""}
    if measure.description is not None:
        cells[Code("description")] = measure.description.text
    return cells | {Code(PLANNED, year): text for year, text in measure.schedule.items()}


def _of_line(line: Line, told: dict[str, Any], layout: Layout) -> dict[Code, str]:
    cells: dict[Code, str] = {}
    for name, held in (("leads", line.leads), ("related", line.related)):
        if held:
            told[name] = held
            cells[Code(name)] = JOINED.join(held)
    ratings = {}
    for year, entry in line.years.items():
        if (shown := _rating(entry, layout)) is not None:
            cells[Code("status", year)] = shown
            ratings[str(year)] = [shown, entry.status, entry.status_text]
        cells |= {Code(name, year): entry.texts[name].text for name in TEXT_FIELDS if name in entry.texts}
    if ratings:
        told["status"] = ratings
    return cells


def _rating(entry: Year, layout: Layout) -> str | None:
    """The rating as it was printed; of one that was only told by its meaning, the city's word."""
    if entry.status_text:
        return entry.status_text
    return layout.statuses[entry.status] if entry.status else None
