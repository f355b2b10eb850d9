"""What the yearly request shows on other pages: on a measure where this year's report stands, on a plan the way to it."""

from __future__ import annotations

from typing import Any

from tomoni.parties.permissions import Permission
from tomoni.plans.models import Measure, Plan
from tomoni.reporting.selectors import panels as selectors
from tomoni.ui.panels import panel
from tomoni.ui.requests import Request


@panel("measure.aside", "reporting/_of_measure.html")
def on_measure(request: Request, measure: Measure) -> dict[str, Any] | None:
    """For people of the city where this year's reports stand; for everybody what departments say of their own work."""
    is_inside = request.actor.may(Permission.REPORT_WRITE)
    entries = selectors.of_measure(measure) if is_inside else []
    said = selectors.said_of(measure)
    return {"entries": entries, "said": said} if entries or said else None


@panel("plan.more", "reporting/_of_plan.html")
def on_plan(request: Request, plan: Plan) -> dict[str, Any] | None:
    """For people at work the newest request of the plan."""
    if not request.actor.may(Permission.REPORT_READ):
        return None
    newest = selectors.newest_of(plan)
    may_ask = request.actor.may(Permission.REPORT_CHECK)
    return {"newest": newest, "may_ask": may_ask} if newest or may_ask else None
