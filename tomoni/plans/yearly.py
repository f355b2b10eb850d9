"""What the report of a year leaves in a plan: the record of a line, and the numbers that were asked for by name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from tomoni.history.services import record
from tomoni.parties.actor import Actor
from tomoni.plans import permissions
from tomoni.plans.models import Figure, Indicator, Line, Plan, Progress


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a line in a year."""

    status: str
    results: str
    issues: str = ""
    next_action: str = ""
    remarks: str = ""
    numbers: tuple[tuple[Indicator, Decimal], ...] = ()


@transaction.atomic
def write_year(line: Line, year: int, told: Told, *, by: Actor) -> Progress:
    """Write down what a line reports for a year; told again, the new words replace the old, and the history keeps both.

    Whoever calls this ends with `services.touch(plan)`, once for all lines.
    """
    permissions.may_write(by).enforce()
    held, _made = Progress.objects.update_or_create(
        line=line,
        year=year,
        defaults={
            "status": told.status,
            "status_text": "",
            "results": told.results,
            "issues": told.issues,
            "next_action": told.next_action,
            "remarks": told.remarks,
            "confidence": None,
            "sources": {},
            "batch": None,
        },
    )
    for indicator, value in told.numbers:
        _write_number(indicator, year, value)
    record("write_year", line.measure, by=by, is_public=True, year=year, line=line.pk)
    return held


def _write_number(indicator: Indicator, year: int, value: Decimal) -> None:
    """The number that was asked for takes the place of those of its name an import found in that year."""
    held = Figure.objects.filter(measure=indicator.measure_id, year=year, label=indicator.label)
    held.exclude(source_at="").delete()
    Figure.objects.update_or_create(
        measure_id=indicator.measure_id,
        year=year,
        label=indicator.label,
        source_at="",
        defaults={"value": value, "unit": indicator.unit, "batch": None, "set_aside": ""},
    )


@transaction.atomic
def report_on(plan: Plan, year: int, *, by: Actor) -> Plan:
    """Let the plan show a year that is reported for the first time."""
    permissions.may_write(by).enforce()
    if year in plan.years:
        return plan
    plan.years = sorted({*plan.years, year})
    plan.save(update_fields=["years"])
    record("report_on", plan, by=by, is_public=plan.is_public, year=year)
    return plan
