"""Lines of a plan as the checks look at them, read in a fixed number of queries whatever the size of the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from tomoni.imports.models import Batch
from tomoni.plans.checking.facts import TEXTS, Asked, Entry, LineFacts, Target, Value, row_of
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
    held = _Held.of(plan, measure)
    found = []
    for pk, of, number, title in rows.values_list("pk", "measure_id", "measure__number", "measure__title"):
        facts = LineFacts(
            title=title,
            asked=held.asked,
            entries=held.entries[pk],
            leads=tuple(each.name for each in held.leads[pk]),
            schedule=held.schedule[of],
            figures=tuple(held.figures[of]),
            targets=tuple(held.targets[of]),
            is_looped=pk in held.looped,
            open_years=frozenset(held.open_years[pk]),
        )
        found.append(CheckedLine(pk, of, f"{number} {title}".strip(), tuple(held.leads[pk]), facts))
    return found


def lines_in(plan: Plan) -> QuerySet[Line]:
    """The lines of a plan, each with its measure and plan."""
    return Line.objects.filter(measure__plan=plan).select_related("measure__plan__rulebook")


def with_draft(facts: LineFacts, year: int, draft: Draft) -> LineFacts:
    """The facts as they would be if this were reported for the year. What the draft leaves out stays as it is."""
    held = facts.entries.get(year, Entry())
    said = {name: str(draft[name] or "").strip() for name in ("status", *TEXTS) if name in draft}
    typed: tuple[Value, ...] = tuple(draft.get("figures", ()))
    names = {each.label for each in typed}
    kept = tuple(each for each in facts.figures if each.year != year or each.label not in names)
    asked = replace(
        facts.asked,
        years=tuple(sorted({*facts.asked.years, year})),
        next_action_in=facts.asked.next_action_in | {year},
    )
    entries = {**facts.entries, year: replace(held, **said)}
    return replace(facts, asked=asked, entries=entries, figures=(*kept, *typed), open_years=facts.open_years - {year})


@dataclass(frozen=True, slots=True)
class _Held:
    asked: Asked
    entries: dict[int, dict[int, Entry]]
    looped: set[int]
    open_years: dict[int, set[int]]
    leads: dict[int, list[Department]]
    schedule: dict[int, dict[int, str]]
    figures: dict[int, list[Value]]
    targets: dict[int, list[Target]]

    @classmethod
    def of(cls, plan: Plan, measure: int | None) -> _Held:
        mine: dict[str, Any] = {"measure": measure} if measure is not None else {"measure__plan": plan}
        of_line: dict[str, Any] = {f"line__{key}": value for key, value in mine.items()}
        progress = Progress.objects.filter(**of_line).order_by("line_id", "year")
        rows = list(progress.values_list("line_id", "year", "status", *TEXTS, "confidence", "batch_id", "sources"))
        looped = {row[0] for row in rows if row[2] and row[7] is not None and row[7] < SURE}
        return cls(
            asked=_asked(plan),
            entries=_entries(rows),
            looped=looped,
            open_years=_open_years(rows, looped, _unread(progress)),
            leads=_leads(of_line),
            schedule=_schedule(mine),
            figures=_figures(mine),
            targets=_targets(mine),
        )


def _asked(plan: Plan) -> Asked:
    """A next action is asked for in the years in which some line of the plan has one."""
    told = Progress.objects.filter(line__measure__plan=plan).exclude(next_action="")
    years = frozenset(told.order_by().values_list("year", flat=True).distinct())
    return Asked(tuple(plan.years), years)


def _entries(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[int, Entry]]:
    found: dict[int, dict[int, Entry]] = defaultdict(dict)
    for line, year, status, results, issues, next_action, remarks, *_rest in rows:
        found[line][year] = Entry(status, results, issues, next_action, remarks)
    return found


def _unread(progress: QuerySet[Progress]) -> set[tuple[int, str]]:
    """Rows of the files behind a plan in which some cell became nothing: (batch, row)."""
    files = Batch.objects.filter(pk__in=progress.order_by().values("batch_id"))
    return {
        (pk, row_of(cell["at"])) for pk, cells in files.values_list("pk", "document__unplaced") for cell in cells or ()
    }


def _open_years(rows: Iterable[tuple[Any, ...]], looped: set[int], unread: set[tuple[int, str]]) -> dict[int, set[int]]:
    """Years read from a row that could not be read whole. What a person wrote is never among them."""
    places: dict[int, set[tuple[int, str]]] = defaultdict(set)
    from_file: dict[int, set[int]] = defaultdict(set)
    for line, year, *_said, batch, sources in rows:
        if batch is not None:
            from_file[line].add(year)
            places[line] |= {(batch, row_of(at)) for at in sources.values()}
    open_lines = (line for line in from_file if line in looped or not unread.isdisjoint(places[line]))
    return defaultdict(set, {line: from_file[line] for line in open_lines})


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


def _figures(mine: dict[str, Any]) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = defaultdict(list)
    rows = Figure.objects.filter(**mine).order_by("year", "pk")
    for measure, year, label, value, unit in rows.values_list("measure", "year", "label", "value", "unit"):
        found[measure].append(Value(year, label, float(value), unit))
    return found


def _targets(mine: dict[str, Any]) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = defaultdict(list)
    for one in Indicator.objects.filter(**mine, target__isnull=False).order_by("label"):
        target = Target(one.label, float(one.target or 0), one.unit, one.target_year, one.less_is_better)
        found[one.measure_id].append(target)
    return found
