"""Reads for the places on other pages."""

from __future__ import annotations

from dataclasses import dataclass

from tomoni.plans.models import Measure, Plan
from tomoni.plans.redacting import Blackened, line_place
from tomoni.plans.selectors.redactions import blackened_in
from tomoni.reporting.models import OWN_WORDS, Entry, YearRequest
from tomoni.reporting.workflow import State


def of_measure(measure: Measure) -> list[Entry]:
    """The reports of the newest year asked for that are not public yet; those of a relisted one stand at its original."""
    found = Entry.objects.filter(line__measure=measure.relisted_of_id or measure.pk).exclude(
        state__in=[State.PUBLISHED, State.RELEASED]
    )
    entries = list(
        found.select_related("year_request", "department", "municipality").order_by(
            "-year_request__year", "line__position"
        )
    )
    return [each for each in entries if each.year_request_id == entries[0].year_request_id]


@dataclass(frozen=True, slots=True)
class Said:
    """What a department said of its own work in a year, as everybody reads it."""

    year: int
    department: str
    self_assessment: str
    response: str


def said_of(measure: Measure) -> list[Said]:
    """Published years in which a department assessed itself or answered the committee, the newest first."""
    found = Entry.objects.filter(line__measure=measure.relisted_of_id or measure.pk, state=State.PUBLISHED)
    told = found.exclude(self_assessment="", response="").select_related("year_request", "department")
    entries = list(told.order_by("-year_request__year", "line__position")[:6])
    blackened = blackened_in(measure.plan) if entries else Blackened()
    return [_said(entry, blackened) for entry in entries]


def _said(entry: Entry, blackened: Blackened) -> Said:
    year = entry.year_request.year
    own, answer = (blackened.shown(line_place(entry.line_id, year, name), getattr(entry, name)) for name in OWN_WORDS)
    return Said(year, str(entry.department or ""), own, answer)


def newest_of(plan: Plan) -> YearRequest | None:
    """The newest request of a plan."""
    return YearRequest.objects.filter(plan=plan).select_related("municipality").order_by("-year").first()
