"""Lines of a plan with the names of their measures and departments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from tomoni.plans.models import Line, LineDepartment, Plan


@dataclass(frozen=True, slots=True)
class LineOf:
    """A line: its measure, and the departments that lead it or take part, by key."""

    pk: int
    measure: int
    number: str
    title: str
    leads: dict[int, str]
    related: dict[int, str]

    @property
    def lead_names(self) -> str:
        return "、".join(self.leads.values())

    @property
    def name(self) -> str:
        return f"{self.number} {self.title}".strip()


def lines_of(plan: Plan, *, measure: int | None = None) -> dict[int, LineOf]:
    """Every line of a plan or of a measure, by key. Two queries."""
    lines = Line.objects.filter(measure__plan=plan)
    seats = LineDepartment.objects.filter(line__measure__plan=plan).order_by("position", "pk")
    if measure is not None:
        lines, seats = lines.filter(measure=measure), seats.filter(line__measure=measure)
    names: dict[tuple[int, bool], dict[int, str]] = defaultdict(dict)
    for line, is_lead, party, name in seats.values_list("line_id", "is_lead", "party_id", "party__name"):
        names[line, is_lead][party] = name
    rows = lines.values_list("pk", "measure_id", "measure__number", "measure__title")
    return {row[0]: LineOf(*row, leads=names[row[0], True], related=names[row[0], False]) for row in rows}


def line_of(plan: Plan, pk: int) -> Line | None:
    """A line of the plan; None where it has no such one."""
    return Line.objects.filter(measure__plan=plan, pk=pk).first()
