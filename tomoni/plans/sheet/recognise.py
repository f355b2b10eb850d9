"""From the grid of a file to the document of a plan: decides whether headers can be trusted, and reads accordingly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from tomoni.imports.reading.grid import Cell, Grid, Sheet
from tomoni.kernel.japanese import one_line, plain
from tomoni.plans.sheet import figures, findings, numbering, relisting
from tomoni.plans.sheet.build import FURNITURE, HEADER, Build
from tomoni.plans.sheet.columns import Columns, settle, with_next_action
from tomoni.plans.sheet.document import Document, NotAPlan
from tomoni.plans.sheet.drifting import DriftingReader, PageRows
from tomoni.plans.sheet.forms import Form, form_of
from tomoni.plans.sheet.heads import Head, HeadFinder, Row, own_cells
from tomoni.plans.sheet.hierarchy import parse
from tomoni.plans.sheet.legends import Legend, rating_legend
from tomoni.plans.sheet.marked import is_marked, read_marked
from tomoni.plans.sheet.reading import Reading
from tomoni.plans.sheet.rows import is_scheduled
from tomoni.plans.sheet.statuses import Scale, mark
from tomoni.plans.sheet.tidy import Table, TidyReader
from tomoni.plans.sheet.titles import title_key, title_of, year_told
from tomoni.plans.sheet.vocabulary import Role

SAMPLE = 200
LABEL = 40
# Headers are no longer believed when so many ratings stand elsewhere and so much else under the rating heads, or when
# most ratings stand elsewhere. A tidy sheet may well say 完了 in its column of results.
STRAYING, FOREIGN, MOST = 0.1, 0.05, 0.5
LONG = 16
STRAYING_ROWS = 1000
NO_PLAN = (
    "施策と進捗の表が見つかりません。進行管理シート（施策名、担当課、進捗状況などの見出しがある表）を選んでください。"
)


@dataclass(slots=True)
class Page:
    """One head and the rows it heads, with what its columns seem to hold."""

    sheet: int
    head: Head
    rows: Sequence[Row]
    above: Sequence[Row]
    columns: Columns = field(default_factory=Columns)


def recognise(grid: Grid, reading: Reading | None = None) -> Document:
    """The plan a file holds. Raises NotAPlan, with a sentence, when it holds none."""
    reading = reading or Reading()
    if is_marked(grid):
        return _marked(grid, reading)
    legends = [rating_legend(_outside_rows(sheet)) for sheet in grid.sheets]
    scales = [Scale.of(reading, _with_others(legends, index)) for index in range(len(legends))]
    pages = [page for index, sheet in enumerate(grid.sheets) for page in _pages(index, sheet, reading, scales[index])]
    if not any(page.columns.is_plan() for page in pages):
        raise NotAPlan(NO_PLAN)
    names = reading.levels or next((tuple(p.columns.level_names[:-1]) for p in pages if p.columns.level_names), ())
    build = Build.of(grid, names)
    _mark_surroundings(build, grid, pages, legends)
    told = (reading, scales, legends)
    form = form_of([page.head for page in pages])
    if is_drifting(pages, scales) and form.years and form.slots:
        _read_drifting(build, form, pages, told)
    else:
        _read_tidy(build, grid, pages, told)
    if not build.measures:
        raise NotAPlan(NO_PLAN)
    return _finished(build, grid)


def _marked(grid: Grid, reading: Reading) -> Document:
    """A sheet we wrote ourselves: it says what its columns and rows are."""
    build = Build.of(grid, reading.levels)
    read_marked(build, grid, reading)
    document = build.finish(grid)
    document.findings = findings.find(document)
    return document


def _finished(build: Build, grid: Grid) -> Document:
    document = build.document
    used = {year for m in build.measures for line in m.lines for year in line.years}
    document.years = sorted(used | set(document.years))
    relisting.resolve(build.measures)
    figures.add_told(build)
    document = build.finish(grid)
    document.findings = findings.find(document)
    return document


def _outside_rows(sheet: Sheet) -> list[Row]:
    """Rows a legend may stand in: the narrow ones, and the heads of tables."""
    return [row for i, row in enumerate(sheet.rows) if len(own_cells(row)) <= 6 or i < 12]


def _with_others(legends: Sequence[Legend], index: int) -> dict[str, str]:
    """A sheet's own legend first; then what the other sheets say with one voice."""
    marks: dict[str, str] = {}
    for other in legends:
        for key, words in other.marks.items():
            marks[key] = "" if marks.get(key, words) != words else words
    return {k: w for k, w in marks.items() if w} | legends[index].marks


def _pages(number: int, sheet: Sheet, reading: Reading, scale: Scale) -> Iterator[Page]:
    aliases = {plain(word): role for word, role in reading.aliases.items()}
    heads = list(HeadFinder(sheet, aliases).heads())
    for index, (head, following) in enumerate(zip_longest(heads, heads[1:])):
        rows = sheet.rows[head.last + 1 : following.first if following else len(sheet.rows)]
        above = sheet.rows[: head.first] if index == 0 else ()
        yield Page(number, head, rows, above, settle(head, _sample(rows), scale))


