"""Everything a plan says, line by line and year by year, with the place each value came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from tomoni.plans.models import Figure, Measure, Plan, Progress, Schedule
from tomoni.plans.redacting import Blackened, description_place, line_place
from tomoni.plans.words import NO_RECORD, TEXTS, state_of

Places = dict[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """What a line reports for one year. `state` is a status or why there is none; `places` go by field."""

    year: int
    state: str
    status_text: str = ""
    results: str = ""
    issues: str = ""
    next_action: str = ""
    remarks: str = ""
    places: Places = field(default_factory=dict)
    batch: int | None = None

    def text(self, name: str) -> str:
        """The text of a field: results, issues, next_action or remarks."""
        return str(getattr(self, name))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A number found in the prose."""

    year: int
    label: str
    value: float
    unit: str
    place: str
    batch: int | None


@dataclass(frozen=True, slots=True)
class About:
    """What a measure says apart from its lines."""

    description: str
    places: Places
    batch: int | None
    schedule: dict[int, str]
    figures: tuple[FigureRow, ...]


COLUMNS = ("year", "status", "status_text", "results", "issues", "next_action", "remarks", "sources", "batch_id")


def records_of(
    plan: Plan, *, measures: Collection[int] | None = None, blackened: Blackened
) -> dict[int, dict[int, Record]]:
    """Records by line and year, of the whole plan or of some measures, without what is blackened. One query."""
    wanted = Progress.objects.filter(line__measure__plan=plan)
    if measures is not None:
        wanted = wanted.filter(line__measure__in=measures)
    found: dict[int, dict[int, Record]] = defaultdict(dict)
    for line, *values in wanted.order_by("year").values_list("line_id", *COLUMNS):
        record = _record(values)
        found[line][record.year] = _shown(line, record, blackened) if blackened.places else record
    return found


def _shown(line: int, record: Record, blackened: Blackened) -> Record:
    told: dict[str, Any] = {
        name: blackened.shown(line_place(line, record.year, name), record.text(name)) for name in TEXTS
    }
    return replace(record, **told)


def _record(values: list[object]) -> Record:
    year, status, status_text, results, issues, next_action, remarks, places, batch = values
    return Record(
        year=year,  # type: ignore[arg-type]  # a row of values_list has no types
        state=state_of(str(status), from_file=batch is not None),
        status_text=str(status_text),
        results=str(results),
        issues=str(issues),
        next_action=str(next_action),
        remarks=str(remarks),
        places=dict(places),  # type: ignore[call-overload]
        batch=batch,  # type: ignore[arg-type]
    )


def missing(year: int, why: str = NO_RECORD) -> Record:
    """What stands for a year in which a line has no record."""
    return Record(year=year, state=why)


def about(plan: Plan, *, measure: int | None = None, blackened: Blackened) -> dict[int, About]:
    """Description, schedule and figures by measure, without what is blackened. Three queries."""
    measures = Measure.objects.filter(plan=plan)
    schedule = Schedule.objects.filter(measure__plan=plan)
    numbers = Figure.objects.filter(measure__plan=plan, set_aside="")
    if measure is not None:
        measures = measures.filter(pk=measure)
        schedule = schedule.filter(measure=measure)
        numbers = numbers.filter(measure=measure)
    planned: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, year, text in schedule.order_by("year").values_list("measure_id", "year", "text"):
        planned[pk][year] = text
    figures: dict[int, list[FigureRow]] = defaultdict(list)
    for one in numbers.order_by("label", "year", "pk"):
        row = FigureRow(one.year, one.label, float(one.value), one.unit, one.source_at, one.batch_id)
        figures[one.measure_id].append(row)
    return {
        pk: About(blackened.shown(description_place(pk), description), places, batch, planned[pk], tuple(figures[pk]))
        for pk, description, places, batch in measures.values_list("pk", "description", "sources", "batch_id")
    }
