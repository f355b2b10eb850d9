"""What the yearly request shows on other pages: on a measure where this year's report stands, on a plan the way to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

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


@panel("plan.ways", "ui/_way.html")
def way(request: Request, plan: Plan) -> dict[str, Any] | None:
    """For people at work the newest request of the plan, or for the division the way to begin one."""
    if not request.actor.may(Permission.REPORT_READ):
        return None
    if newest := selectors.newest_of(plan):
        return {"url": newest.get_absolute_url(), "label": str(newest)}
    if not request.actor.may(Permission.REPORT_CHECK):
        return None
    return {"url": reverse("reporting-new", args=[request.municipality.slug]), "label": _("年度の照会を始める")}
