"""From rows to the values the pure part thinks in: a plan as a shape, a change as a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Protocol

from django.db.models import Max

from tomoni.parties.models import Party
from tomoni.plans.models import Heading, LineDepartment, Measure, Plan, Progress, Schedule
from tomoni.plans.models import Line as PlanLine
from tomoni.revisions import shape as s


class WrittenChange(Protocol):
    """A row of a change with the measures it touches, however it was read."""

    pk: int
    kind: str
    reason: str
    content: dict[str, Any]
    heading_id: int | None
    line_id: int | None
    measures: Any


def shape_of(plan: Plan) -> s.Shape:
    """The plan as it stands, in seven queries whatever its size."""
    lines = _lines(plan)
    schedule: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, year, text in Schedule.objects.filter(measure__plan=plan).values_list("measure_id", "year", "text"):
        schedule[pk][year] = text
    reports = dict(
        Progress.objects.filter(line__measure__plan=plan)
        .order_by()
        .values_list("line__measure_id")
        .annotate(last=Max("year"))
    )
    headings = Heading.objects.filter(plan=plan).order_by("position", "pk")
    measures = Measure.objects.filter(plan=plan).defer("search_key", "sources").order_by("position", "pk")
    return s.Shape(
        first=plan.first_year,
        last=plan.last_year,
        headings={h.pk: s.Heading(h.pk, h.parent_id, h.depth, h.number, h.title) for h in headings},
        measures={m.pk: _measure(m, lines[m.pk], schedule[m.pk], reports.get(m.pk)) for m in measures},
        closed=frozenset(Party.objects.exclude(ended_on=None).values_list("pk", flat=True)),
    )


def _lines(plan: Plan) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
    leads: dict[int, list[int]] = defaultdict(list)
    seats = LineDepartment.objects.filter(line__measure__plan=plan, is_lead=True).order_by("position", "pk")
    for line, party in seats.values_list("line_id", "party_id"):
        leads[line].append(party)
    found: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
    rows = PlanLine.objects.filter(measure__plan=plan).order_by("measure_id", "position")
    for pk, measure in rows.values_list("pk", "measure_id"):
        found[measure].append((pk, tuple(leads[pk])))
    return found


def _measure(
    row: Measure, lines: list[tuple[int, tuple[int, ...]]], schedule: Mapping[int, str], last: int | None
) -> s.Measure:
    return s.Measure(
        pk=row.pk,
        heading=row.heading_id,
        number=row.number,
        title=row.title,
        begins=row.begins_in,
        ends=row.ends_with,
        lines=tuple(lines),
        schedule=dict(schedule),
        description=row.description,
        relisted_of=row.relisted_of_id,
        last_report=last,
        former=tuple(s.Name(was["number"], was["title"], was["until"]) for was in row.former),
    )


def change_of(row: WrittenChange) -> s.Change:
    """A change as the rules see it. A heading that is added in the same revision is named below zero."""
    content = row.content
    return s.Change(
        pk=row.pk,
        kind=s.Kind(row.kind),
        reason=row.reason,
        sources=tuple(each.measure_id for each in row.measures.all() if not each.is_after),
        results=tuple(
            s.Result(one["number"], one["title"], one["heading"], tuple(one["leads"]), one.get("description", ""))
            for one in content.get("results", ())
        ),
        heading=content.get("heading", row.heading_id),
        line=row.line_id,
        leads=tuple(content.get("leads", ())),
        number=content.get("number", ""),
        title=content.get("title", ""),
        year=content.get("year"),
        schedule={int(year): text for year, text in content.get("schedule", {}).items()},
    )


def content_of(change: s.Change) -> dict[str, Any]:
    """What is kept of a change beside its measures, heading and line."""
    kept: dict[str, Any] = {
        "results": [
            {
                "number": one.number,
                "title": one.title,
                "heading": one.heading,
                "leads": list(one.leads),
                "description": one.description,
            }
            for one in change.results
        ],
        "heading": change.heading,
        "leads": list(change.leads),
        "number": change.number,
        "title": change.title,
        "year": change.year,
        "schedule": {str(year): text for year, text in change.schedule.items()},
    }
    return {name: value for name, value in kept.items() if value not in ([], "", None, {})}
