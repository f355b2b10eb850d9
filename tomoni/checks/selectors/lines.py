"""Lines of a plan as the checks look at them, read in a fixed number of queries whatever the size of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from tomoni.imports.models import Batch
from tomoni.plans.checking.facts import TEXTS, Asked, Entry, LineFacts, Target, Value, row_of
from tomoni.plans.checking.prose import values_in
from tomoni.plans.models import Figure, Indicator, Line, LineDepartment, Plan, Progress, Schedule

SURE = 0.9  # a rating read with less comes from a row that repeats itself (docs/sheet-format.md)

Draft = Mapping[str, Any]  # status, results, issues, next_action, remarks; figures: an iterable of Value


@dataclass(frozen=True, slots=True)
class Department:
    """A department in charge of a line."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line with what people need to know it by, and its facts."""

    pk: int
    measure: int
    name: str
    leads: tuple[Department, ...]
    facts: LineFacts


def lines_of(plan: Plan, *, measure: int | None = None) -> list[CheckedLine]:
    """All lines of a plan, or of one measure, in its order. Eight queries."""
    rows = Line.objects.filter(measure__plan=plan).order_by("measure__position", "measure_id", "position")
    if measure is not None:
        rows = rows.filter(measure=measure)
    named = list(rows.values_list("pk", "measure_id", "measure__number", "measure__title"))
    held = _Held.of(plan, measure)
    alone = {of for of, lines in Counter(of for _pk, of, *_words in named).items() if lines == 1}
    found = []
    for pk, of, number, title in named:
        facts = held.facts(pk, of, title, is_alone=of in alone)
        found.append(CheckedLine(pk, of, f"{number} {title}".strip(), tuple(held.leads[pk]), facts))
    return found


def lines_in(plan: Plan) -> QuerySet[Line]:
    """The lines of a plan, each with its measure and plan."""
    return Line.objects.filter(measure__plan=plan).select_related("measure__plan__rulebook")


def with_draft(facts: LineFacts, year: int, draft: Draft) -> LineFacts:
    """The facts as they would be if this were reported for the year. What the draft leaves out stays as it is."""
    said = {name: str(draft[name] or "").strip() for name in ("status", *TEXTS) if name in draft}
    entry = replace(facts.entries.get(year, Entry()), **said)
    figures = facts.figures
    if not {"figures", "results"}.isdisjoint(draft):
        others = (each for each in facts.figures if each.year != year)
        figures = _without_repetition((*others, *draft.get("figures", ()), *values_in(entry, year)))
    asked = replace(
        facts.asked,
        years=tuple(sorted({*facts.asked.years, year})),
        next_action_in=facts.asked.next_action_in | {year},
    )
    return replace(
        facts,
        asked=asked,
        entries={**facts.entries, year: entry},
        figures=figures,
        open_years=facts.open_years - {year},
    )