def _sample(rows: Sequence[Row]) -> dict[int, list[str]]:
    """What stands in each column of the rows of data: rows with one filled cell say nothing about columns."""
    texts: dict[int, list[str]] = {}
    for row in rows[:SAMPLE]:
        own = own_cells(row)
        if len(own) > 1:
            for cell in own:
                texts.setdefault(cell.column, []).append(cell.text)
    return texts


def _mark_surroundings(build: Build, grid: Grid, pages: Sequence[Page], legends: Sequence[Legend]) -> None:
    """Titles, heads and legends: everything that is not a row of a table."""
    for legend in legends:
        for cell in (c for c in grid.cells() if c.at in legend.places):
            build.mark(cell, HEADER)
    above = {page.sheet: page.above for page in reversed(pages)}
    bare = [
        cell for i, sheet in enumerate(grid.sheets) if i not in above for row in sheet.rows for cell in own_cells(row)
    ]
    lines = [
        c
        for i, s in enumerate(grid.sheets)
        for row in above.get(i, s.rows)
        for c in own_cells(row)
        if not build.is_told(c)
    ]
    title = title_of(lines)
    if title is not None:
        build.document.title = one_line(title.text).strip()
        build.put(title, "/plan/title")
    for cell in bare:
        if len(cell.text) <= LABEL:
            build.mark(cell, FURNITURE)
        build.set_aside(cell, "施策の表がないシートの文です。")
    seen: set[str] = set()
    for page in pages:
        for cell in page.head.cells:
            build.mark(cell, FURNITURE if plain(cell.text) in seen else HEADER)
        seen |= page.head.texts


def _read_tidy(
    build: Build, grid: Grid, pages: Sequence[Page], told: tuple[Reading, Sequence[Scale], Sequence[Legend]]
) -> None:
    reading, scales, legends = told
    reader = TidyReader(build, reading)
    title = title_key(build.document.title or "")
    for before, page in pairwise([None, *pages]):
        if page is None or not page.columns.is_plan():
            continue
        lines = [cell for row in page.above for cell in own_cells(row)]
        if before is None or before.sheet != page.sheet:
            reader.start_sheet(page.sheet)
            _headings_above(build, lines)
        year = year_told(grid.sheets[page.sheet].name, [c.text for c in lines] or [build.document.title or ""])
        titles = frozenset({plain(c.text) for c in lines} | {title})
        places = frozenset(legends[page.sheet].places)
        reader.read(Table(with_next_action(page.columns, year), page.rows, scales[page.sheet], year, titles, places))


def _read_drifting(
    build: Build, form: Form, pages: Sequence[Page], told: tuple[Reading, Sequence[Scale], Sequence[Legend]]
) -> None:
    reading, scales, legends = told
    reader = DriftingReader(build, reading, form, scales[0])
    lines = {title_key(c.text) for page in pages for row in page.above for c in own_cells(row)}
    titles = frozenset(lines | {title_key(build.document.title or "")})
    for page in pages:
        for row in page.above:
            for cell in own_cells(row):
                build.mark(cell, FURNITURE)
    for number, page in enumerate(pages):
        reader.read(PageRows(number, page.rows, titles, frozenset(legends[page.sheet].places)))
    numbering.infer(build.measures)
    build.document.years = list(form.years)


def _headings_above(build: Build, lines: Sequence[Cell]) -> None:
    """A heading between title and table (one sheet for each policy); all else up there is furniture."""
    for cell in lines:
        if build.is_told(cell):
            continue
        heading = parse(cell.text)
        if heading and heading.level and heading.title:
            build.heading(heading, cell)
        else:
            build.mark(cell, FURNITURE)


def _is_foreign(text: str) -> bool:
    """Something no rating column holds: a sentence, a word of the schedule."""
    return not mark(text) and (len(text) > LONG or text.rstrip().endswith("。") or is_scheduled(text))


def is_drifting(pages: Sequence[Page], scales: Sequence[Scale]) -> bool:
    """Whether headers contradict the data: ratings stand under other heads, and other things under the rating heads."""
    inside = outside = foreign = 0
    for page in pages:
        roles = {c.index: c.role for c in page.columns.all}
        for row in page.rows[:STRAYING_ROWS]:
            for cell in own_cells(row):
                role = roles.get(cell.column)
                is_rating = scales[page.sheet].is_plain_rating(cell.text)
                inside += is_rating and role is Role.STATUS
                outside += is_rating and role not in {Role.STATUS, Role.SCHEDULE, Role.IGNORE, Role.BY_ROW}
                foreign += not is_rating and role is Role.STATUS and _is_foreign(cell.text)
    if outside < 3:
        return False
    strays = outside / (inside + outside)
    return strays > MOST or (strays > STRAYING and foreign > FOREIGN * (inside + foreign))
