"""Reads for the places on other pages."""

from __future__ import annotations

from tomoni.plans.models import Measure, Plan
from tomoni.reporting.models import Entry, YearRequest
from tomoni.reporting.workflow import State


def of_measure(measure: Measure) -> list[Entry]:
    """The reports of the newest year asked for that are not public yet; those of a relisted one stand at its original."""
    found = Entry.objects.filter(line__measure=measure.relisted_of_id or measure.pk).exclude(state=State.PUBLISHED)
    entries = list(
        found.select_related("year_request", "department", "municipality").order_by(
            "-year_request__year", "line__position"
        )
    )
    return [each for each in entries if each.year_request_id == entries[0].year_request_id]


def said_of(measure: Measure) -> list[Entry]:
    """Published years in which a department assessed itself or answered the committee, the newest first."""
    found = Entry.objects.filter(line__measure=measure.relisted_of_id or measure.pk, state=State.PUBLISHED)
    told = found.exclude(self_assessment="", response="").select_related("year_request", "department")
    return list(told.order_by("-year_request__year", "line__position")[:6])


def newest_of(plan: Plan) -> YearRequest | None:
    """The newest request of a plan."""
    return YearRequest.objects.filter(plan=plan).select_related("municipality").order_by("-year").first()
