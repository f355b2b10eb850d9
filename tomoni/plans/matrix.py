"""The matrix of a plan: which lines a filter leaves, how they are counted, and the rows as they are printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tomoni.plans.filters import OPEN, Filter
from tomoni.plans.models import Status
from tomoni.plans.selectors.tree import HeadingRow, LineRow, MeasureRow, Tree
from tomoni.plans.words import OPEN as OPEN_STATES
from tomoni.plans.words import OUTSIDE, SILENT, UNREAD, Words, long_year, mark_of, short_year
from tomoni.ui.marks import mark

WELL = (Status.ON_TRACK.value, Status.DONE.value)
OFF = (Status.OFF_TRACK.value, Status.CHANGED.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One line as printed. The first line of a measure carries its name, over `span` rows; `cells` is ready HTML."""

    leads: str
    cells: SafeString
    measure: MeasureRow | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the rows directly under it; without a heading, measures that stand under none."""

    heading: HeadingRow | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines stand where in a year. `well`, `off`, `waiting` and `unknown` add up to `lines`."""

    year: int
    measures: int
    lines: int
    well: int
    off: int
    waiting: int
    unknown: int


def filtered(tree: Tree, asked: Filter) -> Tree:
    """The lines a filter leaves, and the measures that still have one. Words were looked for while reading."""
    if asked.department is None and not asked.status:
        return tree
    years = (asked.year,) if asked.year else tree.years
    kept = []
    for measure in tree.measures:
        lines = tuple(line for line in measure.lines if _fits(line, asked, years))
        if lines:
            kept.append(replace(measure, lines=lines))
    return replace(tree, measures=tuple(kept))


def _fits(line: LineRow, asked: Filter, years: Iterable[int]) -> bool:
    if asked.department is not None and all(each.pk != asked.department for each in line.departments):
        return False
    wanted = OPEN_STATES if asked.status == OPEN else {asked.status}
    return not asked.status or any(line.states[year] in wanted for year in years)


def counted(tree: Tree, year: int) -> Counts:
    """Count the lines of a tree that are carried out in a year. Relisted measures are not counted again."""
    states = Counter(state for line in tree.lines if (state := line.states.get(year, "")) != OUTSIDE)
    measures = sum(any(line.states.get(year) != OUTSIDE for line in measure.lines) for measure in tree.measures)
    well, off = (sum(states[status] for status in group) for group in (WELL, OFF))
    waiting = states[Status.NOT_STARTED.value]
    lines = states.total()
    return Counts(year, measures, lines, well, off, waiting, unknown=lines - well - off - waiting)


def year_to_show(tree: Tree) -> int | None:
    """The newest year in which some line has a status; the plan's last when none has; None without years."""
    told = (y for y in reversed(tree.years) if any(line.states.get(y, "") not in SILENT for line in tree.lines))
    return next(told, tree.years[-1] if tree.years else None)


def legend(tree: Tree, words: Words) -> list[dict[str, str]]:
    """What the marks of this tree mean."""
    return words.explained(outside=any(OUTSIDE in line.states.values() for line in tree.lines))


def facts(tree: Tree, year: int, words: Words) -> list[dict[str, str | int]]:
    """The figures an overview begins with."""
    now = counted(tree, year)
    before = counted(tree, year - 1) if year - 1 in tree.years else None
    share = f"{round(100 * now.well / now.lines)}%" if now.lines else ""
    lines = _("行（%(measures)s%(word)s）") % {"measures": now.measures, "word": words.measure}
    found: list[dict[str, str | int]] = [
        {"label": _("%(year)sの取組") % {"year": long_year(year)}, "value": now.lines, "note": lines},
        {"label": _joined(words, WELL), "value": now.well, "note": share},
        {
            "label": _joined(words, OFF),
            "value": now.off,
            "note": _("前年度 %(n)s") % {"n": before.off} if before else "",
        },
    ]
    if now.waiting:
        found.append({"label": words.short[Status.NOT_STARTED.value], "value": now.waiting, "note": ""})
    found.append({"label": _("状況が不明"), "value": now.unknown, "note": _unread(tree, year)})
    return found


def _joined(words: Words, statuses: Iterable[str]) -> str:
    return "・".join(words.short[status] for status in statuses)


def _unread(tree: Tree, year: int) -> str:
    unread = sum(line.states.get(year) == UNREAD for line in tree.lines)
    return _("うち未読取 %(n)s") % {"n": unread} if unread else ""


def blocks(tree: Tree, words: Words, years: Iterable[int]) -> list[Block]:
    """The rows of the matrix under their headings; headings with nothing beneath them are left out."""
    cells = _cells(words, years)
    under: dict[int | None, list[Row]] = defaultdict(list)
    for measure in tree.measures:
        under[measure.heading] += _rows(measure, cells)
    alive = _with_parents(tree, {heading for heading in under if heading})
    found = [Block(None, tuple(under[None]))] if under[None] else []
    return found + [Block(h, tuple(under.get(h.pk, ()))) for h in tree.headings if h.pk in alive]


def _cells(words: Words, years: Iterable[int]) -> dict[int, dict[str, SafeString]]:
    """Every cell that can occur, by year and state: a matrix has hundreds of cells and a few dozen different ones."""
    cell = '<td class="s" data-y="{}">{}</td>'
    return {
        year: {
            state: format_html(cell, short_year(year), mark(mark_of(state), label))
            for state, label in words.short.items()
        }
        for year in years
    }


def _rows(measure: MeasureRow, cells: dict[int, dict[str, SafeString]]) -> Iterator[Row]:
    if not measure.lines:
        yield Row("", SafeString(), measure)
    for n, line in enumerate(measure.lines):
        printed = "".join(known[line.states[year]] for year, known in cells.items())
        yield Row(line.leads, mark_safe(printed), None if n else measure, len(measure.lines))  # noqa: S308 - joined of safe parts


def _with_parents(tree: Tree, pks: set[int]) -> set[int]:
    parents = {heading.pk: heading.parent for heading in tree.headings}
    alive: set[int] = set()
    for pk in pks:
        step: int | None = pk
        while step is not None and step not in alive:
            alive.add(step)
            step = parents.get(step)
    return alive