def _without_repetition(figures: Iterable[Value]) -> tuple[Value, ...]:
    """One figure for each year, label and unit: the first that is told."""
    found: dict[tuple[int, str, str], Value] = {}
    for one in figures:
        found.setdefault((one.year, one.label, one.unit), one)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Row:
    """A year of a line as it is held. `rows` are the rows of the file it was read from; none when a person wrote it."""

    year: int
    entry: Entry
    confidence: float | None
    rows: frozenset[tuple[int, str]]

    @property
    def is_doubtful(self) -> bool:
        return bool(self.entry.status) and self.confidence is not None and self.confidence < SURE


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that is kept, the name it was read under, where it was read, and whether people let it count."""

    value: Value
    printed: str
    batch: int | None
    row: str
    counts: bool

    @property
    def place(self) -> tuple[int | None, str]:
        return self.batch, self.row


@dataclass(frozen=True, slots=True)
class _Held:
    asked: Asked
    years: dict[int, list[_Row]]
    unread: set[tuple[int, str]]
    leads: dict[int, list[Department]]
    schedule: dict[int, dict[int, str]]
    figures: dict[int, list[_Figure]]
    targets: dict[int, list[Target]]

    @classmethod
    def of(cls, plan: Plan, measure: int | None) -> _Held:
        mine: dict[str, Any] = {"measure": measure} if measure is not None else {"measure__plan": plan}
        of_line: dict[str, Any] = {f"line__{key}": value for key, value in mine.items()}
        leads = _leads(of_line)
        return cls(
            asked=_asked(plan, departments=bool(leads)),
            years=_years(of_line),
            unread=_unread(of_line),
            leads=leads,
            schedule=_schedule(mine),
            figures=_figures(mine),
            targets=_targets(mine),
        )

    def facts(self, line: int, measure: int, title: str, *, is_alone: bool) -> LineFacts:
        """One line of a measure; where it is not alone, with the figures of its own rows of the file."""
        years = self.years[line]
        rows = frozenset().union(*(year.rows for year in years))
        is_looped = any(year.is_doubtful for year in years)
        is_open = is_looped or not self.unread.isdisjoint(rows)
        held = self.figures[measure]
        kept = [one.value for one in held if one.counts and (is_alone or one.batch is None or one.place in rows)]
        known = {(one.value.year, one.printed) for one in held}
        told = (one for year in years if not year.rows for one in values_in(year.entry, year.year))
        written = [one for one in told if (one.year, one.label) not in known]
        return LineFacts(
            title=title,
            asked=self.asked,
            entries={year.year: year.entry for year in years},
            leads=tuple(each.name for each in self.leads[line]),
            schedule=self.schedule[measure],
            figures=_without_repetition((*kept, *written)),
            targets=tuple(self.targets[measure]),
            is_looped=is_looped,
            open_years=frozenset(year.year for year in years if year.rows) if is_open else frozenset(),
        )


def _asked(plan: Plan, *, departments: bool) -> Asked:
    """A next action is asked for in the years in which some line of the plan has one."""
    told = Progress.objects.filter(line__measure__plan=plan).exclude(next_action="")
    years = frozenset(told.order_by().values_list("year", flat=True).distinct())
    return Asked(tuple(plan.years), years, departments)


def _years(of_line: dict[str, Any]) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    progress = Progress.objects.filter(**of_line).order_by("line_id", "year")
    columns = ("line_id", "year", "confidence", "batch_id", "sources", "status", *TEXTS)
    for line, year, confidence, batch, sources, *said in progress.values_list(*columns):
        rows = frozenset((batch, row_of(at)) for at in sources.values()) if batch is not None else frozenset()
        found[line].append(_Row(year, Entry(*said), confidence, rows))
    return found


def _unread(of_line: dict[str, Any]) -> set[tuple[int, str]]:
    """Rows of the files behind the lines in which some cell became nothing: (batch, row)."""
    files = Batch.objects.filter(pk__in=Progress.objects.filter(**of_line).values("batch_id"))
    held = files.values_list("pk", "document__unplaced")
    return {(pk, row_of(cell["at"])) for pk, cells in held for cell in cells or ()}


def _leads(of_line: dict[str, Any]) -> dict[int, list[Department]]:
    found: dict[int, list[Department]] = defaultdict(list)
    seats = LineDepartment.objects.filter(**of_line, is_lead=True).order_by("position", "pk")
    for line, party, name in seats.values_list("line_id", "party_id", "party__name"):
        found[line].append(Department(party, name))
    return found


def _schedule(mine: dict[str, Any]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for measure, year, text in Schedule.objects.filter(**mine).order_by("year").values_list("measure", "year", "text"):
        found[measure][year] = text
    return found


def _figures(mine: dict[str, Any]) -> dict[int, list[_Figure]]:
    found: dict[int, list[_Figure]] = defaultdict(list)
    for one in Figure.objects.filter(**mine).order_by("year", "pk"):
        value = Value(one.year, one.label, float(one.value), one.unit)
        printed = one.printed_label or one.label
        found[one.measure_id].append(
            _Figure(value, printed, one.batch_id, row_of(one.source_at), counts=not one.set_aside)
        )
    return found


def _targets(mine: dict[str, Any]) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = defaultdict(list)
    for one in Indicator.objects.filter(**mine, target__isnull=False).order_by("label"):
        target = Target(one.label, float(one.target or 0), one.unit, one.target_year, one.less_is_better, one.ends_with)
        found[one.measure_id].append(target)
    return found
