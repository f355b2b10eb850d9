"""The file a plan came from as it stood, a page of rows at a time, and what became of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tomoni.imports.kept import KeptRow, rows_of
from tomoni.imports.models import Batch
from tomoni.imports.reading.grid import column_name
from tomoni.plans.models import Measure, Plan, Progress
from tomoni.plans.redacting import Blackened

ROWS = 200
FURNITURE, HEADER, UNPLACED, VALUE, NOTHING = "furniture", "header", "unplaced", "value", ""


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell as it stood. `kind` says what became of it; `measure` and `field` where it went."""

    at: str
    text: str
    kind: str
    measure: int | None = None
    field: str = ""
    year: int | None = None

    @property
    def anchor(self) -> str:
        """The name of the cell within the page; blanks of sheet names cannot stand in one."""
        return anchor(self.at)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the file, numbered as in a spreadsheet, with a cell or None for each column shown."""

    number: int
    cells: tuple[SourceCell | None, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Some rows of one sheet."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which rows make one page: a sheet and a run of its rows."""

    sheet: str
    rows: tuple[KeptRow, ...]


def anchor(at: str) -> str:
    """The part of an address after # that leads to a cell."""
    return at.replace(" ", "_")


def sources_of(plan: Plan) -> QuerySet[Batch]:
    """The files some value of this plan stands in, newest first, without what they hold."""
    measures = Measure.objects.filter(plan=plan).values("batch_id")
    progress = Progress.objects.filter(line__measure__plan=plan).values("batch_id")
    return (
        Batch.objects.filter(Q(pk__in=measures) | Q(pk__in=progress))
        .defer("document", "grid", "changes")
        .order_by("-committed_at", "-pk")
    )


def stretches(batch: Batch) -> list[Stretch]:
    """The pages of a file. Sheets nothing was taken from stay closed: a workbook may hold what was not meant for all."""
    cells: Mapping[str, Any] = (batch.document or {}).get("cells", {})
    by_sheet: dict[str, list[KeptRow]] = {}
    for sheet, row in rows_of(batch.grid):
        by_sheet.setdefault(sheet, []).append(row)
    used = [(sheet, rows) for sheet, rows in by_sheet.items() if _is_used(rows, cells)]
    return [
        Stretch(sheet, tuple(rows[start : start + ROWS])) for sheet, rows in used for start in range(0, len(rows), ROWS)
    ]


def page_with(pages: list[Stretch], at: str) -> int:
    """Which page, counted from 1, holds a cell; the first when none does."""
    for number, page in enumerate(pages, start=1):
        if any(place == at for row in page.rows for _column, place, _text in row.cells):
            return number
    return 1


def source_page(batch: Batch, stretch: Stretch, measures: Mapping[int, int], blackened: Blackened) -> SourcePage:
    """The cells of some rows with what became of each. `measures` leads from a measure's place in the file to it;
    words that are blackened in the plan are blackened wherever they stand here."""
    cells: Mapping[str, Any] = (batch.document or {}).get("cells", {})
    width = max((column for row in stretch.rows for column, _at, _text in row.cells), default=-1) + 1
    rows = []
    for row in stretch.rows:
        held = {column: _cell(at, blackened.anywhere(text), cells.get(at), measures) for column, at, text in row.cells}
        rows.append(SourceRow(row.number, tuple(held.get(column) for column in range(width))))
    return SourcePage(stretch.sheet, tuple(column_name(n) for n in range(width)), tuple(rows))


def measures_in(batch: Batch, plan: Plan) -> dict[int, int]:
    """Measures of the plan by their index in the batch's document, found by the place of their title."""
    by_place = {
        places.get("title"): pk
        for pk, places in Measure.objects.filter(plan=plan, batch=batch).values_list("pk", "sources")
    }
    listed = enumerate((batch.document or {}).get("measures", []))
    return {index: by_place[one["at"]] for index, one in listed if one.get("at") in by_place}


def _is_used(rows: Iterable[KeptRow], cells: Mapping[str, Any]) -> bool:
    return any(_pointer(cells.get(at)) for row in rows for _column, at, _text in row.cells)


def _pointer(meaning: Any) -> str:
    first = meaning[0] if isinstance(meaning, list) and meaning else meaning
    return first if isinstance(first, str) and first.startswith("/") else ""


def _cell(at: str, text: str, meaning: Any, measures: Mapping[int, int]) -> SourceCell:
    pointer = _pointer(meaning)
    if not pointer:
        return SourceCell(at, text, meaning if meaning in {FURNITURE, HEADER, UNPLACED} else NOTHING)
    steps = pointer.strip("/").split("/")
    index = int(steps[1]) if steps[0] == "measures" and len(steps) > 1 and steps[1].isdigit() else None
    year = steps[steps.index("years") + 1] if "years" in steps[:-1] else ""
    return SourceCell(
        at,
        text,
        VALUE,
        measure=measures.get(index) if index is not None else None,
        field=steps[-1] if steps[0] == "measures" else steps[0],
        year=int(year) if year.isdigit() else None,
    )
